//! Guess of the Magento releases that a module supports, from its files.

use crate::{
    catalog::{Catalog, Constraint, Release, ReleaseSet, behaviour},
    emit,
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

/// First release after them: guesses end before it unless the module rules all others out.
const CURRENT_END: MagentoVersion = MagentoVersion::new(2, 4, 9);

/// Takes the target that a generated README.md names. Otherwise guesses from composer.json and module.xml, limited to the
/// current releases if they are included.
pub(super) fn guess(
    files: &ModuleFiles,
    declared: &DeclaredXml,
    readme: Option<&str>,
    catalog: &Catalog,
) -> TargetGuess {
    let mut guess = Guess {
        catalog,
        allowed: all(catalog),
        reasons: Vec::new(),
        unlimited: Vec::new(),
        is_declared: false,
    };
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
    if files.tables.contains_key("etc/csp_whitelist.xml") {
        // docs/magento/files-and-schemas.md#csp-whitelist
        let first = MagentoVersion::new(2, 3, 5).with_p(1);
        guess.narrow("etc/csp_whitelist.xml", |version| version >= first);
    }
    readme.and_then(|readme| guess.built_for(readme)).unwrap_or_else(|| guess.finish())
}

fn all(catalog: &Catalog) -> ReleaseSet {
    let newest = catalog.newest_checked().id;
    catalog.releases().iter().map(|release| release.id).filter(|&id| id <= newest).collect()
}

struct Guess<'a> {
    catalog: &'a Catalog,
    allowed: ReleaseSet,
    /// Reasons for the releases that are not allowed.
    reasons: Vec<String>,
    /// Constraints on PHP and Magento that allow every release.
    unlimited: Vec<String>,
    /// True if composer.json has a constraint on PHP or Magento.
    is_declared: bool,
}

impl Guess<'_> {
    fn narrow_by(&mut self, package: &str, constraint: &str) {
        let Ok(parsed) = constraint.parse::<Constraint>() else { return };
        if constraint.trim() == "*" {
            return;
        }
        let with = match package {
            "php" => Some(self.catalog.running_on(&parsed)),
            _ => self.catalog.shipping(package, &parsed),
        };
        if let Some(with) = with {
            self.is_declared |= !with.is_empty();
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
        if both == self.allowed {
            self.unlimited.push(reason);
        } else if !both.is_empty() {
            self.allowed = both;
            self.reasons.push(reason);
        }
    }

    /// Target in a generated README.md, unless other files exclude one of its releases.
    fn built_for(&self, readme: &str) -> Option<TargetGuess> {
        let constraint = emit::target_in_readme(readme)?;
        let target = self.catalog.resolve(&constraint.parse().ok()?)?;
        let is_allowed = (target.releases - self.allowed).is_empty();
        is_allowed.then(|| TargetGuess {
            constraint: constraint.to_owned(),
            why: Some("from README.md, which magespec generated".to_owned()),
        })
    }

    fn finish(self) -> TargetGuess {
        let reasons = if self.reasons.is_empty() { &self.unlimited } else { &self.reasons };
        if !self.is_declared {
            let current =
                CURRENT.parse::<Constraint>().ok().and_then(|current| self.catalog.resolve(&current));
            let current = current.map(|target| target.releases).unwrap_or_default();
            if (self.allowed & current) == current {
                let why = "guessed: the current releases, as composer.json limits neither PHP nor Magento";
                return TargetGuess { constraint: CURRENT.to_owned(), why: Some(why.to_owned()) };
            }
        }
        // 2.0 reads other files, so a target does not combine it with others
        // (docs/magento/files-and-schemas.md#legacy-pair).
        let modern = self.catalog.those(self.allowed, |version| !behaviour::is_legacy(version));
        let known = self.catalog.those(modern, |version| version < CURRENT_END);
        let allowed =
            [known, modern, self.allowed].into_iter().find(|set| !set.is_empty()).unwrap_or_default();
        TargetGuess {
            constraint: self.range(allowed),
            why: Some(format!("guessed from {}", reasons.join(", "))),
        }
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
