//! An answer as it goes out.

use std::borrow::Cow;

use crate::oauth::percent::encode;

/// Header with a note on the answer.
const OWN_HEADER: &str = "X-Magespec-Mock";

/// HTTP answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpAnswer {
    /// Status.
    pub status: u16,
    /// Headers in the order of the shop, without `Content-Length` and `Date`.
    pub headers: Vec<(Cow<'static, str>, String)>,
    /// Body.
    pub body: Vec<u8>,
}

impl HttpAnswer {
    /// Creates an answer of a content type.
    #[must_use]
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("Content-Type".into(), content_type.to_owned())];
        Self { status, headers, body: body.into() }
    }

    /// Adds a header.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Adds a sentence of the mock's own, in ASCII.
    #[must_use]
    pub fn noting(self, note: &str) -> Self {
        let escaped = note.chars().map(|it| match it {
            '…' => "...".to_owned(),
            ' '..='~' => it.to_string(),
            it if it.is_control() => " ".to_owned(),
            it => encode(it.to_string()),
        });
        self.with(OWN_HEADER, escaped.collect::<String>())
    }

    /// Puts a header in the place of those with its name.
    #[must_use]
    pub fn replacing(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(it, _)| !it.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned().into(), value.to_owned()));
        self
    }

    /// Value of a header, whatever the case of its name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|(it, _)| it.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}
