//! ACL resources of company roles.

use crate::catalog::{Catalog, tables::rows};

const ROLES: &str = include_str!("../data/company_roles.tsv");

impl Catalog {
    /// Returns true for an id that permits something to the employees of a company in the storefront, never to an
    /// integration (docs/magento/releases-and-editions.md#company-roles).
    #[must_use]
    pub fn is_of_company_role(id: &str) -> bool {
        rows(ROLES).any(|role| role == id)
    }
}
