//! Credentials for the endpoint, and the verifier with them.

use std::fmt;

use crate::{
    mock::{ConsumerStatus, MockShop, TokenKind, TokenRow, shop::ShopState},
    oauth::percent,
};

/// Fields that Magento posts to the endpoint.
#[derive(Clone, PartialEq, Eq)]
pub struct PostedCredentials {
    /// `oauth_consumer_key`.
    pub consumer_key: String,
    /// `oauth_consumer_secret`.
    pub consumer_secret: String,
    /// `store_base_url`, with a slash at its end.
    pub store_base_url: String,
    /// `oauth_verifier`.
    pub verifier: String,
}

impl fmt::Debug for PostedCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("PostedCredentials");
        shown.field("store_base_url", &self.store_base_url).finish_non_exhaustive()
    }
}

impl PostedCredentials {
    /// Form in the order of Magento.
    #[must_use]
    pub fn form(&self) -> String {
        let fields = [
            ("oauth_consumer_key", &self.consumer_key),
            ("oauth_consumer_secret", &self.consumer_secret),
            ("store_base_url", &self.store_base_url),
            ("oauth_verifier", &self.verifier),
        ];
        fields.map(|(name, value)| format!("{name}={}", percent::encode_form(value))).join("&")
    }
}

impl MockShop {
    /// Makes the credentials to post for an integration, as Activate in Admin does; Reauthorize deletes the token and
    /// the status before. The consumer's time begins anew. None if there is no such integration.
    pub fn begin_handshake(
        &self,
        place: usize,
        is_again: bool,
        base_url: &str,
        now: u64,
    ) -> Option<PostedCredentials> {
        let seed = self.settings.seed;
        let mut state = self.state();
        state.attempts.clear();
        if is_again {
            state.forget_token(place);
        }
        let consumer = state.consumers.get_mut(place)?;
        consumer.posted = Some(now);
        if is_again {
            consumer.status = ConsumerStatus::Inactive;
        }
        let (consumer_key, consumer_secret) = (consumer.key.clone(), consumer.secret.clone());
        let mut rows = state.tokens.iter();
        let known = rows.find(|row| row.consumer == place && row.kind == TokenKind::Verifier);
        let verifier = match known.and_then(|row| row.verifier.clone()) {
            Some(verifier) => verifier,
            None => {
                let [token, secret, verifier] = ["verifier token", "verifier secret", "verifier"]
                    .map(|what| state.made(seed, place, what));
                let kind = TokenKind::Verifier;
                let made = Some(verifier.clone());
                let row =
                    TokenRow { consumer: place, kind, token, secret, verifier: made, is_revoked: false };
                state.tokens.push(row);
                verifier
            }
        };
        let store_base_url = format!("{}/", base_url.trim_end_matches('/'));
        Some(PostedCredentials { consumer_key, consumer_secret, store_base_url, verifier })
    }

    /// Takes status and tokens from an integration, as if it had just been saved in Admin.
    pub fn deactivate(&self, place: usize) {
        let mut state = self.state();
        state.tokens.retain(|row| row.consumer != place);
        if let Some(consumer) = state.consumers.get_mut(place) {
            consumer.status = ConsumerStatus::Inactive;
        }
    }
}

impl ShopState {
    /// Deletes the token row of an integration that comes first.
    fn forget_token(&mut self, place: usize) {
        if let Some(row) = self.tokens.iter().position(|row| row.consumer == place) {
            self.tokens.remove(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_php_s_and_debugging_shows_no_secret() {
        let posted = PostedCredentials {
            consumer_key: "k".to_owned(),
            consumer_secret: "s".to_owned(),
            store_base_url: "http://127.0.0.1:8080/".to_owned(),
            verifier: "v".to_owned(),
        };
        assert_eq!(
            posted.form(),
            "oauth_consumer_key=k&oauth_consumer_secret=s&store_base_url=http%3A%2F%2F127.0.0.1%3A8080%2F&oauth_verifier=v"
        );
        let shown = r#"PostedCredentials { store_base_url: "http://127.0.0.1:8080/", .. }"#;
        assert_eq!(format!("{posted:?}"), shown);
    }
}
