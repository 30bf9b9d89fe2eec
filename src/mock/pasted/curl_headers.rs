//! Headers of a curl command.

use base64::{Engine as _, prelude::BASE64_STANDARD};

use super::{shell_words::ShellWord, unseen_part::UnseenPart};

/// Name of the header that several options make.
const AUTHORIZATION: &str = "Authorization";

/// Options of curl that make headers.
#[derive(Default)]
pub(super) struct CurlHeaders {
    /// Names and values of `--header`; no value for `Name:`, which is not sent.
    given: Vec<(String, Option<String>)>,
    /// Headers of other options, which are sent unless `--header` has the name.
    made: Vec<(&'static str, String)>,
    /// Value of `--user`, or the user in the URL.
    user: Option<String>,
    /// Value of `--oauth2-bearer`, before which `--user` counts for nothing.
    bearer: Option<ShellWord>,
    /// Given headers with a variable in them.
    variable: Vec<String>,
    /// True if further headers are in a file.
    has_file: bool,
    /// True if `.netrc` may have the user.
    has_netrc: bool,
}

impl CurlHeaders {
    /// Takes an option with its value. Returns false if it does not make a header.
    pub(super) fn take(&mut self, option: &str, value: &ShellWord) -> bool {
        let text = &*value.text;
        match option {
            "-H" | "--header" if text.starts_with('@') => self.has_file = true,
            "-H" | "--header" if has_unknown_name(value) => self.has_file = true,
            "-H" | "--header" => {
                let header = given(text);
                let name = header.as_ref().filter(|_| value.is_unknown()).map(|(name, _)| name.clone());
                self.variable.extend(name);
                self.given.extend(header);
            }
            "-K" | "--config" => self.has_file = true,
            "-n" | "--netrc" | "--netrc-file" | "--netrc-optional" => self.has_netrc = true,
            "-u" | "--user" => self.user = Some(text.to_owned()),
            // A value without `=` names a file.
            "-b" | "--cookie" if text.contains('=') => self.make("Cookie", text),
            "--oauth2-bearer" => self.bearer = Some(value.clone()),
            _ => return false,
        }
        true
    }

    /// Takes the user of the URL, before which `--user` and `.netrc` count.
    pub(super) fn take_user(&mut self, user: &str) {
        if !self.has_netrc {
            self.user.get_or_insert_with(|| user.to_owned());
        }
    }

    /// Adds a header that curl makes.
    pub(super) fn make(&mut self, name: &'static str, value: impl Into<String>) {
        self.made.push((name, value.into()));
    }

    /// Headers whose values are unknown, as far as they matter.
    pub(super) fn unseen(&self) -> Vec<UnseenPart> {
        let is_given = |name: &str| self.given.iter().any(|(it, _)| it.eq_ignore_ascii_case(name));
        let is_variable = |name: &str| self.variable.iter().any(|it| it.eq_ignore_ascii_case(name));
        let is_unseen = |name: &str| is_variable(name) || self.has_file && !is_given(name);
        let is_user_unseen = self.has_netrc && self.user.is_none();
        let is_made_of_unseen =
            !is_given(AUTHORIZATION) && self.bearer.as_ref().map_or(is_user_unseen, ShellWord::is_unknown);
        let mut parts = Vec::new();
        parts.extend((is_unseen(AUTHORIZATION) || is_made_of_unseen).then_some(UnseenPart::Authorization));
        parts.extend(is_unseen("Content-Type").then_some(UnseenPart::ContentType));
        parts.extend(is_variable("Host").then_some(UnseenPart::Host));
        parts
    }

    /// Headers that curl sends.
    pub(super) fn sent(mut self) -> Vec<(String, String)> {
        let bearer = self.bearer.take().map(|it| format!("Bearer {}", it.text));
        let basic = self.user.take().map(|user| format!("Basic {}", BASE64_STANDARD.encode(user)));
        if let Some(value) = bearer.or(basic) {
            self.make(AUTHORIZATION, value);
        }
        let Self { given, mut made, .. } = self;
        made.retain(|(name, _)| !given.iter().any(|(it, _)| it.eq_ignore_ascii_case(name)));
        let given = given.into_iter().filter_map(|(name, value)| Some((name, value?)));
        given.chain(made.into_iter().map(|(name, value)| (name.to_owned(), value))).collect()
    }
}

/// Returns true if a variable is in the name of a header, or may hold all of it.
fn has_unknown_name(header: &ShellWord) -> bool {
    let name = header.text.find(':').unwrap_or(header.text.len());
    header.unknown.first().is_some_and(|&at| at < name)
}

/// Name and value of `Name: value`, of `Name:` without one, and of `Name;` with an empty one; none of other texts.
fn given(text: &str) -> Option<(String, Option<String>)> {
    let (name, value) = match text.split_once(':') {
        Some((name, value)) => (name, Some(value.trim()).filter(|value| !value.is_empty())),
        None => (text.trim_end().strip_suffix(';')?, Some("")),
    };
    Some((name.trim().to_owned(), value.map(str::to_owned)))
}
