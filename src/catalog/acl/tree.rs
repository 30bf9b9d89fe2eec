//! The resources in the order of the tree.

use std::collections::BTreeMap;

use super::{AclRow, AclTable};
use crate::catalog::ReleaseSet;

/// A resource as the newest release of the table shows it that has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AclResource<'a> {
    /// Its id.
    pub id: &'a str,
    /// As the role editor shows it.
    pub title: &'a str,
    /// The id it hangs under; none for a root.
    pub parent: Option<&'a str>,
    /// The module whose acl.xml it comes from.
    pub module: &'a str,
    /// Its place among its siblings.
    pub sort_order: i32,
    /// Whether acl.xml switches it off, and all below it with it.
    pub is_disabled: bool,
    /// How many resources are above it.
    pub depth: usize,
    /// The releases of the table that have it.
    pub releases: ReleaseSet,
}

impl AclTable {
    /// All resources as a tree, each before those below it. Siblings are in Magento's order: by sort order
    /// (`framework/Acl/AclResource/TreeBuilder.php`); where that is the same, by id.
    #[must_use]
    pub fn tree(&self) -> Vec<AclResource<'_>> {
        let mut below: BTreeMap<Option<&str>, Vec<&AclRow>> = BTreeMap::new();
        for row in self.ids().filter_map(|id| self.newest(id)) {
            let parent = row.parent.as_deref().filter(|parent| self.place(parent).is_some());
            below.entry(parent).or_default().push(row);
        }
        for siblings in below.values_mut() {
            siblings.sort_by(|a, b| (b.sort_order, &b.id).cmp(&(a.sort_order, &a.id)));
        }
        let mut tree = Vec::new();
        let mut open: Vec<(usize, &AclRow)> =
            below.remove(&None).into_iter().flatten().map(|row| (0, row)).collect();
        while let Some((depth, row)) = open.pop() {
            tree.push(self.resource(row, depth));
            let children = below.remove(&Some(row.id.as_ref())).into_iter().flatten();
            open.extend(children.map(|child| (depth + 1, child)));
        }
        tree
    }

    fn resource<'a>(&self, row: &'a AclRow, depth: usize) -> AclResource<'a> {
        AclResource {
            id: &row.id,
            title: &row.title,
            parent: row.parent.as_deref(),
            module: &row.module,
            sort_order: row.sort_order,
            is_disabled: row.disabled,
            depth,
            releases: self.exists(&row.id),
        }
    }

    /// The row of the newest release that has the resource.
    fn newest(&self, id: &str) -> Option<&AclRow> {
        self.state(id, self.exists(id).last()?)
    }
}
