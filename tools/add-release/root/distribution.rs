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
const MAGE_OS: &str = "mage-os/product-community-edition";
const MAGE_OS_MINIMAL: &str = "mage-os/product-minimal-edition";

/// Distribution of Magento that a root has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Distribution {
    /// Installed with Composer.
    OpenSource,
    /// Installed with Composer: the version of its product.
    MageOs {
        /// Version of the product.
        version: String,
        /// `magento/framework` that it replaces.
        framework: String,
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
        if packages.get(MAGE_OS_MINIMAL).is_some() && packages.get(MAGE_OS).is_none() {
            return Err(Failure::new(format!(
                "{root} has {MAGE_OS_MINIMAL}, which lacks modules that the release ships; name a root with {MAGE_OS}"
            )));
        }
        if let Some(product) = packages.get(MAGE_OS) {
            let framework = packages.get("mage-os/framework").and_then(|it| it.replaces("magento/framework"));
            return match framework {
                Some(framework) => Ok(Self::MageOs {
                    version: product.version.trim_start_matches('v').to_owned(),
                    framework: framework.to_owned(),
                }),
                None => Err(Failure::new(format!(
                    "{root} does not say which packages of Magento it has: mage-os/framework in composer.lock does not \
                     replace magento/framework. Only Mage-OS 1.0.2 is like that; name a root of 1.0.3, which is the same \
                     Magento release"
                ))),
            };
        }
        if root.join("app/code/Magento").is_dir() && root.join("lib/internal/Magento/Framework").is_dir() {
            return Ok(Self::Checkout);
        }
        Err(Failure::new(format!(
            "cannot tell which modules in {root} Magento ships: neither composer.lock nor \
             vendor/composer/installed.json has {OPEN_SOURCE} or {}, and it is not a checkout of the repository with \
             app/code/Magento and lib/internal. Name a root as `composer create-project` or `git clone` makes it",
            MAGE_OS
        )))
    }

    /// Packages that the release ships.
    ///
    /// # Errors
    /// Fails if the product requires packages of Magento that are not installed.
    pub(super) fn bundled(
        &self,
        packages: &Packages,
        root: &Utf8Path,
        project: &Value,
    ) -> Result<BTreeSet<String>, Failure> {
        let required = match self {
            Self::OpenSource => packages.required_by([OPEN_SOURCE]),
            Self::MageOs { .. } => packages.required_by([MAGE_OS]),
            Self::Checkout => {
                let mut required = packages.required_by(project.get("require").into_iter().flat_map(keys));
                let own = project.get("replace").into_iter().flat_map(keys);
                required.packages.extend(own.map(str::to_owned));
                return Ok(required.packages);
            }
        };
        let is_of_magento = |name: &&String| name.starts_with("magento/") || name.starts_with("mage-os/");
        if let Some(name) = required.missing.iter().find(is_of_magento) {
            return Err(Failure::new(format!(
                "{root} is not complete: its product requires {name}, which composer.lock lacks. If composer.json \
                 replaces packages, name a root that does not"
            )));
        }
        let mut bundled = required.packages;
        bundled.extend(packages.get(UPDATE_PLUGIN).map(|_| UPDATE_PLUGIN.to_owned()));
        Ok(bundled)
    }
}
