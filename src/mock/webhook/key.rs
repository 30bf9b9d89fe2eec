//! Keys that sign messages, as the generated class `Signer` does.

use std::fmt;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::mock::shop::Made;

/// Start of a secret whose rest is Base64.
const PREFIX: &str = "whsec_";

/// Key that messages are signed with.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey(Vec<u8>);

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey")
    }
}

impl SigningKey {
    /// Makes the secret of a module from a seed, the same in each run.
    #[must_use]
    pub fn made_secret(seed: u64, module: &str) -> String {
        format!("{PREFIX}{}", BASE64_STANDARD.encode(Made::new(seed, &["webhook secret", module]).bytes()))
    }

    /// Reads a secret: plain text, or `whsec_` followed by Base64.
    ///
    /// # Errors
    /// Empty secret, or one that is not Base64 after the prefix.
    pub fn read(secret: &str) -> Result<Self, &'static str> {
        let key = match secret.strip_prefix(PREFIX) {
            Some(encoded) => BASE64_STANDARD.decode(encoded).unwrap_or_default(),
            None => secret.as_bytes().to_vec(),
        };
        if key.is_empty() { Err("is empty, or not Base64 after `whsec_`") } else { Ok(Self(key)) }
    }

    /// Key that differs from this one.
    #[must_use]
    pub fn other(&self) -> Self {
        Self(self.0.iter().map(|byte| byte ^ 0x55).collect())
    }

    /// Signature of a message, for the header `webhook-signature`.
    #[must_use]
    pub fn sign(&self, id: &str, timestamp: u64, body: &str) -> String {
        // HMAC accepts keys of any length.
        let Ok(mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return String::new() };
        let text = format!("{id}.{timestamp}.{body}");
        format!("v1,{}", BASE64_STANDARD.encode(mac.chain_update(text).finalize().into_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors of the generated `SignerTest`; the first is the example of the Standard Webhooks specification.
    #[test]
    fn signatures_are_those_of_the_module() {
        let key = SigningKey::read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signature = key.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#);
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        let key = SigningKey::read("topsecret").unwrap();
        assert_eq!(
            key.sign("msg_1", 1_700_000_000, r#"{"a":1}"#),
            "v1,6wW4SqbhVQWEKgMRB9De27CnObbDoduoe7FCeyn5/bo="
        );
        assert_ne!(key.other(), key);
        for secret in ["", "whsec_", "whsec_not base64!", "whsec_TWFn ZW50", "whsec_TWFnZQ"] {
            assert!(SigningKey::read(secret).is_err(), "{secret}");
        }
        let made = SigningKey::made_secret(0, "Acme_Erp");
        assert!(SigningKey::read(&made).is_ok() && made == SigningKey::made_secret(0, "Acme_Erp"));
        assert!(
            made != SigningKey::made_secret(1, "Acme_Erp") && made != SigningKey::made_secret(0, "Acme_Oms")
        );
    }
}
