//! A call that is signed here.

use super::{Dialect, Secrets, SignatureMethod, SignedRequest, base_string, header};

/// Signed call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Parameters of the header, by name.
    pub parameters: Vec<(String, String)>,
    /// Text that was signed.
    pub base_string: String,
}

impl Outgoing {
    /// Signs a call as a release of this dialect expects it. Without an access token the consumer signs alone, as in the
    /// handshake.
    #[must_use]
    pub fn sign(
        request: &SignedRequest<'_>,
        secrets: &Secrets,
        method: SignatureMethod,
        dialect: Dialect,
        timestamp: u64,
        nonce: &str,
    ) -> Self {
        let mut parameters = vec![
            ("oauth_consumer_key", secrets.consumer_key.clone()),
            ("oauth_nonce", nonce.to_owned()),
            ("oauth_signature_method", method.name().to_owned()),
            ("oauth_timestamp", timestamp.to_string()),
            ("oauth_version", "1.0".to_owned()),
        ];
        parameters.extend(secrets.access_token.clone().map(|token| ("oauth_token", token)));
        parameters.sort();
        let mut parameters: Vec<(String, String)> =
            parameters.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let base_string = base_string(request, &parameters, dialect);
        let token_secret = secrets.access_token_secret.as_deref().unwrap_or_default();
        let signature = method.sign(&base_string, &secrets.consumer_secret, token_secret);
        parameters.push(("oauth_signature".to_owned(), signature));
        Self { parameters, base_string }
    }

    /// Value of the `Authorization` header.
    #[must_use]
    pub fn header(&self) -> String {
        header::write(&self.parameters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth::CallUrl;

    #[test]
    fn a_call_without_token_is_signed_by_the_consumer() {
        let url = CallUrl::parse("https://shop.example/oauth/token/request").unwrap();
        let mut secrets = Secrets {
            consumer_key: "k".to_owned(),
            consumer_secret: "s".to_owned(),
            access_token: None,
            access_token_secret: None,
        };
        let method = SignatureMethod::HmacSha256;
        let sign = |secrets: &Secrets| {
            Outgoing::sign(&url.request("POST", None), secrets, method, Dialect::Laminas, 17, "n")
        };
        let alone = sign(&secrets);
        let signature = method.sign(&alone.base_string, "s", "");
        assert_eq!(
            alone.header(),
            format!(
                "OAuth oauth_consumer_key=\"k\", oauth_nonce=\"n\", oauth_signature_method=\"HMAC-SHA256\", \
                 oauth_timestamp=\"17\", oauth_version=\"1.0\", oauth_signature=\"{}\"",
                crate::oauth::percent::encode(signature)
            )
        );
        secrets.access_token = Some("t".to_owned());
        assert!(sign(&secrets).base_string.contains("oauth_token%3Dt"));
    }
}
