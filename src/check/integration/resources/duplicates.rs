//! Entries that select what was selected before.

use std::collections::{BTreeSet, HashMap};

use super::ListedResources;
use crate::{
    diag::{Diagnostic, Rule},
    names::ResourceEntry,
    spec::pointer,
};

impl ListedResources<'_> {
    /// Entries that add nothing to what stands before them.
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

    /// What the entry selects was added by the one at `by`, and if not `alone`, by others with it.
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
            .reason("etc/integration.xml has each resource once: the entry adds nothing")
            .help("remove this one")
            .fix(self.context.spans.removal(pointer!["integration", self.at, "resources", at]), "")
    }
}
