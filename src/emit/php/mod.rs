//! PHP: text that it takes for text, types, signatures, and older forms of the same code.

mod imports;
mod older;
mod signature;
mod types;

pub(super) use imports::Imports;
pub(super) use older::older;
pub(super) use signature::{Place, signature};
pub(super) use types::{default, doc_type, native};

/// A PHP string in single quotes.
pub(super) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// A line of a doc block, without what would end it.
pub(super) fn doc(text: &str) -> String {
    text.replace("*/", "* /")
}

/// The text with its first letter small: `incrementId` of `IncrementId`.
pub(super) fn variable(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_ascii_lowercase().to_string() + chars.as_str())
}

/// The text with its first letter as a capital.
pub(super) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_what_php_reads_back() {
        assert_eq!(literal(r"it's \ $x ?>"), r"'it\'s \\ $x ?>'");
    }

    #[test]
    fn doc_blocks_do_not_end_early() {
        assert_eq!(doc("a */ b */5"), "a * / b * /5");
    }
}
