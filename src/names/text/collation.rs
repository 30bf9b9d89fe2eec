//! Text comparison of the database.

use std::{collections::HashMap, sync::LazyLock};

/// Weight of every character beyond U+FFFF (docs/magento/database.md#collation).
const SUPPLEMENTARY: char = char::REPLACEMENT_CHARACTER;

/// Weights of the characters that do not weigh what their code point says.
static WEIGHTS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let lines = include_str!("general_ci.tsv").lines().filter_map(|line| line.split_once('\t'));
    let weights = lines.filter_map(|(weight, all)| Some((character(weight)?, all)));
    weights.flat_map(|(weight, all)| all.split(' ').flat_map(range).map(move |c| (c, weight))).collect()
});

/// Returns a key that is equal for texts that the database considers equal: `utf8_general_ci`, and `utf8mb4_general_ci`
/// from 2.4.8 on, weigh each character by itself and ignore trailing spaces (docs/magento/database.md#collation).
#[must_use]
pub fn collated(text: &str) -> String {
    text.trim_end_matches(' ').chars().map(weight).collect()
}

fn weight(c: char) -> char {
    match c {
        // As in the table, which need not be read for them.
        _ if c.is_ascii() => c.to_ascii_uppercase(),
        _ if is_supplementary(c) => SUPPLEMENTARY,
        _ => WEIGHTS.get(&c).copied().unwrap_or(c),
    }
}

/// Returns true for a character that takes 4 bytes in UTF-8 (docs/magento/database.md#emoji).
#[must_use]
pub const fn is_supplementary(c: char) -> bool {
    c.len_utf8() == 4
}

/// The characters of `00E0-00E5` or `00E0`.
fn range(text: &str) -> impl Iterator<Item = char> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    character(first).zip(character(last)).into_iter().flat_map(|(first, last)| first..=last)
}

fn character(hex: &str) -> Option<char> {
    char::from_u32(u32::from_str_radix(hex, 16).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each line as MariaDB 10.11 answers `SELECT a = b COLLATE utf8mb4_general_ci`.
    #[test]
    fn names_are_those_that_the_database_compares() {
        for (a, b, is_same) in [
            ("ERP", "erp", true),
            ("ERP", "ERP  ", true),
            ("ERP", " ERP", false),
            ("ERP", "ERP\t", false),
            ("ERP", "ERP\u{a0}", false),
            ("Café", "CAFE", true),
            ("Straße", "strase", true),
            ("Straße", "Strasse", false),
            ("Acmeſ", "ACMES", true),
            ("Acmeẛ", "acmes", true),
            ("Acmes\u{301}", "Acmes", false),
            ("Acmes\u{301}", "Acmeś", false),
            ("Acmeẞ", "Acmeß", false),
            ("ıİ", "II", true),
            ("Øre", "Ore", false),
            ("Øre", "øre", true),
            ("Æ", "AE", false),
            ("Łódź", "LODZ", false),
            ("ΑΣ", "ας", true),
            ("ёлка", "ЕЛКА", true),
            ("и", "й", false),
            ("ＡＢ", "ａｂ", true),
            ("ＡＢ", "ab", false),
            ("K", "\u{212a}", false),
            ("😀", "🚀", true),
            ("😀", "\u{fffd}", true),
            ("😀", "😀😀", false),
        ] {
            assert_eq!(collated(a) == collated(b), is_same, "{a:?} = {b:?}");
        }
    }

    #[test]
    fn the_table_is_read_whole() {
        assert_eq!(WEIGHTS.len(), 1108);
        for c in '\0'..='\x7f' {
            assert_eq!(WEIGHTS.get(&c).copied().unwrap_or(c), weight(c), "{c:?}");
        }
    }
}
