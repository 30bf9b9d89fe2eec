//! Rules of `setup:upgrade`.

use std::collections::BTreeSet;

use super::{
    Action, Attribute, Cause, Fate, Instance, IntegrationRow, IntegrationStatus, SetupType,
    instance::is_everything, succession,
};
use crate::{
    model::Keep,
    module::{DeclaredIntegration, Form},
    names::{AclId, COLUMN_LENGTH, is_supplementary},
};

/// Result of one `setup:upgrade`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upgraded {
    /// Rows after it. A stop is ignored, so that each fate is that of the integration by itself.
    pub rows: Vec<IntegrationRow>,
    /// Fates of the declared integrations in processing order, then of the orphans.
    pub fates: Vec<Fate>,
}

/// Runs `setup:upgrade` once: `rows` is the table before it, `declared` holds the merged declarations of all modules,
/// `retired` the names that the module deletes, and `runs_scripts` says whether the setup scripts for the legacy pair run
/// ([`Scripts::run_after`](crate::module::Scripts::run_after)).
///
/// `module-integration/Setup/Recurring.php` and `module-integration/Model/ConfigBasedIntegrationManager.php`, the same
/// in 2.1.0..2.4.8-p1; 2.0 has the pair alone (docs/magento/setup-upgrade.md#create and
/// docs/magento/files-and-schemas.md#legacy-in-place).
#[must_use]
pub fn upgrade(
    rows: &[IntegrationRow],
    declared: &[DeclaredIntegration],
    retired: &BTreeSet<String>,
    runs_scripts: bool,
    instance: &Instance<'_>,
) -> Upgraded {
    let mut table = Table { rows: rows.to_vec(), instance };
    // The plugin runs when integrations are processed: at every setup:upgrade, or in 2.0 with the setup scripts.
    let runs_plugin = instance.reads_consolidated() || runs_scripts;
    let successions =
        if runs_plugin { succession::rename(&mut table.rows, declared, instance) } else { Vec::new() };
    let of_form = |form: Form| declared.iter().filter(move |it| it.form == form);
    let consolidated = of_form(Form::Consolidated).filter(|_| instance.reads_consolidated());
    // Recurring runs before data scripts (docs/magento/setup-upgrade.md#order).
    let mut fates: Vec<Fate> = consolidated.map(|it| table.consolidated(it)).collect();
    fates.extend(of_form(Form::Legacy).map(|it| table.legacy(it, runs_scripts)));
    let mut others = Vec::new();
    for succession in successions {
        others.extend(succession.apply(&mut fates));
    }
    let is_declared = |name: &str| declared.iter().any(|it| instance.are_same(&it.name, name));
    let is_orphan = |row: &&IntegrationRow| {
        row.setup_type == SetupType::Config
            && !is_declared(&row.name)
            && others.iter().all(|fate| fate.name != row.name)
    };
    let orphans: Vec<Fate> =
        table.rows.iter().filter(is_orphan).map(|row| orphan(row, retired, runs_plugin)).collect();
    table
        .rows
        .retain(|row| orphans.iter().all(|fate| fate.action != Action::Delete || fate.name != row.name));
    fates.extend(others.into_iter().chain(orphans));
    Upgraded { rows: table.rows, fates }
}

struct Table<'a> {
    rows: Vec<IntegrationRow>,
    instance: &'a Instance<'a>,
}

impl Table<'_> {
    fn consolidated(&mut self, declared: &DeclaredIntegration) -> Fate {
        // The merger puts the name between single quotes (docs/magento/files-and-schemas.md#apostrophe).
        if declared.name.contains('\'') {
            return fate(declared, Action::Abort, vec![Cause::Apostrophe]);
        }
        match self.find(declared) {
            Err(stop) => fate(declared, Action::Abort, vec![stop]),
            Ok(None) => self.create(declared),
            Ok(Some(at)) => {
                let row = &mut self.rows[at];
                let mut causes = differences(row, declared, self.instance);
                let is_growing = causes.iter().any(|cause| matches!(cause, Cause::Gained { .. }));
                let action = if declared.keep.keeps(is_growing) {
                    causes = preserved(row, declared, causes);
                    let is_new = new_row(declared, row.status, self.instance);
                    *row = IntegrationRow { has_token: row.has_token, ..is_new };
                    if causes.is_empty() { Action::Keep } else { Action::Preserve }
                } else if causes.is_empty() {
                    row.resources = self.instance.stored(declared);
                    let stays = |(attribute, value)| Cause::Stays { attribute, value };
                    causes = remaining(row, declared).map(stays).collect();
                    Action::Keep
                } else {
                    let goes = |(attribute, value)| Cause::TakenAlong { attribute, value };
                    causes.extend(remaining(row, declared).map(goes));
                    causes.extend((declared.keep != Keep::Never).then_some(Cause::PermissionsGrow));
                    *row = new_row(declared, IntegrationStatus::Reset, self.instance);
                    Action::Reset
                };
                self.with_refused(fate(declared, action, causes), declared)
            }
        }
    }

    /// Processes the pair in place: nothing is deleted, status and tokens stay
    /// (docs/magento/files-and-schemas.md#legacy-in-place).
    fn legacy(&mut self, declared: &DeclaredIntegration, runs_scripts: bool) -> Fate {
        if runs_scripts && declared.name.contains('\'') {
            return fate(declared, Action::Abort, vec![Cause::Apostrophe]);
        }
        let found = match self.find(declared) {
            Err(stop) if runs_scripts => return fate(declared, Action::Abort, vec![stop]),
            found => found.unwrap_or_default(),
        };
        if runs_scripts && declared.resources.is_empty() && self.instance.needs_resources() {
            return fate(declared, Action::Abort, vec![Cause::ResourcesMissing]);
        }
        let Some(at) = found else {
            return if runs_scripts { self.create(declared) } else { not_processed(declared) };
        };
        let row = &mut self.rows[at];
        let mut updated = new_row(declared, row.status, self.instance);
        updated.endpoint = updated.endpoint.or_else(|| row.endpoint.clone());
        updated.identity_link_url = updated.identity_link_url.or_else(|| row.identity_link_url.clone());
        updated.has_token = row.has_token;
        if *row != updated && !runs_scripts {
            return not_processed(declared);
        }
        let mut causes = differences(row, declared, self.instance);
        causes.retain(|cause| !matches!(cause, Cause::TooLong { .. } | Cause::Supplementary { .. }));
        let action = if *row == updated { Action::Keep } else { Action::Update };
        let stays = |(attribute, value)| Cause::Stays { attribute, value };
        causes.extend(remaining(row, declared).map(stays));
        *row = updated;
        self.with_refused(fate(declared, action, causes), declared)
    }

    fn create(&mut self, declared: &DeclaredIntegration) -> Fate {
        self.rows.push(new_row(declared, IntegrationStatus::Inactive, self.instance));
        self.with_refused(fate(declared, Action::Create, vec![Cause::New]), declared)
    }

    /// Finds the row with the name, if there is one.
    ///
    /// # Errors
    /// Cause that stops `setup:upgrade`.
    fn find(&self, declared: &DeclaredIntegration) -> Result<Option<usize>, Cause> {
        if declared.email.is_none() {
            return Err(Cause::EmailMissing);
        }
        if declared.name.contains(is_supplementary) && !self.instance.keeps_supplementary() {
            return Err(Cause::Supplementary { attribute: Attribute::Name });
        }
        let place = |name: &str| self.rows.iter().position(|row| self.instance.are_same(&row.name, name));
        let stored = self.instance.kept(&declared.name);
        match place(&declared.name) {
            // Magento finds the row ignoring case, and then treats it as a duplicate name.
            Some(at) if self.rows[at].name != declared.name => {
                Err(Cause::CaseChanged { row: self.rows[at].name.clone() })
            }
            None if stored != declared.name && place(&stored).is_some() => Err(Cause::NameTooLong),
            found => Ok(found),
        }
    }

    /// Adds the requested resources that are not granted.
    fn with_refused(&self, mut fate: Fate, declared: &DeclaredIntegration) -> Fate {
        let refused = self.instance.refused(declared);
        let refused = refused.map(|(id, is_disabled)| Cause::NotGranted { id: id.clone(), is_disabled });
        fate.causes.extend(refused);
        if fate.action == Action::Keep && !fate.causes.is_empty() {
            fate.action = Action::Ignored;
        }
        fate
    }
}

fn fate(declared: &DeclaredIntegration, action: Action, causes: Vec<Cause>) -> Fate {
    Fate { name: declared.name.clone(), action, causes, former: None }
}

fn not_processed(declared: &DeclaredIntegration) -> Fate {
    fate(declared, Action::Ignored, vec![Cause::NotProcessed])
}

/// Fate of a row that no module declares.
fn orphan(row: &IntegrationRow, retired: &BTreeSet<String>, runs_plugin: bool) -> Fate {
    let is_retired = runs_plugin && retired.contains(&row.name);
    let (action, cause) = if is_retired {
        (Action::Delete, Cause::Retired)
    } else {
        (Action::Orphan, Cause::Removed { renamed_to: None })
    };
    Fate { name: row.name.clone(), action, causes: vec![cause], former: None }
}

/// Creates the row of a declaration.
fn new_row(
    declared: &DeclaredIntegration,
    status: IntegrationStatus,
    instance: &Instance<'_>,
) -> IntegrationRow {
    let kept = |text: &Option<String>| {
        text.as_deref().filter(|text| !text.is_empty()).map(|text| instance.kept(text).into_owned())
    };
    IntegrationRow {
        name: instance.kept(&declared.name).into_owned(),
        email: kept(&declared.email).unwrap_or_default(),
        endpoint: kept(&declared.endpoint),
        identity_link_url: kept(&declared.identity_link_url),
        status,
        setup_type: SetupType::Config,
        has_token: false,
        resources: instance.stored(declared),
    }
}

/// Pairs the attributes of the row with their declared values, except missing elements.
fn attributes<'a>(
    row: &'a IntegrationRow,
    declared: &'a DeclaredIntegration,
) -> [(Attribute, Option<&'a str>, Option<&'a str>); 3] {
    [
        (Attribute::Email, Some(row.email.as_str()), declared.email.as_deref()),
        (Attribute::EndpointUrl, row.endpoint.as_deref(), declared.endpoint.as_deref()),
        (Attribute::IdentityLinkUrl, row.identity_link_url.as_deref(), declared.identity_link_url.as_deref()),
    ]
}

/// Lists the differences between row and declaration: `hasDataChanged` and the comparison of resources.
fn differences(row: &IntegrationRow, declared: &DeclaredIntegration, instance: &Instance<'_>) -> Vec<Cause> {
    let mut causes = Vec::new();
    for (attribute, before, after) in attributes(row, declared) {
        let Some(after) = after.filter(|after| before.unwrap_or_default() != *after) else { continue };
        if before == Some(&*instance.kept(after)) {
            let is_cut = after.chars().count() > COLUMN_LENGTH;
            causes.push(if is_cut {
                Cause::TooLong { attribute }
            } else {
                Cause::Supplementary { attribute }
            });
        } else {
            let after = Some(after.to_owned()).filter(|after| !after.is_empty());
            causes.push(Cause::Changed { attribute, before: before.map(str::to_owned), after });
        }
    }
    if row.setup_type != SetupType::Config {
        causes.push(Cause::TakenOver { setup_type: row.setup_type });
    }
    // integration.xml never stores the one rule that stands for all (docs/magento/setup-upgrade.md#legacy-setup-type).
    if declared.form == Form::Consolidated && is_everything(&row.resources) {
        causes.push(Cause::Lost { id: AclId::ALL.to_owned() });
    }
    let stored = instance.effective(&row.resources);
    let rules = instance.stored(declared);
    let granted = instance.effective(&rules);
    let is_resolved = |id: &str| granted.contains(id) && instance.compares(id, declared.form);
    let gained = granted.iter().copied().filter(|id| is_resolved(id) && !stored.contains(id));
    causes.extend(
        gained.map(|id| Cause::Gained { id: id.to_owned(), is_asked_for: declared.resources.contains(id) }),
    );
    for id in stored.into_iter().filter(|id| !is_resolved(id)) {
        // The rules include the root, but the resolved XML does not.
        let is_the_fault = granted.contains(id);
        causes.push(if is_the_fault { Cause::AlwaysResets } else { Cause::Lost { id: id.to_owned() } });
    }
    causes
}

/// Causes of a change in place by the module, which also removes URLs and does nothing at each run.
fn preserved(row: &IntegrationRow, declared: &DeclaredIntegration, mut causes: Vec<Cause>) -> Vec<Cause> {
    causes.retain(|cause| {
        !matches!(cause, Cause::AlwaysResets | Cause::TooLong { .. } | Cause::Supplementary { .. })
    });
    let gone = remaining(row, declared);
    causes.extend(gone.map(|(attribute, value)| Cause::Changed {
        attribute,
        before: Some(value),
        after: None,
    }));
    causes
}

/// Lists the URLs that a row keeps after their element was removed: without the key, they stay until a reset
/// (docs/magento/setup-upgrade.md#removed-url).
fn remaining(
    row: &IntegrationRow,
    declared: &DeclaredIntegration,
) -> impl Iterator<Item = (Attribute, String)> {
    let all = attributes(row, declared).into_iter();
    let gone = all.filter_map(|(attribute, before, after)| {
        before.filter(|_| after.is_none()).map(|value| (attribute, value.to_owned()))
    });
    gone.collect::<Vec<_>>().into_iter()
}
