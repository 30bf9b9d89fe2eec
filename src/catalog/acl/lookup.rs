//! The ACL of a catalog's releases, and what Magento grants of it.

use std::collections::BTreeSet;

use super::{AclRow, AclTable, OwnResource, read};
use crate::{
    catalog::{Catalog, ReleaseId, ReleaseSet, behaviour},
    names::ModuleName,
};

impl Catalog {
    /// The ACL of some releases, with the resources that a module adds to each of them.
    #[must_use]
    pub fn acl(
        &self,
        releases: ReleaseSet,
        module: &ModuleName,
        own: impl IntoIterator<Item = OwnResource>,
    ) -> AclTable {
        AclTable::new(self.acl_rows(), releases, own.into_iter().map(|node| node.row(module, releases)))
    }

    /// The ACL of some releases as they ship it.
    #[must_use]
    pub fn shipped_acl(&self, releases: ReleaseSet) -> AclTable {
        AclTable::new(self.acl_rows(), releases, [])
    }

    /// What Magento makes of requested resources in a release (docs/magento/resolving-permissions.md#lookup): those
    /// that can be granted there with their ancestors; in 2.0, which takes the names as they are, those that are there.
    /// `acl` is a table that has the release.
    #[must_use]
    pub fn granted<'a>(
        &self,
        ids: impl IntoIterator<Item = &'a String>,
        acl: &'a AclTable,
        release: ReleaseId,
    ) -> BTreeSet<&'a str> {
        let ids = ids.into_iter().map(String::as_str);
        if behaviour::is_legacy(self.release(release).version) {
            return ids.filter(|id| acl.present(id).contains(release)).collect();
        }
        let found = ids.filter(|id| acl.grantable(id).contains(release));
        acl.with_ancestors(found, release)
    }

    fn acl_rows(&self) -> &[AclRow] {
        self.acl.get_or_init(read::acl)
    }

    /// The releases of the set whose ACL is known: in others that of the release before only stands in.
    #[must_use]
    pub fn known(&self, set: ReleaseSet) -> ReleaseSet {
        set.iter().filter(|&id| self.release(id).has_acl).collect()
    }

    /// The releases that are known to have the ACL resource, switched off or not.
    #[must_use]
    pub fn ever(&self, id: &str) -> ReleaseSet {
        let states = self.acl_rows().iter().filter(|row| row.id == id);
        self.known(states.fold(ReleaseSet::default(), |all, row| all | row.releases))
    }
}
