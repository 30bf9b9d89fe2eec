//! HMAC signatures.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use sha2::Sha256;

use super::percent::encode;
use crate::names::MagentoVersion;

/// Signature method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureMethod {
    /// `HMAC-SHA1`.
    HmacSha1,
    /// `HMAC-SHA256`.
    HmacSha256,
}

impl SignatureMethod {
    /// Last release that accepts HMAC-SHA1 (docs/magento/web-api.md#signature).
    const LAST_WITH_SHA1: MagentoVersion = MagentoVersion::new(2, 4, 3).with_p(2);

    /// All methods that a release may accept.
    pub const ALL: [Self; 2] = [Self::HmacSha256, Self::HmacSha1];

    /// Method of a name, the case of which counts.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == name)
    }

    /// `HMAC-SHA256`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HmacSha1 => "HMAC-SHA1",
            Self::HmacSha256 => "HMAC-SHA256",
        }
    }

    /// Returns true if the release accepts it.
    #[must_use]
    pub fn is_accepted(self, release: MagentoVersion) -> bool {
        self == Self::HmacSha256 || release <= Self::LAST_WITH_SHA1
    }

    /// Signs a base string. The secret of a token is empty where there is none yet.
    #[must_use]
    pub fn sign(self, base_string: &str, consumer_secret: &str, token_secret: &str) -> String {
        self.sign_with(base_string, &format!("{}&{}", encode(consumer_secret), encode(token_secret)))
    }

    /// Signs a base string with an assembled key.
    #[must_use]
    pub(super) fn sign_with(self, base_string: &str, key: &str) -> String {
        let (key, text) = (key.as_bytes(), base_string.as_bytes());
        // HMAC accepts keys of any length.
        let signature = match self {
            Self::HmacSha1 => Hmac::<Sha1>::new_from_slice(key)
                .map(|mac| BASE64_STANDARD.encode(mac.chain_update(text).finalize().into_bytes())),
            Self::HmacSha256 => Hmac::<Sha256>::new_from_slice(key)
                .map(|mac| BASE64_STANDARD.encode(mac.chain_update(text).finalize().into_bytes())),
        };
        signature.unwrap_or_default()
    }

    /// Compares a signature with the right one, in a time that does not depend on where they differ.
    #[must_use]
    pub fn fits(self, signature: &str, base_string: &str, consumer_secret: &str, token_secret: &str) -> bool {
        let right = self.sign(base_string, consumer_secret, token_secret);
        let (right, given) = (right.as_bytes(), signature.as_bytes());
        let difference = right.iter().zip(given).fold(0, |all, (one, other)| all | (one ^ other));
        std::hint::black_box(difference) == 0 && right.len() == given.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the OAuth 1.0 standard, and the same with SHA-256 as PHP computes it.
    #[test]
    fn signatures_are_those_of_the_standard() {
        let base = "GET&http%3A%2F%2Fphotos.example.net%2Fphotos&file%3Dvacation.jpg%26oauth_consumer_key%3Ddpf43f3p2l4k3l03\
                    %26oauth_nonce%3Dkllo9940pd9333jh%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1191242096\
                    %26oauth_token%3Dnnch734d00sl2jdk%26oauth_version%3D1.0%26size%3Doriginal";
        let [consumer, token] = ["kd94hf93k423kf44", "pfkkdhi9sl3r4s00"];
        let signatures = ["0gCtTYQAxqCKhIE0sltgx7UgHkAs10vrpuYE7xpRBnE=", "tR3+Ty81lMeYAr/Fid0kMTYa/WM="];
        for (method, signature) in SignatureMethod::ALL.into_iter().zip(signatures) {
            assert_eq!(method.sign(base, consumer, token), signature);
            assert!(method.fits(signature, base, consumer, token));
            assert!(!method.fits(signature, base, consumer, "x"));
            assert!(!method.fits(&signature[1..], base, consumer, token));
            assert!(!method.fits("", base, consumer, token));
        }
    }

    #[test]
    fn sha1_ends_with_2_4_4() {
        let accepted = |release: &str| SignatureMethod::HmacSha1.is_accepted(release.parse().unwrap());
        assert!(accepted("2.3.7-p4") && accepted("2.4.3-p2"));
        assert!(!accepted("2.4.3-p3") && !accepted("2.4.4"));
        assert_eq!(SignatureMethod::named("hmac-sha256"), None);
    }
}
