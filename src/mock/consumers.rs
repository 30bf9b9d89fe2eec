//! Integrations of the shop, and their rows of tokens.

use std::collections::BTreeSet;

/// An integration with its consumer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MockConsumer {
    /// Name of the integration.
    pub name: String,
    /// Resources that it is granted, ancestors included.
    pub granted: BTreeSet<String>,
    /// True if it may do everything.
    pub is_granted_all: bool,
    /// Status of the integration.
    pub status: ConsumerStatus,
    /// Consumer key.
    pub key: String,
    /// Consumer secret.
    pub secret: String,
    /// Time at which its credentials were posted to its endpoint, in seconds.
    pub posted: Option<u64>,
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
#[derive(Debug, Clone, PartialEq, Eq)]
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
