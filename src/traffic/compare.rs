//! Comparison of observed calls with the permissions in a spec.

use std::collections::BTreeSet;

use super::Observed;
use crate::{
    catalog::{AclTable, Catalog, ReleaseId, ReleaseSet},
    resolve::{ResolvedCall, Selection},
};

/// Permissions of integrations.
#[derive(Debug, Clone)]
pub struct Allowed<'a> {
    /// Requested resources of each integration.
    pub selections: Vec<&'a Selection>,
    /// ACL of the releases.
    pub acl: &'a AclTable,
}

/// Observed call that no integration may make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotPermitted<'o> {
    /// The call.
    pub observed: &'o Observed,
    /// Releases that refuse it.
    pub releases: ReleaseSet,
}

/// Result of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionGaps<'o> {
    /// Observed calls that are answered but not permitted in all releases.
    pub not_permitted: Vec<NotPermitted<'o>>,
    /// Requested calls that were never observed.
    pub never_called: Vec<&'o str>,
}

impl<'o> PermissionGaps<'o> {
    /// Compares observed calls with the permissions, both for the same releases. Calls that only customers can make are
    /// in neither list.
    #[must_use]
    pub fn of(catalog: &Catalog, seen: &'o [Observed], allowed: &Allowed<'o>) -> Self {
        let not_permitted = |observed: &'o Observed| {
            let refused = |release: &ReleaseId| !allowed.opens(catalog, &observed.called, *release);
            let releases: ReleaseSet = observed.called.releases().iter().filter(refused).collect();
            let is_refused = !observed.is_for_customers() && !releases.is_empty();
            is_refused.then_some(NotPermitted { observed, releases })
        };
        let names: BTreeSet<&str> = seen.iter().map(|observed| observed.called.name.as_str()).collect();
        let asked = allowed.selections.iter().flat_map(|selection| &selection.calls);
        let mut never_called: Vec<&str> = asked.map(|called| called.name.as_str()).collect();
        never_called.retain(|name| !names.contains(name));
        never_called.sort_unstable();
        never_called.dedup();
        Self { not_permitted: seen.iter().filter_map(not_permitted).collect(), never_called }
    }
}

impl Allowed<'_> {
    /// Returns true if one of the integrations may make the call in a release.
    fn opens(&self, catalog: &Catalog, called: &ResolvedCall, release: ReleaseId) -> bool {
        let Some(access) = called.access(release) else { return false };
        self.selections.iter().any(|it| access.is_open_to(&catalog.granted(&it.ids, self.acl, release)))
    }
}
