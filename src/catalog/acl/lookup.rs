//! ACL of a catalog's releases, and the resources that Magento grants.

use std::{collections::BTreeSet, sync::Arc};

use super::{AclRow, AclTable, OwnResource, read};
use crate::{
    catalog::{Catalog, ReleaseId, ReleaseSet, behaviour},
    names::ModuleName,
};

impl Catalog {
    /// ACL of some releases, including the resources that a module adds.
    #[must_use]
    pub fn acl(
        &self,
        releases: ReleaseSet,
        module: &ModuleName,
        own: impl IntoIterator<Item = OwnResource>,
    ) -> Arc<AclTable> {
        let shipped = self.shipped_acl(releases);
        let mut own = own.into_iter().map(|node| node.row(module, releases)).peekable();
        if own.peek().is_none() { shipped } else { Arc::new(shipped.with(own)) }
    }

    /// ACL of some releases as shipped, built once for all specs with this target.
    #[must_use]
    pub fn shipped_acl(&self, releases: ReleaseSet) -> Arc<AclTable> {
        self.acl_tables.get(releases, || AclTable::new(Arc::clone(self.acl_rows()), releases))
    }

    /// Resolves requested resources as Magento does in a release (docs/magento/resolving-permissions.md#lookup): those
    /// that can be granted, with their ancestors. In 2.0, which takes the names as they are: those that exist. `acl`
    /// must cover the release.
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
        acl.granted(ids, release)
    }

    pub(in crate::catalog) fn acl_rows(&self) -> &Arc<Vec<AclRow>> {
        self.acl.get_or_init(|| Arc::new(read::acl()))
    }

    /// Releases of the set whose ACL is in the catalog; others use that of the release before.
    #[must_use]
    pub fn known(&self, set: ReleaseSet) -> ReleaseSet {
        set.iter().filter(|&id| self.release(id).has_acl).collect()
    }

    /// Releases known to have the ACL resource, disabled or not.
    #[must_use]
    pub fn ever(&self, id: &str) -> ReleaseSet {
        let states = self.acl_rows().iter().filter(|row| row.id == id);
        self.known(states.fold(ReleaseSet::default(), |all, row| all | row.releases))
    }
}
