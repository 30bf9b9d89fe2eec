//! Commands that deploy a change in a shop.

use super::Installed;
use crate::{
    magento::{
        self, Answer, Condition, DeployMode, DriftCause, Health, Needs, Presence, ShopCommand, Situation,
    },
    plan::{Instruction, Plan, Step, UpgradeCommand, steps},
};

/// Command in a shop with its reason; `asked` lists the commands that the changed files need.
pub(super) fn instruction(command: &ShopCommand, asked: &[Step]) -> Instruction {
    let (wanted, why) = match command {
        ShopCommand::Close => (None, "hides the shop from customers during the upgrade"),
        ShopCommand::Open => (None, "reopens the shop"),
        ShopCommand::Enable(_) | ShopCommand::Disable(_) => (None, "changes whether the module is enabled"),
        ShopCommand::Upgrade { .. } => (Some(UpgradeCommand::SetupUpgrade), "applies it to the database"),
        ShopCommand::Compile => {
            (Some(UpgradeCommand::Compile), "production mode does not generate code on demand")
        }
        ShopCommand::Deploy => (None, "setup:upgrade clears pub/static"),
        ShopCommand::Flush => (Some(UpgradeCommand::FlushCache), "clears outdated cache entries"),
    };
    let asking = asked.iter().find(|asks| Some(asks.command) == wanted);
    let files = asking.map(|asks| asks.files.clone()).unwrap_or_default();
    let is_behind = files.is_empty() && matches!(command, ShopCommand::Upgrade { .. });
    let why = if is_behind {
        "brings the database and the generated code up to date with the module's files"
    } else {
        why
    };
    Instruction { line: command.arguments().join(" "), files, why }
}

/// Lists the commands that the changed files need, and those to run in a shop in its mode; none of the latter if the
/// shop's release is not a version.
pub(super) fn commands(
    installed: &Installed,
    changed: &[&str],
    plan: &Plan,
) -> (Vec<Step>, Vec<ShopCommand>) {
    let Installed { module, shop, .. } = installed;
    let asked: Vec<_> = steps(changed).into_iter().filter(|step| !step.is_in_vain(plan)).collect();
    let asks = |command: UpgradeCommand| asked.iter().any(|step| step.command == command);
    let Ok(version) = shop.magento.version.parse() else { return (asked, Vec::new()) };
    let situation = Situation {
        version,
        mode: DeployMode::from(shop.magento.mode.as_str()),
        is_enabled: is_enabled(shop),
        is_closed: shop.magento.maintenance,
        needs: Needs {
            upgrade: is_behind(&Health::of(module, shop)) || asks(UpgradeCommand::SetupUpgrade),
            compile: asks(UpgradeCommand::Compile),
            flush: asks(UpgradeCommand::FlushCache),
        },
    };
    (asked, plan.unless_stopped(magento::steps(&module.name, situation)))
}

/// Returns true if the shop has the module and enables it.
pub(super) fn is_enabled(shop: &Answer) -> bool {
    shop.module.as_ref().is_some_and(|state| state.path.is_some() && state.enabled == Some(true))
}

/// Returns true if the changed files need `setup:di:compile`.
pub(super) fn compiles(changed: &[&str]) -> bool {
    steps(changed).iter().any(|step| step.command == UpgradeCommand::Compile)
}

/// Returns true if the database is behind the files in the shop.
fn is_behind(health: &Health<'_>) -> bool {
    let is_missing = |condition| matches!(condition, Condition::Missing | Condition::Manual);
    health.presence == Presence::Waiting
        || health.integrations.iter().any(|it| {
            is_missing(it.condition) || it.drift.iter().any(|drift| drift.cause == DriftCause::Database)
        })
}
