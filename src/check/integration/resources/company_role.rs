//! Permissions of B2B company roles.

use super::ListedResources;
use crate::diag::{Diagnostic, Rule};

impl ListedResources<'_> {
    /// Finding for an id that no integration can be granted (docs/magento/releases-and-editions.md#company-roles).
    pub(super) fn of_company_role(&self, at: usize, id: &str) -> Diagnostic {
        self.finding(at, Rule::CompanyRole, format!("`{id}` is a permission of B2B company roles"))
            .reason(
                "it permits something to the employees of a company in the storefront; in an integration.xml Magento \
                 silently drops it",
            )
            .help("remove it, and name the resource from etc/acl.xml of that module; if the ACL of a shop has this id, name its \
                 catalog under [target]")
    }
}
