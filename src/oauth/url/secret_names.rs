//! Names of secrets.

/// Parameters of OAuth that the header has in the open.
const OPEN: [&str; 6] = [
    "oauth_callback",
    "oauth_consumer_key",
    "oauth_nonce",
    "oauth_timestamp",
    "oauth_token",
    "oauth_version",
];

/// Parts of names, without what stands between their words.
const PARTS: [&str; 15] = [
    "accesskey",
    "apikey",
    "authorization",
    "bearer",
    "credential",
    "jwt",
    "oauthverifier",
    "passphrase",
    "passwd",
    "password",
    "secret",
    "sessid",
    "sessionid",
    "signature",
    "token",
];

/// Last words of names.
const ENDS: [&str; 9] = ["auth", "cookie", "csrf", "hmac", "otp", "pwd", "session", "sid", "sig"];

/// Words before `key`.
const KEYS: [&str; 9] =
    ["account", "auth", "encryption", "form", "license", "master", "private", "shared", "subscription"];

/// Returns true if a parameter with this name, decoded, has a secret as its value.
#[must_use]
pub fn names_secret(name: &str) -> bool {
    !OPEN.contains(&name) && name.split(['[', ']', '.']).any(is_secret)
}

/// Returns true for a segment of a path that a token follows: `resetLinkToken`.
pub(super) fn names_token(segment: &str) -> bool {
    words(segment).last().is_some_and(|word| word == "token")
}

/// Returns true if a key of a parameter, such as `b` of `a[b]`, names a secret.
fn is_secret(key: &str) -> bool {
    let words = words(key);
    let word = words.concat();
    let last = words.last().map_or("", String::as_str);
    if matches!(last, "type" | "method") {
        return false;
    }
    PARTS.iter().any(|part| word.contains(part))
        || word.starts_with("private")
        || ENDS.contains(&last)
        || matches!(&*word, "key" | "pass")
        || last == "key" && words.iter().rev().nth(1).is_some_and(|word| KEYS.contains(&word.as_str()))
}

/// Words of `apiKey`, `api_key`, `API-Key`, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let (mut is_new, mut was_small) = (true, false);
    for it in name.chars() {
        if !it.is_alphanumeric() {
            is_new = true;
            continue;
        }
        if is_new || it.is_uppercase() && was_small {
            words.push(String::new());
        }
        (is_new, was_small) = (false, it.is_lowercase() || it.is_numeric());
        if let Some(word) = words.last_mut() {
            word.extend(it.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_known_in_any_spelling() {
        for name in [
            "oauth_token_secret",
            "oauth_consumer_secret",
            "oauth_verifier",
            "oauth_signature",
            "access_token",
            "accessToken",
            "ACCESS-TOKEN",
            "customer[password]",
            "token[0]",
            ":resetPasswordLinkToken",
            "PHPSESSID",
            "SID",
            "session",
            "admin_session",
            "jwt",
            "bearer",
            "credentials",
            "form_key",
            "formKey",
            "authorization",
            "private_key",
            "privateData",
            "X-Api-Key",
            "key",
            "hmac",
            "pwd",
            "basic_auth",
        ] {
            assert!(names_secret(name), "{name}");
        }
    }

    #[test]
    fn other_names_are_none() {
        for name in [
            "",
            "fields",
            "url_key",
            "oauth_token",
            "oauth_consumer_key",
            "oauth_nonce",
            "oauth_signature_method",
            "sku",
            "code",
            "country_code",
            "attributeCode",
            "searchCriteria[filter_groups][0][filters][0][value]",
            "author",
            "design",
            "compass",
            "keyword",
            "inside",
            "is_oauth",
            "passport",
            "token_type",
            "signatureMethod",
        ] {
            assert!(!names_secret(name), "{name}");
        }
    }
}
