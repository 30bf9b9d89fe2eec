//! `[[acl]]`.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{OneOrMore, Pointer, Spec, pointer};
use crate::names::{AclId, AclTitle};

/// An ACL resource of the module, with its children.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Acl {
    /// Id: the module's name, two colons, then letters, digits and underscores.
    #[schemars(example = &"Acme_ErpBridge::erp")]
    pub id: AclId,
    /// Id that it had before, or several, the latest first. `setup:upgrade` renames it in the permissions of users and
    /// integrations.
    #[serde(default, skip_serializing_if = "OneOrMore::is_empty")]
    #[schemars(example = &"Acme_ErpBridge::main")]
    pub renamed_from: OneOrMore<AclId>,
    /// Title in the role editor: 3 to 50 characters.
    #[schemars(example = &"Acme ERP")]
    pub title: AclTitle,
    /// Parent resource: one that every release of the target has, or one of this module.
    #[schemars(example = &"Magento_Backend::admin")]
    pub parent: AclId,
    /// Resources of other modules above it, from the top down: those that the catalog does not know, and those whose
    /// title or position acl.xml repeats.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "super::table::many")]
    #[schemars(example = serde_json::json!([{ "id": "Other_Base::tools", "title": "Tools", "sort_order": 40 }]))]
    pub parents: Vec<AclParent>,
    /// Position among the siblings, ascending. Default: 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 30, range(min = i32::MIN, max = i32::MAX))]
    pub sort_order: Option<i32>,
    /// Child resources.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "super::table::many")]
    #[schemars(example = serde_json::json!([{ "id": "Acme_ErpBridge::sync", "title": "Trigger a sync" }]))]
    pub children: Vec<AclChild>,
}

/// An ACL resource of the module below another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AclChild {
    /// Id: the module's name, two colons, then letters, digits and underscores.
    #[schemars(example = &"Acme_ErpBridge::sync")]
    pub id: AclId,
    /// Id that it had before, or several, the latest first. `setup:upgrade` renames it in the permissions of users and
    /// integrations.
    #[serde(default, skip_serializing_if = "OneOrMore::is_empty")]
    #[schemars(example = &"Acme_ErpBridge::synchronise")]
    pub renamed_from: OneOrMore<AclId>,
    /// Title in the role editor: 3 to 50 characters.
    #[schemars(example = &"Trigger a sync")]
    pub title: AclTitle,
    /// Position among the siblings, ascending. Default: 10, 20, 30, … in the order of the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 10, range(min = i32::MIN, max = i32::MAX))]
    pub sort_order: Option<i32>,
    /// Child resources.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "super::table::many")]
    #[schemars(example = serde_json::json!([{ "id": "Acme_ErpBridge::sync_stock", "title": "Trigger a stock sync" }]))]
    pub children: Vec<AclChild>,
}

/// A resource of another module, which acl.xml repeats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AclParent {
    /// Id: the name of the other module, two colons, then letters, digits and underscores.
    #[schemars(example = &"Other_Base::tools")]
    pub id: AclId,
    /// Title to repeat: 3 to 50 characters. It replaces that of the other module if this one is loaded later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Tools")]
    pub title: Option<AclTitle>,
    /// Position to repeat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 40, range(min = i32::MIN, max = i32::MAX))]
    pub sort_order: Option<i32>,
}

/// An ACL resource of the spec, at any depth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AclEntry<'a> {
    /// Route into the document.
    pub route: Pointer,
    /// Id.
    pub id: Cow<'a, AclId>,
    /// Former ids.
    pub former: &'a [AclId],
    /// Title.
    pub title: Cow<'a, AclTitle>,
    /// Id of the parent.
    pub parent: Cow<'a, AclId>,
    /// Position among the siblings, with the default applied.
    pub sort_order: i32,
    /// True if it is not written in the spec but follows from `[settings]`.
    pub is_derived: bool,
}

impl Spec {
    /// Returns the ACL resource that administrators need for the module's own section in Stores > Configuration;
    /// `None` without such a section.
    #[must_use]
    pub fn config_resource(&self) -> Option<AclId> {
        let settings = self.settings.as_ref().filter(|settings| settings.label.is_some())?;
        let own = || AclId::new(format!("{}::config", self.module.name)).ok();
        settings.resource.clone().or_else(own)
    }

    /// Returns the default resource of the settings if `[[acl]]` does not declare it.
    fn derived_resource(&self, written: &[AclEntry<'_>]) -> Option<AclEntry<'static>> {
        let own = format!("{}::config", self.module.name);
        let is_default = |resource: &AclId| resource.as_str() == own;
        let settings = self.settings.as_ref();
        let settings = settings.filter(|settings| settings.resource.as_ref().is_none_or(is_default))?;
        let id = self.config_resource().filter(|id| written.iter().all(|entry| *entry.id != *id))?;
        Some(AclEntry {
            route: pointer!["settings"],
            id: Cow::Owned(id),
            former: &[],
            title: Cow::Owned(AclTitle::new(settings.label.as_ref()?.as_str()).ok()?),
            parent: Cow::Owned(AclId::new("Magento_Config::config").ok()?),
            sort_order: 100,
            is_derived: true,
        })
    }

    /// Returns the resources of other modules that acl.xml repeats in written order, each with its route and the one above
    /// it in its list. Those named again are left out.
    #[must_use]
    pub fn acl_parents(&self) -> Vec<(Pointer, &AclParent, Option<&AclId>)> {
        let mut seen: HashSet<&AclId> = HashSet::new();
        let mut parents = Vec::new();
        for (at, acl) in self.acl.iter().enumerate() {
            let above = std::iter::once(None).chain(acl.parents.iter().map(|parent| Some(&parent.id)));
            for ((place, parent), above) in acl.parents.iter().enumerate().zip(above) {
                if seen.insert(&parent.id) {
                    parents.push((pointer!["acl", at, "parents", place], parent, above));
                }
            }
        }
        parents
    }

    /// Returns all ACL resources of the spec in written order, followed by that of its settings.
    #[must_use]
    pub fn acl_entries(&self) -> Vec<AclEntry<'_>> {
        let mut entries = Vec::new();
        for (at, acl) in self.acl.iter().enumerate() {
            let Acl { id, renamed_from, title, parent, sort_order, children, parents: _ } = acl;
            let route = pointer!["acl", at];
            add_children(&route, id, children, &mut entries);
            entries.push(entry(route, id, renamed_from, title, parent, sort_order.unwrap_or(100)));
        }
        let derived = self.derived_resource(&entries);
        entries.extend(derived);
        entries
    }
}

fn add_children<'a>(
    route: &Pointer,
    parent: &'a AclId,
    children: &'a [AclChild],
    entries: &mut Vec<AclEntry<'a>>,
) {
    for ((at, child), place) in children.iter().enumerate().zip((10..).step_by(10)) {
        let AclChild { id, renamed_from, title, sort_order, children } = child;
        let route = route.key("children").key(at);
        add_children(&route, id, children, entries);
        entries.push(entry(route, id, renamed_from, title, parent, sort_order.unwrap_or(place)));
    }
}

fn entry<'a>(
    route: Pointer,
    id: &'a AclId,
    former: &'a OneOrMore<AclId>,
    title: &'a AclTitle,
    parent: &'a AclId,
    sort_order: i32,
) -> AclEntry<'a> {
    let (id, title, parent) = (Cow::Borrowed(id), Cow::Borrowed(title), Cow::Borrowed(parent));
    AclEntry { route, id, former: former.as_slice(), title, parent, sort_order, is_derived: false }
}

/// Greatest depth of the module's own resources. PHP's XML parser stops at 256 nested elements (libxml,
/// `xmlParserMaxDepth`); Magento's resources above them and `config`, `acl` and `resources` count too.
pub const DEEPEST: usize = 240;

/// Number of own resources from each one up to the topmost, itself included. Resources in a cycle have no entry.
#[must_use]
pub fn depths<'e>(entries: &'e [AclEntry<'e>]) -> HashMap<&'e str, usize> {
    let parents: HashMap<&str, &AclEntry<'_>> =
        entries.iter().map(|entry| (entry.id.as_str(), entry)).collect();
    let mut depths: HashMap<&str, usize> = HashMap::new();
    let mut seen: HashSet<&str> = HashSet::new();
    for entry in entries {
        let mut path = Vec::new();
        let mut next = Some(entry);
        while let Some(at) = next.filter(|at| seen.insert(at.id.as_str())) {
            path.push(at.id.as_str());
            next = parents.get(at.parent.as_str()).copied();
        }
        // The walk ended at the top, at a resource with a known depth, or in a cycle.
        let above = next.map_or(Some(0), |known| depths.get(known.id.as_str()).copied());
        if let Some(above) = above {
            depths.extend(path.into_iter().rev().zip(above + 1..));
        }
    }
    depths
}
