//! The OAuth handshake that activates an integration with `endpoint_url` and `identity_link_url`: credentials posted to the
//! endpoint, and the exchange of tokens (docs/magento/web-api.md#token-exchange).

mod attempts;
mod credentials;
mod exchange;
mod identity;
mod posting;
mod step;

pub(super) use self::attempts::Attempts;
pub use self::{
    attempts::ExchangeAttempt, credentials::PostedCredentials, exchange::ExchangedToken, step::ExchangeStep,
};
