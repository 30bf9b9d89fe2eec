//! How a module stands in a shop.

use std::collections::BTreeSet;

use super::{Answer, MergedDeclaration, ShopRow};
use crate::{
    model::{AclNode, Integration, Module},
    names::{AclId, collated},
    plan::IntegrationStatus,
};

/// How a module stands in a shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health<'a> {
    /// Whether it is there at all.
    pub presence: Presence,
    /// Its integrations, in the order of the model.
    pub integrations: Vec<Standing<'a>>,
    /// Other rows of files that nothing declares any more, whoever left them behind; none where Magento cannot read what is
    /// declared.
    pub orphans: Vec<&'a ShopRow>,
    /// Whether Magento can read what modules declare.
    pub is_readable: bool,
}

/// Whether a module is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It is not registered.
    Absent,
    /// It is registered, and switched off.
    Disabled,
    /// Its files are there, and the database does not have what they say.
    Waiting,
    /// The database has what its files say.
    Installed,
}

/// How an integration stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing<'a> {
    /// As the spec has it.
    pub name: &'a str,
    /// Its row, or the one in its way.
    pub row: Option<&'a ShopRow>,
    /// What it can be used for.
    pub condition: Condition,
    /// Where it is not as the spec says.
    pub drift: Vec<Drift>,
    /// Whether it is of the legacy pair, which Magento changes without a reset
    /// (docs/magento/files-and-schemas.md#legacy-in-place).
    is_updated_in_place: bool,
}

/// Whether an integration can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// The shop does not have it.
    Missing,
    /// Somebody made one of that name in Admin.
    Manual,
    /// One is there whose name the database takes for the same.
    Clash,
    /// Nothing declares its row: its module is not installed, or not with the files of the spec.
    Orphaned,
    /// It was never activated.
    Inactive,
    /// It was made anew and waits for someone to authorise it again.
    Reset,
    /// It is in use.
    Active,
}

/// An attribute that is not as the spec says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// As the spec calls it.
    pub attribute: &'static str,
    /// What the spec says; of resources those that the shop lacks.
    pub spec: Vec<String>,
    /// What the shop has; of resources those that the spec does not ask for.
    pub shop: Vec<String>,
    /// Where it comes from.
    pub cause: DriftCause,
}

/// Where a difference comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DriftCause {
    /// The module's files in the shop are not those of the spec.
    Files,
    /// The files are, and the database is not.
    Database,
    /// The spec says nothing, and the value of before stays until a reset (docs/magento/setup-upgrade.md#removed-url).
    Stays,
}

impl<'a> Health<'a> {
    /// Compares a module with what a shop says.
    #[must_use]
    pub fn of(module: &'a Module, shop: &'a Answer) -> Self {
        let integrations: Vec<_> =
            module.integrations.iter().map(|it| Standing::of(it, module, shop)).collect();
        let is_declared = |row: &&ShopRow| shop.declaration(&row.name).is_some();
        let is_other = |row: &&ShopRow| module.integrations.iter().all(|it| it.name.as_str() != row.name);
        let is_orphan = |row: &&ShopRow| {
            row.from_file && shop.declared.error.is_none() && !is_declared(row) && is_other(row)
        };
        Self {
            presence: presence(module, shop, &integrations),
            integrations,
            orphans: shop.integrations.iter().filter(is_orphan).collect(),
            is_readable: shop.declared.error.is_none(),
        }
    }

    /// Whether the shop has what the spec says; an integration that waits to be activated for the first time is as it
    /// should be, and what others left behind is not the module's.
    #[must_use]
    pub fn is_in_step(&self) -> bool {
        self.is_readable
            && self.presence == Presence::Installed
            && self.integrations.iter().all(Standing::is_in_step)
    }
}

impl<'a> Standing<'a> {
    fn of(wanted: &'a Integration, module: &Module, shop: &'a Answer) -> Self {
        let name = wanted.name.as_str();
        let row = shop.row(name);
        let clash = || shop.integrations.iter().find(|row| collated(&row.name) == collated(name));
        let condition = match row {
            None if clash().is_some() => Condition::Clash,
            None => Condition::Missing,
            Some(row) if !row.from_file => Condition::Manual,
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
        let is_updated_in_place = module.platform.is_legacy;
        Self { name, row: row.or_else(clash), condition, drift, is_updated_in_place }
    }

    /// Whether it is as the spec says.
    #[must_use]
    pub fn is_in_step(&self) -> bool {
        matches!(self.condition, Condition::Active | Condition::Inactive) && self.drift.is_empty()
    }

    /// Whether it is in use and the next `setup:upgrade` resets it (docs/magento/setup-upgrade.md#reset).
    #[must_use]
    pub fn is_at_stake(&self) -> bool {
        let is_behind = || self.drift.iter().any(|drift| drift.cause == DriftCause::Database);
        let is_in_use = self.row.is_some_and(|row| row.status == IntegrationStatus::Active);
        is_in_use && !self.is_updated_in_place && (self.condition == Condition::Manual || is_behind())
    }
}

impl Answer {
    /// The row of this very name.
    #[must_use]
    pub fn row(&self, name: &str) -> Option<&ShopRow> {
        self.integrations.iter().find(|row| row.name == name)
    }

    /// What files declare under this very name.
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
        let is_undone = matches!(it.condition, Condition::Missing | Condition::Manual);
        (is_undone && shop.declaration(it.name).is_some())
            || it.drift.iter().any(|drift| drift.cause == DriftCause::Database)
    };
    let waits = state.enabled.is_none()
        || shop.waiting.iter().any(|waiting| waiting == module.name.as_str())
        || integrations.iter().any(is_behind);
    if waits { Presence::Waiting } else { Presence::Installed }
}

fn texts(wanted: &Integration, row: &ShopRow, declared: Option<&MergedDeclaration>) -> Vec<Drift> {
    let email =
        (Some(wanted.email.as_str()), Some(row.email.as_str()), declared.and_then(|it| it.email.as_deref()));
    let endpoint = (
        wanted.endpoint_url.as_ref().map(|url| url.as_str()),
        row.endpoint_url.as_deref(),
        declared.and_then(|it| it.endpoint_url.as_deref()),
    );
    let link = (
        wanted.identity_link_url.as_ref().map(|url| url.as_str()),
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
    wanted: &Integration,
    module: &Module,
    shop: &Answer,
    row: &ShopRow,
    declared: Option<&MergedDeclaration>,
) -> Option<Drift> {
    let spec = granted(wanted, module, shop);
    let has: BTreeSet<&str> = row.granted.iter().map(String::as_str).filter(|id| !is_root(id)).collect();
    if spec == has || has.contains(AclId::ALL) {
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

/// Every integration has it that is granted anything, but not in the XML of every release
/// (docs/magento/resolving-permissions.md#lookup).
fn is_root(id: &str) -> bool {
    id == AclId::ADMIN
}

/// What the shop makes of the resources that an integration asks for, without the root: those that its ACL has, or that
/// the module brings, with what is above them (docs/magento/resolving-permissions.md#lookup).
#[must_use]
pub fn granted<'a>(wanted: &'a Integration, module: &'a Module, shop: &'a Answer) -> BTreeSet<&'a str> {
    let own = parents(&module.acl, None);
    let known = |id: &str| -> Option<Option<&'a str>> {
        let of_shop = shop.acl.get(id).map(Option::as_deref);
        of_shop.or_else(|| own.iter().find(|(own, _)| *own == id).map(|(_, parent)| *parent))
    };
    let mut granted = BTreeSet::new();
    for resource in &wanted.resources {
        let mut id = Some(resource.id.as_str());
        while let Some(at) = id.filter(|id| !is_root(id)) {
            let Some(parent) = known(at) else { break };
            granted.insert(at);
            id = parent.filter(|_| !module.platform.is_legacy);
        }
    }
    granted
}

/// The nodes with the one above each.
fn parents<'a>(nodes: &'a [AclNode], above: Option<&'a str>) -> Vec<(&'a str, Option<&'a str>)> {
    let of = |node: &'a AclNode| {
        let id = node.id.as_str();
        [vec![(id, above)], parents(&node.children, Some(id))].concat()
    };
    nodes.iter().flat_map(of).collect()
}
