//! Plan of one module, with the required commands and the breaking changes.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Action, Before, Break, Cause, Notice, Plan, Planned, PromiseChanges, compare_promises, declaration_of,
    in_module, plan_since, plan_upgrade,
};
use crate::{
    catalog::{AclTable, Catalog, ReleaseId, ReleaseSet},
    deploy::{Instruction, Needs, instructions},
    diag::{Failure, Source},
    model::{Module, Rename},
    module::{Declaration, Doubt, Unfit},
    spec::Loaded,
    tree::{Ownership, Tree, TreePath},
};

/// Compiled spec, as a plan needs it.
#[derive(Debug, Clone, Copy)]
pub struct CompiledSpec<'a> {
    /// Catalog it was compiled with.
    pub catalog: &'a Catalog,
    /// Text of the spec.
    pub source: &'a Source,
    /// Spec as written, with the span of each key and value.
    pub loaded: &'a Loaded,
    /// Releases of its target.
    pub target: ReleaseSet,
    /// Its module.
    pub module: &'a Module,
    /// Its files.
    pub tree: &'a Tree,
}

/// Plan of one module.
#[derive(Debug)]
pub struct ModulePlan<'a> {
    /// Spec of the module.
    pub spec: CompiledSpec<'a>,
    /// Description of the earlier state, to follow the releases.
    pub against: String,
    /// Action of `setup:upgrade` for each integration.
    pub plan: Plan,
    /// Commands to run, in this order.
    pub instructions: Vec<Instruction>,
    /// Statements that remove the row of each integration, by name; only known for a running shop.
    pub removals: BTreeMap<String, String>,
    /// Integrations whose credentials are restored after a reset.
    pub reattached: BTreeSet<String>,
    /// Integrations that only other modules declare; known for a running shop only.
    pub others: BTreeSet<String>,
    /// Further statements: modules that are new to the shop, releases that are planned in place of unknown ones.
    pub notes: Vec<String>,
    /// Breaking changes.
    pub breaks: Vec<Break>,
    /// Other changes that others must know of.
    pub news: Vec<Notice>,
    /// User's classes that lack something.
    pub unfit: Vec<Unfit>,
}

/// Earlier state of a module.
#[derive(Debug, Clone, Copy)]
pub struct Earlier<'a> {
    /// Its name in messages.
    pub title: &'a str,
    /// Declarations, if there was a module.
    pub declaration: Option<&'a Declaration>,
    /// Shops that its spec named, if there was a spec.
    pub shops: Option<&'a Catalog>,
    /// Current and former generated files, from the module's root.
    pub files: &'a BTreeMap<TreePath, Vec<u8>>,
}

impl<'a> ModulePlan<'a> {
    /// Plans an upgrade of Magento for an unchanged spec. `declaration` has the doubts in the PHP of its module, and `acl` covers
    /// both releases.
    #[must_use]
    pub fn of_upgrade(
        spec: CompiledSpec<'a>,
        declaration: &Declaration,
        acl: &AclTable,
        [from, to]: [ReleaseId; 2],
    ) -> Self {
        let against = match spec.catalog.name(from) {
            Some(shop) => format!("after {shop}"),
            None => format!("after an upgrade from {}", spec.catalog.release(from).version),
        };
        let plan = plan_upgrade(spec.catalog, acl, declaration, from, to);
        let needs = Needs::of_new_magento();
        let instructions = instructions(&spec.module.name, spec.module.platform.newest, true, &needs);
        let instructions = plan.unless_stopped(instructions);
        Self::new(spec, against, plan, instructions)
    }

    /// Plans a change from an earlier state to the spec. `doubts` are those in the PHP of its module, and `unfit` lists the
    /// user's classes that lack something.
    ///
    /// # Errors
    /// Unreadable file in either state.
    pub fn of_change(
        spec: CompiledSpec<'a>,
        earlier: Earlier<'_>,
        doubts: Vec<Doubt>,
        unfit: Vec<Unfit>,
    ) -> Result<Self, Failure> {
        let CompiledSpec { catalog, target, module, tree, .. } = spec;
        let before = earlier.declaration.map_or(Before::Nothing, Before::Module);
        let declaration = Declaration { doubts, ..spec.declaration() };
        let plan = plan_since(earlier.shops, before, catalog, &declaration, target);
        let made: BTreeMap<_, _> = tree.iter().map(|(path, file)| (path, &file.contents)).collect();
        // Existing classes stay as they are.
        let is_yours = |path: &&TreePath| {
            let made = tree.get(path);
            made.is_some_and(|it| it.ownership == Ownership::Seeded) && earlier.files.contains_key(*path)
        };
        let kept = |path: &&TreePath| !tree.is_released(path);
        let paths = made.keys().copied().chain(earlier.files.keys().filter(kept));
        let mut changed: Vec<&str> = paths
            .filter(|path| earlier.files.get(path) != made.get(path).copied())
            .filter(|path| !is_yours(path))
            .map(|path| in_module(module, path.as_str()))
            .collect();
        changed.sort_unstable();
        changed.dedup();
        let was = earlier.files.iter().filter(|(path, _)| kept(path));
        let was = was.map(|(path, bytes)| (path, bytes.as_slice())).collect();
        let is = made.into_iter().map(|(path, bytes)| (path, bytes.as_slice())).collect();
        let promises = compare_promises(module, earlier.title, &was, &is)?;
        let is_there = |name: &str| earlier.files.keys().any(|path| in_module(module, path.as_str()) == name);
        let is_enabled = is_there("registration.php") || is_there("etc/module.xml");
        let needs = plan.needs(&changed);
        let instructions = instructions(&module.name, module.platform.newest, is_enabled, &needs);
        let instructions = plan.unless_stopped(instructions);
        let against = format!("compared with {}", earlier.title);
        let notes = plan.plugin_notes(&changed);
        let mut plan = Self { unfit, notes, ..Self::new(spec, against, plan, instructions) };
        plan.add_promises(promises);
        Ok(plan)
    }

    /// Creates a plan without breaking changes.
    #[must_use]
    pub fn new(spec: CompiledSpec<'a>, against: String, plan: Plan, instructions: Vec<Instruction>) -> Self {
        let (removals, reattached) = (BTreeMap::new(), BTreeSet::new());
        Self {
            spec,
            against,
            plan,
            instructions,
            removals,
            reattached,
            others: BTreeSet::new(),
            notes: Vec::new(),
            breaks: Vec::new(),
            news: Vec::new(),
            unfit: Vec::new(),
        }
    }

    /// Adds breaking changes, and a note on each setting whose values move.
    pub fn add_promises(&mut self, PromiseChanges { moved, breaks, news }: PromiseChanges) {
        self.breaks = breaks;
        self.news = news;
        let jobs = &self.spec.module.renames.jobs;
        self.notes.extend(jobs.iter().map(|job| {
            format!(
                "setup:upgrade moves the runs and the saved schedule of the job {} to {}, if a shop still has any",
                job.rename.former, job.rename.present
            )
        }));
        self.notes.extend(moved.iter().map(|Rename { former, present }| {
            format!(
                "setup:upgrade moves what was saved for the setting {former} to {present}; if app/etc/config.php or env.php has it, \
                 rename it there"
            )
        }));
    }

    /// Returns true if an integration is not simply kept, or there is a breaking change.
    #[must_use]
    pub fn changes_something(&self) -> bool {
        !self.breaks.is_empty() || self.plan.integrations.iter().any(|it| it.action() != Action::Keep)
    }

    /// Integration at which `setup:upgrade` stops.
    #[must_use]
    pub fn stop(&self) -> Option<&Planned> {
        self.integrations().find(|it| it.action() == Action::Abort)
    }

    /// Releases outside of the spec's target.
    #[must_use]
    pub fn beyond_target(&self) -> ReleaseSet {
        self.plan.releases - self.spec.target
    }

    /// Suffix such as ` in 2.4.4..2.4.6`, unless it holds in all releases.
    #[must_use]
    pub fn when(&self, releases: ReleaseSet) -> String {
        self.spec.catalog.when_in(releases, self.plan.releases)
    }

    /// Releases in which every `setup:upgrade` resets an integration of the plan.
    #[must_use]
    pub fn always_resets(&self) -> ReleaseSet {
        let reasons = self.plan.integrations.iter().flat_map(|it| &it.reasons);
        let faulty = reasons.filter(|reason| reason.cause == Cause::AlwaysResets);
        faulty.fold(ReleaseSet::default(), |all, reason| all | reason.releases)
    }

    /// Unmanaged files that contain declarations.
    pub fn unmanaged(&self) -> impl Iterator<Item = &TreePath> {
        let declares = |path: &&TreePath| {
            let path = in_module(self.spec.module, path.as_str());
            path.starts_with("etc/integration") || path == "etc/acl.xml"
        };
        self.spec.tree.released().filter(declares)
    }

    /// Integrations with their actions.
    pub fn integrations(&self) -> impl Iterator<Item = &Planned> {
        self.plan.integrations.iter()
    }
}

impl CompiledSpec<'_> {
    /// Declarations of the module.
    #[must_use]
    pub fn declaration(&self) -> Declaration {
        declaration_of(self.module, self.tree)
    }
}
