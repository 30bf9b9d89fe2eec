//! A spec, looked up in each of its catalogs.

use super::{Resolved, Selection, Unresolved, resolve};
use crate::{
    catalog::{Catalogs, Target},
    spec::Loaded,
};

/// Spec, looked up in each of its catalogs. All views request the same resources: those of `spec`.
#[derive(Debug)]
pub struct Views {
    /// View in the shops that the spec names, or in the releases of its target.
    pub spec: Result<Resolved, Unresolved>,
    /// View in the releases of the target, if the spec names shops.
    pub releases: Option<Result<Resolved, Unresolved>>,
    /// View in the shop to check against.
    pub shop: Option<ShopView>,
}

/// Spec, looked up in the shop to check against.
#[derive(Debug)]
pub struct ShopView {
    /// Requests of the spec, looked up in the shop.
    pub resolved: Resolved,
    /// Selections that the same spec would have if it named this shop.
    pub selections: Vec<Selection>,
}

impl Views {
    /// Looks a spec up in its catalogs.
    #[must_use]
    pub fn of(loaded: &Loaded, catalogs: Catalogs<'_>) -> Self {
        let mut views = Self {
            spec: resolve(loaded, catalogs.of_spec()),
            releases: catalogs.named.map(|_| resolve(loaded, catalogs.releases)),
            shop: None,
        };
        let Ok(spec) = &mut views.spec else { return views };
        if let Some(Ok(releases)) = &mut views.releases {
            spec.is_legacy = releases.is_legacy;
            releases.request(spec);
        }
        if let Some(mut resolved) = catalogs.shop.and_then(|shop| resolve(loaded, shop).ok()) {
            resolved.is_legacy = spec.is_legacy;
            let selections = resolved.request(spec);
            views.shop = Some(ShopView { resolved, selections });
        }
        views
    }

    /// Releases that the generated files support.
    #[must_use]
    pub fn target(&self) -> Option<&Target> {
        let resolved = self.releases.as_ref().unwrap_or(&self.spec).as_ref();
        resolved.ok().map(|resolved| &resolved.target)
    }

    /// View in the releases or shops that a command is about ([`Catalogs::in_question`]).
    #[must_use]
    pub fn in_question(self) -> Option<Resolved> {
        self.shop.map(|shop| shop.resolved).or(self.spec.ok())
    }
}

impl Resolved {
    /// Requests the resources of another view instead. Returns the former selections.
    fn request(&mut self, other: &Self) -> Vec<Selection> {
        let selections = self.selections.iter().zip(&other.selections);
        let selections = selections.map(|(own, other)| own.requesting(other)).collect();
        std::mem::replace(&mut self.selections, selections)
    }
}
