//! Paths without a route, without the values in them: an id, a name, an e-mail address or a token must not leave the log.

use std::collections::BTreeSet;

use super::kinds::printable_prefix;
use crate::names::is_version;

/// Number of characters of a path to keep.
pub(super) const KEPT: usize = 200;
/// Segments that lead to every shop's API: codes of stores, modes and the document.
const OF_EVERY_SHOP: [&str; 5] = ["all", "async", "bulk", "default", "schema"];
/// Longest version of a route, such as `V1`.
const LONGEST_VERSION: usize = 3;

/// Describes an unknown path. A segment of digits becomes `:id`, and any other that no route has `:value`, even a plain
/// word. `known` are the segments of routes, in lowercase.
pub(super) fn masked<'t>(
    method: &str,
    path: impl Iterator<Item = &'t str> + Clone,
    known: &BTreeSet<String>,
) -> String {
    let mut text = format!("{method} ");
    if path.clone().next().is_none() {
        text.push('/');
    }
    let is_known = |step: &str| {
        let step = step.to_ascii_lowercase();
        let is_short_version = || step.len() <= LONGEST_VERSION && is_version(&step.to_ascii_uppercase());
        known.contains(&step) || OF_EVERY_SHOP.contains(&&*step) || is_short_version()
    };
    for step in path {
        text.push('/');
        text.push_str(match step {
            step if step.bytes().all(|byte| byte.is_ascii_digit()) => ":id",
            step if is_known(step) => step,
            _ => ":value",
        });
        if text.len() > KEPT {
            break;
        }
    }
    printable_prefix(&text, KEPT).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_is_left_in_a_path() {
        let known = ["orders", "resetlinktoken2"].map(str::to_owned).into();
        for (path, shown) in [
            ("V1/acme/7/orders", "/V1/:value/:id/orders"),
            ("v1/Orders/:orderId/{id}", "/v1/Orders/:value/:value"),
            ("V2/resetLinkToken2/eyJhbGciOiJIUzI1NiJ9.e30.ZRrHA1JJJW8opsbCGfG", "/V2/resetLinkToken2/:value"),
            ("all/async/bulk/V1/orders", "/all/async/bulk/V1/orders"),
            ("V1/orders/V123456/jane", "/V1/orders/:value/:value"),
            ("V1/orders/QmFTemVUbXlHdWNr", "/V1/orders/:value"),
            ("V1/orders/123e4567-e89b-12d3-a456-426614174000", "/V1/orders/:value"),
            ("V1/orders/jane.doe@acme.com/jane%40acme.com", "/V1/orders/:value/:value"),
            ("V1/acme;token=x/24-MB01/SAVE20", "/V1/:value/:value/:value"),
            ("V1/password/hunter", "/V1/:value/:value"),
            ("V1/ü\u{1b}[2J", "/V1/:value"),
        ] {
            assert_eq!(masked("GET", path.split('/'), &known), format!("GET {shown}"), "{path}");
        }
        let long = ["word"; 100];
        assert_eq!(masked("GET", long.into_iter(), &known).chars().count(), KEPT + 1);
    }
}
