//! Errors as Magento answers them.

use std::{collections::BTreeMap, ops::Bound};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::{input::text_of, texts::required};
use crate::{
    names::MagentoVersion,
    oauth::{KnownSecrets, without_path_secrets},
};

/// Stack trace in developer mode: that of the mock would mean nothing.
pub(in crate::mock) const TRACE: &str = "#0 {main}";

/// Request that is refused: what ends it, at whichever stage.
#[derive(Debug, Clone, PartialEq)]
pub struct ShopRefusal {
    /// HTTP status.
    pub status: u16,
    /// Body of the answer.
    pub body: Box<RefusalBody>,
    /// Sentence for the contract report, if the body does not say it all.
    pub why: Option<String>,
    /// Texts of a signature that does not match.
    pub signed: Option<Box<SignedTexts>>,
    /// True if it comes before the service is created, which is what starts a session.
    pub is_early: bool,
}

/// Body of a refusal.
#[derive(Debug, Clone, PartialEq)]
pub enum RefusalBody {
    /// Error of the web API, as JSON or XML.
    Error {
        /// Message with its placeholders.
        message: String,
        /// Values for the placeholders: a list, an object, or null without any.
        parameters: Value,
        /// Further messages.
        errors: Vec<RefusalDetail>,
        /// Number of the exception, left out if 0.
        code: i64,
        /// Trace in developer mode.
        trace: Trace,
    },
    /// Page of the error handler, before the web API is reached; the title of the exception in developer mode.
    Page(String),
    /// Exception that only developer mode shows; production hides it behind a report id.
    Internal(String),
    /// Error of PHP that no handler of the web API catches, with its text.
    Fatal(String),
    /// Text such as `oauth_problem=…`.
    Plain(String),
}

/// One of several messages in `errors`.
#[derive(Debug, Clone, PartialEq)]
pub struct RefusalDetail {
    /// Message with its placeholders.
    pub message: String,
    /// Values for the placeholders: a list or an object.
    pub parameters: Value,
}

/// Texts of a signature that does not match.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct SignedTexts {
    /// Text that the shop signs; null if the signature was not checked or fits.
    pub shop_signs: Option<String>,
    /// Text that the client signed; null if no usual mistake explains the signature.
    pub client_signs: Option<String>,
}

impl SignedTexts {
    /// The texts without secrets.
    #[must_use]
    pub fn without(self, secrets: &KnownSecrets) -> Self {
        let hide = |text: Option<String>| text.map(|text| secrets.hide(&text));
        Self { shop_signs: hide(self.shop_signs), client_signs: hide(self.client_signs) }
    }

    /// Both below each other, for people.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        let line =
            |label: &str, text: &Option<String>| text.as_ref().map(|text| format!("the {label} {text}"));
        let client = match &self.client_signs {
            same if same.is_some() && *same == self.shop_signs => &Some("the same text".to_owned()),
            other => other,
        };
        [line("shop signs  ", &self.shop_signs), line("client signs", client)].into_iter().flatten()
    }
}

/// Value of `trace` in developer mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trace {
    /// Null: exceptions of the web API itself.
    Null,
    /// Text: all others.
    Text,
}

impl ShopRefusal {
    fn with_body(status: u16, body: RefusalBody) -> Self {
        Self { status, body: Box::new(body), why: None, signed: None, is_early: false }
    }

    /// Creates an error of the web API itself, whose message is filled in.
    #[must_use]
    pub fn new(status: u16, message: impl Into<String>) -> Self {
        let (message, parameters) = (message.into(), Value::Null);
        let (errors, code, trace) = (Vec::new(), 0, Trace::Null);
        Self::with_body(status, RefusalBody::Error { message, parameters, errors, code, trace })
    }

    /// Creates an error of a service or of OAuth: `LocalizedException`, whose message keeps its placeholders.
    #[must_use]
    pub fn localized(status: u16, message: impl Into<String>, parameters: Value) -> Self {
        let (message, errors, code, trace) = (message.into(), Vec::new(), 0, Trace::Text);
        Self::with_body(status, RefusalBody::Error { message, parameters, errors, code, trace })
    }

    /// Creates such an error without parameters.
    #[must_use]
    pub fn exception(status: u16, message: impl Into<String>) -> Self {
        Self::localized(status, message, Value::Null)
    }

    /// Creates an error with one named parameter.
    #[must_use]
    pub fn named(status: u16, message: impl Into<String>, name: &str, value: impl Into<Value>) -> Self {
        let parameters: Map<String, Value> = [(name.to_owned(), value.into())].into_iter().collect();
        Self::localized(status, message, Value::Object(parameters))
    }

    /// Creates an error of PHP that escapes the web API.
    #[must_use]
    pub fn fatal(error: impl Into<String>) -> Self {
        Self::with_body(500, RefusalBody::Fatal(error.into()))
    }

    /// Creates an error that only developer mode shows.
    #[must_use]
    pub fn internal(exception: impl Into<String>) -> Self {
        Self::with_body(500, RefusalBody::Internal(exception.into()))
    }

    /// Creates an error with several messages (`InputException`).
    #[must_use]
    pub fn several(details: impl IntoIterator<Item = RefusalDetail>) -> Self {
        let refusal = Self::exception(400, "One or more input exceptions have occurred.");
        refusal.with_errors(details.into_iter().collect())
    }

    /// Message, for the report.
    #[must_use]
    pub fn message(&self) -> &str {
        match &*self.body {
            RefusalBody::Error { message, .. }
            | RefusalBody::Page(message)
            | RefusalBody::Internal(message)
            | RefusalBody::Fatal(message)
            | RefusalBody::Plain(message) => message,
        }
    }

    /// Text with all messages, filled in: further ones joined by commas, without their full stops.
    #[must_use]
    pub fn text(&self) -> String {
        match &*self.body {
            RefusalBody::Error { errors, .. } if !errors.is_empty() => {
                let texts = errors.iter().map(|detail| filled(&detail.message, &detail.parameters));
                texts.map(|text| text.trim_end_matches('.').to_owned()).collect::<Vec<_>>().join(", ")
            }
            RefusalBody::Error { message, parameters, .. } => filled(message, parameters),
            _ => self.message().to_owned(),
        }
    }

    /// Creates a page of the error handler.
    #[must_use]
    pub fn page(exception: impl Into<String>) -> Self {
        Self::with_body(500, RefusalBody::Page(exception.into()))
    }

    /// Marks an error that comes before the service is created.
    #[must_use]
    pub fn early(mut self) -> Self {
        self.is_early = true;
        self
    }

    /// Adds the messages in `errors`.
    #[must_use]
    pub fn with_errors(mut self, details: Vec<RefusalDetail>) -> Self {
        if let RefusalBody::Error { errors, .. } = &mut *self.body {
            *errors = details;
        }
        self
    }

    /// Returns the reason in one line for a header.
    pub(super) fn why_in_short(&self) -> Option<String> {
        /// Characters of the header.
        const LONGEST: usize = 1000;
        let line = self.why.as_deref()?.lines().collect::<Vec<_>>().join("; ");
        Some(line.chars().map(|it| if it.is_control() { ' ' } else { it }).take(LONGEST).collect())
    }

    /// Hides the secrets of a path in the texts of a signature.
    pub(super) fn without_path_secrets(mut self, path: &str, route: &str) -> Self {
        if let Some(signed) = &mut self.signed {
            for text in [&mut signed.shop_signs, &mut signed.client_signs].into_iter().flatten() {
                *text = without_path_secrets(text, path, Some(route));
            }
        }
        self
    }

    /// Adds a sentence for the report.
    #[must_use]
    pub fn because(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self
    }
}

impl RefusalDetail {
    /// Creates the message on a missing parameter.
    #[must_use]
    pub fn missing(name: &str, release: MagentoVersion) -> Self {
        let parameters = [("fieldName".to_owned(), Value::from(name))].into_iter().collect();
        Self { message: required(release).to_owned(), parameters: Value::Object(parameters) }
    }
}

/// Message with its placeholders filled in at once, as `strtr` does: the longest name counts, and values stay as they are.
pub(super) fn filled(message: &str, parameters: &Value) -> String {
    /// Length from which on placeholders stay.
    const LONGEST: usize = 16 << 20;
    let values: BTreeMap<String, &Value> = match parameters {
        Value::Array(values) => values.iter().zip(1..).map(|(it, number)| (number.to_string(), it)).collect(),
        Value::Object(values) => values.iter().map(|(name, value)| (name.clone(), value)).collect(),
        _ => return message.to_owned(),
    };
    let (mut text, mut rest) = (String::with_capacity(message.len()), message);
    while let Some((before, behind)) = rest.split_once('%') {
        text.push_str(before);
        let found = if text.len() < LONGEST { longest(&values, behind) } else { None };
        match found {
            Some((_, value)) => text.push_str(&text_of(value)),
            None => text.push('%'),
        }
        rest = &behind[found.map_or(0, |(name, _)| name.len())..];
    }
    text + rest
}

/// Longest name that a text begins with, and its value.
fn longest<'v>(values: &'v BTreeMap<String, &Value>, text: &str) -> Option<(&'v str, &'v Value)> {
    let mut start = text;
    loop {
        let (name, value) = values.range::<str, _>((Bound::Unbounded, Bound::Included(start))).next_back()?;
        if start.starts_with(name) {
            return Some((name, value));
        }
        // What is longer than the common part begins otherwise.
        let common = start.chars().zip(name.chars()).take_while(|(one, other)| one == other);
        start = &start[..common.map(|(it, _)| it.len_utf8()).sum()];
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_filled_in_as_they_are() {
        for (message, parameters, expected) in [
            ("%1 of %10, %2%", json!(["%2", "b", 3]), "%2 of %20, b%"),
            ("%a %ab %abc %", json!({ "a": "%ab", "ab": 1, "é": 2 }), "%ab 1 1c %"),
            ("%abd %b", json!({ "ab": 1, "abc": 2, "abcd": 3, "aa": 4 }), "1d %b"),
            ("%é%1", json!({ "é": "%1" }), "%1%1"),
            ("%1", json!(null), "%1"),
        ] {
            assert_eq!(filled(message, &parameters), expected);
        }
    }

    /// Values that name each other, and many of a long one, do not grow without end.
    #[test]
    fn filled_messages_are_limited() {
        let values: Vec<String> = (1..=60).map(|it| format!("%{0}%{0}", it - 1)).collect();
        assert_eq!(filled("%60", &json!(values)), "%59%59");
        let long = "x".repeat(1 << 20);
        let text = filled(&"%1".repeat(1 << 20), &json!([long]));
        assert!(text.len() < 20 << 20, "{}", text.len());
    }
}
