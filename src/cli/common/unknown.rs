//! Ids that are none.

use super::known;
use crate::{
    catalog::{AclTable, Catalog, ReleaseSet},
    diag::did_you_mean,
};

/// Why an id is no resource, and what may have been meant.
pub(in crate::cli) fn unknown_resource(
    id: &str,
    catalog: &Catalog,
    acl: &AclTable,
    releases: ReleaseSet,
) -> String {
    let message = format!("there is no resource `{id}` in {}", catalog.describe(known(catalog, releases)));
    let ever = catalog.ever(id);
    if !ever.is_empty() {
        return format!("{message}; it is in {}, which --target looks at", catalog.describe(ever));
    }
    let help = did_you_mean(&catalog.suggest(id, acl));
    format!("{message}; {}", help.unwrap_or_else(|| "`magespec acl WORDS` looks for it".to_owned()))
}
