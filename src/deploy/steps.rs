//! Commands that install or remove a module in a shop, in order.

use std::collections::BTreeSet;

use super::{Needs, ShopCommand};
use crate::names::{MagentoVersion, ModuleName};

/// Deploy mode of a shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeployMode {
    /// `default` or `developer`: code is generated on demand.
    Development,
    /// `production`: nothing is generated on demand, and customers use the shop.
    Production,
}

impl DeployMode {
    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Production => "production",
        }
    }
}

impl From<&str> for DeployMode {
    fn from(mode: &str) -> Self {
        if mode == "production" { Self::Production } else { Self::Development }
    }
}

/// State of a shop.
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
    /// True if the database does not match the files that are already there.
    pub is_behind: bool,
}

/// Commands that put a module's files into effect. Write the files after `Close`, which comes first.
#[must_use]
pub fn steps(module: &ModuleName, situation: Situation, needs: &Needs) -> Vec<ShopCommand> {
    let Situation { version, mode, is_enabled, is_closed, is_behind } = situation;
    let is_production = mode == DeployMode::Production;
    // Outside of production, nothing else clears code generated from old classes.
    let upgrades = needs.upgrades() || is_behind || !is_enabled || (needs.compiles() && !is_production);
    // Enabling always clears generated classes (docs/magento/deploying.md#module-enable-empties).
    let compiles = is_production && (needs.compiles() || !is_enabled);
    // Recompiling replaces the old code; otherwise no generated code belongs to this module.
    let keeps_generated = is_production && !needs.compiles();
    let deploys = is_production && upgrades && !keeps_generated && (version.major, version.minor) > (2, 0);
    let closes = is_production && (upgrades || compiles) && !is_closed;
    let flushes = upgrades || compiles || !needs.types.is_empty();
    let types = if upgrades || compiles { BTreeSet::new() } else { needs.types.clone() };
    let all = [
        (closes, ShopCommand::Close),
        // Without it, setup:upgrade --keep-generated does not read a new module
        // (docs/magento/deploying.md#keep-generated-new-module).
        (!is_enabled, ShopCommand::Enable(module.clone())),
        (upgrades, ShopCommand::Upgrade { keeps_generated }),
        (compiles, ShopCommand::Compile),
        (deploys, ShopCommand::Deploy),
        (flushes, ShopCommand::Flush { types }),
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
        (true, ShopCommand::Flush { types: BTreeSet::new() }),
        (closes, ShopCommand::Open),
    ];
    all.into_iter().filter(|(is_needed, _)| *is_needed).map(|(_, step)| step).collect()
}
