//! Helpers for text that people read.

use std::fmt::Display;

use anstyle::Style;

use super::printable_line;

/// `1 file`, `2 files`.
#[must_use]
pub fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// Joins words: `a, b or c`.
#[must_use]
pub fn enumerated<T: AsRef<str>>(words: &[T], last_word: &str) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} {last_word} {last}", first.join(", ")),
        words => words.concat(),
    }
}

/// Styles a piece of a line for a terminal, with control characters replaced by visible symbols.
#[must_use]
pub fn styled(style: Style, text: impl Display) -> String {
    format!("{style}{}{style:#}", printable_line(&text.to_string()))
}

/// First characters of a secret, enough to recognise it.
#[must_use]
pub fn concealed(secret: &str) -> String {
    let kept = (secret.chars().count() / 4).min(4);
    secret.chars().take(kept).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_of_a_secret_is_shown() {
        for (secret, shown) in
            [("sk_live_0123456789", "sk_l…"), ("hunter22", "hu…"), ("pw", "…"), ("äöüßäöüß", "äö…")]
        {
            assert_eq!(concealed(secret), shown);
        }
    }
}
