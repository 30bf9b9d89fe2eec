//! Comparison of two states of a module in every release of a target.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Action, Cause, Columns, Delta, Fate, Instance, IntegrationRow, Upgraded,
    setup_upgrade::renamed_resources::{rows_with_present_ids, with_present_ids},
    upgrade,
};
use crate::{
    catalog::{AclTable, Catalog, ReleaseId, ReleaseSet},
    module::{Declaration, DeclaredIntegration, Deed, Doubt, RouteName},
};

/// State before the change.
#[derive(Debug, Clone, Copy)]
pub enum Before<'a> {
    /// No such module.
    Nothing,
    /// Earlier state of the module, whose integrations are assumed to be in use.
    Module(&'a Declaration),
    /// Rows of a shop.
    Rows {
        /// All rows of the table.
        rows: &'a [IntegrationRow],
        /// True if the module's setup scripts for the legacy pair run.
        runs_scripts: bool,
        /// Resources that any role of the shop may use, those of administrators included.
        allowed: &'a BTreeSet<String>,
        /// Columns of its database; none if it was not asked.
        columns: Option<&'a Columns>,
    },
}

/// Effects of `setup:upgrade`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Releases it holds for.
    pub releases: ReleaseSet,
    /// Integrations by name, declared ones first.
    pub integrations: Vec<Planned>,
    /// Present ids of ACL resources by former ones, which the module's plugin renames in the permissions of the shop.
    pub renamed: BTreeMap<String, String>,
}

/// Planned actions for an integration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Its name.
    pub name: String,
    /// Actions with their releases; each release occurs once.
    pub actions: BTreeMap<Action, ReleaseSet>,
    /// Reasons for the actions.
    pub reasons: Vec<Reason>,
    /// ACL resources that its stored rules gain or lose.
    pub permissions: Delta<String>,
    /// REST routes that it gains or loses, without public ones.
    pub routes: Delta<RouteName>,
    /// Integration that may have been renamed to this new one.
    pub predecessor: Option<Predecessor>,
}

/// Integration that may have been renamed to a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Predecessor {
    /// Its name.
    pub name: String,
    /// ACL resources that the new one has and it does not.
    pub lacks: BTreeMap<String, ReleaseSet>,
}

/// Reason for an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Its cause.
    pub cause: Cause,
    /// Releases it holds for.
    pub releases: ReleaseSet,
}

/// Plans one `setup:upgrade` of a module, separately in each release.
#[must_use]
pub fn plan(catalog: &Catalog, before: Before<'_>, after: &Declaration, releases: ReleaseSet) -> Plan {
    plan_since(None, before, catalog, after, releases)
}

/// Like [`plan`], from the state of the module in shops as an earlier catalog has them, by their names.
#[must_use]
pub fn plan_since(
    earlier: Option<&Catalog>,
    before: Before<'_>,
    catalog: &Catalog,
    after: &Declaration,
    releases: ReleaseSet,
) -> Plan {
    let (earlier_state, rows) = match before {
        Before::Module(module) => (Some(with_present_ids(module, &after.renamed)), Vec::new()),
        Before::Rows { rows, .. } => (None, rows_with_present_ids(rows, &after.renamed)),
        Before::Nothing => (None, Vec::new()),
    };
    let renamed = renamed_in(before, &after.renamed);
    let before = match (before, &earlier_state) {
        (_, Some(state)) => Before::Module(state),
        (Before::Rows { runs_scripts, allowed, columns, .. }, _) => {
            Before::Rows { rows: &rows, runs_scripts, allowed, columns }
        }
        (before, _) => before,
    };
    let acl = acl_of(catalog, after, releases);
    let acl_before = |catalog: &Catalog, releases: ReleaseSet| match before {
        Before::Module(module) => acl_of(catalog, module, releases),
        Before::Nothing | Before::Rows { .. } => acl.clone(),
    };
    let earlier = earlier.map(|earlier| (earlier, acl_before(earlier, earlier.all())));
    let acl_before = acl_before(catalog, releases);
    let scripts = match before {
        Before::Nothing => after.scripts.run_after(None),
        Before::Module(module) => after.scripts.run_after(Some(&module.scripts)),
        Before::Rows { runs_scripts, .. } => runs_scripts,
    };
    let columns = match before {
        Before::Rows { columns, .. } => columns,
        Before::Nothing | Before::Module(_) => None,
    };
    let mut plan = Planning::new(before, after);
    for release in releases.iter() {
        let is = Instance { catalog, acl: &acl, release, columns };
        let in_earlier = earlier.as_ref().and_then(|(earlier, acl)| {
            let release = same_shop(earlier, catalog, release)?;
            Some(Instance { catalog: earlier, acl, release, columns })
        });
        let was = in_earlier.unwrap_or(Instance { acl: &acl_before, ..is });
        let rows = match before {
            Before::Nothing => Vec::new(),
            Before::Module(module) => installed(module, &was),
            Before::Rows { rows, .. } => rows.to_vec(),
        };
        plan.add(&rows, &was, upgrade(&rows, &after.integrations, &after.retired, scripts, &is), &is);
    }
    Plan { renamed, ..plan.finish(releases) }
}

/// Resources that a shop may have under a former id.
fn renamed_in(before: Before<'_>, renamed: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let is_there = |former: &str| match before {
        Before::Nothing => false,
        Before::Module(module) => module.own.iter().any(|own| own.id == former),
        Before::Rows { allowed, .. } => allowed.contains(former),
    };
    renamed
        .iter()
        .filter(|(former, _)| is_there(former))
        .map(|(from, to)| (from.clone(), to.clone()))
        .collect()
}

/// Plans the first `setup:upgrade` after an upgrade of Magento, for an unchanged module. `acl` covers both releases.
#[must_use]
pub fn plan_upgrade(
    catalog: &Catalog,
    acl: &AclTable,
    module: &Declaration,
    from: ReleaseId,
    to: ReleaseId,
) -> Plan {
    let was = Instance { catalog, acl, release: from, columns: None };
    let is = Instance { release: to, ..was };
    let mut plan = Planning::new(Before::Module(module), module);
    let rows = installed(module, &was);
    plan.add(&rows, &was, upgrade(&rows, &module.integrations, &module.retired, false, &is), &is);
    plan.finish([to].into_iter().collect())
}

/// Shop of a catalog with the name that another catalog gives to one of its shops.
fn same_shop(of: &Catalog, other: &Catalog, shop: ReleaseId) -> Option<ReleaseId> {
    let name = other.name(shop)?;
    of.releases().iter().map(|release| release.id).find(|&id| of.name(id) == Some(name))
}

/// ACL of some releases, with the resources of a module.
#[must_use]
pub fn acl_of(catalog: &Catalog, module: &Declaration, releases: ReleaseSet) -> Arc<AclTable> {
    catalog.acl(releases, &module.module, module.own.iter().cloned())
}

/// Rows of an installed module, each in use.
fn installed(module: &Declaration, instance: &Instance<'_>) -> Vec<IntegrationRow> {
    let made = upgrade(&[], &module.integrations, &module.retired, module.scripts.run_after(None), instance);
    made.rows.into_iter().map(IntegrationRow::in_use).collect()
}

/// Plan under construction, by name.
struct Planning<'a> {
    before: Before<'a>,
    after: &'a Declaration,
    integrations: BTreeMap<String, Planned>,
}

impl<'a> Planning<'a> {
    fn new(before: Before<'a>, after: &'a Declaration) -> Self {
        Self { before, after, integrations: BTreeMap::new() }
    }

    /// Adds the effects in one release.
    fn add(&mut self, rows: &[IntegrationRow], was: &Instance<'_>, upgraded: Upgraded, is: &Instance<'_>) {
        let created: Vec<&DeclaredIntegration> = self.created(&upgraded.fates);
        let fates = upgraded.fates.iter().map(|fate| renamed(fate, rows, &created)).collect::<Vec<_>>();
        let predecessors: BTreeMap<String, String> =
            fates.iter().filter_map(|fate| Some((fate.heir()?.to_owned(), fate.name.clone()))).collect();
        for fate in fates {
            let (action, causes) = self.news(fate.action, fate.causes);
            let (action, causes) = self.doubted(&fate.name, action, causes);
            let planned =
                self.integrations.entry(fate.name.clone()).or_insert_with(|| Planned::new(&fate.name));
            planned.actions.entry(action).or_default().insert(is.release);
            for cause in causes {
                planned.give_reason(cause, is.release);
            }
            if matches!(action, Action::Abort | Action::Delete) {
                continue;
            }
            let find = |rows: &[IntegrationRow], name: &str| {
                let row = rows.iter().find(|row| is.are_same(&row.name, name));
                row.map(|row| row.resources.clone()).unwrap_or_default()
            };
            let after = find(&upgraded.rows, &fate.name);
            let before = find(rows, fate.former.as_ref().unwrap_or(&fate.name));
            planned.compare((&before, was), (&after, is));
            if let Some(old) = predecessors.get(&fate.name) {
                planned.succeed(old, (&find(rows, old), was), (&after, is));
            }
        }
    }

    fn created(&self, fates: &[Fate]) -> Vec<&'a DeclaredIntegration> {
        let is_created = |it: &&DeclaredIntegration| {
            fates.iter().any(|fate| fate.action == Action::Create && fate.name == it.name)
        };
        self.after.integrations.iter().filter(is_created).collect()
    }

    /// Drops reasons that held before: resources that were not granted earlier either, and a pair that no script processes
    /// because it did not change.
    fn news(&self, action: Action, causes: Vec<Cause>) -> (Action, Vec<Cause>) {
        let Before::Module(before) = self.before else { return (action, causes) };
        let asked: BTreeSet<&String> = before.integrations.iter().flat_map(|it| &it.resources).collect();
        let is_same = || before.integrations == self.after.integrations && before.own == self.after.own;
        let is_news = |cause: &Cause| match cause {
            Cause::NotGranted { id, .. } => !asked.contains(id),
            Cause::NotProcessed => !is_same(),
            _ => true,
        };
        let causes: Vec<Cause> = causes.into_iter().filter(is_news).collect();
        let action = if action == Action::Ignored && causes.is_empty() { Action::Keep } else { action };
        (action, causes)
    }

    /// Withdraws what PHP may change. A reset stays: nothing may hide it.
    fn doubted(&self, name: &str, action: Action, mut causes: Vec<Cause>) -> (Action, Vec<Cause>) {
        let before = match self.before {
            Before::Module(before) => before.doubts.as_slice(),
            Before::Nothing | Before::Rows { .. } => &[],
        };
        let all = before.iter().chain(&self.after.doubts).filter(|doubt| doubt.concerns(name));
        let is_withdrawn = |doubt: &&Doubt| is_doubted(action, &causes, doubt.deed);
        let places: BTreeSet<&String> = all.filter(is_withdrawn).map(|doubt| &doubt.place).collect();
        if places.is_empty() {
            return (action, causes);
        }
        let interferences = places.into_iter().map(|place| Cause::Interference { place: place.clone() });
        causes.retain(|cause| *cause != Cause::New);
        causes.extend(interferences);
        (if action == Action::Reset { action } else { Action::Unknown }, causes)
    }

    fn finish(self, releases: ReleaseSet) -> Plan {
        let mut integrations: Vec<Planned> = self.integrations.into_values().collect();
        integrations.sort_by_key(|it| it.action() == Action::Orphan);
        Plan { releases, integrations, renamed: BTreeMap::new() }
    }
}

/// Returns true if the deed makes the action uncertain.
fn is_doubted(action: Action, causes: &[Cause], deed: Deed) -> bool {
    let renames = matches!(deed, Deed::Changes | Deed::Plugs);
    match action {
        Action::Keep
        | Action::Ignored
        | Action::Unknown
        | Action::Preserve
        | Action::Update
        | Action::Rename => true,
        // The row may be there by then.
        Action::Create => deed != Deed::ReadsPair,
        Action::Delete | Action::Orphan => renames || deed == Deed::Deletes,
        Action::Reset => deed == Deed::Plugs,
        // A row can be renamed before Magento looks for it (docs/magento/setup-upgrade.md#rename-in-place).
        Action::Abort => renames && causes.iter().all(|it| matches!(it, Cause::CaseChanged { .. })),
    }
}

/// Detects a renamed integration: the only new one with the same address.
fn renamed(fate: &Fate, rows: &[IntegrationRow], created: &[&DeclaredIntegration]) -> Fate {
    let mut fate = fate.clone();
    if fate.action == Action::Orphan && fate.causes == [Cause::Removed { renamed_to: None }] {
        let email = rows.iter().find(|row| row.name == fate.name).map(|row| row.email.as_str());
        let alike: Vec<&&DeclaredIntegration> =
            created.iter().filter(|it| it.email.as_deref() == email).collect();
        if let [only] = alike.as_slice() {
            fate.causes = vec![Cause::Removed { renamed_to: Some(only.name.clone()) }];
        }
    }
    fate
}

impl Planned {
    fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            actions: BTreeMap::new(),
            reasons: Vec::new(),
            permissions: Delta::default(),
            routes: Delta::default(),
            predecessor: None,
        }
    }

    /// Most severe action in any release.
    #[must_use]
    pub fn action(&self) -> Action {
        self.actions.keys().next_back().copied().unwrap_or(Action::Keep)
    }

    /// Returns true if only a bug of some releases resets it.
    #[must_use]
    pub fn is_reset_anyway(&self) -> bool {
        self.action() == Action::Reset
            && self
                .reasons
                .iter()
                .all(|it| matches!(it.cause, Cause::AlwaysResets | Cause::TakenAlong { .. }))
    }

    /// Returns true if the module deletes it because the spec retires it.
    #[must_use]
    pub fn is_retired(&self) -> bool {
        self.reasons.iter().any(|it| it.cause == Cause::Retired)
    }

    /// Returns true if neither permissions nor routes change, and the action is the same as at any `setup:upgrade`.
    pub(super) fn is_unchanged(&self) -> bool {
        let is_idle = matches!(self.action(), Action::Keep | Action::Ignored) || self.is_reset_anyway();
        is_idle && self.permissions.is_empty() && self.routes.is_empty()
    }

    fn give_reason(&mut self, cause: Cause, release: ReleaseId) {
        match self.reasons.iter_mut().find(|reason| reason.cause == cause) {
            Some(reason) => reason.releases.insert(release),
            None => self.reasons.push(Reason { cause, releases: [release].into_iter().collect() }),
        }
    }

    /// Adds the permissions before and after.
    fn compare(
        &mut self,
        (before, was): (&BTreeSet<String>, &Instance<'_>),
        (after, is): (&BTreeSet<String>, &Instance<'_>),
    ) {
        let (before, after) = (was.effective(before), is.effective(after));
        let is_same = was.release == is.release && std::ptr::eq(was.catalog, is.catalog);
        if before == after && is_same {
            return;
        }
        let owned = |ids: Vec<&&str>| ids.into_iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        self.permissions.gain(owned(after.difference(&before).collect()), is.release);
        self.permissions.lose(owned(before.difference(&after).collect()), is.release);
        self.routes.compare((&before, was), (&after, is));
    }

    /// Notes which permissions the integration has that its predecessor lacks.
    fn succeed(
        &mut self,
        predecessor: &str,
        (before, was): (&BTreeSet<String>, &Instance<'_>),
        (after, is): (&BTreeSet<String>, &Instance<'_>),
    ) {
        let (before, after) = (was.effective(before), is.effective(after));
        let predecessor = self
            .predecessor
            .get_or_insert_with(|| Predecessor { name: predecessor.to_owned(), lacks: BTreeMap::new() });
        for id in after.difference(&before) {
            predecessor.lacks.entry((*id).to_owned()).or_default().insert(is.release);
        }
    }
}
