//! Magento instance: a release and its ACL.

use std::{borrow::Cow, collections::BTreeSet};

use super::{Columns, columns};
use crate::{
    catalog::{AclTable, Catalog, ReleaseId, behaviour},
    module::{DeclaredIntegration, Form},
    names::{AclId, MagentoVersion, Pattern, collated},
};

/// Magento in which `setup:upgrade` runs.
#[derive(Debug, Clone, Copy)]
pub struct Instance<'a> {
    /// Catalog of releases.
    pub catalog: &'a Catalog,
    /// ACL with the resources of the installed modules.
    pub acl: &'a AclTable,
    /// The release.
    pub release: ReleaseId,
    /// Columns of a shop's database; none if it was not asked.
    pub columns: Option<&'a Columns>,
}

impl<'a> Instance<'a> {
    fn version(&self) -> MagentoVersion {
        self.catalog.release(self.release).version
    }

    /// Returns true if it reads `etc/integration.xml`: from 2.1.0 on (docs/magento/files-and-schemas.md#integration-xml).
    #[must_use]
    pub fn reads_consolidated(&self) -> bool {
        !behaviour::is_legacy(self.version())
    }

    /// Returns true if every `setup:upgrade` resets each integration that has a permission
    /// (docs/magento/setup-upgrade.md#always-reset).
    #[must_use]
    pub fn always_resets(&self) -> bool {
        behaviour::always_resets(self.version())
    }

    /// Returns true if the database treats two names as equal.
    #[must_use]
    pub fn are_same(&self, a: &str, b: &str) -> bool {
        self.columns.map_or_else(|| collated(a) == collated(b), |columns| columns.are_same(a, b))
    }

    /// Returns true if the database stores characters beyond U+FFFF.
    pub(super) fn keeps_supplementary(&self) -> bool {
        let of_release = || behaviour::keeps_supplementary(self.version());
        self.columns.map_or_else(of_release, |columns| columns.keeps_supplementary)
    }

    /// Returns the text that a column of the table keeps.
    pub(super) fn kept<'t>(&self, text: &'t str) -> Cow<'t, str> {
        columns::kept(text, self.keeps_supplementary())
    }

    /// Returns true if a legacy integration without resources stops it: from 2.1.0 on
    /// (docs/magento/files-and-schemas.md#legacy-resources-missing).
    pub(super) fn needs_resources(&self) -> bool {
        !behaviour::is_legacy(self.version())
    }

    /// Resources that Magento compares with the stored rules: for `etc/integration.xml`, the known resources with their
    /// ancestors, including the root only in releases with the fix (docs/magento/setup-upgrade.md#always-reset); for the pair,
    /// which Magento does not compare, the stored rules.
    #[must_use]
    pub fn resolved(&self, declared: &DeclaredIntegration) -> BTreeSet<String> {
        let rules = self.stored(declared);
        let granted = self.effective(&rules).into_iter();
        granted.filter(|id| self.compares(id, declared.form)).map(str::to_owned).collect()
    }

    /// Returns true if Magento compares a granted resource with the stored rules.
    pub(super) fn compares(&self, id: &str, form: Form) -> bool {
        id != AclId::ADMIN || form != Form::Consolidated || !self.always_resets()
    }

    /// Rules that are stored: each resource that the ACL has and, since 2.1.0, the root (`Rules::saveRel`;
    /// docs/magento/resolving-permissions.md#lookup).
    #[must_use]
    pub fn stored(&self, declared: &DeclaredIntegration) -> BTreeSet<String> {
        if declared.form == Form::Consolidated {
            return self.granted(declared);
        }
        let asked = declared.resources.iter();
        let mut stored: BTreeSet<String> = asked.filter(|id| self.has(id)).cloned().collect();
        if self.needs_resources() && !declared.resources.is_empty() && !is_everything(&declared.resources) {
            stored.insert(AclId::ADMIN.to_owned());
        }
        stored
    }

    /// Permissions of the stored rules in this ACL; rules for unknown resources grant nothing.
    #[must_use]
    pub fn effective<'b>(&self, resources: &'b BTreeSet<String>) -> BTreeSet<&'b str>
    where
        'a: 'b,
    {
        if is_everything(resources) {
            let everything = self.acl.select(Pattern::Subtree(AclId::ADMIN)).into_iter();
            let there = everything.filter(|(_, releases)| releases.contains(self.release));
            return there.map(|(id, _)| id).chain([AclId::ADMIN]).collect();
        }
        resources.iter().map(String::as_str).filter(|id| self.has(id)).collect()
    }

    /// Returns true if the ACL has the resource and it is enabled.
    fn has(&self, id: &str) -> bool {
        self.acl.present(id).contains(self.release)
    }

    /// Requested resources that are not granted, and whether each is disabled.
    pub(super) fn refused<'b>(
        &self,
        declared: &'b DeclaredIntegration,
    ) -> impl Iterator<Item = (&'b String, bool)> {
        let is_granted = move |id: &str| match declared.form {
            Form::Legacy => self.has(id),
            Form::Consolidated => self.acl.grantable(id).contains(self.release),
        };
        let refused = declared.resources.iter().filter(move |id| !is_granted(id));
        refused.map(|id| (id, self.acl.disabled(id).contains(self.release)))
    }

    fn granted(&self, declared: &DeclaredIntegration) -> BTreeSet<String> {
        let granted = self.catalog.granted(&declared.resources, self.acl, self.release);
        granted.into_iter().map(str::to_owned).collect()
    }
}

pub(super) fn is_everything(resources: &BTreeSet<String>) -> bool {
    resources.len() == 1 && resources.contains(AclId::ALL)
}
