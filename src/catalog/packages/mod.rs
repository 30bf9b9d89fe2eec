//! Composer packages of Magento's modules.

mod package;

pub use self::package::Package;
pub(super) use self::package::wildcards;
