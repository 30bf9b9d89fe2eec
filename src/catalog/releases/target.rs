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
    /// Resolves the constraint, with substitutes for newer releases; nothing if it allows no release. For shops they
    /// are always the shops.
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
        absent.extend(constraint.single().filter_map(|it| self.between(it)));
        if known.is_empty() && absent.is_empty() {
            absent.extend(constraint.next().filter_map(|it| self.newer(it)));
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
        let newest = self.line(version).last();
        let stand_in = match newest {
            Some(newest) => Some(newest).filter(|newest| version > newest.version),
            None => self.releases.last().filter(|newest| version > newest.version),
        };
        stand_in.map(|release| (version, release.id))
    }

    /// Returns the version and its substitute if the catalog lacks it but has a later release of its line.
    fn between(&self, version: MagentoVersion) -> Option<(MagentoVersion, ReleaseId)> {
        let line: Vec<&Release> = self.line(version).collect();
        let at = line.partition_point(|release| release.version < version);
        let next = line.get(at).filter(|next| next.version != version)?;
        let stand_in = at.checked_sub(1).and_then(|before| line.get(before)).unwrap_or(next);
        Some((version, stand_in.id))
    }

    /// Known releases with the same numbers, of any patch.
    fn line(&self, version: MagentoVersion) -> impl Iterator<Item = &Release> {
        self.releases.iter().filter(move |release| release.version.with_p(0) == version.with_p(0))
    }

    /// Known release line that the constraint seems to mean, such as `2.0.*`; none if no release of it matches.
    #[must_use]
    pub fn line_of(&self, constraint: &Constraint) -> Option<(u32, u32)> {
        let first = constraint.first()?;
        let line = |version: MagentoVersion| (version.major, version.minor);
        self.releases.iter().map(|release| line(release.version)).find(|&known| known == line(first))
    }
}
