//! Distributions of Magento: Open Source, Mage-OS, and a checkout of either's repository.

use std::collections::BTreeSet;

use camino::Utf8Path;
use magespec::diag::Failure;
use serde_json::Value;

use super::packages::{Packages, keys};

const OPEN_SOURCE: &str = "magento/product-community-edition";
/// Package that the project of each release requires beside its product; a module up to 2.4.3.
const UPDATE_PLUGIN: &str = "magento/composer-root-update-plugin";
const COMMERCE: &str = "magento/product-enterprise-edition";
const MAGE_OS: [&str; 2] = ["mage-os/product-community-edition", "mage-os/product-minimal-edition"];

/// Distribution of Magento that a root has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Distribution {
    /// Installed with Composer.
    OpenSource,
    /// Installed with Composer: the version of its product.
    MageOs {
        /// Its product.
        product: &'static str,
        /// Version of the product.
        version: String,
        /// `magento/framework` that it replaces.
        framework: Option<String>,
    },
    /// Checkout of the repository, with the packages that its composer.json requires.
    Checkout,
}

impl Distribution {
    pub(super) fn of(root: &Utf8Path, packages: &Packages) -> Result<Self, Failure> {
        if packages.get(COMMERCE).is_some() {
            return Err(Failure::new(format!(
                "{root} is an Adobe Commerce root: composer.lock has {COMMERCE}. The tables hold what every Magento \
                 Open Source of a release has; name a root with {OPEN_SOURCE} alone"
            )));
        }
        if packages.get(OPEN_SOURCE).is_some() {
            return Ok(Self::OpenSource);
        }
        for product in MAGE_OS {
            if let Some(package) = packages.get(product) {
                let framework = packages.get("mage-os/framework");
                return Ok(Self::MageOs {
                    product,
                    version: package.version.trim_start_matches('v').to_owned(),
                    framework: framework.and_then(|it| it.replaces("magento/framework")).map(str::to_owned),
                });
            }
        }
        if root.join("app/code/Magento").is_dir() && root.join("lib/internal/Magento/Framework").is_dir() {
            return Ok(Self::Checkout);
        }
        Err(Failure::new(format!(
            "cannot tell which modules in {root} Magento ships: neither composer.lock nor \
             vendor/composer/installed.json has {OPEN_SOURCE} or {}, and it is not a checkout of the repository with \
             app/code/Magento and lib/internal. Name a root as `composer create-project` or `git clone` makes it",
            MAGE_OS[0]
        )))
    }

    /// Packages that the release ships.
    pub(super) fn bundled(&self, packages: &Packages, root: &Value) -> BTreeSet<String> {
        match self {
            Self::OpenSource => packages.required_by([OPEN_SOURCE, UPDATE_PLUGIN]),
            Self::MageOs { product, .. } => packages.required_by([*product]),
            Self::Checkout => {
                let required = root.get("require").into_iter().flat_map(keys);
                let own = root.get("replace").into_iter().flat_map(keys);
                packages.required_by(required).into_iter().chain(own.map(str::to_owned)).collect()
            }
        }
    }
}
