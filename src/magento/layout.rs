//! Location of a module in a shop.

use crate::names::{ModuleName, PackageName};

/// Location of a module in a shop.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum InstallLayout {
    /// `app/code/Vendor/Module`, which Magento searches by default (docs/magento/files-and-schemas.md#registration-places).
    #[default]
    AppCode,
    /// `vendor/` and the package name; Composer must register it.
    Vendor,
}

impl InstallLayout {
    /// Folder of the module, from the root.
    #[must_use]
    pub fn folder(self, module: &ModuleName, package: &PackageName) -> String {
        match self {
            Self::AppCode => format!("app/code/{}/{}", module.vendor(), module.module()),
            Self::Vendor => format!("vendor/{package}"),
        }
    }
}

/// Commands that register a package with Composer as a path repository.
#[must_use]
pub fn composer_commands(package: &PackageName) -> [String; 2] {
    let repository = package.as_str().replace('/', "-");
    [
        format!("composer config repositories.{repository} path vendor/{package}"),
        format!("composer require \"{package}:*@dev\""),
    ]
}
