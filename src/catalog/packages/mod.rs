//! Composer packages of Magento's modules.

mod lookup;
mod package;
mod wildcards;

pub use self::package::ModulePackage;
pub(super) use self::wildcards::wildcards;
