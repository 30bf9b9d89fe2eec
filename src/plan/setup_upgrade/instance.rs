//! Magento instance: a release and its ACL.

use std::collections::BTreeSet;

use crate::{
    catalog::{AclTable, Catalog, ReleaseId, behaviour},
    module::{DeclaredIntegration, Form},
    names::{AclId, MagentoVersion, Pattern},
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
        let mut resolved: BTreeSet<String> = self.effective(&rules).into_iter().map(str::to_owned).collect();
        if declared.form == Form::Consolidated && self.always_resets() {
            resolved.remove(AclId::ADMIN);
        }
        resolved
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

fn is_everything(resources: &BTreeSet<String>) -> bool {
    resources.len() == 1 && resources.contains(AclId::ALL)
}
