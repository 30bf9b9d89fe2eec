//! One module, from its files to a spec.

use std::ops::Range;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Map, Value, json};

use super::{
    Place, Text,
    acl::Acl,
    composer::Package,
    declared::{Declared, head},
    derived::Derived,
    find::{MAX_BYTES, join},
    lint::{self, legacy},
    name,
    outline::{NO_EMAIL, Outline},
    read::Files,
    tables,
    target::{self, Target},
    toml,
};
use crate::{
    Compilation,
    catalog::{Catalog, Constraint, behaviour},
    check::{self, Checked},
    compile,
    diag::{Diagnostic, Level, Report, Rule, Source},
    names::{ModuleName, ModuleVersion},
    spec,
    tree::{Disk, OnDisk, Ownership, TreePath},
};

/// A module that was read.
#[derive(Debug)]
pub struct Imported {
    /// Its name; none if no file says one that Magento takes.
    pub name: Option<ModuleName>,
    /// The spec that says the same; none if nothing was found to put into one.
    pub spec: Option<String>,
    /// What the spec lacks before it can be built; empty if nothing.
    pub lacks: Vec<String>,
    /// What was found, file by file.
    pub reports: Vec<Report>,
    /// The files that a build of the spec changes or deletes, from the module's root.
    pub taken_over: Vec<TreePath>,
    /// The classes that are there and that the spec declares: they stay the user's.
    pub seeded: Vec<TreePath>,
}

/// Reads a module below the directory. `shown` is put before its paths where they are told, and `target` is what it is
/// for, if that is known.
#[must_use]
pub fn read(
    disk: &Disk,
    place: &Place,
    shown: &Utf8Path,
    target: Option<&Constraint>,
    catalog: &Catalog,
) -> Imported {
    let mut files = Files::read(disk, place, shown);
    files.read_tables(disk, place, shown);
    let declared = Declared::of(&files);
    let mut findings = std::mem::take(&mut files.findings);
    findings.extend(lint::files(&files, &declared));
    let name = name::of(&files, &declared, place);
    let mut imported = Imported {
        name: name.clone(),
        spec: None,
        lacks: Vec::new(),
        reports: Vec::new(),
        taken_over: Vec::new(),
        seeded: Vec::new(),
    };
    if let Some(name) = name.filter(|_| !declared.integrations.is_empty()) {
        let module = Module { disk, place, files: &files, declared: &declared, name: &name, catalog };
        let (spec, found) = module.spec(target);
        findings.extend(found);
        imported.lacks = spec.lacks;
        imported.taken_over = spec.taken_over;
        imported.seeded = spec.seeded;
        imported.spec = Some(spec.text);
    } else {
        findings.extend(name::refused(&declared));
    }
    imported.reports = files.sources.into_reports(findings);
    imported
}

struct Written {
    text: String,
    lacks: Vec<String>,
    taken_over: Vec<TreePath>,
    seeded: Vec<TreePath>,
}

struct Module<'a> {
    disk: &'a Disk,
    place: &'a Place,
    files: &'a Files,
    declared: &'a Declared,
    name: &'a ModuleName,
    catalog: &'a Catalog,
}

impl Module<'_> {
    fn spec(&self, target: Option<&Constraint>) -> (Written, Vec<Diagnostic>) {
        let target = match target {
            Some(target) => Target { constraint: target.to_string(), why: None },
            None => target::guess(self.files, self.declared, self.catalog),
        };
        let known = |id: &str| !self.catalog.ever(id).is_empty();
        let mut acl = Acl::of(&self.declared.acl, self.name.as_str(), known);
        let source = self.place.source.as_str();
        let mut package = Package::of(self.files.composer.as_ref(), self.declared, self.name, source);
        let mut findings = std::mem::take(&mut acl.findings);
        findings.append(&mut package.findings);
        let name = self.declared.name.clone().unwrap_or_else(|| Text::new("", self.declared.tag.clone()));
        let name = Text::new(self.name.as_str(), name.span);
        let mut outline = Outline::of(self.declared, &name, &acl, &package, &target.constraint);
        findings.extend(name::refused(self.declared));
        let mut checked = self.check(&outline);
        if checked.scope.is_none() {
            // What is wrong with the package alone does not keep the rest from being checked.
            leave_out_of_package(&mut outline, &checked);
            findings.extend(std::mem::replace(&mut checked, self.check(&outline)).findings);
        }
        for integration in &self.declared.integrations {
            findings.extend(lint::integration(integration, self.files, checked.scope.as_ref(), self.catalog));
        }
        self.note(&mut outline, &package, &target);
        leave_out(&mut outline, &checked);
        leave_out_of_package(&mut outline, &checked);
        findings.extend(checked.findings);
        self.mend(&mut outline, &package);
        findings.extend(self.carry_tables(&mut outline));
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
        // With an address that stands in for one that is missing it is the whole but for that.
        let whole = self.compiled(&outline);
        let mut lacks = errors(&whole);
        lacks.splice(0..0, self.empty_emails(&mut outline));
        let (taken_over, seeded) = self.taken_over(&whole);
        (Written { text: toml::write(&outline.json, &outline.notes), lacks, taken_over, seeded }, findings)
    }

    fn check(&self, outline: &Outline) -> Checked {
        let loaded = spec::load_document(outline.document());
        let mut checked = check::check(&loaded, self.catalog);
        // The target is not the module's; the spec that has it is told of it.
        checked.findings.retain(|finding| finding.rule != Rule::TargetNewerThanCatalog);
        checked
    }

    fn compiled(&self, outline: &Outline) -> Compilation {
        compile(Source::new("", toml::write(&outline.json, &outline.notes)), self.catalog)
    }

    /// Takes over what can be said whole of what else the module declares. Says what cannot.
    fn carry_tables(&self, outline: &mut Outline) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        for artifact in tables::ARTIFACTS {
            let place = |path: &str| self.of_source(path).into_string();
            let compiled = |outline: &Outline| self.compiled(outline);
            match artifact.carry(&self.files.tables, outline, self.name, place, compiled) {
                Ok(Some(carried)) => *outline = carried,
                Ok(None) => {}
                Err(finding) => findings.push(*finding),
            }
        }
        findings
    }

    /// Comments about what was guessed, and those of the files' heads.
    fn note(&self, outline: &mut Outline, package: &Package, target: &Target) {
        if let Some(why) = &target.why {
            outline.notes.before.insert("/target/magento".to_owned(), vec![why.clone()]);
        }
        for (key, from) in &package.guessed {
            outline.notes.behind.insert(format!("/module/{key}"), from.clone());
        }
        if let Some(written) = self.declared.name.as_ref().filter(|name| name.value != self.name.as_str()) {
            let note = format!("module.xml has {:?}, which Magento refuses", written.value);
            outline.notes.behind.insert("/module/name".to_owned(), note);
        }
        let mut heads: Vec<String> = Vec::new();
        let files = self.files.xml.iter().filter(|(path, _)| **path != "etc/acl.xml");
        for comment in files.flat_map(|(_, document)| head(document)).map(plain_comment) {
            let words = |text: &str| text.split_whitespace().collect::<String>();
            let is_new = !heads.iter().any(|other| words(other) == words(&comment));
            if is_new && !comment.contains("magespec") {
                heads.push(comment);
            }
        }
        outline.notes.head.extend(heads);
        let target = target.constraint.parse().ok().and_then(|target| self.catalog.resolve(&target));
        let is_modern = target.is_some_and(|target| {
            !self.catalog.those(target.releases, |version| !behaviour::is_legacy(version)).is_empty()
        });
        if is_modern && self.declared.integrations.iter().any(|integration| integration.form.is_legacy()) {
            outline.notes.head.push(
                "etc/integration/config.xml and api.xml become etc/integration.xml; `format = \"legacy\"` under [module] keeps them."
                    .to_owned(),
            );
        }
    }

    /// What a spec refuses and can do without, or has a better value for.
    fn mend(&self, outline: &mut Outline, package: &Package) {
        for (at, integration) in self.declared.integrations.iter().enumerate() {
            if legacy::grants_everything(integration) {
                let note = format!("{} of api.xml: everything there is", legacy::ALL);
                outline.notes.behind.insert(format!("/integration/{at}/resources/0"), note);
            }
        }
        if ModuleVersion::new(package.version.value.as_str()).is_err() {
            let numbers = package.version.value.trim_start_matches(['v', 'V']);
            let version = if ModuleVersion::new(numbers).is_ok() { numbers } else { "1.0.0" };
            outline.json["module"]["version"] = json!(version);
            let note = format!("composer.json has {:?}", package.version.value);
            outline.notes.behind.insert("/module/version".to_owned(), note);
        }
    }

    /// Files that say more than a generated one would.
    fn leave_files(&self, outline: &mut Outline) {
        let mut unmanaged = Vec::new();
        if !self.is_generated("README.md") {
            unmanaged.push(json!("README.md"));
        }
        if self.files.registration.as_ref().is_some_and(|registration| !registration.is_plain) {
            unmanaged.push(json!(self.of_source("registration.php").as_str()));
        }
        unmanaged.extend(self.own_files(outline).into_iter().map(Value::String));
        if !unmanaged.is_empty() {
            outline.json["files"] = json!({ "unmanaged": unmanaged });
            let note = "a README.md of the permissions is written once it is taken out of the list";
            outline.notes.before.insert("/files/unmanaged".to_owned(), vec![note.to_owned()]);
        }
    }

    /// Files that the tables make and that the module has as its own: `etc/di.xml` whether it is there or not, as it would give
    /// classes that are there another log.
    fn own_files(&self, outline: &Outline) -> Vec<String> {
        let is_taken = |path: &str| {
            let path = Utf8Path::new(path).strip_prefix(&self.place.source).unwrap_or(path.into()).as_str();
            let shell = ["README.md", "composer.json", "registration.php", "etc/module.xml", "etc/acl.xml"];
            let declares = path.starts_with("etc/integration") || path.starts_with("Setup/");
            shell.contains(&path) || declares || self.files.tables.contains_key(path)
        };
        let compiled = self.compiled(outline);
        let managed = compiled.tree.iter().filter(|(_, file)| file.ownership != Ownership::Seeded);
        let di = self.of_source("etc/di.xml");
        let own = managed.filter(|(path, file)| {
            let is_other = self.bytes(path).map_or(path.as_path() == di, |bytes| bytes != file.contents);
            is_other && !is_taken(path.as_str()) && !self.is_generated(path.as_str())
        });
        own.map(|(path, _)| path.to_string()).collect()
    }

    /// The bytes of a file that is there.
    fn bytes(&self, path: &TreePath) -> Option<Vec<u8>> {
        match self.disk.read(&self.place.path(path.as_path()).ok()?) {
            Ok(OnDisk::File { bytes, .. }) => Some(bytes),
            _ => None,
        }
    }

    fn is_generated(&self, path: &str) -> bool {
        let path = self.place.path(Utf8Path::new(path));
        let file = path.ok().and_then(|path| self.disk.read_up_to(&path, MAX_BYTES).ok());
        matches!(file, Some(OnDisk::File { bytes, .. }) if String::from_utf8_lossy(&bytes).contains("Generated by magespec"))
    }

    fn add_last_tables(&self, outline: &mut Outline, package: &Package, findings: &[Diagnostic]) {
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

    /// Takes the addresses out that only stood in. Says which are missing.
    fn empty_emails(&self, outline: &mut Outline) -> Vec<String> {
        let mut lacks = Vec::new();
        for (at, integration) in self.declared.integrations.iter().enumerate() {
            let email = &mut outline.json["integration"][at]["email"];
            if email == NO_EMAIL && integration.email.as_ref().is_none_or(|email| email.trimmed().is_empty())
            {
                *email = json!("");
                let note = "write one: Magento aborts without it, and the module has none";
                outline.notes.behind.insert(format!("/integration/{at}/email"), note.to_owned());
                lacks.push(format!("the e-mail address of `{}`", integration.name.value));
            }
        }
        lacks
    }

    /// The path from the module's root, of one from the folder that its files are in.
    fn of_source(&self, path: &str) -> Utf8PathBuf {
        join(&self.place.source, Utf8Path::new(path))
    }

    /// The files that are there and that the spec makes, and the pair that it may make no longer; then the classes that are
    /// there and stay the user's.
    fn taken_over(&self, whole: &Compilation) -> (Vec<TreePath>, Vec<TreePath>) {
        let pair = ["etc/integration/config.xml", "etc/integration/api.xml"];
        let pair = pair.iter().filter_map(|path| TreePath::new(self.of_source(path).into_string()).ok());
        let made = whole.tree.paths().cloned();
        let mut paths: Vec<TreePath> =
            if whole.module.is_some() { made.chain(pair).collect() } else { Vec::new() };
        paths.sort();
        paths.dedup();
        let is_seeded =
            |path: &TreePath| whole.tree.get(path).is_some_and(|it| it.ownership == Ownership::Seeded);
        paths.retain(|path| self.bytes(path).is_some());
        let (seeded, taken_over) = paths.into_iter().partition(is_seeded);
        (taken_over, seeded)
    }
}

fn errors(compilation: &Compilation) -> Vec<String> {
    let findings = compilation.report.diagnostics.iter();
    findings.filter(|finding| finding.level == Level::Error).map(|finding| finding.message.clone()).collect()
}

/// Leaves out resources that grant nothing anyway.
fn leave_out(outline: &mut Outline, checked: &Checked) {
    for (integration, listed) in lists(&outline.json, "resources") {
        for at in 0..listed {
            let route = format!("/integration/{integration}/resources/{at}");
            let span = outline.spans.value(&route);
            let why = checked.findings.iter().filter(|finding| finding.span == span).find_map(reason);
            if let Some(why) = why {
                outline.notes.left_out.insert(route, why.to_owned());
            }
        }
    }
}

/// Leaves out what a spec may be without, where it is refused.
fn leave_out_of_package(outline: &mut Outline, checked: &Checked) {
    for key in ["package", "license", "homepage", "keywords", "authors"] {
        let Some(place) = outline.spans.value(&format!("/module/{key}")) else { continue };
        let is_in = |span: &Range<usize>| place.start <= span.start && span.end <= place.end;
        let is_refused =
            |finding: &Diagnostic| finding.level == Level::Error && finding.span.as_ref().is_some_and(is_in);
        if checked.findings.iter().any(is_refused)
            && let Some(module) = outline.json["module"].as_object_mut()
        {
            module.shift_remove(key);
        }
    }
}

fn lists(json: &Value, key: &str) -> Vec<(usize, usize)> {
    let integrations = json["integration"].as_array().into_iter().flatten();
    let lengths = integrations.map(|integration| integration[key].as_array().map_or(0, Vec::len));
    lengths.enumerate().collect()
}

/// Why a resource is left out; none if it stays.
fn reason(finding: &Diagnostic) -> Option<&'static str> {
    Some(match finding.rule {
        Rule::UnknownResource if finding.message.contains("own resources") => {
            "etc/acl.xml does not declare it"
        }
        Rule::UnknownResource => "no release of the target has it",
        Rule::DisabledResource => "Magento has it switched off",
        Rule::RootResource => "a root grants nothing",
        Rule::ResourceFormat => "it is no resource",
        Rule::DuplicateResource => "listed twice",
        _ => return None,
    })
}

/// A comment without the frame of stars that people draw around it.
fn plain_comment(comment: &str) -> String {
    let lines = comment.lines().map(|line| line.trim().trim_start_matches(['*', '/', '~']).trim());
    lines.collect::<Vec<_>>().join("\n").trim_matches(['\n', '*', '/', ' ']).to_owned()
}
