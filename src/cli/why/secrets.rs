//! Secrets that the answer to a pasted request may repeat.

use base64::{Engine as _, prelude::BASE64_STANDARD};

use crate::{
    mock::HttpRequest,
    oauth::{KnownSecrets, names_secret, secrets_in, secrets_in_url},
};

/// Bytes from which on a cookie of any name may be a secret.
const SHORTEST_COOKIE: usize = 8;

/// Secrets of the client, and those that the request has in its URL, its headers and its body.
pub(super) fn secrets(of_client: &[String], request: &HttpRequest) -> KnownSecrets {
    let mut values = of_client.to_vec();
    values.extend(secrets_in_url(&request.target));
    for (name, value) in &request.headers {
        match name.to_ascii_lowercase().as_str() {
            "cookie" => {
                let pairs = value.split(';').filter_map(|pair| pair.split_once('='));
                let secrets = pairs.filter(|(name, value)| is_secret_cookie(name.trim(), value.trim()));
                values.extend(secrets.map(|(_, value)| value.trim().to_owned()));
            }
            "authorization" | "proxy-authorization" => values.extend(credentials(value)),
            _ => {}
        }
        values.extend(secrets_in(&format!("{name}: {value}")));
    }
    values.extend(secrets_in(&String::from_utf8_lossy(&request.body)));
    KnownSecrets::new(values)
}

/// Returns true for a cookie that its name or its length says to be a secret; the one of the store view has its code.
fn is_secret_cookie(name: &str, value: &str) -> bool {
    names_secret(name) || value.len() >= SHORTEST_COOKIE && name != "store"
}

/// Token behind a scheme other than OAuth, or the password of Basic authentication.
fn credentials(header: &str) -> Option<String> {
    let (scheme, credentials) = header.split_once(' ')?;
    match scheme.to_ascii_lowercase().as_str() {
        "oauth" => None,
        "basic" => {
            let decoded = String::from_utf8(BASE64_STANDARD.decode(credentials.trim()).ok()?).ok()?;
            decoded.split_once(':').map(|(_, password)| password.to_owned())
        }
        _ => Some(credentials.trim().to_owned()),
    }
}
