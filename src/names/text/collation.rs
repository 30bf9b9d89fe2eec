//! Texts as the database compares them.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// What two texts have in common that the database takes for the same: its collation utf8_general_ci knows no case and
/// no accents, and ignores spaces at the end (docs/magento/database.md#collation).
#[must_use]
pub fn collated(text: &str) -> String {
    let letters = text.trim_end_matches(' ').nfd().filter(|c| !is_combining_mark(*c));
    letters.flat_map(char::to_lowercase).collect()
}
