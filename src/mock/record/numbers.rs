//! Numbers that name a person: bank accounts, cards, telephones.

use std::sync::LazyLock;

use regex_lite::{Captures, Regex};

/// Text in place of a number.
const NUMBER: &str = "000";

static IBAN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?:[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]){11,30}|[A-Za-z]{2}[0-9]{2}[A-Za-z0-9]{11,30})\b").ok()
});
static CARD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b[0-9](?:[ -]?[0-9]){13,18}\b").ok());
static TELEPHONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?:\+|\b00)[1-9](?:[ ()/.-]{0,2}[0-9]){6,14}|\([0-9]{2,5}\) ?[0-9](?:[ /.-]?[0-9]){4,10}|\b[0-9]{3}[-. ][0-9]{3}[-. ][0-9]{4}\b|\b0[1-9][0-9]{1,4}[-/ ][0-9]{5,}\b",
    )
    .ok()
});

/// Replaces the numbers in a text.
pub(super) fn cleaned(text: &str) -> String {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return text.to_owned();
    }
    let text = replaced(IBAN.as_ref(), text, is_iban);
    let text = replaced(CARD.as_ref(), &text, is_card);
    replaced(TELEPHONE.as_ref(), &text, |_| true)
}

fn replaced(pattern: Option<&Regex>, text: &str, is_one: fn(&str) -> bool) -> String {
    let Some(pattern) = pattern else { return text.to_owned() };
    let replacement = |found: &Captures<'_>| {
        let found = &found[0];
        if is_one(found) { NUMBER.to_owned() } else { found.to_owned() }
    };
    pattern.replace_all(text, replacement).into_owned()
}

/// Checks the two check digits (ISO 7064, modulo 97) of a text that begins with an IBAN.
fn is_iban(text: &str) -> bool {
    let digits: Vec<char> = text.chars().filter(char::is_ascii_alphanumeric).collect();
    // The pattern may have taken words behind it.
    (15..=digits.len().min(34)).any(|length| {
        let turned = digits.iter().take(length).skip(4).chain(digits.iter().take(4));
        let rest = turned.filter_map(|c| c.to_digit(36)).fold(0, |rest, digit| {
            let shift = if digit > 9 { 100 } else { 10 };
            (rest * shift + digit) % 97
        });
        rest == 1
    })
}

/// Checks the last digit (Luhn) of a card number.
fn is_card(text: &str) -> bool {
    let digits = text.chars().rev().filter_map(|c| c.to_digit(10)).enumerate();
    let sum: u32 = digits
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => digit,
            (_, double) if double > 9 => double - 9,
            (_, double) => double,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_cards_and_telephones_go() {
        for text in [
            "DE89370400440532013000",
            "GB82 WEST 1234 5698 7654 32",
            "nl91abna0417164300",
            "4111 1111 1111 1111",
            "5500-0000-0000-0004",
            "+49 151 23456789",
            "0049 30 123456",
            "(555) 123-4567",
            "555-123-4567",
            "0151/2345678",
            "+1.512.555.0199",
        ] {
            let clean = cleaned(&format!("call {text} now"));
            assert_eq!(clean, "call 000 now", "{text}");
        }
        assert!(!cleaned("IBAN FR14 2004 1010 0505 0001 3M02 606, please").contains("2004"));
    }

    #[test]
    fn numbers_of_the_catalog_stay() {
        for text in [
            "2026-01-01 00:00:00",
            "000000001",
            "24-MB01",
            "19.9900",
            "4006381333931",
            "WS12-M-Orange",
            "100 x 200 cm",
            "2.4.7",
        ] {
            assert_eq!(cleaned(text), text);
        }
    }
}
