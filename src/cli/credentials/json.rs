//! Credentials of a shop as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::intent::Intended;
use crate::{
    diag::render::to_json,
    magento::{CredentialsRow, OauthConsumer, ShopCredentials},
    oauth::Credentials,
    plan::{IntegrationStatus, SetupType},
};

/// Credentials of the integrations of a shop. Contains no secret, key or token.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct JsonCredentials<'a> {
    /// Integrations, after the change if one was made.
    integrations: Vec<JsonIntegration<'a>>,
    /// Consumers without an integration.
    unused: Vec<JsonConsumer<'a>>,
    /// Minutes for which the shop remembers a signed call at least.
    remembered_minutes: u64,
    /// Change that was made; null if none was.
    done: Option<JsonDone<'a>>,
}

/// Integration with its credentials.
#[derive(Serialize, JsonSchema)]
struct JsonIntegration<'a> {
    /// The column `integration_id`.
    id: u64,
    /// Name of the integration.
    name: &'a str,
    /// Activation status.
    #[schemars(extend("enum" = ["inactive", "active", "reset"]))]
    status: &'static str,
    /// Origin of the integration.
    #[schemars(extend("enum" = ["admin", "module", "php"]))]
    origin: &'static str,
    /// True if Magento hands the credentials over on activation.
    handshake: bool,
    /// Time of creation, in UTC.
    created_at: &'a str,
    /// OAuth consumer; null if there is none.
    consumer: Option<JsonConsumer<'a>>,
    /// True if it is active, and Magento remembers no signed call.
    unused: bool,
}

/// OAuth consumer.
#[derive(Serialize, JsonSchema)]
struct JsonConsumer<'a> {
    /// The column `entity_id`.
    id: u64,
    /// Time of creation, in UTC.
    created_at: &'a str,
    /// Time of the last change, in UTC; null if there was none.
    updated_at: Option<&'a str>,
    /// Valid access tokens, oldest first.
    tokens: Vec<JsonToken<'a>>,
    /// Second of the newest signed call that the shop remembers, since 1970; null if it remembers none.
    last_call: Option<i64>,
}

/// Access token.
#[derive(Serialize, JsonSchema)]
struct JsonToken<'a> {
    /// The column `entity_id`.
    id: u64,
    /// Time of creation, in UTC.
    created_at: &'a str,
}

/// Change that was made.
#[derive(Serialize, JsonSchema)]
struct JsonDone<'a> {
    /// Name of the integration.
    integration: &'a str,
    /// The change.
    #[schemars(extend("enum" = ["activated", "rotated", "key-replaced", "finished", "cancelled"]))]
    change: &'static str,
}

pub(super) fn document<'a>(
    listed: &'a ShopCredentials,
    done: Option<&'a Intended<'_>>,
) -> JsonCredentials<'a> {
    JsonCredentials {
        integrations: listed.integrations.iter().map(integration).collect(),
        unused: listed.unused.iter().map(consumer).collect(),
        remembered_minutes: listed.remembered_minutes,
        done: done.map(|done| JsonDone { integration: &done.row.name, change: done.word() }),
    }
}

/// Renders the secrets that the shop revealed, by integration.
pub(super) fn secrets(listed: &ShopCredentials) -> String {
    let of = |row: &CredentialsRow| {
        Some(Credentials { secrets: row.secrets.clone()?, integration: Some(row.name.clone()) })
    };
    to_json(&listed.integrations.iter().filter_map(of).collect::<Vec<_>>())
}

fn integration(row: &CredentialsRow) -> JsonIntegration<'_> {
    let status = match row.status {
        IntegrationStatus::Inactive => "inactive",
        IntegrationStatus::Active => "active",
        IntegrationStatus::Reset => "reset",
    };
    let origin = match row.setup_type {
        SetupType::Manual => "admin",
        SetupType::Config => "module",
        SetupType::Other(_) => "php",
    };
    JsonIntegration {
        id: row.id,
        name: &row.name,
        status,
        origin,
        handshake: row.has_handshake,
        created_at: &row.created_at,
        consumer: row.consumer.as_ref().map(consumer),
        unused: row.is_active() && row.consumer.as_ref().is_some_and(|it| it.last_call.is_none()),
    }
}

fn consumer(it: &OauthConsumer) -> JsonConsumer<'_> {
    JsonConsumer {
        id: it.id,
        created_at: &it.created_at,
        updated_at: it.updated_at.as_deref(),
        tokens: it.tokens.iter().map(|it| JsonToken { id: it.id, created_at: &it.created_at }).collect(),
        last_call: it.last_call,
    }
}
