//! Caller of a request.

use super::{Passage, bearer, oauth};
use crate::{
    mock::{Caller, HttpRequest, MockShop, ShopRefusal},
    oauth::header::parse,
};

/// Schemes that Magento does not support, in lowercase.
const OTHER_SCHEMES: [&str; 7] = ["basic", "digest", "negotiate", "ntlm", "token", "apikey", "jwt"];

/// Finds the caller: by bearer token, by signature, or nobody. A header that is neither makes a guest.
pub(super) fn caller(
    shop: &MockShop,
    request: &HttpRequest,
    now: u64,
    passage: &mut Passage<'_>,
) -> Result<Caller, ShopRefusal> {
    let header = request.header("Authorization").unwrap_or_default();
    if let Some(caller) = bearer::caller(shop, header, now) {
        // No session is started for a token.
        return Ok(caller);
    }
    passage.has_session = true;
    oauth::caller(shop, request, header, now)
}

/// Integration that a request names, by a bearer token or its consumer key, without using the nonce up; `proven` asks for a
/// signature that fits, too.
pub(in crate::mock) fn claimed(
    shop: &MockShop,
    request: &HttpRequest,
    now: u64,
    proven: bool,
) -> Option<usize> {
    let header = request.header("Authorization")?;
    match bearer::caller(shop, header, now) {
        Some(Caller::Integration(place)) => Some(place),
        Some(_) => None,
        None => oauth::claimed(shop, request, header, proven),
    }
}

impl MockShop {
    /// Returns true if a request has a bearer token that is not that of an integration.
    #[must_use]
    pub fn has_other_bearer(&self, request: &HttpRequest) -> bool {
        request.header("Authorization").is_some_and(|header| bearer::is_of_others(self, header))
    }

    /// Reason why a request with an `Authorization` header comes from a guest.
    pub(super) fn why_guest(&self, header: &str) -> String {
        let scheme = header.split(' ').next().unwrap_or_default();
        let release = self.settings.version;
        match scheme.to_ascii_lowercase().as_str() {
            "bearer" if bearer::is_of_integration(self, header) => format!(
                "Magento {release} accepts an integration's access token as a bearer token only if \
                 `oauth/consumer/enable_integration_as_bearer` is on: sign with OAuth 1.0a, or turn that on in the shop, as `magespec mock --bearer` does"
            ),
            "bearer" if header.matches(' ').count() != 1 => {
                "exactly one space must separate a bearer token from its scheme".to_owned()
            }
            "bearer" => "no integration, Admin user or customer has this bearer token".to_owned(),
            "oauth" if parse(header).is_none_or(|it| it.is_empty()) => {
                "the OAuth header has no parameters".to_owned()
            }
            "oauth" => "the integration is not active: its status is not 1".to_owned(),
            known if OTHER_SCHEMES.contains(&known) => format!("Magento ignores the scheme `{scheme}`"),
            // The word may be a token.
            _ => "the scheme is missing: write `Bearer …`, or `OAuth …` for a signature".to_owned(),
        }
    }
}
