//! Composer packages of Magento's modules.

mod lookup;
mod package;
mod wildcards;

pub use self::package::ModulePackage;
pub(crate) use self::wildcards::wildcards;
