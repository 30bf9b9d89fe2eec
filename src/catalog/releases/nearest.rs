//! Releases in place of those that the catalog lacks.

use super::Release;
use crate::{catalog::Catalog, names::MagentoVersion};

impl Catalog {
    /// The release or, if the catalog lacks it, the one used instead: the last before it with the same numbers, or else
    /// of its line, or else the next there; for a new line the newest release. None for one before the first.
    #[must_use]
    pub fn nearest(&self, version: MagentoVersion) -> Option<&Release> {
        let line = |it: MagentoVersion| (it.major, it.minor);
        let same_numbers = self.near(version, |it| it.with_p(0) == version.with_p(0));
        let of_line = || self.near(version, |it| line(it) == line(version));
        let newest = || self.releases.iter().rev().find(|release| release.version < version);
        same_numbers.or_else(of_line).or_else(newest)
    }

    /// The release used instead of one that the catalog lacks; none for a known one, or one before the first.
    #[must_use]
    pub fn stand_in(&self, version: MagentoVersion) -> Option<&Release> {
        self.nearest(version).filter(|nearest| nearest.version != version)
    }

    /// Last release up to a version among some, or else the first of them.
    fn near(&self, version: MagentoVersion, is_of: impl Fn(MagentoVersion) -> bool) -> Option<&Release> {
        let mut releases = self.releases.iter().filter(|release| is_of(release.version)).peekable();
        let first = releases.peek().copied();
        releases.take_while(|release| release.version <= version).last().or(first)
    }
}

#[cfg(test)]
mod tests {
    use crate::catalog::Catalog;

    #[test]
    fn a_release_that_is_lacking_is_the_nearest_of_its_line() {
        for (version, nearest) in [
            ("2.4.7-p3", "2.4.7-p3"),
            ("2.4.7-p11", "2.4.7-p10"),
            ("2.4.10-p1", "2.4.9"),
            ("2.5.0", "2.4.9"),
            ("3.0.0", "2.4.9"),
            ("2.3.5", "2.3.5-p1"),
            ("2.2.12", "2.2.11"),
            ("2.1.19", "2.1.18"),
            ("2.0.18", "2.0.0"),
        ] {
            let found = Catalog::bundled().nearest(version.parse().unwrap()).unwrap();
            assert_eq!(found.version.to_string(), nearest, "{version}");
        }
        assert!(Catalog::bundled().nearest("1.9.4".parse().unwrap()).is_none());
    }
}
