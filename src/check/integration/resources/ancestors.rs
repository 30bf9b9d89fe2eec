//! Ancestors that Magento adds.

use std::collections::{HashMap, HashSet};

use crate::resolve::{Resolved, Selection};

/// Maps each ancestor to the first selected resource below it in every release. Empty for the legacy pair, which
/// gets no ancestors.
pub(super) fn below<'a>(resolved: &'a Resolved, selection: &'a Selection) -> HashMap<&'a str, &'a str> {
    let mut below = HashMap::new();
    if resolved.is_legacy {
        return below;
    }
    for id in &selection.ids {
        let mut releases = resolved.acl.distinct();
        let mut always = releases.next().map(|first| resolved.acl.ancestors(id, first)).unwrap_or_default();
        for release in releases {
            let ancestors = resolved.acl.ancestors(id, release);
            if ancestors == always {
                continue;
            }
            let ancestors: HashSet<&str> = ancestors.into_iter().collect();
            always.retain(|ancestor| ancestors.contains(ancestor));
        }
        for ancestor in always.into_iter().filter(|ancestor| ancestor != id) {
            below.entry(ancestor).or_insert(id.as_str());
        }
    }
    below
}
