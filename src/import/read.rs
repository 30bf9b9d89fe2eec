//! Import of one module, from its files to a spec.

use std::collections::{BTreeMap, HashSet};

use camino::Utf8Path;
use serde_json::{Value, json};

use super::{
    acl::OwnAcl,
    composer::ImportedPackage,
    derived::Derived,
    outline::Outline,
    rejected::{move_rejected_package_keys, omit_rejected},
    target::{self, TargetGuess},
    toml,
    xml_files::{self, GeneratedWebhooks, XmlFile},
};
use crate::{
    Compilation,
    catalog::{Catalog, Catalogs, Constraint},
    check::{self, existing_module},
    compile_loaded,
    diag::{Diagnostic, Level, Report, Rule, Source},
    module::{DeclaredXml, ModuleDir, ModuleFiles, XmlIntegration, name_of, refused_name},
    names::{CatalogPath, ModuleName},
    parsers::SpannedText,
    resolve::resolve,
    spec::{self, pointer},
    tree::{Disk, File, TreePath},
};

/// Imported module.
#[derive(Debug)]
pub struct Imported {
    /// Name; none if no file has a valid one.
    pub name: Option<ModuleName>,
    /// Equivalent spec; none if the files contain nothing for one.
    pub spec: Option<String>,
    /// Names of integrations whose e-mail address is a placeholder in the spec.
    pub placeholders: Vec<String>,
    /// Errors in the spec.
    pub errors: Vec<String>,
    /// Findings by file.
    pub reports: Vec<Report>,
    /// Files that the spec takes over, relative to the module's root.
    pub taken_over: Vec<TreePath>,
    /// Generated forms of files taken over that say the same in a layout of their own: building the spec leaves them.
    pub adopted: BTreeMap<TreePath, File>,
    /// Places where PHP outside of setup scripts uses the legacy pair, with what it does, if the spec leaves the pair.
    pub uses_pair: Vec<String>,
    /// Files taken over that building the spec changes or deletes.
    pub rewritten: Vec<TreePath>,
    /// Classes that the spec declares; they stay the user's, even those that do not exist.
    pub seeded: Vec<TreePath>,
    /// Files that stay the user's because the spec does not hold what they say; folders of pages with their number.
    pub stays: Vec<String>,
}

/// Shop in which a module is looked up besides the releases.
#[derive(Clone, Copy)]
pub struct ImportShop<'a> {
    /// Its catalog.
    pub catalog: &'a Catalog,
    /// Returns its file as the spec of this module names it, relative to the spec; none if there is no file.
    pub file: &'a dyn Fn(&ModuleName) -> Option<String>,
}

/// Imports a module below the directory. `display_root` is the prefix of paths in findings, `target` is the module's
/// target, if known, and `shop` has the modules of other vendors that it builds on.
#[must_use]
pub fn read(
    disk: &Disk,
    place: &ModuleDir,
    display_root: &Utf8Path,
    target: Option<&Constraint>,
    shop: Option<ImportShop<'_>>,
) -> Imported {
    let mut imported = Imported {
        name: None,
        spec: None,
        placeholders: Vec::new(),
        errors: Vec::new(),
        reports: Vec::new(),
        taken_over: Vec::new(),
        adopted: BTreeMap::new(),
        uses_pair: Vec::new(),
        rewritten: Vec::new(),
        seeded: Vec::new(),
        stays: Vec::new(),
    };
    let catalog = shop.map_or(Catalog::bundled(), |shop| shop.catalog);
    imported.reports = reports(disk, place, display_root, target, catalog, |checked| {
        let Importer { files, declared, name, .. } = *checked;
        let module = Importer::of(disk, place, files, declared, name, target, (Catalog::bundled(), shop));
        imported.name = Some(module.name.clone());
        if module.declared.integrations.is_empty() {
            return Vec::new();
        }
        let (spec, findings) = module.spec();
        imported.placeholders = spec.placeholders;
        imported.errors = spec.errors;
        imported.taken_over = spec.taken_over;
        imported.adopted = spec.adopted;
        imported.uses_pair = module.uses_pair();
        imported.rewritten = spec.rewritten;
        imported.seeded = spec.seeded;
        imported.stays = spec.stays;
        imported.spec = Some(spec.text);
        findings
    });
    imported
}

/// Checks a module without a spec, as [`read`] reads it: reports the faults of its files, by file.
#[must_use]
pub fn check(
    disk: &Disk,
    place: &ModuleDir,
    display_root: &Utf8Path,
    target: Option<&Constraint>,
    catalog: &Catalog,
) -> Vec<Report> {
    reports(disk, place, display_root, target, catalog, |_| Vec::new())
}

/// Faults of a module's files, and what else is found in it.
fn reports(
    disk: &Disk,
    place: &ModuleDir,
    display_root: &Utf8Path,
    target: Option<&Constraint>,
    catalog: &Catalog,
    further: impl FnOnce(&Importer<'_>) -> Vec<Diagnostic>,
) -> Vec<Report> {
    let mut files = ModuleFiles::read(disk, place, display_root);
    files.read_tables(disk, place, display_root, xml_files::XML_FILES.iter().map(|file| file.path));
    files.read_beside(disk, place, display_root);
    let declared = DeclaredXml::of(&files);
    let mut findings = std::mem::take(&mut files.findings);
    findings.extend(existing_module::files(&files, &declared));
    findings.extend(refused_name(&files, &declared));
    if let Some(name) = name_of(&files, &declared, place) {
        files.read_classes(disk, place, display_root, &name);
        let module = Importer::of(disk, place, &files, &declared, &name, target, (catalog, None));
        findings.extend(module.faults());
        findings.extend(further(&module));
    }
    files.sources.into_reports(findings)
}

struct Written {
    text: String,
    placeholders: Vec<String>,
    errors: Vec<String>,
    taken_over: Vec<TreePath>,
    adopted: BTreeMap<TreePath, File>,
    rewritten: Vec<TreePath>,
    seeded: Vec<TreePath>,
    stays: Vec<String>,
}

pub(super) struct Importer<'a> {
    pub(super) disk: &'a Disk,
    pub(super) place: &'a ModuleDir,
    pub(super) files: &'a ModuleFiles,
    pub(super) declared: &'a DeclaredXml,
    pub(super) name: &'a ModuleName,
    pub(super) catalog: &'a Catalog,
    shop: Option<ImportShop<'a>>,
    pub(super) acl: OwnAcl,
    pub(super) package: ImportedPackage,
    pub(super) target: TargetGuess,
}

impl<'a> Importer<'a> {
    fn of(
        disk: &'a Disk,
        place: &'a ModuleDir,
        files: &'a ModuleFiles,
        declared: &'a DeclaredXml,
        name: &'a ModuleName,
        target: Option<&Constraint>,
        (catalog, shop): (&'a Catalog, Option<ImportShop<'a>>),
    ) -> Self {
        let target = match target {
            Some(target) => TargetGuess { constraint: target.to_string(), why: None },
            None => {
                let readme =
                    place.read(disk, Utf8Path::new("README.md")).and_then(|it| String::from_utf8(it).ok());
                target::guess(files, declared, readme.as_deref(), catalog)
            }
        };
        let beside = shop.map(|shop| shop.catalog.beside(name));
        let has_place = |id: &str| !catalog.ever(id).is_empty();
        let is_known = |id: &str| has_place(id) || beside.as_ref().is_some_and(|it| !it.ever(id).is_empty());
        let acl = OwnAcl::of(&declared.acl, name.as_str(), &is_known, &has_place);
        let package = ImportedPackage::of(files.composer.as_ref(), declared, name, place.source.as_str());
        Self { disk, place, files, declared, name, catalog, shop, acl, package, target }
    }

    /// Outline with some integrations of the module.
    pub(super) fn outline(&self, integrations: &[&XmlIntegration]) -> Outline {
        let name =
            self.declared.name.clone().unwrap_or_else(|| SpannedText::new("", self.declared.tag.clone()));
        let name = SpannedText::new(self.name.as_str(), name.span);
        Outline::of(self.declared, integrations, &name, &self.acl, &self.package, &self.target.constraint)
    }

    fn spec(&self) -> (Written, Vec<Diagnostic>) {
        let mut findings = self.acl.not_carried.clone();
        findings.extend(self.package.changes.iter().cloned());
        let mut outline = self.outline(&self.declared.integrations.iter().collect::<Vec<_>>());
        self.name_catalog(&mut outline);
        let found = self.check(&outline);
        if !self.package.further.is_empty() {
            outline.json["composer"] = Value::Object(self.package.further.clone());
        }
        self.note(&mut outline);
        self.add_copyright(&mut outline);
        omit_rejected(&mut outline, &found);
        move_rejected_package_keys(&mut outline, &found);
        findings.extend(self.mend(&mut outline));
        let (refused, found_in_files) = self.import_files(&mut outline);
        findings.extend(found_in_files);
        if found.iter().any(|finding| finding.rule == Rule::ResourceNotInEveryRelease) {
            relax(&mut outline, Rule::ResourceNotInEveryRelease);
        }
        self.add_generated(&mut outline);
        self.leave_files(&mut outline, &refused);
        let probe = self.compiled(&outline);
        let derived = Derived { declared: self.declared, package: &self.package, files: self.files };
        derived.apply(&mut outline, probe.module.as_ref());
        // composer.json keeps its constraints, whatever the target is.
        let compiled = self.compiled(&outline);
        let mut refused = compiled.report.diagnostics.iter().filter(|finding| finding.level == Level::Error);
        if refused.any(|finding| finding.rule == Rule::NotInstallable) {
            relax(&mut outline, Rule::NotInstallable);
        }
        self.omit_catalog(&mut outline);
        self.add_last_tables(&mut outline);
        let placeholders = self.add_emails(&mut outline);
        let final_compilation = self.compiled(&outline);
        let errors = errors(&final_compilation);
        let (taken_over, seeded) = self.taken_over(&final_compilation);
        let adopted = self.adopted(&taken_over, &final_compilation);
        let is_same =
            |path: &&TreePath| adopted.contains_key(*path) || self.is_made(path, &final_compilation);
        let rewritten: Vec<TreePath> = taken_over.iter().filter(|path| !is_same(path)).cloned().collect();
        if let Some(module) = &final_compilation.module {
            let is_rewritten = |path: &str| {
                let inside = if path == "composer.json" { path.into() } else { self.of_source(path) };
                rewritten.iter().any(|rewritten| rewritten.as_path() == inside)
            };
            findings.extend(derived.added(module, is_rewritten));
        }
        let text = toml::write(&outline.json, &outline.notes);
        let stays = self.stays(&taken_over);
        (Written { text, placeholders, errors, taken_over, adopted, rewritten, seeded, stays }, findings)
    }

    /// Findings in an outline.
    fn check(&self, outline: &Outline) -> Vec<Diagnostic> {
        let loaded = spec::load_document(outline.document());
        let catalog = self.catalogs(outline).of_spec();
        let resolved = resolve(&loaded, catalog);
        check::spec(&loaded, resolved.as_ref(), catalog)
    }

    /// Catalogs of the spec: the shop takes part if the outline names it.
    fn catalogs(&self, outline: &Outline) -> Catalogs<'a> {
        let is_named = outline.json["target"].get("catalog").is_some();
        let named = self.shop.filter(|_| is_named).map(|shop| shop.catalog);
        Catalogs { named, ..Catalogs::from(self.catalog) }
    }

    /// Names the file of the shop as the catalog of the target, unless the target excludes the shop.
    fn name_catalog(&self, outline: &mut Outline) {
        let Some(file) = self.shop.and_then(|shop| (shop.file)(self.name)) else { return };
        if CatalogPath::new(file.clone()).is_err() {
            return;
        }
        let mut named = outline.clone();
        named.put(&pointer!["target", "catalog"], None, self.declared.tag.clone(), json!(file));
        let excludes =
            |it: &Diagnostic| it.rule == Rule::ShopNotInTarget || it.rule == Rule::TargetMatchesNothing;
        if !self.compiled(&named).report.diagnostics.iter().any(excludes) {
            *outline = named;
        }
    }

    /// Removes the catalog from the target if the releases know everything that the spec names.
    fn omit_catalog(&self, outline: &mut Outline) {
        let mut omitted = outline.clone();
        let target = omitted.json["target"].as_object_mut();
        if target.and_then(|target| target.shift_remove("catalog")).is_none() {
            return;
        }
        let told = |outline: &Outline| -> HashSet<String> {
            let findings = self.compiled(outline).report.diagnostics.into_iter();
            findings.filter(|it| it.level != Level::Note).map(|it| it.message).collect()
        };
        if told(&omitted).is_subset(&told(outline)) {
            *outline = omitted;
        }
    }

    /// Compiles the TOML that would be written, not the outline, so that errors in the written text are found too.
    pub(super) fn compiled(&self, outline: &Outline) -> Compilation {
        let source = Source::new("", toml::write(&outline.json, &outline.notes));
        let loaded = spec::load(&source);
        let catalogs = self.catalogs(outline).of_edition(loaded.edition());
        compile_loaded(source, loaded, catalogs, &|path| self.bytes(path))
    }

    /// Imports other files that a spec can express completely. Returns the others, and reports them.
    fn import_files(&self, outline: &mut Outline) -> (Vec<&'static str>, Vec<Diagnostic>) {
        let (mut refused, mut findings) = (Vec::new(), Vec::new());
        let text = |path: &str| {
            let bytes = self.bytes(&TreePath::new(self.of_source(path).into_string()).ok()?)?;
            String::from_utf8(bytes).ok()
        };
        let webhooks = GeneratedWebhooks::of(self.files, self.name, text);
        // Webhooks name settings, and jobs and observers of webhooks need no tables of their own.
        let is_first = |file: &&XmlFile| webhooks.is_some() && file.is_of_settings();
        let first = xml_files::XML_FILES.iter().filter(is_first);
        let then = xml_files::XML_FILES.iter().filter(|file| !is_first(file));
        for file in first.chain(then) {
            if let Some(webhooks) = webhooks.as_ref().filter(|_| !is_first(&file)) {
                *outline = self.with_webhooks(outline, webhooks);
            }
            let place = |path: &str| self.of_source(path).into_string();
            let compiled = |outline: &Outline| match &webhooks {
                Some(webhooks) => self.compiled(&self.with_webhooks(outline, webhooks)),
                None => self.compiled(outline),
            };
            let checked = |outline: &Outline| self.check(outline);
            match file.import(self.files, outline, self.name, place, compiled, checked) {
                Ok(Some(imported)) => *outline = imported,
                Ok(None) => {}
                Err(finding) => {
                    refused.push(file.path);
                    findings.push(*finding);
                }
            }
        }
        (refused, findings)
    }

    /// Adds webhooks to an outline with all settings that they name.
    fn with_webhooks(&self, outline: &Outline, webhooks: &GeneratedWebhooks<'_>) -> Outline {
        let mut with = outline.clone();
        if outline.json.get("webhooks").is_some() {
            return with;
        }
        let plain = self.compiled(&outline.without_faults()).module;
        let settings = plain.as_ref().and_then(|module| module.settings.as_ref());
        let path = |getter: &str| {
            let setting = settings?.iter().find(|setting| setting.getter == getter)?;
            setting.path.split_once('/').map(|(_, path)| path.to_owned())
        };
        if webhooks.add_to(&mut with, path) && self.compiled(&with.without_faults()).module.is_some() {
            return with;
        }
        outline.clone()
    }

    fn add_last_tables(&self, outline: &mut Outline) {
        let Some(tables) = outline.json.as_object_mut() else { return };
        let last = ["composer", "files", "rules"].map(|table| (table, tables.shift_remove(table)));
        for (table, value) in last {
            tables.extend(value.map(|value| (table.to_owned(), value)));
        }
    }
}

/// Lowers a rule to a warning in the spec.
fn relax(outline: &mut Outline, rule: Rule) {
    outline.json["rules"][rule.id()] = json!("warn");
}

fn errors(compilation: &Compilation) -> Vec<String> {
    let findings = compilation.report.diagnostics.iter();
    findings.filter(|finding| finding.level == Level::Error).map(|finding| finding.message.clone()).collect()
}
