//! Composer packages of Magento's modules.

mod package;

pub use self::package::ModulePackage;
pub(super) use self::package::wildcards;
