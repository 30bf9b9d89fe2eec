//! Releases that a constraint selects, and versions of packages.

use super::facts::Facts;
use crate::{catalog::Constraint, diag::plural, names::MagentoVersion};

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

    /// Describes what a requirement on a package selects.
    pub(super) fn package(&self, package: &str, written: &str) -> Option<String> {
        let constraint: Constraint = written.parse().ok()?;
        let shipped = self.catalog.shipped(package);
        let there = |version: &str| version.parse::<MagentoVersion>().is_ok_and(|it| constraint.allows(it));
        let lines: Vec<String> = shipped
            .iter()
            .filter(|(version, releases)| there(version) && !(*releases & self.releases).is_empty())
            .map(|(version, releases)| {
                format!("- {version} in {}", self.catalog.describe(*releases & self.releases))
            })
            .collect();
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
