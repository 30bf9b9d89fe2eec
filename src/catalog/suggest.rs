//! ACL resources that read like another.

use std::collections::HashMap;

use super::{AclTable, Catalog, renames::renamed};
use crate::diag::likeness;

/// At most this many are suggested.
const SUGGESTIONS: usize = 3;

/// As alike as ids must be.
const ALIKE: f64 = 0.85;

/// What the module's part counts for; the rest of the id counts for the rest.
const MODULE: f64 = 0.4;

impl Catalog {
    /// Ids of the table that can be granted and may have been meant by `id`, the likeliest first: a known new name,
    /// then those that read alike, the same module's before others.
    #[must_use]
    pub fn suggest<'a>(&self, id: &str, acl: &'a AclTable) -> Vec<&'a str> {
        let (module, name) = id.split_once("::").unwrap_or(("", id));
        let lower_name = name.to_lowercase();
        let mut modules: HashMap<&str, f64> = HashMap::new();
        let mut rank = |candidate: &'a str| {
            let (other_module, other_name) = candidate.split_once("::").unwrap_or(("", candidate));
            let modules =
                *modules.entry(other_module).or_insert_with(|| strsim::jaro_winkler(module, other_module));
            // A shortened name reads unlike the whole one; a longer one that is misspelt does not.
            let shortened = if name.len() > 3 && other_name.contains(name) { 0.1 } else { 0.0 };
            let needed = (ALIKE - shortened - modules * MODULE) / (1.0 - MODULE);
            let names = likeness(&lower_name, &other_name.to_lowercase(), needed)?;
            Some(((modules * MODULE + names * (1.0 - MODULE) + shortened).min(1.0), candidate))
        };
        let ids = || acl.ids().filter(|candidate| *candidate != id);
        let mut ranked: Vec<(f64, &str)> = ids().filter_map(&mut rank).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let new_name = renamed(id).and_then(|new| ids().find(|id| *id == new));
        let others = ranked.into_iter().map(|(_, id)| id).filter(|&id| Some(id) != new_name);
        let suggested = new_name.into_iter().chain(others);
        suggested.filter(|id| !acl.grantable(id).is_empty()).take(SUGGESTIONS).collect()
    }
}
