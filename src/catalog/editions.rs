//! The bundled releases of each edition.

use std::sync::LazyLock;

use super::{Catalog, MageOsRelease, ReleaseSet, releases::mage_os};
use crate::names::Edition;

impl Catalog {
    /// The same releases of an edition. A catalog of shops stays as it is: it has what the shops have.
    #[must_use]
    pub fn of_edition(&self, edition: Edition) -> &Self {
        static COMMERCE: LazyLock<Catalog> = LazyLock::new(|| Catalog::bundled_as(Edition::Commerce));
        static MAGE_OS: LazyLock<Catalog> = LazyLock::new(|| Catalog::bundled_as(Edition::MageOs));
        match edition {
            Edition::Commerce if !self.is_of_shops() => &COMMERCE,
            Edition::MageOs if !self.is_of_shops() => &MAGE_OS,
            _ => self,
        }
    }

    /// Releases of Mage-OS based on these releases, `Mage-OS 1.1.0..2.3.0`, if this is its catalog.
    #[must_use]
    pub fn in_mage_os(&self, set: ReleaseSet) -> Option<String> {
        if self.edition != Edition::MageOs {
            return None;
        }
        let is_in = |release: &MageOsRelease| self.has_mage_os(set, release);
        let runs = mage_os().chunk_by(|a, b| is_in(a) == is_in(b));
        let runs = runs.filter(|run| run.first().is_some_and(is_in));
        let runs: Vec<String> = runs
            .map(|run| match run {
                [only] => only.version.to_string(),
                run => format!("{}..{}", run[0].version, run[run.len() - 1].version),
            })
            .collect();
        (!runs.is_empty()).then(|| format!("Mage-OS {}", runs.join(", ")))
    }
}
