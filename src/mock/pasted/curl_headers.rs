//! Headers of a curl command.

use base64::{Engine as _, prelude::BASE64_STANDARD};

/// Options of curl that make headers.
#[derive(Default)]
pub(super) struct CurlHeaders {
    /// Names and values of `--header`; no value for `Name:`, which is not sent.
    given: Vec<(String, Option<String>)>,
    /// Headers of other options, which are sent unless `--header` has the name.
    made: Vec<(&'static str, String)>,
}

impl CurlHeaders {
    /// Takes an option with its value. Returns false if it does not make a header.
    pub(super) fn take(&mut self, option: &str, value: &str) -> bool {
        match option {
            "-H" | "--header" => self.given.extend(given(value)),
            "-u" | "--user" => self.make("Authorization", format!("Basic {}", BASE64_STANDARD.encode(value))),
            // A value without `=` names a file.
            "-b" | "--cookie" if value.contains('=') => self.make("Cookie", value),
            "--oauth2-bearer" => self.make("Authorization", format!("Bearer {value}")),
            _ => return false,
        }
        true
    }

    /// Adds a header that curl makes.
    pub(super) fn make(&mut self, name: &'static str, value: impl Into<String>) {
        self.made.push((name, value.into()));
    }

    /// Headers that curl sends.
    pub(super) fn sent(self) -> Vec<(String, String)> {
        let Self { given, mut made } = self;
        made.retain(|(name, _)| !given.iter().any(|(it, _)| it.eq_ignore_ascii_case(name)));
        let given = given.into_iter().filter_map(|(name, value)| Some((name, value?)));
        given.chain(made.into_iter().map(|(name, value)| (name.to_owned(), value))).collect()
    }
}

/// Name and value of `Name: value`, of `Name:` without one, and of `Name;` with an empty one; none of other texts.
fn given(text: &str) -> Option<(String, Option<String>)> {
    let (name, value) = match text.split_once(':') {
        Some((name, value)) => (name, Some(value.trim()).filter(|value| !value.is_empty())),
        None => (text.trim_end().strip_suffix(';')?, Some("")),
    };
    Some((name.trim().to_owned(), value.map(str::to_owned)))
}
