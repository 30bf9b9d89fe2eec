//! Integration of a mock shop.

use magespec::{
    mock::{ConsumerStatus, MockConsumer, TokenKind, TokenRow},
    oauth::Secrets,
};

/// Credentials of the integration: a letter 32 times each.
pub(crate) fn secrets() -> Secrets {
    Secrets {
        consumer_key: "k".repeat(32),
        consumer_secret: "s".repeat(32),
        access_token: Some("t".repeat(32)),
        access_token_secret: Some("u".repeat(32)),
    }
}

/// An integration that may do everything, with its token.
pub(crate) fn unlimited() -> (MockConsumer, TokenRow) {
    let secrets = secrets();
    let consumer = MockConsumer {
        id: 1,
        name: "all".to_owned(),
        granted: Default::default(),
        is_granted_all: true,
        status: ConsumerStatus::Active,
        key: secrets.consumer_key,
        secret: secrets.consumer_secret,
        calls: Default::default(),
        posted: None,
    };
    let token = TokenRow {
        consumer: 0,
        kind: TokenKind::Access,
        token: secrets.access_token.unwrap_or_default(),
        secret: secrets.access_token_secret.unwrap_or_default(),
        verifier: None,
        is_revoked: false,
    };
    (consumer, token)
}
