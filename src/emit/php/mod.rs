//! PHP: escaping, types, signatures, and conversion to older versions.

mod imports;
mod older;
mod signature;
mod types;

pub(super) use imports::Imports;
pub(super) use older::older;
pub(super) use signature::{MethodOwner, signature};
pub(super) use types::{default, doc_type, native};

/// Line length limit of the Magento coding standard.
pub(super) const LINE: usize = 120;

/// Renders a single-quoted PHP string.
pub(super) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// Escapes a line of a doc block, so that it does not end it.
pub(super) fn doc(text: &str) -> String {
    text.replace("*/", "* /")
}

/// Wraps a text in a doc block with the given indentation.
pub(super) fn wrap(text: &str, indent: usize) -> String {
    let prefix = format!("\n{} * ", " ".repeat(indent));
    let width = LINE - prefix.len() + 1;
    let mut wrapped = String::with_capacity(text.len());
    let mut length = 0;
    for word in doc(text).split(' ') {
        let word_length = word.chars().count();
        if length > 0 && length + 1 + word_length > width {
            wrapped.push_str(&prefix);
            length = 0;
        } else if length > 0 {
            wrapped.push(' ');
            length += 1;
        }
        wrapped.push_str(word);
        length += word_length;
    }
    wrapped
}

/// Lowercases the first letter: `incrementId` for `IncrementId`.
pub(super) fn variable(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_ascii_lowercase().to_string() + chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_what_php_reads_back() {
        assert_eq!(literal(r"it's \ $x ?>"), r"'it\'s \\ $x ?>'");
    }

    #[test]
    fn long_texts_take_several_lines() {
        let text = "word ".repeat(40) + "end";
        let wrapped = format!("     * {}", wrap(&text, 4));
        assert!(wrapped.lines().count() == 2 && wrapped.lines().all(|line| line.len() <= LINE), "{wrapped}");
        assert_eq!(wrapped.replace("\n     *", "").replace("     * ", ""), text);
    }

    #[test]
    fn doc_blocks_do_not_end_early() {
        assert_eq!(doc("a */ b */5"), "a * / b * /5");
    }
}
