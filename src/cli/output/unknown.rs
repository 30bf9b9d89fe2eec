//! Error text for unknown ACL ids.

use crate::{
    catalog::{AclTable, Catalog, ReleaseSet},
    diag::did_you_mean,
};

/// Error text for an unknown ACL id, with the id that may have been meant.
pub(in crate::cli) fn unknown_resource(
    id: &str,
    catalog: &Catalog,
    acl: &AclTable,
    releases: ReleaseSet,
) -> String {
    let message = format!("unknown resource `{id}` in {}", catalog.describe(catalog.known_or_all(releases)));
    let ever = catalog.ever(id);
    if !ever.is_empty() {
        return format!("{message}; it exists in {} (see --target)", catalog.describe(ever));
    }
    let help = did_you_mean(&catalog.suggest(id, acl));
    format!("{message}; {}", help.unwrap_or_else(|| "search with `magespec acl WORDS`".to_owned()))
}
