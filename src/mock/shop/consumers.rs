//! Integrations of the shop, and their rows of tokens.

use std::{collections::BTreeSet, fmt};

use super::{MockShop, made::Made};
use crate::{
    model::Integration,
    oauth::{Credentials, Secrets},
};

/// Resource that stands for all, if it is the only one (docs/magento/resolving-permissions.md#everything).
const ALL: &str = "Magento_Backend::all";

/// An integration with its consumer.
#[derive(Clone, PartialEq, Eq)]
pub struct MockConsumer {
    /// Id of the consumer, which messages have.
    pub id: u32,
    /// Name of the integration.
    pub name: String,
    /// Resources that it is granted, ancestors included.
    pub granted: BTreeSet<String>,
    /// True if it may do everything.
    pub is_granted_all: bool,
    /// Calls that the spec lists.
    pub calls: BTreeSet<String>,
    /// Status of the integration.
    pub status: ConsumerStatus,
    /// Consumer key.
    pub key: String,
    /// Consumer secret.
    pub secret: String,
    /// Time at which its credentials were posted to its endpoint, in seconds.
    pub posted: Option<u64>,
}

impl fmt::Debug for MockConsumer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, name, status, .. } = self;
        let mut shown = f.debug_struct("MockConsumer");
        shown.field("id", id).field("name", name).field("status", status).finish_non_exhaustive()
    }
}

impl MockConsumer {
    /// Creates the consumer and the access token of an integration, active, with credentials made from its name and the
    /// seed.
    #[must_use]
    pub fn of(integration: &Integration, place: usize, seed: u64) -> (Self, TokenRow) {
        let name = integration.name.as_str();
        let made = |what: &str| Made::new(seed, &[name, what]).token();
        let requested = integration.resources.iter().chain(&integration.implied);
        let granted: BTreeSet<String> = requested.map(|resource| resource.id.as_str().to_owned()).collect();
        let consumer = Self {
            id: u32::try_from(place + 1).unwrap_or(u32::MAX),
            name: name.to_owned(),
            is_granted_all: granted.len() == 1 && granted.contains(ALL),
            granted,
            calls: integration.calls.iter().map(|call| format!("{} {}", call.method, call.path)).collect(),
            status: ConsumerStatus::Active,
            key: made("consumer key"),
            secret: made("consumer secret"),
            posted: None,
        };
        let token = TokenRow {
            consumer: place,
            kind: TokenKind::Access,
            token: made("access token"),
            secret: made("access token secret"),
            verifier: None,
            is_revoked: false,
        };
        (consumer, token)
    }

    /// Creates a consumer that may do everything, and its access token.
    #[must_use]
    pub fn unlimited(secrets: &Secrets) -> (Self, TokenRow) {
        let consumer = Self {
            id: 1,
            name: String::new(),
            granted: BTreeSet::new(),
            is_granted_all: true,
            calls: BTreeSet::new(),
            status: ConsumerStatus::Active,
            key: secrets.consumer_key.clone(),
            secret: secrets.consumer_secret.clone(),
            posted: None,
        };
        let token = TokenRow {
            consumer: 0,
            kind: TokenKind::Access,
            token: secrets.access_token.clone().unwrap_or_default(),
            secret: secrets.access_token_secret.clone().unwrap_or_default(),
            verifier: None,
            is_revoked: false,
        };
        (consumer, token)
    }
}

/// Status of an integration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsumerStatus {
    /// 0: never activated.
    Inactive,
    /// 1.
    Active,
    /// 2: reset by `setup:upgrade`.
    Recreated,
}

/// Row of `oauth_token`.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenRow {
    /// Index of the consumer in the shop.
    pub consumer: usize,
    /// Kind.
    pub kind: TokenKind,
    /// Token, 32 characters.
    pub token: String,
    /// Secret, 32 characters.
    pub secret: String,
    /// Verifier, if the handshake made one.
    pub verifier: Option<String>,
    /// True if it was revoked.
    pub is_revoked: bool,
}

impl fmt::Debug for TokenRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { consumer, kind, is_revoked, .. } = self;
        let mut shown = f.debug_struct("TokenRow");
        shown.field("consumer", consumer).field("kind", kind).field("is_revoked", is_revoked);
        shown.finish_non_exhaustive()
    }
}

/// Kind of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Posted to the endpoint.
    Verifier,
    /// From `/oauth/token/request`.
    Request,
    /// From `/oauth/token/access`, or made with the consumer.
    Access,
}

impl MockShop {
    /// Credentials of all integrations as they are now.
    #[must_use]
    pub fn credentials(&self) -> Vec<Credentials> {
        let state = self.state();
        let of = |(place, consumer): (usize, &MockConsumer)| {
            let token =
                state.tokens.iter().find(|row| row.consumer == place && row.kind == TokenKind::Access);
            Credentials {
                secrets: Secrets {
                    consumer_key: consumer.key.clone(),
                    consumer_secret: consumer.secret.clone(),
                    access_token: token.map(|token| token.token.clone()),
                    access_token_secret: token.map(|token| token.secret.clone()),
                },
                integration: Some(consumer.name.clone()),
            }
        };
        state.consumers.iter().enumerate().map(of).collect()
    }

    /// Secrets of the shop as they are now, access tokens among them if they are accepted as bearer tokens.
    #[must_use]
    pub fn secret_values(&self) -> Vec<String> {
        let state = self.state();
        let consumers = state.consumers.iter().map(|consumer| consumer.secret.clone());
        let tokens = state.tokens.iter().flat_map(|row| {
            let is_bearer = row.kind == TokenKind::Access && self.settings.accepts_bearer();
            [Some(row.secret.clone()), row.verifier.clone(), is_bearer.then(|| row.token.clone())]
        });
        consumers.chain(tokens.flatten()).chain([self.settings.password()]).collect()
    }

    /// Gives an integration other credentials. Without a token it keeps the one it has.
    pub fn give(&self, place: usize, secrets: Secrets) {
        let mut state = self.state();
        let Some(consumer) = state.consumers.get_mut(place) else { return };
        consumer.key = secrets.consumer_key;
        consumer.secret = secrets.consumer_secret;
        let (Some(token), Some(secret)) = (secrets.access_token, secrets.access_token_secret) else { return };
        if let Some(row) = state.tokens.iter_mut().find(|row| row.consumer == place) {
            row.token = token;
            row.secret = secret;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debugging_shows_no_secret() {
        let secrets = Secrets {
            consumer_key: "s1".to_owned(),
            consumer_secret: "s2".to_owned(),
            access_token: Some("s3".to_owned()),
            access_token_secret: Some("s4".to_owned()),
        };
        let (consumer, mut token) = MockConsumer::unlimited(&secrets);
        token.verifier = Some("s5".to_owned());
        assert_eq!(format!("{consumer:?}"), r#"MockConsumer { id: 1, name: "", status: Active, .. }"#);
        assert_eq!(format!("{token:?}"), "TokenRow { consumer: 0, kind: Access, is_revoked: false, .. }");
    }
}
