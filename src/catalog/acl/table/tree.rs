//! ACL resources in tree order.

use std::collections::BTreeMap;

use super::AclTable;
use crate::catalog::{ReleaseSet, acl::AclRow};

/// Resource as the newest release that has it shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AclResource<'a> {
    /// Its id.
    pub id: &'a str,
    /// Title in the role editor.
    pub title: &'a str,
    /// Id of its parent; none for a root.
    pub parent: Option<&'a str>,
    /// Module whose acl.xml declares it.
    pub module: &'a str,
    /// Sort order among its siblings.
    pub sort_order: i32,
    /// True if acl.xml disables it, and with it everything below.
    pub is_disabled: bool,
    /// Number of ancestors.
    pub depth: usize,
    /// Releases of the table that have it.
    pub releases: ReleaseSet,
}

impl AclTable {
    /// All resources as a tree, parents before children. Siblings are in Magento's order: by sort order
    /// (`framework/Acl/AclResource/TreeBuilder.php`), then by id.
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

    /// Row of the newest release that has the resource.
    fn newest(&self, id: &str) -> Option<&AclRow> {
        self.state(id, self.exists(id).last()?)
    }
}
