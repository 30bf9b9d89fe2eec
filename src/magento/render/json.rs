//! State of a module as JSON.

use serde_json::Value;

use super::human::word;

use crate::{
    diag::render::json_document,
    magento::{Answer, Drift, DriftCause, Health, Presence, ShopRow, Standing},
    model::Module,
};

/// Renders the state as one JSON document.
#[must_use]
pub fn json(module: &Module, shop: &Answer, health: &Health<'_>) -> Value {
    let magento = &shop.magento;
    let state = shop.module.as_ref();
    json_document([
        ("in_step", health.is_in_step().into()),
        (
            "magento",
            serde_json::json!({
                "version": magento.version,
                "edition": magento.edition,
                "distribution": magento.distribution.as_ref().map(|it| serde_json::json!({ "name": it.name, "version": it.version })),
                "mode": magento.mode,
                "php": magento.php,
                "maintenance": magento.maintenance,
                "waiting": shop.waiting,
                "new_modules": shop.new_modules().collect::<Vec<_>>(),
                "error": shop.declared.error,
            }),
        ),
        (
            "module",
            serde_json::json!({
                "name": module.name.as_str(),
                "state": match health.presence {
                    Presence::Absent => "not-installed",
                    Presence::Disabled => "disabled",
                    Presence::Waiting => "waiting",
                    Presence::Installed => "installed",
                },
                "path": state.and_then(|state| state.path.as_deref()),
                "enabled": state.and_then(|state| state.enabled),
            }),
        ),
        ("integrations", health.integrations.iter().map(integration).collect()),
        ("orphans", health.orphans.iter().map(|row| row_of(row)).collect()),
    ])
}

fn integration(standing: &Standing<'_>) -> Value {
    serde_json::json!({
        "name": standing.name,
        "state": word(standing.condition).replace(' ', "-"),
        "in_step": standing.is_in_step(),
        "row": standing.row.map(row_of),
        "drift": standing.drift.iter().map(drift).collect::<Vec<_>>(),
        "doubts": standing.doubts,
    })
}

fn drift(drift: &Drift) -> Value {
    serde_json::json!({
        "attribute": drift.attribute,
        "spec": drift.spec,
        "shop": drift.shop,
        "cause": match drift.cause {
            DriftCause::Files => "files",
            DriftCause::Database => "database",
            DriftCause::Stays => "stays",
        },
    })
}

fn row_of(row: &ShopRow) -> Value {
    serde_json::json!({
        "id": row.id,
        "name": row.name,
        "email": row.email,
        "endpoint_url": row.endpoint_url,
        "identity_link_url": row.identity_link_url,
        "from_file": row.is_from_file(),
        "has_token": row.consumer.as_ref().is_some_and(|consumer| consumer.has_token),
        "created_at": row.created_at,
        "granted": row.granted,
    })
}
