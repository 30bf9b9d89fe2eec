//! PHP's `strnatcmp`, by which Magento sorts the parameters.

use std::{cmp::Ordering, iter::Peekable, slice::Iter};

type Bytes<'a> = Peekable<Iter<'a, u8>>;

/// Compares two encoded names: digit runs as numbers, everything else byte by byte. A run with a leading zero is compared
/// digit by digit from the left; zeros at the start of a name do not count.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    if a.is_empty() || b.is_empty() {
        return a.len().cmp(&b.len());
    }
    let (mut a, mut b) = (without_zeros(a).iter().peekable(), without_zeros(b).iter().peekable());
    loop {
        if is_digit(&mut a) && is_digit(&mut b) {
            let order = run(&mut a, &mut b);
            if order != Ordering::Equal || (a.peek().is_none() && b.peek().is_none()) {
                return order;
            }
        }
        match (a.next(), b.next()) {
            (Some(one), Some(other)) if one == other => {}
            (one, other) => return one.cmp(&other),
        }
        if a.peek().is_none() && b.peek().is_none() {
            return Ordering::Equal;
        }
    }
}

fn without_zeros(name: &str) -> &[u8] {
    let mut name = name.as_bytes();
    while let [b'0', rest @ ..] = name
        && rest.first().is_some_and(u8::is_ascii_digit)
    {
        name = rest;
    }
    name
}

fn is_digit(bytes: &mut Bytes<'_>) -> bool {
    bytes.peek().is_some_and(|byte| byte.is_ascii_digit())
}

/// Compares two runs of digits, and passes over them.
fn run(a: &mut Bytes<'_>, b: &mut Bytes<'_>) -> Ordering {
    let is_fraction = a.peek() == Some(&&b'0') || b.peek() == Some(&&b'0');
    let mut first_difference = Ordering::Equal;
    loop {
        match (is_digit(a), is_digit(b)) {
            (false, false) => return first_difference,
            (false, true) => return Ordering::Less,
            (true, false) => return Ordering::Greater,
            (true, true) => {
                let order = a.next().cmp(&b.next());
                if is_fraction && order != Ordering::Equal {
                    return order;
                }
                first_difference = first_difference.then(order);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The orders are those of PHP 8.2.
    #[test]
    fn it_is_php_s() {
        for (a, b) in [
            ("a%5B9%5D", "a%5B10%5D"),
            ("a01", "a1"),
            ("a1", "a2"),
            ("a2", "a10"),
            ("A", "a"),
            ("a", "ab"),
            ("", "a"),
            ("a05", "a1"),
            ("a1.5", "a1.50"),
            ("-1", "A"),
            ("x1y2", "x1y10"),
        ] {
            assert_eq!(compare(a, b), Ordering::Less, "{a} {b}");
            assert_eq!(compare(b, a), Ordering::Greater, "{b} {a}");
        }
        assert_eq!(compare("007", "7"), Ordering::Equal);
        assert_eq!(compare("a", "a"), Ordering::Equal);
    }
}
