//! Contents of Adobe Commerce that are public, beside those of Magento Open Source
//! (docs/magento/releases-and-editions.md#commerce).

mod roles;
mod routes;

pub use self::routes::CommerceRoute;
pub(super) use self::routes::commerce_routes;
