//! Former names of integrations: the plugin of a module renames their rows (docs/magento/setup-upgrade.md#keep-by-plugin).

use super::{Action, Cause, Fate, Instance, IntegrationRow, IntegrationStatus, SetupType};
use crate::module::DeclaredIntegration;

/// Effect of the plugin on the rows of former names.
pub(super) struct Succession {
    /// Declared name.
    name: String,
    /// Former name of the row that got it.
    former: Option<String>,
    /// Rows that were deleted, because they are not in use.
    deleted: Vec<String>,
    /// Rows that stay, because they and another one are in use.
    contested: Vec<String>,
}

/// Renames the rows of former names, and deletes those that are not in use beside another, as one plugin after the other
/// does.
pub(super) fn rename(
    rows: &mut Vec<IntegrationRow>,
    declared: &[DeclaredIntegration],
    instance: &Instance<'_>,
) -> Vec<Succession> {
    let names = declared.iter().flat_map(|heir| heir.former.iter().map(move |former| (heir, former)));
    names.filter_map(|(heir, former)| Succession::of(rows, heir, former, declared, instance)).collect()
}

impl Succession {
    fn of(
        rows: &mut Vec<IntegrationRow>,
        heir: &DeclaredIntegration,
        former: &[String],
        declared: &[DeclaredIntegration],
        instance: &Instance<'_>,
    ) -> Option<Self> {
        let is_declared = |name: &str| declared.iter().any(|it| it.name == name);
        let is_former = |row: &IntegrationRow| {
            let is_listed = former.contains(&row.name) && !is_declared(&row.name);
            is_listed && row.setup_type == SetupType::Config
        };
        let position = |name: &String| rows.iter().position(|row| row.name == *name && is_former(row));
        let mut all: Vec<usize> = former.iter().filter_map(position).collect();
        all.first()?;
        let namesake = rows.iter().position(|row| instance.are_same(&row.name, &heir.name));
        if let Some(at) = namesake.filter(|at| !all.contains(at)) {
            if rows[at].name != heir.name || rows[at].setup_type != SetupType::Config {
                return None;
            }
            all.insert(0, at);
        }
        let used: Vec<usize> = all.iter().copied().filter(|&at| is_used(&rows[at])).collect();
        let name = |at: &usize| rows[*at].name.clone();
        let none = Self { name: heir.name.clone(), former: None, deleted: Vec::new(), contested: Vec::new() };
        if used.len() > 1 {
            let others = all.iter().map(name).filter(|name| *name != heir.name);
            return Some(Self { contested: others.collect(), ..none });
        }
        let kept = *used.first().or(all.first())?;
        let deleted: Vec<String> = all.iter().filter(|at| **at != kept).map(name).collect();
        let former = Some(name(&kept)).filter(|name| *name != heir.name);
        rows[kept].name = heir.name.clone();
        let mut at = 0;
        rows.retain(|_| {
            at += 1;
            at - 1 == kept || !all.contains(&(at - 1))
        });
        Some(Self { former, deleted, ..none })
    }

    /// Adds the new name to the fate of the integration, and returns the fates of the other rows.
    pub(super) fn apply(self, fates: &mut [Fate]) -> Vec<Fate> {
        let Self { name, former, deleted, contested } = self;
        if let (Some(former), Some(fate)) = (former, fates.iter_mut().find(|fate| fate.name == name)) {
            if matches!(fate.action, Action::Keep | Action::Ignored | Action::Preserve | Action::Update) {
                fate.action = Action::Rename;
            }
            fate.causes.insert(0, Cause::Renamed { from: former.clone(), to: name.clone() });
            fate.former = Some(former);
        }
        let is_other = |it: &String| *it != name;
        let fate = |name, action, cause| Fate { name, action, causes: vec![cause], former: None };
        let deleted = deleted.into_iter().filter(is_other);
        let deleted = deleted.map(|it| fate(it, Action::Delete, Cause::Superseded { by: name.clone() }));
        let contested = contested.into_iter();
        let contested = contested.map(|it| fate(it, Action::Orphan, Cause::Contested { by: name.clone() }));
        deleted.chain(contested).collect()
    }
}

/// Returns true if an integration is active or has a token that works.
fn is_used(row: &IntegrationRow) -> bool {
    row.status == IntegrationStatus::Active || row.has_token
}
