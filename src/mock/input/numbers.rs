//! Numbers as PHP reads and writes them.

use serde_json::{Number, Value};

/// Number as `json_encode` writes it: 2.0 is 2.
#[must_use]
pub fn number(value: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "whole numbers of this size are exact")]
    if value.fract() == 0.0 && value.abs() < 1e14 {
        return Value::from(value as i64);
    }
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

/// Float as PHP writes it with the precision of 14 digits that Magento sets; `mark` is `e` or `E`.
#[must_use]
pub fn float_text(value: f64, mark: char) -> String {
    if value == 0.0 {
        return if value.is_sign_negative() { "-0".to_owned() } else { "0".to_owned() };
    }
    let rounded = format!("{value:.13e}");
    let (digits, exponent) = rounded.split_once('e').unwrap_or((&rounded, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    if (-4..14).contains(&exponent) {
        return format!("{digits}e{exponent}")
            .parse::<f64>()
            .map_or_else(|_| rounded.clone(), |it| it.to_string());
    }
    let dot = if digits.contains('.') { "" } else { ".0" };
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}{dot}{mark}{sign}{}", exponent.abs())
}

/// Reads a numeric string as `is_numeric` does; trailing spaces count for PHP 8 only.
pub(super) fn numeric(text: &str, is_php8: bool) -> Option<f64> {
    let trimmed = text.trim_start_matches([' ', '\t', '\n', '\r', '\u{b}', '\u{c}']);
    let trimmed =
        if is_php8 { trimmed.trim_end_matches([' ', '\t', '\n', '\r', '\u{b}', '\u{c}']) } else { trimmed };
    (prefix(trimmed).len() == trimmed.len()).then(|| trimmed.parse().ok())?
}

/// Longest start of a text that is a decimal number.
pub(super) fn prefix(text: &str) -> &str {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes.iter().skip(from).take_while(|c| c.is_ascii_digit()).count();
    let sign = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let whole = digits(sign);
    let mut end = sign + whole;
    let mut fraction = 0;
    if bytes.get(end) == Some(&b'.') {
        fraction = digits(end + 1);
        if whole + fraction > 0 {
            end += 1 + fraction;
        }
    }
    if whole + fraction == 0 {
        return "";
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = digits(end + 1 + sign);
        if exponent > 0 {
            end += 1 + sign + exponent;
        }
    }
    text.get(..end).unwrap_or_default()
}

/// Integer of a float as PHP 7 and later cast it: modulo 2^64.
pub(super) fn wrapped(value: f64) -> i64 {
    const RANGE: f64 = 18_446_744_073_709_551_616.0;
    if !value.is_finite() {
        return 0;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_possible_wrap,
        reason = "this is the cast of PHP"
    )]
    if value.abs() < 9_223_372_036_854_775_808.0 {
        value as i64
    } else {
        value.rem_euclid(RANGE) as u64 as i64
    }
}
