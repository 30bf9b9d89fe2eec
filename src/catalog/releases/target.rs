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
    /// Named releases that this catalog lacks, each with the one used instead: of its own line the release before, or
    /// else the next, and for a new line the newest release.
    pub absent: Vec<(MagentoVersion, ReleaseId)>,
}

impl Catalog {
    /// Resolves the constraint, with substitutes for releases that the catalog lacks; nothing if it allows no release. For
    /// shops they are always the shops.
    #[must_use]
    pub fn resolve(&self, constraint: &Constraint) -> Option<Target> {
        if self.is_of_shops() {
            return Some(Target {
                constraint: constraint.clone(),
                releases: self.all(),
                unchecked: Vec::new(),
                absent: Vec::new(),
            });
        }
        let allowed = || self.releases.iter().filter(|release| constraint.allows(release.version));
        let known: ReleaseSet = allowed().map(|release| release.id).collect();
        let mut absent: Vec<(MagentoVersion, ReleaseId)> =
            constraint.named().filter_map(|it| self.newer(it)).collect();
        absent.extend(constraint.single().filter_map(|it| self.absent(it)));
        if known.is_empty() && absent.is_empty() {
            let first = constraint.first().filter(|&it| constraint.allows(it));
            absent.extend(constraint.next().chain(first).filter_map(|it| self.absent(it)));
        }
        absent.sort_unstable();
        absent.dedup();
        let releases = absent.iter().fold(known, |mut all, &(_, stand_in)| {
            all.insert(stand_in);
            all
        });
        let newest = self.newest_checked().id;
        let unchecked = allowed().filter(|release| release.id > newest).map(|release| release.version);
        (!releases.is_empty()).then(|| Target {
            constraint: constraint.clone(),
            releases,
            unchecked: unchecked.collect(),
            absent,
        })
    }

    /// Returns the version and its substitute if it is newer than this catalog: than all of it, or as a patch of a
    /// known release.
    fn newer(&self, version: MagentoVersion) -> Option<(MagentoVersion, ReleaseId)> {
        let is_known = |release: &&Release| release.version.with_p(0) == version.with_p(0);
        let newest = self.releases.iter().rev().find(is_known).or(self.releases.last())?;
        self.absent(version).filter(|_| version > newest.version)
    }

    /// Returns the version and its substitute if the catalog lacks it.
    fn absent(&self, version: MagentoVersion) -> Option<(MagentoVersion, ReleaseId)> {
        self.stand_in(version).map(|stand_in| (version, stand_in.id))
    }

    /// Known release line that the constraint seems to mean, such as `2.0.*`; none if no release of it matches.
    #[must_use]
    pub fn line_of(&self, constraint: &Constraint) -> Option<(u32, u32)> {
        let first = constraint.first()?;
        let line = |version: MagentoVersion| (version.major, version.minor);
        self.releases.iter().map(|release| line(release.version)).find(|&known| known == line(first))
    }
}
