//! PHP versions of a target.

use std::collections::BTreeMap;

use super::{Release, ReleaseSet, Target};
use crate::{
    catalog::{Catalog, Constraint},
    names::MagentoVersion,
};

/// PHP versions that all releases of a target support together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhpRange {
    /// Composer constraint, such as `~8.1.0||~8.2.0`.
    pub constraint: String,
    /// Lowest version, major and minor.
    pub floor: (u32, u32),
}

/// Versions that a release allows within one `major.minor`.
#[derive(Default)]
struct PhpLine {
    /// `~x.y.z` with the lowest z.
    from: Option<u32>,
    /// Single versions.
    exactly: Vec<u32>,
}

impl PhpRange {
    fn of<'a>(releases: impl Iterator<Item = &'a Release>) -> Self {
        let mut lines: BTreeMap<(u32, u32), PhpLine> = BTreeMap::new();
        let mut before = None;
        for release in releases {
            // Releases in a row mostly support the same versions.
            let supported = (release.php, is_for_upgrades_only(release.version, (7, 4)));
            if before.replace(supported) == Some(supported) {
                continue;
            }
            for atom in release.php.split('|').filter(|atom| !atom.is_empty()) {
                let Some((is_range, major, minor, patch)) = parse(atom) else { continue };
                if is_for_upgrades_only(release.version, (major, minor)) {
                    continue;
                }
                let line = lines.entry((major, minor)).or_default();
                if is_range {
                    line.from = Some(line.from.map_or(patch, |from| from.min(patch)));
                } else {
                    line.exactly.push(patch);
                }
            }
        }
        let floor = lines.keys().next().copied().unwrap_or_default();
        let atoms = lines.iter().flat_map(|(&(major, minor), line)| {
            let mut exactly = line.exactly.clone();
            exactly.retain(|&patch| line.from.is_none_or(|from| patch < from));
            exactly.sort_unstable();
            exactly.dedup();
            let exactly = exactly.into_iter().map(move |patch| format!("{major}.{minor}.{patch}"));
            exactly.chain(line.from.map(|from| format!("~{major}.{minor}.{from}")))
        });
        Self { constraint: atoms.collect::<Vec<_>>().join("||"), floor }
    }
}

impl Catalog {
    /// Releases that run on a PHP version that the constraint allows.
    #[must_use]
    pub fn running_on(&self, constraint: &Constraint) -> ReleaseSet {
        let running = self.releases.iter().filter(|release| runs_on(release, constraint));
        running.map(|release| release.id).collect()
    }

    /// Returns true if a PHP constraint allows every version that the target's releases run on.
    #[must_use]
    pub fn allows_php_of(&self, constraint: &Constraint, target: &Target) -> bool {
        covers(&self.php(target).constraint, constraint)
    }

    /// PHP versions that the target's releases run on.
    #[must_use]
    pub fn php(&self, target: &Target) -> PhpRange {
        PhpRange::of(target.releases.iter().map(|id| self.release(id)))
    }
}

/// Returns true if a constraint allows everything that another one, built here, does.
fn covers(php: &str, constraint: &Constraint) -> bool {
    let mut atoms = php.split('|').filter_map(parse);
    atoms.all(|(is_range, major, minor, patch)| {
        (patch..=last(is_range, patch))
            .all(|patch| constraint.allows(MagentoVersion::new(major, minor, patch)))
    })
}

/// Last patch that an atom covers: no PHP line has reached so many.
fn last(is_range: bool, patch: u32) -> u32 {
    if is_range { patch + 99 } else { patch }
}

/// Returns true if the release runs on a PHP version that the constraint allows.
fn runs_on(release: &Release, constraint: &Constraint) -> bool {
    let atoms = release.php.split('|').filter_map(parse);
    let mut atoms =
        atoms.filter(|&(_, major, minor, _)| !is_for_upgrades_only(release.version, (major, minor)));
    atoms.any(|(is_range, major, minor, patch)| {
        (patch..=last(is_range, patch))
            .any(|patch| constraint.allows(MagentoVersion::new(major, minor, patch)))
    })
}

/// Returns true for PHP 7.4 in 2.4.4 and 2.4.5, which allow installation so that an upgrade can start but run on 8.1.
fn is_for_upgrades_only(release: MagentoVersion, php: (u32, u32)) -> bool {
    release >= MagentoVersion::new(2, 4, 4) && php == (7, 4)
}

/// Parses `~8.1.0` or `7.0.2` to the numbers, and true for a range.
fn parse(atom: &str) -> Option<(bool, u32, u32, u32)> {
    let (is_range, numbers) = match atom.strip_prefix('~') {
        Some(numbers) => (true, numbers),
        None => (false, atom),
    };
    let mut numbers = numbers.split('.').map(|number| number.parse().ok());
    Some((is_range, numbers.next()??, numbers.next()??, numbers.next()??))
}

#[cfg(test)]
mod tests {
    use crate::catalog::Catalog;

    #[test]
    fn ranges_are_united() {
        let catalog = Catalog::bundled();
        for (target, constraint, floor) in [
            (">=2.4.4 <2.4.9", "~8.1.0||~8.2.0||~8.3.0||~8.4.0", (8, 1)),
            ("2.0.*", "~5.5.0||~5.6.0||~7.0.0", (5, 5)),
            ("2.1.0", "~5.6.0||7.0.2||~7.0.6", (5, 6)),
            ("2.1.* || 2.2.*", "~5.6.0||7.0.2||7.0.4||~7.0.6||~7.1.0||~7.2.0", (5, 6)),
            ("~2.3.5 <2.4.4", "~7.1.3||~7.2.0||~7.3.0||~7.4.0", (7, 1)),
        ] {
            let php = catalog.php(&catalog.resolve(&target.parse().unwrap()).unwrap());
            assert_eq!((php.constraint.as_str(), php.floor), (constraint, floor), "{target}");
        }
    }
}
