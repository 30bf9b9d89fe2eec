//! Where a module lies in a shop.

use crate::{model::Module, names::ModuleName};

/// Where a module lies in a shop.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Layout {
    /// `app/code/Vendor/Module`: Magento looks there by itself (FACTS §6).
    #[default]
    AppCode,
    /// `vendor/` and the package: Magento sees it once Composer does.
    Vendor,
}

impl Layout {
    /// The module's folder, from the root.
    #[must_use]
    pub fn folder(self, module: &Module) -> String {
        match self {
            Self::AppCode => app_code(&module.name),
            Self::Vendor => format!("vendor/{}", module.package),
        }
    }
}

/// Exactly this deep.
fn app_code(name: &ModuleName) -> String {
    format!("app/code/{}", name.as_str().replace('_', "/"))
}

/// The commands that make Composer, and so Magento, see a module where it is: a path repository.
#[must_use]
pub fn composer_commands(module: &Module) -> [String; 2] {
    let package = &module.package;
    let repository = package.as_str().replace('/', "-");
    [
        format!("composer config repositories.{repository} path vendor/{package}"),
        format!("composer require \"{package}:*@dev\""),
    ]
}
