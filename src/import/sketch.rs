//! Sketches: all that the files of a module say, as far as a spec can say it, for the rules. Unlike what import writes, a
//! sketch may have faults, and the files need not follow from it.

use std::{collections::HashSet, ops::Range};

use serde_json::json;

use super::{
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
        let mut unused: Option<HashSet<_>> = None;
        for (at, sketch) in self.sketches().into_iter().enumerate() {
            let (loaded, resolved, mut found) = self.checked(&sketch);
            if at == 0 {
                findings.extend(existing_module::check(
                    &loaded,
                    resolved.as_ref(),
                    self.catalog,
                    self.files,
                    self.declared,
                ));
            }
            // What one sketch does not use, another may.
            let spans =
                found.iter().filter(|it| it.rule == Rule::AclUnused).map(|it| it.span.clone()).collect();
            unused = Some(unused.map_or_else(|| HashSet::clone(&spans), |unused| &unused & &spans));
            findings.append(&mut found);
        }
        let unused = unused.unwrap_or_default();
        let needed = self.needed_by_routes();
        let of_rule = |rule| move |it: &&Diagnostic| it.rule == rule;
        // What nobody can install in any release has a finding of its own.
        let nothing: HashSet<_> = findings
            .iter()
            .filter(of_rule(Rule::RequirementMatchesNothing))
            .map(|it| it.span.clone())
            .collect();
        findings.retain(|it| match it.rule {
            Rule::AclUnused => unused.contains(&it.span) && !needed.contains(&it.span),
            Rule::NotInstallable => !nothing.contains(&it.span),
            _ => true,
        });
        findings
    }

    /// Places of the module's resources that its own routes need.
    fn needed_by_routes(&self) -> HashSet<Option<Range<usize>>> {
        let webapi = self.files.tables.get("etc/webapi.xml").map(|document| &document.root);
        let refs = webapi.into_iter().flat_map(|root| root.descendants("resource"));
        let refs: HashSet<&str> =
            refs.filter_map(|it| it.attribute("ref")).map(|it| it.value.as_str()).collect();
        let (mut open, mut places) = (self.declared.acl.iter().collect::<Vec<_>>(), HashSet::new());
        while let Some(node) = open.pop() {
            open.extend(&node.children);
            if refs.contains(node.id.value.as_str()) {
                places.insert(Some(node.id.span.clone()));
            }
        }
        places
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
        let mut sketch = self.outline(integrations);
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
        for file in xml_files::XML_FILES.iter().filter(|file| file.is_sketched) {
            file.sketch(self.files, &mut sketch, self.name, section);
        }
        sketch
    }

    /// Checks a sketch.
    fn checked(&self, sketch: &Outline) -> (Loaded, Option<Resolved>, Vec<Diagnostic>) {
        let mut loaded = spec::load_document(sketch.document());
        // The form of a spec is no concern of the files, unless a help for them says otherwise.
        let is_form = |it: &Diagnostic| it.rule.family() == Family::Document && it.module_help.is_none();
        loaded.findings.retain(|it| !is_form(it) || it.rule == Rule::ControlCharacter);
        let resolved = resolve(&loaded, self.catalog);
        let mut findings = check::spec(&loaded, resolved.as_ref(), self.catalog);
        // The target is guessed here, not written in the module.
        findings.retain(|it| it.rule != Rule::TargetNewerThanCatalog && it.span != Some(NOWHERE));
        (loaded, resolved.ok(), findings)
    }
}
