//! Credentials, value by value.

use camino::Utf8PathBuf;

use crate::oauth::Secrets;

/// Secrets that a file gave, which are not printed.
pub(super) struct GivenSecrets {
    pub(super) file: Utf8PathBuf,
    /// True if it gave an access token, too.
    pub(super) has_tokens: bool,
}

/// Names and values, in the order of Admin.
pub(super) fn values(secrets: &Secrets) -> [(&'static str, Option<&str>); 4] {
    [
        ("consumer key", Some(&secrets.consumer_key)),
        ("consumer secret", Some(&secrets.consumer_secret)),
        ("access token", secrets.access_token.as_deref()),
        ("access token secret", secrets.access_token_secret.as_deref()),
    ]
}

/// Values for people, one a line, but for those that a file gave.
pub(super) fn in_lines(secrets: &Secrets, given: Option<&GivenSecrets>) -> String {
    let shown = |(name, value): (&str, Option<&str>)| {
        let is_given = given.filter(|given| match name {
            "consumer key" => false,
            "consumer secret" => true,
            _ => given.has_tokens,
        });
        match (value, is_given) {
            (Some(_), Some(given)) => format!("{name:<19}  as in {}\n", given.file),
            (value, _) => format!("{name:<19}  {}\n", value.unwrap_or("none")),
        }
    };
    values(secrets).map(shown).concat()
}
