//! Conflicts between specs: two with the same module name or output directory.

use std::collections::{BTreeMap, HashMap, HashSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::{
    CatalogStore, Project, Roots,
    head::{Claim, SpecHead, claims_of},
    specs,
};
use crate::{
    diag::{Diagnostic, Failure, Level, Report, Rule},
    spec::pointer,
    tree::place,
};

impl Project {
    /// Adds a finding to the report.
    fn add(&mut self, finding: Diagnostic) {
        let mut diagnostics = std::mem::take(&mut self.report.diagnostics);
        diagnostics.push(finding);
        self.report = Report::new(self.report.source.clone(), diagnostics);
    }
}

/// Rejects two specs with the same output directory: each would delete the other's files.
pub(super) fn one_root_each(heads: &[SpecHead]) -> Result<(), Failure> {
    let mut seen: HashMap<Utf8PathBuf, &Utf8Path> = HashMap::new();
    for SpecHead { spec, root, .. } in heads {
        let real = place(root).canonicalize_utf8().unwrap_or_else(|_| root.clone());
        if let Some(other) = seen.insert(real, spec) {
            return Err(format!("{other} and {spec} write to the same directory").into());
        }
    }
    Ok(())
}

/// Reports specs whose console commands have the same names.
pub(super) fn one_command_prefix_each(projects: &mut [&mut Project], denies_warnings: bool) {
    let mut by_prefix: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, project) in projects.iter().enumerate() {
        let webhooks = project.module.as_ref().and_then(|module| module.webhooks.as_ref());
        if let Some(prefix) = webhooks.and_then(|webhooks| webhooks.commands.as_ref()) {
            by_prefix.entry(prefix.to_string()).or_default().push(at);
        }
    }
    for (prefix, places) in by_prefix.into_iter().filter(|(_, places)| places.len() > 1) {
        let specs: Vec<Utf8PathBuf> = places.iter().map(|&at| projects[at].spec.clone()).collect();
        for (&at, spec) in places.iter().zip(&specs) {
            let others: Vec<&str> =
                specs.iter().filter(|other| *other != spec).map(|other| other.as_str()).collect();
            let verb = if others.len() == 1 { "also has" } else { "also have" };
            let finding = Diagnostic::new(
                Rule::NameTaken,
                format!("{} {verb} the commands `{prefix}:…`", listed(&others)),
            );
            // They may be for different shops.
            let finding = Diagnostic { level: Level::Warning, ..finding }
                .at(projects[at].loaded.spans.value(&pointer!["webhooks", "commands"]))
                .reason("of two commands with one name, `bin/magento` keeps the last")
                .help("give each module's commands words of their own");
            let levels = projects[at].loaded.spec.as_ref().map(|spec| &spec.rules);
            let found = levels.map(|levels| levels.apply(vec![finding])).unwrap_or_default();
            found.into_iter().for_each(|finding| projects[at].add(finding));
            if denies_warnings {
                projects[at].report.deny_warnings();
            }
        }
    }
}

/// First two of several specs, and the number of the others.
fn listed(specs: &[&str]) -> String {
    match specs {
        [first, second, rest @ ..] if !rest.is_empty() => {
            format!("{first}, {second} and {} more", rest.len())
        }
        specs => specs.join(" and "),
    }
}

/// Claims of several specs.
pub(super) fn shared_claims(heads: &[SpecHead]) -> HashSet<Claim> {
    let mut seen = HashSet::new();
    let claims = heads.iter().flat_map(|head| &head.claims);
    claims.filter(|claim| !seen.insert(*claim)).cloned().collect()
}

/// Reports specs with the same module name, which identifies a module in Magento, unless they have errors.
pub(super) fn one_name_each(projects: &mut [&mut Project]) {
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, project) in projects.iter().enumerate() {
        if let Some(module) = &project.module {
            by_name.entry(module.name.to_string()).or_default().push(at);
        }
    }
    for (name, places) in by_name.into_iter().filter(|(_, places)| places.len() > 1) {
        let specs: Vec<Utf8PathBuf> = places.iter().map(|&at| projects[at].spec.clone()).collect();
        for (&at, spec) in places.iter().zip(&specs) {
            let others: Vec<&str> =
                specs.iter().filter(|other| *other != spec).map(|other| other.as_str()).collect();
            let project = &mut projects[at];
            let verb = if others.len() == 1 { "also defines" } else { "also define" };
            let message = format!("{} {verb} the module `{name}`", listed(&others));
            let finding = Diagnostic::new(Rule::DuplicateModule, message)
                .at(project.loaded.spans.value(&pointer!["module", "name"]))
                .reason("Magento fails if two modules register the same name")
                .help("rename one of them; check variants for other releases in a run of their own; name directories without copies such as backups and git worktrees, or list these in .gitignore");
            project.add(finding);
            project.module = None;
        }
    }
}

/// Largest number of files and directories that are looked at.
const MOST_ENTRIES: usize = 50_000;

/// Largest number of specs that are read.
const MOST_SPECS: usize = 1000;

/// Specs of a workspace as they are on disk, with the names that no two of them may have.
#[derive(Debug, Default)]
pub struct Neighbours {
    specs: Vec<(Utf8PathBuf, Vec<Claim>)>,
}

impl Neighbours {
    /// Reads the specs below directories that `may_read` allows: a link may lead elsewhere.
    #[must_use]
    pub fn below(dirs: &[Utf8PathBuf], may_read: impl Fn(&Utf8Path) -> bool) -> Self {
        let found = dirs.iter().flat_map(|dir| specs::some_below(dir, MOST_ENTRIES)).take(MOST_SPECS);
        let found = found.filter(|spec| may_read(spec));
        let heads = found.map(|spec| SpecHead::read(spec, Roots::Unwritten, false));
        Self { specs: heads.map(|head| (head.spec, head.claims)).collect() }
    }

    /// Adds the findings about a project that has names of others, as a check of all of them finds them.
    pub fn compare(&self, project: &mut Project, catalogs: &CatalogStore) {
        let Some(own) = project.loaded.spec.as_ref().map(claims_of) else { return };
        let is_same = |other: &Utf8Path| real_path(other) == real_path(&project.spec);
        let rivals = self.specs.iter().filter(|(_, claims)| claims.iter().any(|claim| own.contains(claim)));
        let rivals: Vec<&Utf8PathBuf> = rivals.map(|(spec, _)| spec).filter(|spec| !is_same(spec)).collect();
        let compiled = rivals.into_iter().map(|spec| {
            let head = SpecHead::read(spec.clone(), Roots::Unwritten, true);
            Project::compile(head, catalogs, false)
        });
        let mut compiled: Vec<Project> = compiled.collect();
        let mut all: Vec<&mut Project> = std::iter::once(project).chain(&mut compiled).collect();
        one_name_each(&mut all);
        one_command_prefix_each(&mut all, false);
    }
}

fn real_path(path: &Utf8Path) -> Utf8PathBuf {
    path.canonicalize_utf8().unwrap_or_else(|_| path.to_owned())
}
