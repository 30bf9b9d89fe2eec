//! Bearer tokens: of integrations, where the release and its settings accept them, of Admin users and of customers.

use crate::mock::{Caller, MockShop, TokenKind};

/// Caller with a bearer token that the shop accepts. Magento compares tokens without regard to case, and does not look at the
/// status of the integration.
pub(super) fn caller(shop: &MockShop, header: &str, now: u64) -> Option<Caller> {
    let token = token(header)?;
    let state = shop.state();
    if let Some(caller) = state.sessions.caller(token, now) {
        return Some(caller);
    }
    let row = state.token(token).filter(|_| shop.settings.accepts_bearer())?;
    (row.kind == TokenKind::Access && !row.is_revoked).then_some(Caller::Integration(row.consumer))
}

/// Returns true if the token is that of an integration.
pub(super) fn is_of_integration(shop: &MockShop, header: &str) -> bool {
    token(header).is_some_and(|token| shop.state().token(token).is_some())
}

/// Returns true for a bearer token that is not that of an integration.
pub(super) fn is_of_others(shop: &MockShop, header: &str) -> bool {
    token(header).is_some() && !is_of_integration(shop, header)
}

/// Token behind the scheme and exactly one space.
fn token(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !token.contains(' ')).then_some(token)
}
