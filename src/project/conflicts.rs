//! Conflicts between specs: two with the same module name or output directory.

use std::collections::{BTreeMap, HashMap, HashSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::{
    CatalogStore, Project, Roots,
    head::{Claim, SpecHead, claims_of},
    input, specs,
};
use crate::{
    diag::{Diagnostic, Failure, Level, Report, Rule},
    spec::pointer,
    tree::real_path,
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
        if let Some(other) = seen.insert(real_path(root), spec) {
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

/// Specs of a workspace, with the names that no two of them may have: those that are open as they are in the editor, the
/// others as they are on disk.
#[derive(Debug, Default)]
pub struct Neighbours {
    closed: Vec<(Utf8PathBuf, Vec<Claim>)>,
    open: BTreeMap<Utf8PathBuf, OpenNeighbour>,
}

/// Spec that is open in an editor.
#[derive(Debug)]
struct OpenNeighbour {
    text: String,
    claims: Vec<Claim>,
    /// False if it has errors of its own.
    is_sound: bool,
}

impl Neighbours {
    /// Reads the specs below directories again that `may_read` allows: a link may lead elsewhere.
    pub fn read(&mut self, dirs: &[Utf8PathBuf], may_read: impl Fn(&Utf8Path) -> bool) {
        let found = dirs.iter().flat_map(|dir| specs::some_below(dir, MOST_ENTRIES)).take(MOST_SPECS);
        let found = found.filter(|spec| may_read(spec));
        let heads = found.map(|spec| SpecHead::read(spec, Roots::Unwritten, false));
        self.closed = heads.map(|head| (head.spec, head.claims)).collect();
    }

    /// Notes the text of an open spec. Returns true if the findings about another open spec may differ now.
    pub fn open(&mut self, project: &Project) -> bool {
        let claims = project.loaded.spec.as_ref().map(claims_of).unwrap_or_default();
        let is_own = |finding: &&Diagnostic| finding.rule != Rule::DuplicateModule;
        let errors = project.report.diagnostics.iter().filter(is_own);
        let is_sound = errors.map(|finding| finding.level).all(|level| level != Level::Error);
        let text = project.report.source.text.clone();
        let open = OpenNeighbour { text, claims: claims.clone(), is_sound };
        match self.open.insert(project.spec.clone(), open) {
            Some(old) if old.is_sound == is_sound && old.claims == claims => false,
            Some(old) => self.touches(&project.spec, &old.claims) || self.touches(&project.spec, &claims),
            None => self.touches(&project.spec, &claims) || self.touches_saved(&project.spec),
        }
    }

    /// Forgets the text of a spec that was closed. Returns true if the findings about an open spec may differ now.
    pub fn close(&mut self, spec: &Utf8Path) -> bool {
        let closed = self.open.remove(spec);
        closed.is_some_and(|closed| self.touches(spec, &closed.claims) || self.touches_saved(spec))
    }

    /// Returns true if an open spec other than this has one of the names that this has on disk.
    fn touches_saved(&self, spec: &Utf8Path) -> bool {
        let real = real_path(spec);
        let mut saved = self.closed.iter().filter(|(other, _)| real_path(other) == real);
        saved.any(|(_, claims)| self.touches(spec, claims))
    }

    /// Returns true if an open spec other than this has one of these names.
    fn touches(&self, spec: &Utf8Path, claims: &[Claim]) -> bool {
        let others = self.open.iter().filter(|(other, _)| *other != spec);
        others.flat_map(|(_, other)| &other.claims).any(|claim| claims.contains(claim))
    }

    /// Adds the findings about a project that has names of others, as a check of all of them finds them. `may_read` says
    /// of each spec whether files in its output root may be read.
    pub fn compare(
        &self,
        project: &mut Project,
        catalogs: &CatalogStore,
        may_read: impl Fn(&Utf8Path, &Utf8Path) -> bool,
    ) {
        let Some(own) = project.loaded.spec.as_ref().map(claims_of) else { return };
        let is_rival = |claims: &[Claim]| claims.iter().any(|claim| own.contains(claim));
        let open = self.open.iter().filter(|(spec, open)| **spec != project.spec && is_rival(&open.claims));
        let open = open.map(|(spec, open)| (spec, Some(open.text.clone())));
        let is_closed = |spec: &Utf8Path| {
            let real = real_path(spec);
            real != real_path(&project.spec) && !self.open.keys().any(|open| real_path(open) == real)
        };
        let closed = self.closed.iter().filter(|(spec, claims)| is_rival(claims) && is_closed(spec));
        let closed = closed.map(|(spec, _)| (spec, None));
        let compiled = open.chain(closed).filter_map(|(spec, text)| {
            let text = text.or_else(|| Some(input::read(spec).ok()?.text))?;
            Some(Project::of_text(spec.clone(), &text, catalogs, |root| may_read(spec, root)))
        });
        let mut compiled: Vec<Project> = compiled.collect();
        let mut all: Vec<&mut Project> = std::iter::once(project).chain(&mut compiled).collect();
        one_name_each(&mut all);
        one_command_prefix_each(&mut all, false);
    }
}
