//! The commands that bring a change into a shop.

use super::Installed;
use crate::{
    magento::{self, Condition, DeployMode, DriftCause, Health, Needs, Presence, ShopCommand, Situation},
    plan::{Instruction, Plan, Step, UpgradeCommand, steps},
};

/// A command in a shop with its reason; `asked` are the commands that the changed files ask for.
pub(super) fn instruction(command: &ShopCommand, asked: &[Step]) -> Instruction {
    let (wanted, why) = match command {
        ShopCommand::Close => (None, "customers are not to see what is half done"),
        ShopCommand::Open => (None, "it was closed for this alone"),
        ShopCommand::Enable(_) | ShopCommand::Disable(_) => (None, "the module is not enabled"),
        ShopCommand::Upgrade { .. } => {
            (Some(UpgradeCommand::SetupUpgrade), "nothing else brings it into the database")
        }
        ShopCommand::Compile => {
            (Some(UpgradeCommand::Compile), "production mode generates nothing by itself")
        }
        ShopCommand::Deploy => (None, "setup:upgrade empties pub/static"),
        ShopCommand::Flush => (Some(UpgradeCommand::FlushCache), "what Magento has cached of it is old"),
    };
    let asking = asked.iter().find(|asks| Some(asks.command) == wanted);
    let files = asking.map(|asks| asks.files.clone()).unwrap_or_default();
    let is_behind = files.is_empty() && matches!(command, ShopCommand::Upgrade { .. });
    let why =
        if is_behind { "the database is behind the module's files, or code is generated anew" } else { why };
    Instruction { line: command.arguments().join(" "), files, why }
}

/// The commands that the changed files ask for, and those to run for it in a shop, in its mode; none of the second if the
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
        is_enabled: shop
            .module
            .as_ref()
            .is_some_and(|state| state.path.is_some() && state.enabled == Some(true)),
        is_closed: shop.magento.maintenance,
        needs: Needs {
            upgrade: is_behind(&Health::of(module, shop)) || asks(UpgradeCommand::SetupUpgrade),
            compile: asks(UpgradeCommand::Compile),
            flush: asks(UpgradeCommand::FlushCache),
        },
    };
    (asked, plan.unless_stopped(magento::steps(&module.name, situation)))
}

/// Whether the database does not have what the files in the shop say.
fn is_behind(health: &Health<'_>) -> bool {
    let is_missing = |condition| matches!(condition, Condition::Missing | Condition::Manual);
    health.presence == Presence::Waiting
        || health.integrations.iter().any(|it| {
            is_missing(it.condition) || it.drift.iter().any(|drift| drift.cause == DriftCause::Database)
        })
}
