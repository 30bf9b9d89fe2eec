//! Import of one module, from its files to a spec.

use camino::Utf8Path;
use serde_json::{Map, Value, json};

use super::{
    acl::OwnAcl,
    composer::ImportedPackage,
    derived::Derived,
    outline::Outline,
    rejected::{omit_rejected, omit_rejected_package_keys},
    target::{self, TargetGuess},
    toml, xml_files,
};
use crate::{
    Compilation,
    catalog::{Catalog, Constraint},
    check::{self, existing_module},
    compile,
    diag::{Diagnostic, Level, Report, Rule, Source},
    module::{DeclaredXml, ModuleDir, ModuleFiles, name_of, refused_name},
    names::ModuleName,
    parsers::SpannedText,
    resolve::{Resolved, resolve},
    spec,
    tree::{Disk, TreePath},
};

/// Imported module.
#[derive(Debug)]
pub struct Imported {
    /// Name; none if no file has a valid one.
    pub name: Option<ModuleName>,
    /// Equivalent spec; none if the files contain nothing for one.
    pub spec: Option<String>,
    /// Values that the spec needs before it can be built.
    pub lacks: Vec<String>,
    /// Errors in the spec besides.
    pub errors: Vec<String>,
    /// Findings by file.
    pub reports: Vec<Report>,
    /// Files that building the spec changes or deletes, relative to the module's root.
    pub taken_over: Vec<TreePath>,
    /// Existing classes that the spec declares; they stay the user's.
    pub seeded: Vec<TreePath>,
}

/// Imports a module below the directory. `display_root` is the prefix of paths in findings, and `target` is the module's
/// target, if known.
#[must_use]
pub fn read(
    disk: &Disk,
    place: &ModuleDir,
    display_root: &Utf8Path,
    target: Option<&Constraint>,
    catalog: &Catalog,
) -> Imported {
    let mut files = ModuleFiles::read(disk, place, display_root);
    files.read_tables(
        disk,
        place,
        display_root,
        xml_files::XML_FILES.iter().flat_map(xml_files::XmlFile::paths),
    );
    let declared = DeclaredXml::of(&files);
    let mut findings = std::mem::take(&mut files.findings);
    findings.extend(existing_module::files(&files, &declared));
    let name = name_of(&files, &declared, place);
    let mut imported = Imported {
        name: name.clone(),
        spec: None,
        lacks: Vec::new(),
        errors: Vec::new(),
        reports: Vec::new(),
        taken_over: Vec::new(),
        seeded: Vec::new(),
    };
    if let Some(name) = name.filter(|_| !declared.integrations.is_empty()) {
        let module = Importer { disk, place, files: &files, declared: &declared, name: &name, catalog };
        let (spec, found) = module.spec(target);
        findings.extend(found);
        imported.lacks = spec.lacks;
        imported.errors = spec.errors;
        imported.taken_over = spec.taken_over;
        imported.seeded = spec.seeded;
        imported.spec = Some(spec.text);
    } else {
        findings.extend(refused_name(&files, &declared));
    }
    imported.reports = files.sources.into_reports(findings);
    imported
}

struct Written {
    text: String,
    lacks: Vec<String>,
    errors: Vec<String>,
    taken_over: Vec<TreePath>,
    seeded: Vec<TreePath>,
}

pub(super) struct Importer<'a> {
    pub(super) disk: &'a Disk,
    pub(super) place: &'a ModuleDir,
    pub(super) files: &'a ModuleFiles,
    pub(super) declared: &'a DeclaredXml,
    pub(super) name: &'a ModuleName,
    pub(super) catalog: &'a Catalog,
}

impl Importer<'_> {
    fn spec(&self, target: Option<&Constraint>) -> (Written, Vec<Diagnostic>) {
        let target = match target {
            Some(target) => TargetGuess { constraint: target.to_string(), why: None },
            None => target::guess(self.files, self.declared, self.catalog),
        };
        let known = |id: &str| !self.catalog.ever(id).is_empty();
        let mut acl = OwnAcl::of(&self.declared.acl, self.name.as_str(), known);
        let source = self.place.source.as_str();
        let mut package = ImportedPackage::of(self.files.composer.as_ref(), self.declared, self.name, source);
        let mut findings = std::mem::take(&mut acl.findings);
        findings.append(&mut package.findings);
        let name =
            self.declared.name.clone().unwrap_or_else(|| SpannedText::new("", self.declared.tag.clone()));
        let name = SpannedText::new(self.name.as_str(), name.span);
        let mut outline = Outline::of(self.declared, &name, &acl, &package, &target.constraint);
        findings.extend(refused_name(self.files, self.declared));
        let (mut resolved, mut found) = self.check(&outline);
        if resolved.is_none() {
            // Faults in the package alone do not keep the rest from being checked.
            omit_rejected_package_keys(&mut outline, &found);
            findings.append(&mut found);
            (resolved, found) = self.check(&outline);
        }
        // The pair is read by another merger, and moving it is the spec's business.
        found.retain(|finding| finding.rule != Rule::NameApostrophe || !self.is_name_of_pair(finding));
        for integration in &self.declared.integrations {
            findings.extend(existing_module::integration(
                integration,
                self.files,
                resolved.as_ref(),
                self.catalog,
            ));
        }
        findings.extend(existing_module::setup_version::declared(
            self.declared,
            self.files,
            resolved.as_ref(),
            self.catalog,
        ));
        self.note(&mut outline, &package, &target);
        omit_rejected(&mut outline, &found);
        omit_rejected_package_keys(&mut outline, &found);
        findings.extend(found);
        self.mend(&mut outline, &package);
        findings.extend(self.import_files(&mut outline));
        self.leave_files(&mut outline);
        let probe = self.compiled(&outline);
        let derived = Derived {
            declared: self.declared,
            package: &package,
            files: self.files,
            catalog: self.catalog,
            target: &target.constraint,
        };
        findings.extend(derived.apply(&mut outline, probe.module.as_ref()));
        self.add_last_tables(&mut outline, &package, &findings);
        // With placeholders for missing addresses it is otherwise complete.
        let final_compilation = self.compiled(&outline);
        let errors = errors(&final_compilation);
        let lacks = self.empty_emails(&mut outline);
        let (taken_over, seeded) = self.taken_over(&final_compilation);
        let text = toml::write(&outline.json, &outline.notes);
        (Written { text, lacks, errors, taken_over, seeded }, findings)
    }

    fn is_name_of_pair(&self, finding: &Diagnostic) -> bool {
        let pairs = self.declared.integrations.iter().filter(|it| it.form.is_legacy());
        pairs.into_iter().any(|it| finding.span.as_ref() == Some(&it.name.span))
    }

    /// Resolves and checks the outline.
    fn check(&self, outline: &Outline) -> (Option<Resolved>, Vec<Diagnostic>) {
        let loaded = spec::load_document(outline.document());
        let resolved = resolve(&loaded, self.catalog);
        let mut findings = check::spec(&loaded, resolved.as_ref(), self.catalog);
        // The target is guessed here, not written in the module.
        findings.retain(|finding| finding.rule != Rule::TargetNewerThanCatalog);
        (resolved.ok(), findings)
    }

    /// Compiles the TOML that would be written, not the outline, so that errors in the written text are found too.
    pub(super) fn compiled(&self, outline: &Outline) -> Compilation {
        compile(Source::new("", toml::write(&outline.json, &outline.notes)), self.catalog)
    }

    /// Imports other files that a spec can express completely, and reports the others.
    fn import_files(&self, outline: &mut Outline) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        for file in xml_files::XML_FILES {
            let place = |path: &str| self.of_source(path).into_string();
            let compiled = |outline: &Outline| self.compiled(outline);
            match file.import(self.files, outline, self.name, place, compiled) {
                Ok(Some(imported)) => *outline = imported,
                Ok(None) => {}
                Err(finding) => findings.push(*finding),
            }
        }
        findings
    }

    fn add_last_tables(&self, outline: &mut Outline, package: &ImportedPackage, findings: &[Diagnostic]) {
        let files = outline.json.as_object_mut().and_then(|tables| tables.shift_remove("files"));
        if !package.further.is_empty() {
            outline.json["composer"] = Value::Object(package.further.clone());
        }
        if let Some(files) = files {
            outline.json["files"] = files;
        }
        let mut rules = Map::new();
        if findings.iter().any(|finding| finding.rule == Rule::ResourceNotInEveryRelease) {
            rules.insert(Rule::ResourceNotInEveryRelease.id().to_owned(), json!("warn"));
        }
        if !rules.is_empty() {
            outline.json["rules"] = Value::Object(rules);
        }
    }
}

fn errors(compilation: &Compilation) -> Vec<String> {
    let findings = compilation.report.diagnostics.iter();
    findings.filter(|finding| finding.level == Level::Error).map(|finding| finding.message.clone()).collect()
}
