//! The releases that a constraint allows.

use super::{Release, ReleaseId, ReleaseSet};
use crate::{
    catalog::{Catalog, Constraint},
    names::MagentoVersion,
};

/// The releases a spec asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The constraint as written.
    pub constraint: Constraint,
    /// The releases it allows; at least one.
    pub releases: ReleaseSet,
    /// Those of them that are newer than the newest whose ACL is known; its ACL stands in for theirs.
    pub unchecked: Vec<MagentoVersion>,
    /// Releases that the constraint names and that came after this catalog, each with the one that stands in for it:
    /// the newest, or the newest of the line whose patch it is.
    pub newer: Vec<(MagentoVersion, ReleaseId)>,
}

impl Catalog {
    /// The releases that the constraint allows, with those that stand in for newer ones; none if there is no such
    /// release. Of a shop it is the shop's, whatever the constraint.
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

    /// The version with the release that stands in for it, if it came after this catalog: after all of it, or as a
    /// patch of a release in it.
    fn newer(&self, version: MagentoVersion) -> Option<(MagentoVersion, ReleaseId)> {
        let of_line = |release: &&Release| release.version.with_p(0) == version.with_p(0);
        let line = self.releases.iter().rev().find(of_line);
        let stand_in = match line {
            Some(newest) => Some(newest).filter(|newest| version > newest.version),
            None => self.releases.last().filter(|newest| version > newest.version),
        };
        stand_in.map(|release| (version, release.id))
    }

    /// The known line of releases, `2.0.*`, that the constraint seems to be about; none if it has none of them.
    #[must_use]
    pub fn line_of(&self, constraint: &Constraint) -> Option<(u32, u32)> {
        let first = constraint.first()?;
        let line = |version: MagentoVersion| (version.major, version.minor);
        self.releases.iter().map(|release| line(release.version)).find(|&known| known == line(first))
    }
}
