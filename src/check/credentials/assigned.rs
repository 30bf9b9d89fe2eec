//! Secrets behind their name in a text: `password: …`, `api_key = "…"`.

use super::{Secret, is_secret_name, may_be_secret};

/// Greatest number of words in a name, such as `API key`.
const WORDS: usize = 2;

/// Finds the first value behind a name such as `password`.
pub(super) fn find(text: &str) -> Option<Secret<'_>> {
    if !text.bytes().any(|byte| b":=\"'`".contains(&byte)) {
        return None;
    }
    let separated = text.match_indices([':', '=']).map(|(at, separator)| (at, at + separator.len()));
    let quotes = text.match_indices(['"', '\'', '`']).filter(|&(at, _)| text[..at].ends_with(' '));
    let quoted = quotes.map(|(at, _)| (at, at));
    separated.chain(quoted).find_map(|(before, behind)| {
        is_named(&text[..before]).then(|| value(&text[behind..], text[before..].starts_with('='))).flatten()
    })
}

/// Returns true if the text ends with the name of a secret.
fn is_named(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches(['"', '\'', '`']);
    let is_within = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let mut start = text.len();
    (0..WORDS).any(|_| {
        start = text[..start].trim_end_matches(' ').len();
        start = text[..start].trim_end_matches(is_within).len();
        is_secret_name(text[start..].trim())
    })
}

/// Value at the start of the text, if it looks like one: quoted, at the end of an assignment, or not a plain word.
fn value(text: &str, is_assigned: bool) -> Option<Secret<'_>> {
    let text = text.trim_start();
    let quote = text.chars().next().filter(|first| matches!(first, '"' | '\'' | '`'));
    let value = match quote {
        Some(quote) => text[1..].split(quote).next()?,
        None => text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ')' | '"')).next()?,
    };
    let value = if quote.is_some() { value } else { value.trim_end_matches(['.', '!', '?']) };
    let is_last = is_assigned && text.len() == value.len();
    let has_digit = value.contains(|c: char| c.is_ascii_digit());
    let words = value.split('-');
    let is_phrase = words.clone().count() > 2 && words.clone().all(is_plain);
    let is_path = value.contains('/') && value.split('/').all(is_identifier);
    let is_call = value.contains("::") || value.contains('(');
    ((quote.is_some() || is_last || has_digit) && may_be_secret(value) && !is_phrase && !is_path && !is_call)
        .then_some(Secret { text: value, what: "a secret" })
}

fn is_plain(word: &str) -> bool {
    word.bytes().all(|it| it.is_ascii_lowercase()) || word.bytes().all(|it| it.is_ascii_digit())
}

fn is_identifier(word: &str) -> bool {
    word.bytes().all(|it| it.is_ascii_lowercase() || matches!(it, b'_' | b'.'))
}
