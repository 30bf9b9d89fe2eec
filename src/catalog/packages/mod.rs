//! Composer packages of Magento's modules.

mod lookup;
mod package;
mod wildcards;

pub(crate) use self::wildcards::wildcards;
pub use self::{lookup::ShippedPackage, package::ModulePackage};
