//! The handshake as a JSON document.

use schemars::JsonSchema;
use serde::Serialize;

use super::HandshakeStep;
use crate::{
    mock::{ConsumerStatus, MockShop},
    oauth::Credentials,
};

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
    /// Credentials as `credentials --reveal` writes them; null unless the integration is active. `sign --credentials` and
    /// `mock --credentials` read them from the whole document.
    credentials: Option<Credentials>,
}

impl<'a> JsonActivation<'a> {
    pub(super) fn new(shop: &MockShop, place: usize, base_url: &'a str, steps: &'a [HandshakeStep]) -> Self {
        let (consumers, _) = shop.rows();
        let consumer = consumers.get(place);
        let active = consumer.is_some_and(|it| it.status == ConsumerStatus::Active);
        Self {
            integration: consumer.map(|it| it.name.clone()).unwrap_or_default(),
            magento: shop.settings.version.to_string(),
            base_url,
            active,
            steps,
            credentials: shop.credentials().into_iter().nth(place).filter(|_| active),
        }
    }
}
