//! Commands that deploy a change in a shop.

use super::Installed;
use crate::{
    deploy::{DeployMode, Needs, ShopCommand, Situation, steps},
    magento::{Condition, DriftCause, Health, Presence},
    plan::Plan,
};

/// Lists the commands to run in a shop in its mode; none if the shop's release is not a version.
pub(super) fn commands(installed: &Installed, needs: &Needs, plan: &Plan) -> Vec<ShopCommand> {
    let Installed { module, shop, .. } = installed;
    let Ok(version) = shop.magento.version.parse() else { return Vec::new() };
    let situation = Situation {
        version,
        mode: DeployMode::from(shop.magento.mode.as_str()),
        is_enabled: shop.is_enabled(),
        is_closed: shop.magento.maintenance,
        is_behind: is_behind(&Health::of(module, shop, &[])) || plan.is_for_plugin(),
    };
    plan.unless_stopped(steps(&module.name, situation, needs))
}

/// Returns true if the database is behind the files in the shop.
fn is_behind(health: &Health<'_>) -> bool {
    let is_missing = |condition| matches!(condition, Condition::Missing | Condition::Manual);
    health.presence == Presence::Waiting
        || health.integrations.iter().any(|it| {
            is_missing(it.condition) || it.drift.iter().any(|drift| drift.cause == DriftCause::Database)
        })
}
