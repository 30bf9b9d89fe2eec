//! ACL resources that read like another.

use super::{AclTable, Catalog, renames::renamed};

/// At most this many are suggested.
const SUGGESTIONS: usize = 3;

impl Catalog {
    /// Ids of the table that may have been meant by `id`, the likeliest first: a known new name, then those that
    /// read alike, the same module's before others.
    #[must_use]
    pub fn suggest<'a>(&self, id: &str, acl: &'a AclTable) -> Vec<&'a str> {
        let (module, name) = id.split_once("::").unwrap_or(("", id));
        let likeness = |candidate: &str| {
            let (other_module, other_name) = candidate.split_once("::").unwrap_or(("", candidate));
            let modules = strsim::jaro_winkler(module, other_module);
            let names = strsim::jaro_winkler(&name.to_lowercase(), &other_name.to_lowercase());
            let contains = if name.len() > 3 && (other_name.contains(name) || name.contains(other_name)) {
                0.1
            } else {
                0.0
            };
            (modules * 0.4 + names * 0.6 + contains).min(1.0)
        };
        let ids = || acl.ids().filter(|id| !acl.is_root(id));
        let mut ranked: Vec<(f64, &str)> = ids().map(|candidate| (likeness(candidate), candidate)).collect();
        ranked.retain(|&(likeness, _)| likeness >= 0.85);
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let new_name = renamed(id).and_then(|new| ids().find(|id| *id == new));
        let others = ranked.into_iter().map(|(_, id)| id).filter(|&id| Some(id) != new_name);
        new_name.into_iter().chain(others).take(SUGGESTIONS).collect()
    }
}
