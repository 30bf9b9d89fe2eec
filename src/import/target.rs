//! Guess of the Magento releases that a module supports, from its files.

use crate::{
    catalog::{Catalog, Constraint, Release, ReleaseSet, behaviour},
    module::{DeclaredXml, ModuleFiles},
    names::MagentoVersion,
};

/// Guessed target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TargetGuess {
    /// Composer constraint.
    pub(super) constraint: String,
    /// Source of the guess; none if the target was given.
    pub(super) why: Option<String>,
}

/// Releases that Adobe still supports, for modules that rule none of them out.
const CURRENT: &str = ">=2.4.4 <2.4.9";

/// Guesses from composer.json and module.xml, limited to the current releases if they are included.
pub(super) fn guess(files: &ModuleFiles, declared: &DeclaredXml, catalog: &Catalog) -> TargetGuess {
    let mut guess = Guess { catalog, allowed: all(catalog), reasons: Vec::new() };
    if let Some(composer) = &files.composer {
        let require = composer.value.pointer("/require").and_then(|require| require.as_object());
        for (package, constraint) in require.into_iter().flatten() {
            guess.narrow_by(package, constraint.as_str().unwrap_or_default());
        }
    }
    let is_2_3 = |version: &MagentoVersion| (version.major, version.minor) >= (2, 3);
    if declared.name.is_some() && declared.setup_version.is_none() {
        guess.narrow("the missing setup_version in module.xml", |version| is_2_3(&version));
    }
    if files.processings.iter().any(|(path, _)| path.starts_with("Setup/Patch")) {
        guess.narrow("the use of data patches", |version| is_2_3(&version));
    }
    guess.finish()
}

fn all(catalog: &Catalog) -> ReleaseSet {
    let newest = catalog.newest_checked().id;
    catalog.releases().iter().map(|release| release.id).filter(|&id| id <= newest).collect()
}

struct Guess<'a> {
    catalog: &'a Catalog,
    allowed: ReleaseSet,
    reasons: Vec<String>,
}

impl Guess<'_> {
    fn narrow_by(&mut self, package: &str, constraint: &str) {
        let Ok(parsed) = constraint.parse::<Constraint>() else { return };
        let with = match package {
            "php" => Some(self.catalog.running_on(&parsed)),
            _ => self.catalog.shipping(package, &parsed),
        };
        if let Some(with) = with {
            self.take(with, format!("`{package} {constraint}` in composer.json"));
        }
    }

    fn narrow(&mut self, reason: &str, holds: impl Fn(MagentoVersion) -> bool) {
        let with = self.catalog.those(self.allowed, holds);
        self.take(with, reason.to_owned());
    }

    /// Intersects with the set. A set without overlap must be a mistake and is ignored.
    fn take(&mut self, with: ReleaseSet, reason: String) {
        let both = self.allowed & with;
        if !both.is_empty() && both != self.allowed {
            self.allowed = both;
            self.reasons.push(reason);
        }
    }

    fn finish(self) -> TargetGuess {
        let current: Option<ReleaseSet> = CURRENT
            .parse::<Constraint>()
            .ok()
            .and_then(|current| self.catalog.resolve(&current))
            .map(|target| target.releases);
        let current = current.unwrap_or_default();
        let among = self.allowed & current;
        if among == current {
            let why = match self.reasons.as_slice() {
                [] => "guessed: the current releases, all of which the module allows".to_owned(),
                [reason] => format!("guessed: the current releases that {reason} allows"),
                reasons => format!("guessed: the current releases that {} allow", reasons.join(" and ")),
            };
            return TargetGuess { constraint: CURRENT.to_owned(), why: Some(why) };
        }
        // 2.0 reads other files, so a target does not combine it with others
        // (docs/magento/files-and-schemas.md#legacy-pair).
        let modern = self.catalog.those(self.allowed, |version| !behaviour::is_legacy(version));
        let allowed = [among, modern, self.allowed].into_iter().find(|set| !set.is_empty());
        let constraint = self.range(allowed.unwrap_or(current));
        TargetGuess { constraint, why: Some(format!("guessed from {}", self.reasons.join(", "))) }
    }

    /// Constraint such as `>=2.3.0 <2.4`: from the oldest to the next release after the newest, so that future patches
    /// are included; or up to the newest if that is a patch followed by others.
    fn range(&self, set: ReleaseSet) -> String {
        let version = |id| self.catalog.release(id).version;
        let (Some(first), Some(last)) = (set.first().map(version), set.last().map(version)) else {
            return CURRENT.to_owned();
        };
        let is_next = |release: &&Release| {
            release.version > last
                && (release.version.major, release.version.minor) == (last.major, last.minor)
        };
        match self.catalog.releases().iter().find(is_next) {
            None => format!(">={first} <{}.{}", last.major, last.minor + 1),
            Some(next) if next.version.p == 0 => format!(">={first} <{}", next.version),
            Some(_) => format!(">={first} <={last}"),
        }
    }
}
