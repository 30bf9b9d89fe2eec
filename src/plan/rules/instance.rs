//! One Magento: a release and its ACL.

use std::collections::BTreeSet;

use crate::{
    catalog::{AclTable, Catalog, ReleaseId, behaviour},
    module::{DeclaredIntegration, Form},
    names::{AclId, MagentoVersion, Pattern},
};

/// A Magento that `setup:upgrade` is run in.
#[derive(Debug, Clone, Copy)]
pub struct Instance<'a> {
    /// What releases have.
    pub catalog: &'a Catalog,
    /// The ACL, with the resources of the modules that are installed.
    pub acl: &'a AclTable,
    /// The release.
    pub release: ReleaseId,
}

impl<'a> Instance<'a> {
    fn version(&self) -> MagentoVersion {
        self.catalog.release(self.release).version
    }

    /// Whether it reads `etc/integration.xml`: from 2.1.0 on (docs/magento/files-and-schemas.md#integration-xml).
    #[must_use]
    pub fn reads_consolidated(&self) -> bool {
        !behaviour::is_legacy(self.version())
    }

    /// Whether it resets each integration that is granted something at every `setup:upgrade`
    /// (docs/magento/setup-upgrade.md#always-reset).
    #[must_use]
    pub fn always_resets(&self) -> bool {
        behaviour::always_resets(self.version())
    }

    /// Whether an integration of the legacy pair with no resources stops it: from 2.1.0 on
    /// (docs/magento/files-and-schemas.md#legacy-resources-missing).
    pub(super) fn needs_resources(&self) -> bool {
        !behaviour::is_legacy(self.version())
    }

    /// What the XML comes to, as it is compared with what the stored rules allow: of `etc/integration.xml` the resources that
    /// are found with their ancestors, the root among them only where that fault was mended
    /// (docs/magento/setup-upgrade.md#always-reset); of the pair, which Magento does not compare, what is stored of it.
    #[must_use]
    pub fn resolved(&self, declared: &DeclaredIntegration) -> BTreeSet<String> {
        let rules = self.stored(declared);
        let mut resolved: BTreeSet<String> = self.effective(&rules).into_iter().map(str::to_owned).collect();
        if declared.form == Form::Consolidated && self.always_resets() {
            resolved.remove(AclId::ADMIN);
        }
        resolved
    }

    /// The rules that are stored: each that the ACL has, and since 2.1.0 the root beside them (`Rules::saveRel`;
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

    /// What the stored rules allow in this ACL: what it no longer has is no permission.
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

    /// Whether the ACL has the resource, and it is not switched off.
    fn has(&self, id: &str) -> bool {
        self.acl.present(id).contains(self.release)
    }

    /// The resources that are asked for and not granted, and whether each is switched off.
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
