//! Steps of the exchange.

use crate::oauth::header::PROTOCOL_PARAMETERS;

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
    pub(super) fn needed(self) -> &'static [&'static str] {
        match self {
            Self::Request => &PROTOCOL_PARAMETERS[..5],
            Self::Access => &PROTOCOL_PARAMETERS,
        }
    }
}
