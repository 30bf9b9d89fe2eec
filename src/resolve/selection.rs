//! The resources that an integration requests.

use std::collections::BTreeSet;

use super::ResolvedCall;
use crate::{
    catalog::{AclTable, ReleaseSet},
    names::{Pattern, ResourceEntry},
};

/// An integration's `resources` and `calls`, resolved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// The ids to request, sorted: those named, those that fit a pattern in every release of the target, and those that
    /// a call needs in one of its releases.
    pub ids: BTreeSet<String>,
    /// The effect of each entry, in the order of the entries.
    pub effects: Vec<EntryEffect>,
    /// The calls, looked up, in the order of the spec.
    pub calls: Vec<ResolvedCall>,
}

/// The effect of one entry of `resources`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryEffect {
    /// The ids that it fits in every release of the target; for an exact entry its id.
    pub fits: Vec<String>,
    /// The ids that it fits in some releases only, and in which.
    pub fits_sometimes: Vec<(String, ReleaseSet)>,
    /// How many of them were added, or, for an exclusion, taken out.
    pub changed: usize,
}

impl Selection {
    /// Applies the entries in their order: later ones win.
    #[must_use]
    pub fn of(entries: &[ResourceEntry], acl: &AclTable, releases: ReleaseSet) -> Self {
        let mut selection = Self::default();
        for entry in entries {
            let effect = selection.apply(entry, acl, releases);
            selection.effects.push(effect);
        }
        selection
    }

    /// Adds what calls need. No entry takes that out again.
    #[must_use]
    pub fn with_calls(mut self, calls: Vec<ResolvedCall>) -> Self {
        self.ids.extend(calls.iter().flat_map(ResolvedCall::ids).map(str::to_owned));
        Self { calls, ..self }
    }

    /// The entry by which the resource is listed: the last that fits it, unless that takes it out. `entries` are those
    /// that the selection was made of.
    #[must_use]
    pub fn entry_for(&self, id: &str, entries: &[ResourceEntry]) -> Option<usize> {
        let last = self.effects.iter().rposition(|effect| effect.fits.iter().any(|other| other == id))?;
        entries.get(last).filter(|entry| !entry.excludes()).map(|_| last)
    }

    fn apply(&mut self, entry: &ResourceEntry, acl: &AclTable, releases: ReleaseSet) -> EntryEffect {
        let (fits, fits_sometimes): (Vec<_>, Vec<_>) = match entry.pattern() {
            Pattern::Exact(id) => (vec![(id.to_owned(), releases)], Vec::new()),
            pattern => {
                let fits = acl.select(pattern).into_iter().map(|(id, set)| (id.to_owned(), set));
                fits.partition(|&(_, set)| set == releases)
            }
        };
        let mut fits: Vec<String> = fits.into_iter().map(|(id, _)| id).collect();
        let before = self.ids.len();
        if entry.excludes() {
            fits.extend(fits_sometimes.iter().map(|(id, _)| id.clone()));
            for id in &fits {
                self.ids.remove(id);
            }
        } else {
            self.ids.extend(fits.iter().cloned());
        }
        EntryEffect { fits, fits_sometimes, changed: self.ids.len().abs_diff(before) }
    }
}
