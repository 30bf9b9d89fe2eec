//! Contents of Adobe Commerce that are public, beside those of Magento Open Source
//! (docs/magento/releases-and-editions.md#commerce).

mod roles;
mod routes;

use std::sync::LazyLock;

pub use self::routes::CommerceRoute;
use super::Catalog;

impl Catalog {
    /// The bundled releases with the public routes of Adobe Commerce.
    #[must_use]
    pub fn commerce() -> &'static Self {
        static COMMERCE: LazyLock<Catalog> = LazyLock::new(|| {
            let open_source = Catalog::bundled();
            let routes = open_source.routes().joined_with(routes::all().iter().map(CommerceRoute::row));
            Catalog { routes: routes.into(), ..open_source.clone() }
        });
        &COMMERCE
    }
}
