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
            let title = Some(entry.title.clone().into_owned());
            (entry.id.as_str(), DeclaredAcl { title, sort_order: Some(entry.sort_order) })
        });
        let parents = self.spec.acl_parents();
        let repeated = parents.iter().map(|(_, parent, _)| {
            let declared = DeclaredAcl { title: parent.title.clone(), sort_order: parent.sort_order };
            (parent.id.as_str(), declared)
        });
        nodes(None, &below, &repeated.chain(own).collect())
    }
}

/// Returns the children of a node: those with a sort order by it, then repeated ancestors by id.
fn nodes(
    above: Option<&str>,
    below: &BTreeMap<Option<&str>, Vec<&str>>,
    declared: &BTreeMap<&str, DeclaredAcl>,
) -> Vec<AclNode> {
    let node = |id: &&str| {
        let children = nodes(Some(id), below, declared);
        Some(AclNode { id: AclId::new(*id).ok()?, declared: declared.get(id).cloned(), children })
    };
    let mut nodes: Vec<AclNode> = below.get(&above).into_iter().flatten().filter_map(node).collect();
    let order = |node: &AclNode| {
        let order = node.declared.as_ref().and_then(|declared| declared.sort_order);
        order.map_or(i64::MAX, i64::from)
    };
    nodes.sort_by(|a, b| (order(a), &a.id).cmp(&(order(b), &b.id)));
    nodes
}
