//! The commands that bring a module into a shop, in their order.

use std::fmt;

use crate::names::{MagentoVersion, ModuleName};

/// The mode a shop runs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeployMode {
    /// `default` or `developer`: code is generated when it is needed.
    Development,
    /// `production`: nothing is generated, and customers are in the shop.
    Production,
}

impl From<&str> for DeployMode {
    fn from(mode: &str) -> Self {
        if mode == "production" { Self::Production } else { Self::Development }
    }
}

/// What the changed files of a module call for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Needs {
    /// Something that only `setup:upgrade` brings into the database.
    pub upgrade: bool,
    /// PHP or its wiring, which production mode compiles.
    pub compile: bool,
    /// Any file.
    pub flush: bool,
}

/// What a shop is like, and what is to be brought in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation {
    /// The release.
    pub version: MagentoVersion,
    /// Its mode.
    pub mode: DeployMode,
    /// Whether app/etc/config.php has the module enabled.
    pub is_enabled: bool,
    /// Whether the shop is closed already, by somebody else.
    pub is_closed: bool,
    /// What the files call for.
    pub needs: Needs,
}

/// A command of `bin/magento`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShopCommand {
    /// Closes the shop.
    Close,
    /// Enables the module; generated classes are cleared.
    Enable(ModuleName),
    /// Disables the module; generated classes are cleared.
    Disable(ModuleName),
    /// Brings the files into the database.
    Upgrade {
        /// Whether generated code and static files stay.
        keeps_generated: bool,
    },
    /// Generates code for production.
    Compile,
    /// Makes the static files for production.
    Deploy,
    /// Flushes the caches.
    Flush,
    /// Opens the shop.
    Open,
}

impl ShopCommand {
    /// The command and its arguments.
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
            Self::Flush => vec!["cache:flush"],
            Self::Open => vec!["maintenance:disable"],
        }
    }

    /// The folders that the command empties in this release, from the root (docs/magento/deploying.md#cleanup).
    #[must_use]
    pub fn empties(&self, version: MagentoVersion) -> &'static [&'static str] {
        match self {
            Self::Upgrade { keeps_generated: false } => match (version.major, version.minor) {
                (2, 0) => &["var/generation", "var/di"],
                (2, 1) => &["var/generation", "var/di", "pub/static", "var/view_preprocessed"],
                _ => &["generated/code", "generated/metadata", "pub/static", "var/view_preprocessed"],
            },
            Self::Flush => &["var/cache", "var/page_cache"],
            _ => &[],
        }
    }
}

impl fmt::Display for ShopCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "bin/magento {}", self.arguments().join(" "))
    }
}

/// What has to be run for a module's files to take effect. `Close` is first, and the files are written after it.
#[must_use]
pub fn steps(module: &ModuleName, situation: Situation) -> Vec<ShopCommand> {
    let Situation { version, mode, is_enabled, is_closed, needs } = situation;
    let is_production = mode == DeployMode::Production;
    // Outside production nothing else empties what was generated of old code.
    let upgrades = needs.upgrade || !is_enabled || (needs.compile && !is_production);
    // Enabling clears generated classes whatever the module has.
    let compiles = is_production && (needs.compile || !is_enabled);
    // What is compiled anew needs no old code; without it nothing generated is of this module.
    let keeps_generated = is_production && !needs.compile;
    let deploys = is_production && upgrades && !keeps_generated && (version.major, version.minor) > (2, 0);
    let closes = is_production && (upgrades || compiles) && !is_closed;
    let all = [
        (closes, ShopCommand::Close),
        (!is_enabled, ShopCommand::Enable(module.clone())),
        (upgrades, ShopCommand::Upgrade { keeps_generated }),
        (compiles, ShopCommand::Compile),
        (deploys, ShopCommand::Deploy),
        (upgrades || compiles || needs.flush, ShopCommand::Flush),
        (closes, ShopCommand::Open),
    ];
    all.into_iter().filter(|(is_needed, _)| *is_needed).map(|(_, step)| step).collect()
}

/// What has to be run for a module to be gone. Its files are removed after `Disable`.
#[must_use]
pub fn removal(module: &ModuleName, situation: Situation) -> Vec<ShopCommand> {
    let is_production = situation.mode == DeployMode::Production;
    let disables = situation.is_enabled;
    let closes = is_production && disables && !situation.is_closed;
    let all = [
        (closes, ShopCommand::Close),
        (disables, ShopCommand::Disable(module.clone())),
        (is_production && disables, ShopCommand::Compile),
        (true, ShopCommand::Flush),
        (closes, ShopCommand::Open),
    ];
    all.into_iter().filter(|(is_needed, _)| *is_needed).map(|(_, step)| step).collect()
}
