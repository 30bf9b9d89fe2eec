//! Selection of the resources that an integration requests.

use std::collections::BTreeSet;

use super::ResolvedCall;
use crate::{
    catalog::{AclTable, ReleaseSet},
    names::{Pattern, ResourceEntry},
};

/// Resolved `resources` and `calls` of an integration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Ids to request, sorted: those named, those that match a pattern in every release of the target, and those that a
    /// call needs in one of its releases.
    pub ids: BTreeSet<String>,
    /// Effect of each entry, in order.
    pub effects: Vec<EntryEffect>,
    /// Resolved calls, in the order of the spec.
    pub calls: Vec<ResolvedCall>,
}

/// Effect of one entry of `resources`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryEffect {
    /// Ids that it matches in every release of the target; for an exact entry its id.
    pub fits: Vec<String>,
    /// Ids that it matches only in some releases, with those.
    pub fits_sometimes: Vec<(String, ReleaseSet)>,
    /// Number of ids that it added or, for an exclusion, removed.
    pub changed: usize,
}

impl Selection {
    /// Applies the entries in order: later ones win. `left` is the number of resources that patterns may still match;
    /// none if they match more.
    #[must_use]
    pub(super) fn of(
        entries: &[ResourceEntry],
        acl: &AclTable,
        releases: ReleaseSet,
        left: &mut usize,
    ) -> Option<Self> {
        let mut selection = Self::default();
        for entry in entries {
            let effect = selection.apply(entry, acl, releases);
            if !matches!(entry.pattern(), Pattern::Exact(_)) {
                *left = left.checked_sub(effect.fits.len())?;
            }
            selection.effects.push(effect);
        }
        Some(selection)
    }

    /// Adds the resources that calls need. Exclusions do not apply to them.
    #[must_use]
    pub fn with_calls(mut self, calls: Vec<ResolvedCall>) -> Self {
        self.ids.extend(calls.iter().flat_map(ResolvedCall::ids).map(str::to_owned));
        Self { calls, ..self }
    }

    /// Entry that selects the resource: the last match, unless it is an exclusion. `entries` are those that the
    /// selection was made from.
    #[must_use]
    pub fn entry_for(&self, id: &str, entries: &[ResourceEntry]) -> Option<usize> {
        let last = self.effects.iter().rposition(|effect| effect.fits.iter().any(|other| other == id))?;
        entries.get(last).filter(|entry| !entry.excludes()).map(|_| last)
    }

    /// Selection with its own calls that requests what another one does, which was looked up in another catalog.
    pub(super) fn requesting(&self, other: &Self) -> Self {
        let effect = |effect: &EntryEffect| EntryEffect { fits_sometimes: Vec::new(), ..effect.clone() };
        Self {
            ids: other.ids.clone(),
            effects: other.effects.iter().map(effect).collect(),
            calls: self.calls.clone(),
        }
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
