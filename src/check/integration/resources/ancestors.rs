//! Ancestors that Magento adds.

use std::collections::HashMap;

use crate::resolve::{Resolved, Selection};

/// Maps each ancestor to the first selected resource below it in every release. Empty for the legacy pair, which
/// gets no ancestors.
pub(super) fn below<'a>(resolved: &'a Resolved, selection: &'a Selection) -> HashMap<&'a str, &'a str> {
    let mut below = HashMap::new();
    if resolved.is_legacy {
        return below;
    }
    for id in &selection.ids {
        for ancestor in resolved.acl.constant_ancestors(id).into_iter().filter(|ancestor| ancestor != id) {
            below.entry(ancestor).or_insert(id.as_str());
        }
    }
    below
}
