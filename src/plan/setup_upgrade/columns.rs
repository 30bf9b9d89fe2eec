//! Columns of the table `integration`: the text they keep, and the names they treat as equal.

use std::borrow::Cow;

use crate::names::{COLUMN_LENGTH, collated, is_supplementary};

/// Comparison and character set of the table `integration` in a shop.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
pub struct Columns {
    /// Compared names, in groups that the database treats as equal.
    pub same_names: Vec<Vec<String>>,
    /// True if it stores characters beyond U+FFFF.
    pub keeps_supplementary: bool,
}

impl Columns {
    /// Returns true if the database treats two names as equal; of names that it did not compare, by its usual collation.
    #[must_use]
    pub fn are_same(&self, a: &str, b: &str) -> bool {
        let group = |name: &str| self.same_names.iter().position(|names| names.iter().any(|it| it == name));
        match (group(a), group(b)) {
            (Some(a), Some(b)) => a == b,
            _ => collated(a) == collated(b),
        }
    }
}

/// Converts a text to what its column keeps: Magento disables the strict mode of the database, which then silently
/// truncates long texts (docs/magento/database.md#cut-values), and with 3-byte utf8 stores four question marks for a
/// character beyond U+FFFF (docs/magento/database.md#emoji).
pub(super) fn kept(text: &str, keeps_supplementary: bool) -> Cow<'_, str> {
    let cut = text.char_indices().nth(COLUMN_LENGTH).map_or(text, |(end, _)| &text[..end]);
    if keeps_supplementary || !cut.contains(is_supplementary) {
        return Cow::Borrowed(cut);
    }
    let marked: String =
        text.chars().flat_map(|c| if is_supplementary(c) { ['?'; 4].to_vec() } else { vec![c] }).collect();
    Cow::Owned(marked.chars().take(COLUMN_LENGTH).collect())
}
