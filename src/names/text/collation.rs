//! Text comparison of the database.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// Returns a key that is equal for texts that the database considers equal: its collation utf8_general_ci ignores
/// case, accents and trailing spaces (docs/magento/database.md#collation).
#[must_use]
pub fn collated(text: &str) -> String {
    let letters = text.trim_end_matches(' ').nfd().filter(|c| !is_combining_mark(*c));
    letters.flat_map(char::to_lowercase).collect()
}
