//! Where a module lies in a shop.

use crate::names::{ModuleName, PackageName};

/// Where a module lies in a shop.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum InstallLayout {
    /// `app/code/Vendor/Module`: Magento looks there by itself (docs/magento/files-and-schemas.md#registration-places).
    #[default]
    AppCode,
    /// `vendor/` and the package: Magento sees it once Composer does.
    Vendor,
}

impl InstallLayout {
    /// The module's folder, from the root.
    #[must_use]
    pub fn folder(self, module: &ModuleName, package: &PackageName) -> String {
        match self {
            Self::AppCode => format!("app/code/{}/{}", module.vendor(), module.module()),
            Self::Vendor => format!("vendor/{package}"),
        }
    }
}

/// The commands that make Composer, and so Magento, see a package where it is: a path repository.
#[must_use]
pub fn composer_commands(package: &PackageName) -> [String; 2] {
    let repository = package.as_str().replace('/', "-");
    [
        format!("composer config repositories.{repository} path vendor/{package}"),
        format!("composer require \"{package}:*@dev\""),
    ]
}
