//! Conflicts between specs: two with the same module name or output directory.

use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap, HashSet},
};

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
    if heads.len() < 2 {
        return Ok(());
    }
    let mut seen: HashMap<Utf8PathBuf, &Utf8Path> = HashMap::new();
    for SpecHead { spec, root, .. } in heads {
        if let Some(other) = seen.insert(real_path(root), spec) {
            return Err(format!("{other} and {spec} write to the same directory").into());
        }
    }
    Ok(())
}

/// Spec without errors, with the names that no other may have; one with errors has none.
type Claimant = (Utf8PathBuf, Vec<Claim>);

/// Spec of a project with its names.
fn claimant(project: &Project) -> Claimant {
    let spec = project.loaded.spec.as_ref().filter(|_| project.module.is_some());
    (project.spec.clone(), spec.map(claims_of).unwrap_or_default())
}

/// Names that several specs have, each with the places of those.
fn shared(claimants: &[Claimant], is_it: impl Fn(&Claim) -> bool) -> Vec<(Claim, Vec<usize>)> {
    let mut by_name: BTreeMap<Claim, Vec<usize>> = BTreeMap::new();
    for (at, (_, claims)) in claimants.iter().enumerate() {
        for claim in claims.iter().filter(|claim| is_it(claim)) {
            by_name.entry(claim.clone()).or_default().push(at);
        }
    }
    by_name.into_iter().filter(|(_, places)| places.len() > 1).collect()
}

/// Specs at these places, but for one.
fn others<'a>(claimants: &'a [Claimant], places: &[usize], at: usize) -> Vec<&'a str> {
    places.iter().filter(|&&other| other != at).map(|&other| claimants[other].0.as_str()).collect()
}

/// Reports specs with the same module name, which identifies a module in Magento, unless they have errors. Then reports
/// specs whose console commands have the same names.
pub(super) fn one_name_each(projects: &mut [&mut Project], denies_warnings: bool) {
    let mut claimants: Vec<Claimant> = projects.iter().map(|project| claimant(project)).collect();
    find_conflicts(&mut claimants, projects, denies_warnings);
}

/// Reports names of the first claimants, which are those of the projects, that others have, too.
fn find_conflicts(claimants: &mut [Claimant], projects: &mut [&mut Project], denies_warnings: bool) {
    let count = projects.len();
    for (name, places) in shared(claimants, |claim| matches!(claim, Claim::Module(_))) {
        for &at in places.iter().filter(|&&at| at < count) {
            projects[at].report_module(&name, &others(claimants, &places, at));
        }
        // What has an error claims nothing else.
        places.iter().for_each(|&at| claimants[at].1.clear());
    }
    for (prefix, places) in shared(claimants, |claim| matches!(claim, Claim::Commands(_))) {
        for &at in places.iter().filter(|&&at| at < count) {
            projects[at].report_commands(&prefix, &others(claimants, &places, at), denies_warnings);
        }
    }
}

impl Project {
    /// Reports that other specs define the same module.
    fn report_module(&mut self, name: &Claim, others: &[&str]) {
        let verb = if others.len() == 1 { "also defines" } else { "also define" };
        let message = format!("{} {verb} the module `{name}`", listed(others));
        let finding = Diagnostic::new(Rule::DuplicateModule, message)
            .at(self.loaded.spans.value(&pointer!["module", "name"]))
            .reason("Magento fails if two modules register the same name")
            .help("rename one of them; check variants for other releases in a run of their own; name directories without copies such as backups and git worktrees, or list these in .gitignore");
        self.add(finding);
        self.module = None;
    }

    /// Reports that other specs have console commands with the same names.
    fn report_commands(&mut self, prefix: &Claim, others: &[&str], denies_warnings: bool) {
        let verb = if others.len() == 1 { "also has" } else { "also have" };
        let message = format!("{} {verb} the commands `{prefix}:…`", listed(others));
        // They may be for different shops.
        let finding = Diagnostic { level: Level::Warning, ..Diagnostic::new(Rule::NameTaken, message) }
            .at(self.loaded.spans.value(&pointer!["webhooks", "commands"]))
            .reason("of two commands with one name, `bin/magento` keeps the last")
            .help("give each module's commands words of their own");
        let levels = self.loaded.spec.as_ref().map(|spec| &spec.rules);
        let found = levels.map(|levels| levels.apply(vec![finding])).unwrap_or_default();
        found.into_iter().for_each(|finding| self.add(finding));
        if denies_warnings {
            self.report.deny_warnings();
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

/// Largest number of files and directories that are looked at.
const MOST_ENTRIES: usize = 50_000;

/// Largest number of specs that are read.
const MOST_SPECS: usize = 1000;

/// Specs of a workspace, with the names that no two of them may have: those that are open as they are in the editor, the
/// others as they are on disk.
#[derive(Debug, Default)]
pub struct Neighbours {
    closed: Vec<Claimant>,
    open: BTreeMap<Utf8PathBuf, OpenNeighbour>,
    /// Specs on disk that have been compiled since they were read, with true for those without errors.
    sound: RefCell<BTreeMap<Utf8PathBuf, bool>>,
}

/// Spec that is open in an editor.
#[derive(Debug)]
struct OpenNeighbour {
    claims: Vec<Claim>,
    /// False if it has errors of its own.
    is_sound: bool,
}

impl Neighbours {
    /// Reads the specs below directories again that `may_read` allows: a link may lead elsewhere.
    pub fn read(&mut self, dirs: &[Utf8PathBuf], may_read: impl Fn(&Utf8Path) -> bool) {
        self.forget_compiled();
        let found = dirs.iter().flat_map(|dir| specs::some_below(dir, MOST_ENTRIES)).take(MOST_SPECS);
        let found = found.filter(|spec| may_read(spec));
        self.closed = found.map(claimed).collect();
    }

    /// Reads a spec on disk again. Returns false if it is none of those that were read.
    pub fn read_again(&mut self, spec: &Utf8Path) -> bool {
        self.forget_compiled();
        let known = self.closed.iter_mut().find(|(path, _)| path == spec);
        known.map(|known| *known = claimed(spec.to_owned())).is_some()
    }

    /// Forgets which specs on disk have errors: files or catalogs may have changed.
    pub fn forget_compiled(&mut self) {
        self.sound.get_mut().clear();
    }

    /// Notes the text of an open spec. Returns true if the findings about another open spec may differ now.
    pub fn open(&mut self, project: &Project) -> bool {
        let claims = project.loaded.spec.as_ref().map(claims_of).unwrap_or_default();
        let is_own = |finding: &&Diagnostic| finding.rule != Rule::DuplicateModule;
        let errors = project.report.diagnostics.iter().filter(is_own);
        let is_sound = errors.map(|finding| finding.level).all(|level| level != Level::Error);
        let open = OpenNeighbour { claims: claims.clone(), is_sound };
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
        let open = self
            .open
            .iter()
            .filter(|(spec, open)| **spec != project.spec && open.is_sound && is_rival(&open.claims));
        let open = open.map(|(spec, open)| (spec.clone(), open.claims.clone()));
        let is_closed = |spec: &Utf8Path| {
            let real = real_path(spec);
            real != real_path(&project.spec) && !self.open.keys().any(|open| real_path(open) == real)
        };
        let closed = self.closed.iter().filter(|(spec, claims)| is_rival(claims) && is_closed(spec));
        let closed = closed.filter(|(spec, _)| self.is_sound(spec, catalogs, |root| may_read(spec, root)));
        let mut claimants: Vec<Claimant> =
            std::iter::once(claimant(project)).chain(open).chain(closed.cloned()).collect();
        find_conflicts(&mut claimants, &mut [project], false);
    }

    /// Returns true if a spec on disk has no errors.
    fn is_sound(
        &self,
        spec: &Utf8Path,
        catalogs: &CatalogStore,
        may_read: impl Fn(&Utf8Path) -> bool,
    ) -> bool {
        if let Some(known) = self.sound.borrow().get(spec) {
            return *known;
        }
        let source = input::read(spec).ok();
        let compiled = source.map(|it| Project::of_text(spec.to_owned(), &it.text, catalogs, may_read));
        let is_sound = compiled.is_some_and(|project| project.module.is_some());
        self.sound.borrow_mut().insert(spec.to_owned(), is_sound);
        is_sound
    }
}

/// Spec on disk with the names that it has there.
fn claimed(spec: Utf8PathBuf) -> Claimant {
    let head = SpecHead::read(spec, Roots::Unwritten, false);
    (head.spec, head.claims)
}
