//! `[[acl]]`, and the resource of the settings.

use std::collections::BTreeMap;

use super::Lowering;
use crate::{
    model::{AclNode, DeclaredAcl},
    names::AclId,
};

impl Lowering<'_> {
    /// Returns the module's ACL resources below the full chain of their ancestors.
    pub(super) fn acl_tree(&self) -> Vec<AclNode> {
        let entries = self.spec.acl_entries();
        let Some(newest) = self.looked_up.last() else { return Vec::new() };
        let mut below: BTreeMap<Option<&str>, Vec<&str>> = BTreeMap::new();
        for id in self.acl.with_ancestors(entries.iter().map(|entry| entry.id.as_str()), newest) {
            below.entry(self.acl.parent(id, newest)).or_default().push(id);
        }
        let own = entries.iter().map(|entry| {
            let title = entry.title.clone().into_owned();
            (entry.id.as_str(), DeclaredAcl { title, sort_order: entry.sort_order })
        });
        nodes(None, &below, &own.collect())
    }
}

/// Returns the children of a node: own nodes by sort order, then repeated ancestors by id.
fn nodes(
    above: Option<&str>,
    below: &BTreeMap<Option<&str>, Vec<&str>>,
    own: &BTreeMap<&str, DeclaredAcl>,
) -> Vec<AclNode> {
    let node = |id: &&str| {
        let children = nodes(Some(id), below, own);
        Some(AclNode { id: AclId::new(*id).ok()?, declared: own.get(id).cloned(), children })
    };
    let mut nodes: Vec<AclNode> = below.get(&above).into_iter().flatten().filter_map(node).collect();
    let order = |node: &AclNode| node.declared.as_ref().map_or(i64::MAX, |own| i64::from(own.sort_order));
    nodes.sort_by(|a, b| (order(a), &a.id).cmp(&(order(b), &b.id)));
    nodes
}
