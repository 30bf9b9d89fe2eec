//! Credentials of integrations, as a file holds them.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Key, token and their secrets.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Secrets {
    /// Consumer key.
    pub consumer_key: String,
    /// Consumer secret.
    pub consumer_secret: String,
    /// Newest access token, if there is one.
    pub access_token: Option<String>,
    /// Its secret.
    pub access_token_secret: Option<String>,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets")
    }
}

/// Credentials of one integration: an entry of the file that `credentials --reveal` writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Credentials {
    /// Key, token and their secrets.
    #[serde(flatten)]
    pub secrets: Secrets,
    /// Name of the integration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub integration: Option<String>,
}

/// Reason why a file holds no credentials.
#[derive(Debug)]
pub struct CredentialsError {
    /// Line, from 1 on; none if no place is to blame.
    pub line: Option<u64>,
    /// The reason. It quotes no value, because a value may be a secret.
    pub reason: String,
}

impl Credentials {
    /// Reads a JSON list of credentials, one of them, or a document that has them in `credentials`, as `mock activate` prints.
    ///
    /// # Errors
    /// Text that is not JSON, or an entry without a key or with a value that is not a string.
    pub fn read(text: &str) -> Result<Vec<Self>, CredentialsError> {
        // serde_json's own message may quote what it found.
        let read = serde_json::from_str(text).map_err(|error| CredentialsError {
            line: u64::try_from(error.line()).ok(),
            reason: "is not valid JSON".to_owned(),
        })?;
        let entries = match read {
            Value::Array(entries) => entries,
            mut entry => vec![match entry.get_mut("credentials").filter(|it| it.is_object()) {
                Some(inner) => inner.take(),
                None => entry,
            }],
        };
        entries.into_iter().enumerate().map(|(place, entry)| Self::of(&entry, place + 1)).collect()
    }

    fn of(entry: &Value, place: usize) -> Result<Self, CredentialsError> {
        let wrong = |what: String| CredentialsError { line: None, reason: format!("entry {place} {what}") };
        let Some(entry) = entry.as_object() else { return Err(wrong("is not an object".to_owned())) };
        let text = |key: &str| match entry.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Err(wrong(format!("has an empty `{key}`"))),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(wrong(format!("has a `{key}` that is not a string"))),
        };
        let required = |key: &str| text(key)?.ok_or_else(|| wrong(format!("has no `{key}`")));
        let misspelled = entry.keys().find(|key| {
            let is_known = ["consumer_key", "consumer_secret", "access_token", "access_token_secret"];
            key.contains("token") && !is_known.contains(&key.as_str())
        });
        if let (None, Some(key)) = (text("access_token")?.and(text("access_token_secret")?), misspelled) {
            return Err(wrong(format!("has `{key}`; write `access_token` and `access_token_secret`")));
        }
        let missing = match (text("access_token")?, text("access_token_secret")?) {
            (Some(_), None) => Some("access_token_secret"),
            (None, Some(_)) => Some("access_token"),
            _ => None,
        };
        if let Some(key) = missing {
            return Err(wrong(format!("has no `{key}`, which signatures need beside the other")));
        }
        let secrets = Secrets {
            consumer_key: required("consumer_key")?,
            consumer_secret: required("consumer_secret")?,
            access_token: text("access_token")?,
            access_token_secret: text("access_token_secret")?,
        };
        Ok(Self { secrets, integration: text("integration")? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_holds_one_or_several() {
        let one = r#"{"consumer_key": "k", "consumer_secret": "s", "access_token": null, "note": 1}"#;
        let read = Credentials::read(one).unwrap();
        assert_eq!((&*read[0].secrets.consumer_key, &read[0].secrets.access_token), ("k", &None));
        assert_eq!(Credentials::read(&format!("[{one}, {one}]")).unwrap().len(), 2);
        assert_eq!(Credentials::read(&serde_json::to_string(&read).unwrap()).unwrap(), read);
        let document = format!(r#"{{"active": true, "credentials": {one}}}"#);
        assert_eq!(Credentials::read(&document).unwrap(), read);
    }

    #[test]
    fn mistakes_are_named_without_values() {
        let reason = |text: &str| Credentials::read(text).unwrap_err().reason;
        assert_eq!(reason("{"), "is not valid JSON");
        assert_eq!(reason("[1]"), "entry 1 is not an object");
        assert_eq!(reason(r#"{"consumer_key": "k"}"#), "entry 1 has no `consumer_secret`");
        assert_eq!(reason(r#"{"consumer_key": ""}"#), "entry 1 has an empty `consumer_key`");
        let with =
            |more: &str| reason(&format!(r#"{{"consumer_key": "k", "consumer_secret": "s", {more}}}"#));
        assert!(with(r#""access_token": "t""#).starts_with("entry 1 has no `access_token_secret`"));
        assert!(with(r#""access_token_secret": "t""#).starts_with("entry 1 has no `access_token`,"));
        assert!(with(r#""acces_token": "t""#).starts_with("entry 1 has `acces_token`; write `access_token`"));
        assert_eq!(reason(r#"{"consumer_key": 7}"#), "entry 1 has a `consumer_key` that is not a string");
    }
}
