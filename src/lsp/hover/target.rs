//! Releases that a constraint selects, and versions of packages.

use super::facts::Facts;
use crate::{
    catalog::{Constraint, ReleaseSet},
    diag::plural,
    names::MagentoVersion,
};

impl Facts<'_> {
    /// Describes what a constraint on Magento selects.
    pub(super) fn constraint(&self, written: &str) -> Option<String> {
        let constraint: Constraint = written.parse().ok()?;
        let Some(target) = self.catalog.resolve(&constraint) else {
            return Some(format!("`{written}` selects no release that is known."));
        };
        let count = plural(target.releases.iter().count(), "release");
        let php = &self.catalog.php(&target).constraint;
        let unverified = self.catalog.unverified_in_words(target.releases);
        let unverified = unverified.map_or_else(String::new, |text| format!("\n- {text}"));
        Some(format!(
            "Selects {count}: {}\n\n- PHP: `{php}`\n- `magento/framework`: `{}`{unverified}",
            self.catalog.describe(target.releases),
            self.catalog.framework(&target)
        ))
    }

    /// Says which versions of PHP the releases of the target run on.
    pub(super) fn php(&self) -> Option<String> {
        let php = self.catalog.php(&self.resolved.as_ref()?.target).constraint;
        Some(format!("The releases of the target run on PHP `{php}`."))
    }

    /// Describes what a requirement on a package selects.
    pub(super) fn package(&self, package: &str, written: &str) -> Option<String> {
        let constraint: Constraint = written.parse().ok()?;
        let shipped = self.catalog.shipped(package);
        let there = |version: &str| version.parse::<MagentoVersion>().is_ok_and(|it| constraint.allows(it));
        let in_target = shipped.iter().map(|(version, releases)| (version, *releases & self.releases));
        let mut fitting: Vec<_> =
            in_target.filter(|(version, releases)| there(version) && !releases.is_empty()).collect();
        // The newest first.
        fitting.sort_by_key(|(_, releases)| std::cmp::Reverse(releases.last()));
        let line = |(version, releases): (&String, ReleaseSet)| {
            format!("- {version} in {}", self.catalog.describe(releases))
        };
        let lines: Vec<String> = fitting.into_iter().map(line).collect();
        let releases = self.catalog.shipping(package, &constraint)?;
        Some(format!("`{package}` {written}, {}:\n\n{}", self.there(releases), super::facts::first(&lines)))
    }

    /// Describes a module.
    pub(super) fn module(&self, written: &str) -> Option<String> {
        let mut modules = self.catalog.shipped_modules();
        let (module, package, releases) = modules.find(|(module, ..)| *module == written)?;
        Some(format!("`{module}`, package `{package}`, {}.", self.there(releases)))
    }
}
