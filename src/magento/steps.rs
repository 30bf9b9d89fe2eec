//! Commands that install a module in a shop, in order.

use std::fmt;

use crate::names::{MagentoVersion, ModuleName};

/// Deploy mode of a shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeployMode {
    /// `default` or `developer`: code is generated on demand.
    Development,
    /// `production`: nothing is generated on demand, and customers use the shop.
    Production,
}

impl From<&str> for DeployMode {
    fn from(mode: &str) -> Self {
        if mode == "production" { Self::Production } else { Self::Development }
    }
}

/// Requirements of a module's changed files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Needs {
    /// A change that only `setup:upgrade` applies to the database.
    pub upgrade: bool,
    /// PHP or dependency injection, which production mode compiles.
    pub compile: bool,
    /// Any file.
    pub flush: bool,
}

/// State of a shop, and the requirements of the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation {
    /// Magento release.
    pub version: MagentoVersion,
    /// Deploy mode.
    pub mode: DeployMode,
    /// True if app/etc/config.php enables the module.
    pub is_enabled: bool,
    /// True if maintenance mode was already on.
    pub is_closed: bool,
    /// Requirements of the files.
    pub needs: Needs,
}

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
    /// Flushes the caches.
    Flush,
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
            Self::Flush => vec!["cache:flush"],
            Self::Open => vec!["maintenance:disable"],
        }
    }

    /// Folders that the command clears in this release, from the root (docs/magento/deploying.md#cleanup).
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

/// Commands that put a module's files into effect. Write the files after `Close`, which comes first.
#[must_use]
pub fn steps(module: &ModuleName, situation: Situation) -> Vec<ShopCommand> {
    let Situation { version, mode, is_enabled, is_closed, needs } = situation;
    let is_production = mode == DeployMode::Production;
    // Outside of production, nothing else clears code generated from old classes.
    let upgrades = needs.upgrade || !is_enabled || (needs.compile && !is_production);
    // Enabling always clears generated classes.
    let compiles = is_production && (needs.compile || !is_enabled);
    // Recompiling replaces the old code; otherwise no generated code belongs to this module.
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

/// Commands that remove a module. Delete its files after `Disable`.
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
