//! Sketches: everything in a module's files that a spec can express, as input for the rules. Unlike the result of
//! import, a sketch may have faults.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use serde_json::{Value, json};

use super::{
    acl::ImportedResource,
    outline::{NO_EMAIL, Outline},
    read::Importer,
    xml_files,
};
use crate::{
    check::{self, existing_module},
    diag::{Diagnostic, Family, Rule},
    module::XmlIntegration,
    names::AclId,
    resolve::{Resolved, resolve},
    spec::{self, Loaded, pointer},
};

/// Place of what is not in the files.
const NOWHERE: Range<usize> = usize::MAX..usize::MAX;

impl Importer<'_> {
    /// Reports faults of the module's files: those that the rules find in its sketches, and those that no spec can have.
    pub(super) fn faults(&self) -> Vec<Diagnostic> {
        let mut findings = self.package.faults.clone();
        let sketches = self.sketches();
        let count = sketches.len();
        // Resources that a sketch does not use, each with the number of those sketches: another one may use it.
        let mut unused: HashMap<Option<Range<usize>>, usize> = HashMap::new();
        for (at, sketch) in sketches.into_iter().enumerate() {
            let (loaded, resolved, found) = self.checked(sketch);
            if at == 0 {
                findings.extend(existing_module::check(
                    &loaded,
                    resolved.as_ref(),
                    self.catalog,
                    self.files,
                    self.declared,
                ));
            }
            for finding in found.iter().filter(|it| it.rule == Rule::AclUnused) {
                *unused.entry(finding.span.clone()).or_default() += 1;
            }
            findings.extend(found);
        }
        let needed = self.needed_by_files();
        let of_rule = |rule| move |it: &&Diagnostic| it.rule == rule;
        // What nobody can install in any release has a finding of its own.
        let nothing: HashSet<_> = findings
            .iter()
            .filter(of_rule(Rule::RequirementMatchesNothing))
            .map(|it| it.span.clone())
            .collect();
        findings.retain(|it| match it.rule {
            Rule::AclUnused => {
                unused.get(&it.span) == Some(&count)
                    && it.span.as_ref().is_none_or(|span| !needed.contains(span))
            }
            Rule::NotInstallable => !nothing.contains(&it.span),
            _ => true,
        });
        findings
    }

    /// Sketches that together say everything: a spec has one form of integrations and one section of settings.
    fn sketches(&self) -> Vec<Outline> {
        let is_legacy = |it: &&XmlIntegration| it.form.is_legacy();
        let (pairs, others): (Vec<_>, Vec<_>) = self.declared.integrations.iter().partition(is_legacy);
        let is_said =
            |integrations: &Vec<_>| !integrations.is_empty() || self.declared.integrations.is_empty();
        let of_forms = [others, pairs].into_iter().filter(is_said);
        let of_sections = 0..xml_files::sections(self.files).max(1);
        of_forms
            .flat_map(|them| of_sections.clone().map(move |section| self.sketch(&them, section)))
            .collect()
    }

    fn sketch(&self, integrations: &[&XmlIntegration], section: usize) -> Outline {
        let integrations: Vec<XmlIntegration> = integrations.iter().map(|it| self.requests(it)).collect();
        let integrations: Vec<&XmlIntegration> = integrations.iter().collect();
        let mut sketch = self.outline(&integrations);
        if integrations.iter().any(|it| it.form.is_legacy()) {
            sketch.put(&pointer!["module", "format"], None, self.declared.tag.clone(), json!("legacy"));
        }
        for (at, _) in integrations.iter().enumerate().filter(|(_, it)| it.grants_everything()) {
            sketch.json["integration"][at]["resources"] = json!([AclId::ALL]);
        }
        if integrations.is_empty() {
            let placeholder = json!({ "name": "None", "email": NO_EMAIL });
            sketch.put(&pointer!["integration", 0], Some(NOWHERE), NOWHERE, placeholder);
        }
        if !self.package.require.is_empty() {
            sketch.put(&pointer!["module", "require"], None, self.declared.tag.clone(), json!({}));
        }
        for (package, constraint) in &self.package.require {
            sketch.put_text(&pointer!["module", "require", package], constraint);
        }
        if !self.package.further.is_empty() {
            sketch.put(&pointer!["composer"], None, self.declared.tag.clone(), json!({}));
        }
        for (key, value) in &self.package.further {
            let span = self.package.span_of(&pointer![key]).unwrap_or_else(|| self.declared.tag.clone());
            sketch.put_parts(&pointer!["composer", key], span, value, self.package.parts(key, value));
        }
        if !self.declared.sequence.is_empty() {
            sketch.put(&pointer!["module", "sequence"], None, self.declared.tag.clone(), json!([]));
        }
        for (at, name) in self.declared.sequence.iter().enumerate() {
            sketch.put_text(&pointer!["module", "sequence", at], name);
        }
        for file in xml_files::XML_FILES {
            file.sketch(self.files, &mut sketch, self.name, section);
        }
        // Stands in for the resource of the section, which has a rule of its own: a spec would declare it.
        let section = sketch.json.pointer_mut("/settings").and_then(Value::as_object_mut);
        if let Some(section) = section.filter(|section| section.contains_key("label")) {
            section.insert("resource".to_owned(), json!("Magento_Config::config"));
        }
        sketch
    }

    /// Places of the module's resources that its routes, menu entries or sections need, and of those above them.
    fn needed_by_files(&self) -> HashSet<Range<usize>> {
        fn within(
            entries: &[ImportedResource],
            ids: &HashSet<String>,
            places: &mut HashSet<Range<usize>>,
        ) -> bool {
            let mut is_any = false;
            for entry in entries {
                let is_below = within(&entry.children, ids, places);
                if is_below || ids.contains(&entry.id.value) {
                    places.insert(entry.id.span.clone());
                    is_any = true;
                }
            }
            is_any
        }
        let ids = existing_module::needed_resources(self.files);
        let mut places = HashSet::new();
        within(&self.acl.entries, &ids, &mut places);
        places
    }

    /// Copy of the integration without resources that a spec cannot request: text that is not an id, and resources that
    /// the module disables.
    fn requests(&self, integration: &XmlIntegration) -> XmlIntegration {
        let is_said = |id: &str| AclId::new(id).is_ok() && !self.declared.disables(id);
        let mut integration = integration.clone();
        integration.resources.retain(|resource| is_said(&resource.id.value));
        integration
    }

    /// Checks a sketch.
    fn checked(&self, mut sketch: Outline) -> (Loaded, Option<Resolved>, Vec<Diagnostic>) {
        let mut loaded = load(&sketch);
        let mut findings = Vec::new();
        // A table that cannot be read at all does not keep the rest from being checked.
        for table in ["setting", "settings", "csp", "acl", "composer"] {
            let tables = sketch.json.as_object_mut().filter(|_| loaded.spec.is_none());
            if tables.and_then(|tables| tables.shift_remove(table)).is_some() {
                findings.append(&mut loaded.findings);
                loaded = load(&sketch);
            }
        }
        let resolved = resolve(&loaded, self.catalog);
        findings.extend(check::spec(&loaded, resolved.as_ref(), self.catalog));
        // The target is guessed here, not written in the module.
        let of_target = [Rule::TargetNewerThanCatalog, Rule::TargetWithoutPatches, Rule::TargetCrossesLegacy];
        let is_absent = |it: &Diagnostic| {
            let mut tags = self.declared.integrations.iter().map(|integration| &integration.tag);
            it.rule == Rule::EmailPlaceholder && tags.any(|tag| it.span.as_ref() == Some(tag))
        };
        findings.retain(|it| !of_target.contains(&it.rule) && it.span != Some(NOWHERE) && !is_absent(it));
        (loaded, resolved.ok(), findings)
    }
}

fn load(sketch: &Outline) -> Loaded {
    let mut loaded = Loaded { is_sketch: true, ..spec::load_document(sketch.document()) };
    // The form of a spec is no concern of the files, unless a help for them says otherwise.
    let is_form = |it: &Diagnostic| it.rule.family() == Family::Document && it.module_help.is_none();
    let is_about_text =
        |it: &Diagnostic| matches!(it.rule, Rule::ControlCharacter | Rule::InvisibleCharacter);
    loaded.findings.retain(|it| !is_form(it) || is_about_text(it));
    loaded
}
