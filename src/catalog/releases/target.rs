//! Resolving a constraint to releases.

use super::{Release, ReleaseId, ReleaseSet};
use crate::{
    catalog::{Catalog, Constraint},
    names::MagentoVersion,
};

/// Releases that a spec targets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Constraint as written.
    pub constraint: Constraint,
    /// Releases that it allows, at least one.
    pub releases: ReleaseSet,
    /// Releases among them whose ACL is not in the catalog yet; they use that of the newest known one.
    pub unchecked: Vec<MagentoVersion>,
    /// Named releases that are newer than this catalog, each with the one used instead: the newest, or the newest of
    /// the same line for a patch.
    pub newer: Vec<(MagentoVersion, ReleaseId)>,
}

impl Catalog {
    /// Resolves the constraint, with substitutes for newer releases; nothing if it allows no release. For a shop it is
    /// always the shop's release.
    #[must_use]
    pub fn resolve(&self, constraint: &Constraint) -> Option<Target> {
        if self.shop.is_some() {
            return Some(Target {
                constraint: constraint.clone(),
                releases: self.all(),
                unchecked: Vec::new(),
                newer: Vec::new(),
            });
        }
        let allowed = || self.releases.iter().filter(|release| constraint.allows(release.version));
        let known: ReleaseSet = allowed().map(|release| release.id).collect();
        let mut newer: Vec<(MagentoVersion, ReleaseId)> =
            constraint.named().filter_map(|it| self.newer(it)).collect();
        if known.is_empty() && newer.is_empty() {
            newer.extend(constraint.next().filter_map(|it| self.newer(it)));
        }
        newer.sort_unstable();
        newer.dedup();
        let releases = newer.iter().fold(known, |mut all, &(_, stand_in)| {
            all.insert(stand_in);
            all
        });
        let newest = self.newest_checked().id;
        let unchecked = allowed().filter(|release| release.id > newest).map(|release| release.version);
        (!releases.is_empty()).then(|| Target {
            constraint: constraint.clone(),
            releases,
            unchecked: unchecked.collect(),
            newer,
        })
    }

    /// Returns the version and its substitute if it is newer than this catalog: than all of it, or as a patch of a
    /// known release.
    fn newer(&self, version: MagentoVersion) -> Option<(MagentoVersion, ReleaseId)> {
        let of_line = |release: &&Release| release.version.with_p(0) == version.with_p(0);
        let line = self.releases.iter().rev().find(of_line);
        let stand_in = match line {
            Some(newest) => Some(newest).filter(|newest| version > newest.version),
            None => self.releases.last().filter(|newest| version > newest.version),
        };
        stand_in.map(|release| (version, release.id))
    }

    /// Known release line that the constraint seems to mean, such as `2.0.*`; none if no release of it matches.
    #[must_use]
    pub fn line_of(&self, constraint: &Constraint) -> Option<(u32, u32)> {
        let first = constraint.first()?;
        let line = |version: MagentoVersion| (version.major, version.minor);
        self.releases.iter().map(|release| line(release.version)).find(|&known| known == line(first))
    }
}
