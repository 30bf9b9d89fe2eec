//! Parameters of queries and form bodies.

use super::percent::{decode, decode_form};

/// Most variables that PHP reads of a text (`max_input_vars`).
pub const MOST_VARIABLES: usize = 1000;

/// Name and value, decoded.
pub(super) type Pair = (Vec<u8>, Vec<u8>);

/// Parameters of a query that count for the signature: split at `&` and `=` by hand, so that a part without `=` or with two
/// of them is left out, as is a name with `oauth_…` in it. `+` stays a plus.
pub(super) fn signed(query: &str) -> impl Iterator<Item = Pair> {
    query.split('&').filter_map(|part| {
        let (name, value) = part.split_once('=')?;
        let counts = !value.contains('=') && !is_protocol_name(name);
        counts.then(|| (decode(name), decode(value)))
    })
}

/// Fields of a text that PHP's `parse_str` reads: `+` is a space, spaces and dots of names become `_`. Fields of an array are
/// `None`.
pub(super) fn fields(text: &str) -> impl Iterator<Item = (Vec<u8>, Option<Vec<u8>>)> {
    text.split('&').filter(|part| !part.is_empty()).take(MOST_VARIABLES).filter_map(|part| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let mut name = decode_form(name);
        name.drain(..name.iter().take_while(|byte| **byte == b' ').count());
        if name.is_empty() || name[0] == b'[' {
            return None;
        }
        let bracket = name.iter().position(|byte| *byte == b'[');
        let is_array = bracket.is_some_and(|at| name[at..].contains(&b']'));
        let end = bracket.filter(|_| is_array).unwrap_or(name.len());
        name.truncate(end);
        name.iter_mut().filter(|byte| matches!(byte, b'.' | b' ' | b'[')).for_each(|byte| *byte = b'_');
        Some((name, (!is_array).then(|| decode_form(value))))
    })
}

/// OAuth parameters among the fields of a form.
#[must_use]
pub fn protocol_fields(form: &str) -> Vec<(String, String)> {
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let named = fields(form).filter_map(|(name, value)| Some((text(name), text(value?))));
    named.filter(|(name, _)| is_protocol_name(name)).collect()
}

/// Returns true if a `Content-Type` is that of a form, the fields of which are signed.
#[must_use]
pub fn is_form(content_type: &str) -> bool {
    content_type.starts_with("application/x-www-form-urlencoded")
}

/// Returns true if Magento treats the name as one of OAuth's own: `oauth_` with a lowercase letter, `_` or `-` behind it, anywhere.
pub(super) fn is_protocol_name(name: &str) -> bool {
    let follows =
        |rest: &str| rest.starts_with(|it: char| it.is_ascii_lowercase() || matches!(it, '_' | '-'));
    name.match_indices("oauth_").any(|(at, found)| follows(&name[at + found.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        String::from_utf8_lossy(bytes).into_owned()
    }

    #[test]
    fn only_parts_with_one_equals_sign_are_signed() {
        let of = |query| {
            signed(query)
                .map(|(name, value)| format!("{}={};", text(&name), text(&value)))
                .collect::<String>()
        };
        assert_eq!(of("a=1&b&c=2=3&d=&=e&a%5B0%5D=x+y%2B"), "a=1;d=;=e;a[0]=x+y+;");
        assert_eq!(of("oauth_x=1&my_oauth_id=2&oauth_1=3&oauth_=4&xoauth_-=5"), "oauth_1=3;oauth_=4;");
    }

    #[test]
    fn fields_are_those_of_parse_str() {
        let of = |form| {
            let shown = |(name, value): (Vec<u8>, Option<Vec<u8>>)| {
                format!("{}={};", text(&name), value.map_or_else(|| "[]".to_owned(), |it| text(&it)))
            };
            fields(form).map(shown).collect::<String>()
        };
        assert_eq!(of("a+b.c=1+2&+x=3&&t[]=4&y[z=5&e"), "a_b_c=1 2;x=3;t=[];y_z=5;e=;");
        assert_eq!(of(&format!("a&&{}b=1&c", "[=&".repeat(MOST_VARIABLES - 2))), "a=;b=1;");
    }
}
