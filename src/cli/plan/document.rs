//! What is shown of one spec.

use std::collections::BTreeMap;

use crate::{
    catalog::{Catalog, ReleaseSet},
    cli::plan::{
        breaking,
        live::InShop,
        to_run::{Command, is_in_vain, unless_stopped},
    },
    diag::Failure,
    model::Module,
    module::Unfit,
    plan::{Action, Before, Break, Cause, Plan, Planned, Step, plan, plan_upgrade, steps},
    project::{Baseline, EarlierState, Project, declared, in_module},
    tree::{Ownership, TreePath},
};

/// The plan of one spec.
pub(in crate::cli) struct Document<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) project: &'a Project,
    pub(super) module: &'a Module,
    /// What the spec is compared with, in words behind the releases.
    pub(super) against: String,
    pub(in crate::cli) plan: Plan,
    /// What is to be run, in this order.
    pub(in crate::cli) steps: Vec<Command>,
    /// What is known of it where it is compared with a shop that runs.
    pub(in crate::cli) shop: InShop,
    /// What others rely on and no longer find.
    pub(in crate::cli) breaks: Vec<Break>,
    /// The user's classes that lack something.
    pub(super) unfit: Vec<Unfit>,
}

impl<'a> Document<'a> {
    pub(super) fn of(
        project: &'a Project,
        module: &'a Module,
        old: Baseline<'_>,
        catalog: &'a Catalog,
    ) -> Result<Self, Failure> {
        let declaration = declared(module, &project.tree);
        let state = match old {
            Baseline::OnDisk => EarlierState::on_disk(project, module)?,
            Baseline::Named(from) => EarlierState::named(from, project, catalog)?,
            Baseline::Upgrade(from, to) => {
                let against = format!("after an upgrade from {}", catalog.release(from).version);
                let plan = plan_upgrade(catalog, &declaration, from, to);
                let steps = unless_stopped(&plan, Step::of_an_upgrade());
                let steps = steps.into_iter().map(Command::from).collect();
                let (shop, breaks, unfit) = (InShop::default(), Vec::new(), Vec::new());
                return Ok(Self { catalog, project, module, against, plan, steps, shop, breaks, unfit });
            }
        };
        let before = state.declaration.as_ref().map_or(Before::Nothing, Before::Module);
        let plan = plan(catalog, before, &declaration, project.releases);
        let made: BTreeMap<_, _> = project.tree.iter().map(|(path, file)| (path, &file.contents)).collect();
        // One that is there stays as it is.
        let is_yours = |path: &&TreePath| {
            let made = project.tree.get(path);
            made.is_some_and(|it| it.ownership == Ownership::Seeded) && state.files.contains_key(*path)
        };
        let kept = |path: &&TreePath| !project.tree.is_released(path);
        let paths = made.keys().copied().chain(state.files.keys().filter(kept));
        let mut changed: Vec<&str> = paths
            .filter(|path| state.files.get(path) != made.get(path).copied())
            .filter(|path| !is_yours(path))
            .map(|path| in_module(module, path.as_str()))
            .collect();
        changed.sort_unstable();
        changed.dedup();
        let against = format!("compared with {}", state.title);
        let was = state.files.iter().filter(|(path, _)| kept(path));
        let was = was.map(|(path, bytes)| (path, bytes.as_slice())).collect();
        let is = made.into_iter().map(|(path, bytes)| (path, bytes.as_slice())).collect();
        let breaks = breaking::between(module, &state.title, &was, &is)?;
        let steps = unless_stopped(&plan, steps(&changed));
        let steps = steps.into_iter().filter(|step| !is_in_vain(&plan, step)).map(Command::from).collect();
        let (shop, unfit) = (InShop::default(), project.unfit());
        Ok(Self { catalog, project, module, against, plan, steps, shop, breaks, unfit })
    }

    /// Whether an integration is not simply kept, or something breaks.
    pub(super) fn changes_something(&self) -> bool {
        !self.breaks.is_empty() || self.plan.integrations.iter().any(|it| it.action() != Action::Keep)
    }

    /// The integration at which `setup:upgrade` stops.
    pub(in crate::cli) fn stop(&self) -> Option<&Planned> {
        self.integrations().find(|it| it.action() == Action::Abort)
    }

    /// The releases that the spec is not made for.
    pub(super) fn beyond_target(&self) -> ReleaseSet {
        self.plan.releases - self.project.releases
    }

    /// ` in 2.4.4..2.4.6`, of what does not hold in all releases.
    pub(super) fn when(&self, releases: ReleaseSet) -> String {
        self.catalog.when_in(releases, self.plan.releases)
    }

    /// The releases in which every `setup:upgrade` resets what is granted something, if that happens to an integration.
    pub(super) fn always_resets(&self) -> ReleaseSet {
        let reasons = self.plan.integrations.iter().flat_map(|it| &it.reasons);
        let faulty = reasons.filter(|reason| reason.cause == Cause::AlwaysResets);
        faulty.fold(ReleaseSet::default(), |all, reason| all | reason.releases)
    }

    /// The files that declare something and that the spec leaves to the user.
    pub(super) fn unmanaged(&self) -> impl Iterator<Item = &TreePath> {
        let declares = |path: &&TreePath| {
            let path = in_module(self.module, path.as_str());
            path.starts_with("etc/integration") || path == "etc/acl.xml"
        };
        self.project.tree.released().filter(declares)
    }

    /// What becomes of each integration.
    pub(super) fn integrations(&self) -> impl Iterator<Item = &Planned> {
        self.plan.integrations.iter()
    }
}
