//! Text that PHP takes for text.

/// A PHP string in single quotes.
pub(super) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// A line of a doc block, without what would end it.
pub(super) fn doc(text: &str) -> String {
    text.replace("*/", "* /")
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
