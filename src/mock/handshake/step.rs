//! Steps of the exchange.

/// Parameters that a request for a request token needs.
const REQUIRED: [&str; 5] =
    ["oauth_consumer_key", "oauth_signature", "oauth_signature_method", "oauth_nonce", "oauth_timestamp"];

/// Parameters that a request for an access token needs.
const REQUIRED_FOR_ACCESS: [&str; 7] = [
    "oauth_consumer_key",
    "oauth_signature",
    "oauth_signature_method",
    "oauth_nonce",
    "oauth_timestamp",
    "oauth_token",
    "oauth_verifier",
];

/// Step of the exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExchangeStep {
    /// `/oauth/token/request`.
    Request,
    /// `/oauth/token/access`.
    Access,
}

impl ExchangeStep {
    /// Path of the request.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Request => "/oauth/token/request",
            Self::Access => "/oauth/token/access",
        }
    }

    /// Parameters that the request needs.
    pub(super) const fn needed(self) -> &'static [&'static str] {
        match self {
            Self::Request => &REQUIRED,
            Self::Access => &REQUIRED_FOR_ACCESS,
        }
    }
}
