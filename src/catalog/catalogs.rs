//! The catalogs that a spec is compiled with.

use super::Catalog;
use crate::names::Edition;

/// Catalogs that a spec is compiled with. What is built depends on `releases` and `named` alone.
#[derive(Debug, Clone, Copy)]
pub struct Catalogs<'a> {
    /// Releases of Magento.
    pub releases: &'a Catalog,
    /// Shops that the spec names: its resources and calls are looked up there instead.
    pub named: Option<&'a Catalog>,
    /// Shop that the result is checked against.
    pub shop: Option<&'a Catalog>,
}

impl<'a> Catalogs<'a> {
    /// The same catalogs for a spec of this edition.
    #[must_use]
    pub fn of_edition(self, edition: Edition) -> Self {
        Self { releases: self.releases.of_edition(edition), ..self }
    }

    /// Catalog in which the spec's resources and calls are looked up.
    #[must_use]
    pub fn of_spec(self) -> &'a Catalog {
        self.named.unwrap_or(self.releases)
    }

    /// Catalog of the releases or shops that a command is about: those of the spec, or the shop to check against.
    #[must_use]
    pub fn in_question(self) -> &'a Catalog {
        self.shop.unwrap_or(self.of_spec())
    }
}

impl<'a> From<&'a Catalog> for Catalogs<'a> {
    fn from(releases: &'a Catalog) -> Self {
        Self { releases, named: None, shop: None }
    }
}
