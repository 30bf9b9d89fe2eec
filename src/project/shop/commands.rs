//! Commands that deploy a change in a shop.

use super::Installed;
use crate::{
    deploy::{DeployMode, Needs, ShopCommand, Situation, steps},
    magento::{Answer, Condition, DriftCause, Health, Presence},
    plan::Plan,
};

/// Lists the commands to run in a shop in its mode; none if the shop's release is not a version.
pub(super) fn commands(installed: &Installed, needs: &Needs, plan: &Plan) -> Vec<ShopCommand> {
    let Installed { module, shop, .. } = installed;
    let Ok(version) = shop.magento.version.parse() else { return Vec::new() };
    let situation = Situation {
        version,
        mode: DeployMode::from(shop.magento.mode.as_str()),
        is_enabled: is_enabled(shop),
        is_closed: shop.magento.maintenance,
        is_behind: is_behind(&Health::of(module, shop, &[])),
    };
    plan.unless_stopped(steps(&module.name, situation, needs))
}

/// Returns true if the shop has the module and enables it.
pub(super) fn is_enabled(shop: &Answer) -> bool {
    shop.module.as_ref().is_some_and(|state| state.path.is_some() && state.enabled == Some(true))
}

/// Returns true if the database is behind the files in the shop.
fn is_behind(health: &Health<'_>) -> bool {
    let is_missing = |condition| matches!(condition, Condition::Missing | Condition::Manual);
    health.presence == Presence::Waiting
        || health.integrations.iter().any(|it| {
            is_missing(it.condition) || it.drift.iter().any(|drift| drift.cause == DriftCause::Database)
        })
}
