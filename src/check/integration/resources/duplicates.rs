//! Entries of `resources` that an earlier entry covers.

use std::collections::{BTreeSet, HashMap};

use super::ListedResources;
use crate::{
    diag::{Diagnostic, Help, Rule},
    names::ResourceEntry,
    spec::pointer,
};

impl ListedResources<'_> {
    /// Reports entries that add nothing to those before them.
    pub(super) fn duplicates(&self) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        // The last entry that added each resource.
        let mut added_by: HashMap<&str, usize> = HashMap::new();
        let entries = self.integration.resources.iter().zip(&self.selection.effects);
        for (at, (entry, effect)) in entries.enumerate().filter(|(_, (entry, _))| !entry.excludes()) {
            let by: BTreeSet<usize> =
                effect.fits.iter().filter_map(|id| added_by.get(id.as_str()).copied()).collect();
            match by.last() {
                Some(&last) if effect.changed == 0 => {
                    findings.push(self.duplicate(at, entry, last, by.len() == 1));
                }
                _ => added_by.extend(effect.fits.iter().map(|id| (id.as_str(), at))),
            }
        }
        findings
    }

    /// Finding for an entry that the one at `by` covers, together with others unless `alone`.
    fn duplicate(&self, at: usize, entry: &ResourceEntry, by: usize, alone: bool) -> Diagnostic {
        let other = &self.integration.resources[by];
        let message = if other == entry {
            format!("`{entry}` is listed twice")
        } else if alone {
            format!("`{entry}` is already selected by `{other}`")
        } else {
            format!("`{entry}` is already selected by the entries before it")
        };
        self.finding(at, Rule::DuplicateResource, message)
            .related(self.entry_span(by), "selected here")
            .reason("etc/integration.xml lists each resource once, so the entry adds nothing")
            .help(Help::new("remove this entry").removal())
            .fix(self.context.spans.removal(&pointer!["integration", self.at, "resources", at]), "")
    }
}
