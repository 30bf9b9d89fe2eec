//! Paths without a route, without the values in them: an id, an e-mail address or a token must not leave the log.

use std::collections::BTreeSet;

use super::kinds::printable_prefix;
use crate::names::{is_parameter, is_version};

/// Number of characters of a path to keep.
pub(super) const KEPT: usize = 200;
/// Longest segment that may be a word.
const LONGEST_WORD: usize = 32;
/// Longest segment that may be a word with digits, such as `b2b-quotes`.
const LONGEST_WITH_DIGITS: usize = 12;

/// Describes an unknown path. A segment of digits becomes `:id`, and one that is neither a word nor in a route `:value`.
pub(super) fn masked<'t>(
    method: &str,
    path: impl Iterator<Item = &'t str> + Clone,
    known: &BTreeSet<&str>,
) -> String {
    let mut text = format!("{method} ");
    if path.clone().next().is_none() {
        text.push('/');
    }
    let mut follows_name_of_secret = false;
    for step in path {
        text.push('/');
        let is_secret = std::mem::replace(&mut follows_name_of_secret, names_secret(step));
        text.push_str(match step {
            step if is_secret && !known.contains(step) && !is_parameter(step) => ":value",
            step if step.bytes().all(|byte| byte.is_ascii_digit()) => ":id",
            step if known.contains(step) || is_version(step) || is_word(step) => step,
            _ => ":value",
        });
        if text.len() > KEPT {
            break;
        }
    }
    printable_prefix(&text, KEPT).into_owned()
}

/// Returns true for a segment after which a secret is likely: `token`, `resetPasswordToken`, `api-key`.
fn names_secret(step: &str) -> bool {
    let step = step.to_lowercase();
    ["token", "password", "secret", "key", "auth", "session", "login"].iter().any(|name| step.contains(name))
}

/// Returns true for a word in any spelling, such as `carts-mine` and `shippingInformation`, or a parameter of a list.
fn is_word(step: &str) -> bool {
    let name = if is_parameter(step) { step[1..].trim_end_matches('}') } else { step };
    let count = |is: fn(&u8) -> bool| name.bytes().filter(is).count();
    let (digits, capitals) = (count(u8::is_ascii_digit), count(u8::is_ascii_uppercase));
    let is_spelled = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    // Random letters change their case more often than words do.
    let is_like_words = if digits > 0 { capitals == 0 } else { capitals * 4 <= name.len() + 3 };
    is_spelled
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && is_like_words
        && digits <= 2
        && name.len() <= if digits > 0 { LONGEST_WITH_DIGITS } else { LONGEST_WORD }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_is_left_in_a_path() {
        let known = BTreeSet::from(["V1", "resetLinkToken2"]);
        for (path, shown) in [
            ("V1/acme/7/b2b-quotes", "/V1/acme/:id/b2b-quotes"),
            (
                "V1/acmeStock/shippingInformation/is-email_available",
                "/V1/acmeStock/shippingInformation/is-email_available",
            ),
            ("V1/acme/:orderId/{id}", "/V1/acme/:orderId/{id}"),
            ("V2/resetLinkToken2/eyJhbGciOiJIUzI1NiJ9.e30.ZRrHA1JJJW8opsbCGfG", "/V2/resetLinkToken2/:value"),
            ("V1/acme/0kv9yq1w8f6g3hjz5x2c7b4n", "/V1/acme/:value"),
            ("V1/acme/abcdefabcdefabcdefabcdefabcdefabcdef", "/V1/acme/:value"),
            ("V1/acme/QmFTemVUbXlHdWNr", "/V1/acme/:value"),
            ("V1/acme/123e4567-e89b-12d3-a456-426614174000", "/V1/acme/:value"),
            ("V1/acme/jane.doe@acme.com/jane%40acme.com", "/V1/acme/:value/:value"),
            ("V1/acme;token=x/24-MB01/SAVE20", "/V1/:value/:value/:value"),
            ("V1/acme/password/hunter", "/V1/acme/password/:value"),
            ("V1/acme/resetToken/abcdefghijklmnopqrst/x", "/V1/acme/resetToken/:value/x"),
            ("V1/acme/api-key/:key", "/V1/acme/api-key/:key"),
            ("V1/ü\u{1b}[2J", "/V1/:value"),
        ] {
            assert_eq!(masked("GET", path.split('/'), &known), format!("GET {shown}"), "{path}");
        }
        let long = ["word"; 100];
        assert_eq!(masked("GET", long.into_iter(), &known).chars().count(), KEPT + 1);
    }
}
