//! State of a module in a shop.

use std::collections::BTreeSet;

use super::{Answer, MergedDeclaration, ShopRow, United};
use crate::{
    model::{AclNode, Module},
    module::{DeclaredIntegration, Doubt, Form},
    names::AclId,
    plan::IntegrationStatus,
};

/// State of a module in a shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health<'a> {
    /// Presence of the module.
    pub presence: Presence,
    /// Its integrations, in the order of the spec.
    pub integrations: Vec<Standing<'a>>,
    /// Other orphaned rows of any module; empty if Magento cannot read the declarations.
    pub orphans: Vec<&'a ShopRow>,
    /// True if Magento can read the declarations of modules.
    pub is_readable: bool,
    /// True if one of the orphans is retired: the next `setup:upgrade` deletes it.
    has_retired: bool,
}

/// Presence of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Not registered.
    Absent,
    /// Registered, but disabled.
    Disabled,
    /// Its files are present, but the database is behind.
    Waiting,
    /// The database is up to date with its files.
    Installed,
}

/// State of an integration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing<'a> {
    /// Name in the spec.
    pub name: &'a str,
    /// Its row, or a conflicting one.
    pub row: Option<&'a ShopRow>,
    /// Usability.
    pub condition: Condition,
    /// Differences from the spec.
    pub drift: Vec<Drift>,
    /// Places in PHP that make the effect of `setup:upgrade` unpredictable.
    pub doubts: Vec<String>,
    /// True for the legacy pair, which Magento changes without a reset
    /// (docs/magento/files-and-schemas.md#legacy-in-place), and for credentials that the module keeps.
    pub(super) is_updated_in_place: bool,
}

/// Usability of an integration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// Not in the shop.
    Missing,
    /// An integration with that name was created in Admin.
    Manual,
    /// Its row still has a former name, and the next `setup:upgrade` renames it.
    FormerName,
    /// An existing name is equal under the database's collation.
    Clash,
    /// No module declares its row: its module is not installed, or with other files.
    Orphaned,
    /// Never activated.
    Inactive,
    /// Recreated, and not yet re-authorised.
    Reset,
    /// In use.
    Active,
}

/// Attribute that differs from the spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// Name in the spec.
    pub attribute: &'static str,
    /// Value in the spec; for resources, those that the shop lacks.
    pub spec: Vec<String>,
    /// Value in the shop; for resources, those that the spec does not request.
    pub shop: Vec<String>,
    /// Cause of the difference.
    pub cause: DriftCause,
}

/// Cause of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DriftCause {
    /// The module's files in the shop differ from the spec.
    Files,
    /// The files are up to date, but the database is not.
    Database,
    /// The spec removed the value, which stays until a reset (docs/magento/setup-upgrade.md#removed-url).
    Stays,
}

impl Answer {
    /// Modules in the code that app/etc/config.php does not list, in load order.
    pub fn new_modules(&self) -> impl Iterator<Item = &str> {
        let is_new = |name: &&String| !self.order.contains(name);
        self.next_order.iter().filter(is_new).map(String::as_str)
    }

    /// Returns true if the shop has the module and enables it.
    #[must_use]
    pub fn is_enabled(&self) -> bool {
        self.module.as_ref().is_some_and(|state| state.path.is_some() && state.enabled == Some(true))
    }
}

impl<'a> Health<'a> {
    /// Compares a module with the state of a shop; `doubts` are those of its PHP.
    #[must_use]
    pub fn of(module: &'a Module, shop: &'a Answer, doubts: &[Doubt]) -> Self {
        let wanted = United::now(module, shop).own();
        let named = module.integrations.iter().zip(&wanted);
        let integrations: Vec<_> = named
            .map(|(it, wanted)| {
                let name = it.name.as_str();
                let doubts = doubts.iter().filter(|doubt| doubt.concerns(name));
                let doubts = doubts.map(|doubt| doubt.place.clone()).collect();
                Standing { doubts, ..Standing::of(name, wanted, module, shop) }
            })
            .collect();
        let is_declared = |row: &&ShopRow| shop.declaration(&row.name).is_some();
        let is_other = |row: &&ShopRow| module.integrations.iter().all(|it| it.name.as_str() != row.name);
        let is_former = |row: &&ShopRow| {
            let mut all = integrations.iter().filter(|it| it.condition == Condition::FormerName);
            all.any(|it| it.row.is_some_and(|former| former.id == row.id))
        };
        let is_orphan = |row: &&ShopRow| {
            let is_readable = row.is_from_file() && shop.declared.error.is_none();
            is_readable && !is_declared(row) && is_other(row) && !is_former(row)
        };
        let orphans: Vec<&ShopRow> = shop.integrations.iter().filter(is_orphan).collect();
        let is_retired = |row: &&ShopRow| module.retired.iter().any(|name| name.as_str() == row.name);
        Self {
            presence: presence(module, shop, &integrations),
            has_retired: orphans.iter().any(is_retired),
            integrations,
            orphans,
            is_readable: shop.declared.error.is_none(),
        }
    }

    /// Returns true if the shop matches the spec. Integrations that wait for their first activation and orphans of other
    /// modules are not differences.
    #[must_use]
    pub fn is_in_step(&self) -> bool {
        self.is_readable
            && self.presence == Presence::Installed
            && !self.has_retired
            && self.integrations.iter().all(Standing::is_in_step)
    }
}

impl<'a> Standing<'a> {
    fn of(name: &'a str, wanted: &DeclaredIntegration, module: &Module, shop: &'a Answer) -> Self {
        let row = shop.row(name);
        let clash = || shop.integrations.iter().find(|row| shop.are_same(&row.name, name));
        let is_former = |row: &&ShopRow| {
            row.is_from_file()
                && wanted.former.iter().flatten().any(|former| *former == row.name)
                && shop.declaration(&row.name).is_none()
        };
        let former = shop.integrations.iter().find(is_former);
        let condition = match row {
            None if former.is_some() => Condition::FormerName,
            None if clash().is_some() => Condition::Clash,
            None => Condition::Missing,
            Some(row) if !row.is_from_file() => Condition::Manual,
            Some(_) if shop.declared.error.is_none() && shop.declaration(name).is_none() => {
                Condition::Orphaned
            }
            Some(row) => match row.status {
                IntegrationStatus::Inactive => Condition::Inactive,
                IntegrationStatus::Reset => Condition::Reset,
                IntegrationStatus::Active => Condition::Active,
            },
        };
        let drift = row.map_or_else(Vec::new, |row| {
            let declared = shop.declaration(name);
            let mut drift = texts(wanted, row, declared);
            drift.extend(resources(wanted, module, shop, row, declared));
            drift
        });
        let is_growing = drift.iter().any(|it| it.attribute == "resources" && !it.spec.is_empty());
        let is_updated_in_place = module.platform.is_legacy || wanted.keep.keeps(is_growing);
        let row = row.or(former).or_else(clash);
        Self { name, row, condition, drift, doubts: Vec::new(), is_updated_in_place }
    }

    /// Returns true if it matches the spec.
    #[must_use]
    pub fn is_in_step(&self) -> bool {
        matches!(self.condition, Condition::Active | Condition::Inactive) && self.drift.is_empty()
    }

    /// Returns true if it is in use and the next `setup:upgrade` resets it (docs/magento/setup-upgrade.md#reset).
    #[must_use]
    pub fn is_at_stake(&self) -> bool {
        self.row.is_some_and(|row| row.status == IntegrationStatus::Active) && self.is_reset_next()
    }

    /// Returns true if the next `setup:upgrade` resets it with the module's files as they are.
    #[must_use]
    pub fn is_reset_next(&self) -> bool {
        let is_behind = || self.drift.iter().any(|drift| drift.cause == DriftCause::Database);
        !self.is_updated_in_place && (self.condition == Condition::Manual || is_behind())
    }
}

impl Answer {
    /// Row with exactly this name.
    #[must_use]
    pub fn row(&self, name: &str) -> Option<&ShopRow> {
        self.integrations.iter().find(|row| row.name == name)
    }

    /// Declaration with exactly this name.
    #[must_use]
    pub fn declaration(&self, name: &str) -> Option<&MergedDeclaration> {
        self.declared.integrations.iter().find(|declared| declared.name == name)
    }
}

fn presence(module: &Module, shop: &Answer, integrations: &[Standing<'_>]) -> Presence {
    let Some(state) = shop.module.as_ref().filter(|state| state.path.is_some()) else {
        return Presence::Absent;
    };
    if state.enabled == Some(false) {
        return Presence::Disabled;
    }
    let is_behind = |it: &Standing<'_>| {
        let is_undone =
            matches!(it.condition, Condition::Missing | Condition::Manual | Condition::FormerName);
        (is_undone && shop.declaration(it.name).is_some())
            || it.drift.iter().any(|drift| drift.cause == DriftCause::Database)
    };
    let waits = state.enabled.is_none()
        || shop.waiting.iter().any(|waiting| waiting == module.name.as_str())
        || integrations.iter().any(is_behind);
    if waits { Presence::Waiting } else { Presence::Installed }
}

fn texts(wanted: &DeclaredIntegration, row: &ShopRow, declared: Option<&MergedDeclaration>) -> Vec<Drift> {
    let email =
        (wanted.email.as_deref(), Some(row.email.as_str()), declared.and_then(|it| it.email.as_deref()));
    let endpoint = (
        wanted.endpoint.as_deref(),
        row.endpoint_url.as_deref(),
        declared.and_then(|it| it.endpoint_url.as_deref()),
    );
    let link = (
        wanted.identity_link_url.as_deref(),
        row.identity_link_url.as_deref(),
        declared.and_then(|it| it.identity_link_url.as_deref()),
    );
    let all = [("email", email), ("endpoint_url", endpoint), ("identity_link_url", link)];
    let drifted = all.into_iter().filter(|(_, (spec, shop, _))| spec != shop);
    let text = |text: Option<&str>| text.map(str::to_owned).into_iter().collect();
    drifted
        .map(|(attribute, (spec, shop, file))| Drift {
            attribute,
            spec: text(spec),
            shop: text(shop),
            cause: match (spec == file, spec) {
                (true, None) => DriftCause::Stays,
                (true, Some(_)) => DriftCause::Database,
                (false, _) => DriftCause::Files,
            },
        })
        .collect()
}

fn resources(
    wanted: &DeclaredIntegration,
    module: &Module,
    shop: &Answer,
    row: &ShopRow,
    declared: Option<&MergedDeclaration>,
) -> Option<Drift> {
    let spec = granted(wanted, module, shop);
    let has: BTreeSet<&str> = row.granted.iter().map(String::as_str).filter(|id| !is_root(id)).collect();
    if spec == has {
        return None;
    }
    let files: BTreeSet<&str> =
        declared.iter().flat_map(|it| &it.resources).map(String::as_str).filter(|id| !is_root(id)).collect();
    let beyond = |these: &BTreeSet<&str>, those: &BTreeSet<&str>| {
        these.difference(those).map(|id| (*id).to_owned()).collect()
    };
    let cause = if spec == files { DriftCause::Database } else { DriftCause::Files };
    Some(Drift { attribute: "resources", spec: beyond(&spec, &has), shop: beyond(&has, &spec), cause })
}

/// Root resource, which every integration with a permission has, though not in the XML of every release
/// (docs/magento/resolving-permissions.md#lookup).
fn is_root(id: &str) -> bool {
    id == AclId::ADMIN
}

/// Requested resources as the shop resolves them, without the root: those of its ACL or of the module, with their
/// ancestors (docs/magento/resolving-permissions.md#lookup).
fn granted<'a>(wanted: &'a DeclaredIntegration, module: &'a Module, shop: &'a Answer) -> BTreeSet<&'a str> {
    // Only the pair stores the one rule that stands for everything (docs/magento/database.md#everything-rule).
    if wanted.form == Form::Legacy && wanted.resources.iter().eq([AclId::ALL]) {
        return [AclId::ALL].into();
    }
    let own = parents(&module.acl, None);
    let known = |id: &str| -> Option<Option<&'a str>> {
        let of_shop = shop.acl.get(id).map(Option::as_deref);
        of_shop.or_else(|| own.iter().find(|(own, _)| *own == id).map(|(_, parent)| *parent))
    };
    let mut granted = BTreeSet::new();
    for resource in &wanted.resources {
        let mut id = Some(resource.as_str());
        while let Some(at) = id.filter(|id| !is_root(id)) {
            let Some(parent) = known(at) else { break };
            granted.insert(at);
            id = parent.filter(|_| !module.platform.is_legacy);
        }
    }
    granted
}

/// Nodes with their parents.
fn parents<'a>(nodes: &'a [AclNode], above: Option<&'a str>) -> Vec<(&'a str, Option<&'a str>)> {
    let of = |node: &'a AclNode| {
        let id = node.id.as_str();
        [vec![(id, above)], parents(&node.children, Some(id))].concat()
    };
    nodes.iter().flat_map(of).collect()
}
