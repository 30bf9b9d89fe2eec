//! Credentials of all integrations of a shop: consumers and access tokens, by their dates.

use serde::{Deserialize, Serialize};

use crate::{
    oauth::Secrets,
    plan::{IntegrationStatus, SetupType},
};

/// Credentials in a shop. Contains no secret, except of integrations for which they were asked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ShopCredentials {
    /// Integrations, by id.
    pub integrations: Vec<CredentialsRow>,
    /// Consumers without an integration, left by a reset or deletion.
    pub unused: Vec<OauthConsumer>,
    /// Minutes for which the shop remembers a signed call.
    pub remembered_minutes: u64,
}

/// Integration with its credentials.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CredentialsRow {
    /// `integration_id`.
    pub id: u64,
    /// Unique.
    pub name: String,
    /// Activation status.
    pub status: IntegrationStatus,
    /// Origin: created in Admin, by a module's file, or changed by PHP.
    pub setup_type: SetupType,
    /// True if it has both URLs: Magento sends the keys to the external system on activation
    /// (docs/magento/web-api.md#activation).
    pub has_handshake: bool,
    /// Time of creation, in UTC.
    pub created_at: String,
    /// OAuth consumer.
    pub consumer: Option<OauthConsumer>,
    /// Its secrets, if they were asked for.
    pub secrets: Option<Secrets>,
}

/// OAuth consumer with its access tokens.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct OauthConsumer {
    /// `entity_id`.
    pub id: u64,
    /// `Integration` and the id of the row it was created for.
    pub name: String,
    /// Time of creation, in UTC.
    pub created_at: String,
    /// Time of the last change, in UTC.
    pub updated_at: Option<String>,
    /// Valid access tokens, oldest first.
    pub tokens: Vec<AccessToken>,
    /// Time of the newest signed call that the shop remembers, in seconds since 1970.
    pub last_call: Option<i64>,
}

/// Valid access token.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AccessToken {
    /// `entity_id`.
    pub id: u64,
    /// Time of creation, in UTC.
    pub created_at: String,
}

/// Change of the credentials of one integration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CredentialsChange {
    /// `integration_id`.
    pub integration: u64,
    /// Expected name.
    pub name: String,
    /// Expected tokens, oldest first.
    pub tokens: Vec<u64>,
    /// The change.
    #[serde(flatten)]
    pub action: CredentialsAction,
}

/// Action on credentials (docs/magento/setup-upgrade.md#credentials).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum CredentialsAction {
    /// Create an access token and activate the integration.
    Activate,
    /// Create an access token beside the other.
    AddToken,
    /// Delete access tokens.
    DeleteTokens {
        /// Their ids.
        delete: Vec<u64>,
    },
    /// Replace key and secret of the consumer.
    ReplaceKey,
}

impl CredentialsRow {
    /// Valid access tokens, oldest first.
    #[must_use]
    pub fn tokens(&self) -> &[AccessToken] {
        self.consumer.as_ref().map_or(&[], |consumer| &consumer.tokens)
    }

    /// Returns true if it can make signed calls.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.status == IntegrationStatus::Active && !self.tokens().is_empty()
    }
}
