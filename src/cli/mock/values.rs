//! Credentials, value by value.

use crate::oauth::Secrets;

/// Names and values, in the order of Admin.
pub(super) fn values(secrets: &Secrets) -> [(&'static str, Option<&str>); 4] {
    [
        ("consumer key", Some(&secrets.consumer_key)),
        ("consumer secret", Some(&secrets.consumer_secret)),
        ("access token", secrets.access_token.as_deref()),
        ("access token secret", secrets.access_token_secret.as_deref()),
    ]
}

/// Values for people, one a line.
pub(super) fn in_lines(secrets: &Secrets) -> String {
    values(secrets).map(|(name, value)| format!("{name:<19}  {}\n", value.unwrap_or("none"))).concat()
}
