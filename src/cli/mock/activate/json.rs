//! The handshake as a JSON document.

use schemars::JsonSchema;
use serde::Serialize;

use super::HandshakeStep;
use crate::mock::{ConsumerStatus, MockShop};

/// Activation of an integration.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct JsonActivation<'a> {
    /// Name of the integration.
    integration: String,
    /// Release of the shop.
    magento: String,
    /// Base URL of the shop.
    base_url: &'a str,
    /// True if the integration is active.
    active: bool,
    /// Steps in the order in which they happened.
    steps: &'a [HandshakeStep],
    /// Credentials, in the form of `credentials --reveal`; null unless the integration is active.
    credentials: Option<ActivatedCredentials>,
}

/// Credentials that the connector has now.
#[derive(Serialize, JsonSchema)]
struct ActivatedCredentials {
    /// Consumer key.
    consumer_key: String,
    /// Consumer secret.
    consumer_secret: String,
    /// Access token.
    access_token: String,
    /// Secret of the access token.
    access_token_secret: String,
}

impl<'a> JsonActivation<'a> {
    pub(super) fn new(shop: &MockShop, place: usize, base_url: &'a str, steps: &'a [HandshakeStep]) -> Self {
        let (consumers, tokens) = shop.rows();
        let consumer = consumers.get(place);
        let active = consumer.filter(|it| it.status == ConsumerStatus::Active);
        let row = tokens.iter().find(|row| row.consumer == place);
        let credentials = active.zip(row).map(|(consumer, row)| ActivatedCredentials {
            consumer_key: consumer.key.clone(),
            consumer_secret: consumer.secret.clone(),
            access_token: row.token.clone(),
            access_token_secret: row.secret.clone(),
        });
        Self {
            integration: consumer.map(|it| it.name.clone()).unwrap_or_default(),
            magento: shop.settings.version.to_string(),
            base_url,
            active: active.is_some(),
            steps,
            credentials,
        }
    }
}
