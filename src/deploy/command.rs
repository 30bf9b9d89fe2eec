//! Commands of `bin/magento`.

use std::{collections::BTreeSet, fmt};

use super::Needs;
use crate::names::{MagentoVersion, ModuleName};

/// `bin/magento` command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShopCommand {
    /// Enables maintenance mode.
    Close,
    /// Enables the module and clears generated classes.
    Enable(ModuleName),
    /// Disables the module and clears generated classes.
    Disable(ModuleName),
    /// Applies the files to the database.
    Upgrade {
        /// True to keep generated code and static files.
        keeps_generated: bool,
    },
    /// Generates code for production.
    Compile,
    /// Deploys the static files for production.
    Deploy,
    /// Flushes caches.
    Flush {
        /// Cache types; empty for all.
        types: BTreeSet<&'static str>,
    },
    /// Disables maintenance mode.
    Open,
}

impl ShopCommand {
    /// Command name and arguments.
    #[must_use]
    pub fn arguments(&self) -> Vec<&str> {
        match self {
            Self::Close => vec!["maintenance:enable"],
            Self::Enable(module) => vec!["module:enable", module.as_str()],
            Self::Disable(module) => vec!["module:disable", module.as_str()],
            Self::Upgrade { keeps_generated: false } => vec!["setup:upgrade"],
            Self::Upgrade { keeps_generated: true } => vec!["setup:upgrade", "--keep-generated"],
            Self::Compile => vec!["setup:di:compile"],
            Self::Deploy => vec!["setup:static-content:deploy"],
            Self::Flush { types } => ["cache:flush"].into_iter().chain(types.iter().copied()).collect(),
            Self::Open => vec!["maintenance:disable"],
        }
    }

    /// Command line to type after `bin/magento`.
    #[must_use]
    pub fn line(&self) -> String {
        self.arguments().join(" ")
    }

    /// Folders that the command clears in this release, from the root (docs/magento/deploying.md#cleanup and
    /// docs/magento/deploying.md#module-enable-empties).
    #[must_use]
    pub fn empties(&self, version: MagentoVersion) -> &'static [&'static str] {
        let is_old = (version.major, version.minor) < (2, 2);
        match self {
            Self::Upgrade { keeps_generated: false } => match (version.major, version.minor) {
                (2, 0) => &["var/generation", "var/di"],
                (2, 1) => &["var/generation", "var/di", "pub/static", "var/view_preprocessed"],
                _ => &["generated/code", "generated/metadata", "pub/static", "var/view_preprocessed"],
            },
            Self::Enable(_) | Self::Disable(_) if is_old => &["var/generation", "var/di"],
            Self::Enable(_) | Self::Disable(_) => &["generated/code", "generated/metadata"],
            Self::Flush { types } if types.is_empty() || types.contains("full_page") => {
                &["var/cache", "var/page_cache"]
            }
            Self::Flush { .. } => &["var/cache"],
            _ => &[],
        }
    }

    /// Remark on the folders that it clears, to follow the command.
    #[must_use]
    pub fn clears(&self, version: MagentoVersion) -> String {
        let empties = self.empties(version);
        if empties.is_empty() { String::new() } else { format!("  clears {}", empties.join(", ")) }
    }

    /// Reason for the command; `needs` are those of the changed files.
    #[must_use]
    pub fn why(&self, needs: &Needs) -> &'static str {
        match self {
            Self::Close => "closes the shop to customers while these commands run",
            Self::Enable(_) => "enables the module and clears generated classes",
            Self::Disable(_) => "disables the module and clears generated classes",
            Self::Upgrade { .. } | Self::Compile | Self::Flush { .. } if needs.is_magento_new() => {
                "Magento itself changed"
            }
            Self::Upgrade { .. } if !needs.upgrade.is_empty() => "applies it to the database",
            Self::Upgrade { .. } if needs.compiles() => "clears code that was generated from old classes",
            Self::Upgrade { .. } => "brings the database up to date with the module's files",
            Self::Compile => "production mode does not generate code on demand",
            Self::Deploy => "setup:upgrade clears pub/static",
            Self::Flush { .. } => "clears outdated cache entries",
            Self::Open => "reopens the shop",
        }
    }

    /// Changed files that need the command.
    #[must_use]
    pub fn files<'a>(&self, needs: &'a Needs) -> &'a [String] {
        match self {
            Self::Upgrade { .. } if needs.upgrade.is_empty() => &needs.compile,
            Self::Upgrade { .. } => &needs.upgrade,
            Self::Compile => &needs.compile,
            Self::Flush { .. } => &needs.flush,
            _ => &[],
        }
    }
}

impl fmt::Display for ShopCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "bin/magento {}", self.line())
    }
}
