//! Credentials in URLs.

use super::{is_filler, is_secret_name};

/// Finds the credentials in the URLs of a text: a password, the user name of a web page, or a query parameter such as
/// `api_key`.
pub(super) fn credentials(text: &str) -> Option<&str> {
    if !text.contains("://") {
        return None;
    }
    text.match_indices("://").find_map(|(at, separator)| {
        let behind = &text[at + separator.len()..];
        // A backslash is part of the password to PHP.
        let ends = |c: char| matches!(c, '/' | '?' | '#' | '"' | '\'' | '<' | '>') || c.is_whitespace();
        let authority = behind.split(ends).next().unwrap_or_default();
        let is_of_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        let scheme = text[..at].rsplit(|c| !is_of_scheme(c)).next().unwrap_or_default();
        let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        let of_user = match authority.rsplit_once('@').map(|(user, _)| user) {
            None | Some("") => None,
            Some(user) => match user.split_once(':') {
                Some((_, password)) if !password.is_empty() => Some(password),
                _ => Some(user).filter(|_| is_web),
            },
        };
        of_user.or_else(|| in_query(behind))
    })
}

/// Finds a query parameter with a secret; a placeholder is none.
fn in_query(behind: &str) -> Option<&str> {
    let url =
        behind.split(|c: char| matches!(c, '"' | '\'' | '<' | '>' | '`') || c.is_whitespace()).next()?;
    let (_, query) = url.split_once('?')?;
    let query = query.split('#').next().unwrap_or_default();
    query.split(['&', ';']).find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        let is_value = value.len() >= 8
            && value.chars().all(|c| c.is_ascii_alphanumeric() || "-_.~%+/=".contains(c))
            && value.contains(|c: char| c.is_ascii_digit())
            && !is_filler(value);
        let is_secret = is_secret_name(name) || matches!(name, "key" | "sig" | "signature" | "pass" | "auth");
        (is_secret && is_value).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_found_in_any_text() {
        for (text, secret) in [
            ("https://user:pw@acme.com/", "pw"),
            ("HTTP://user@acme.com", "user"),
            ("https://:pw@acme.com", "pw"),
            ("see https://a.com and https://token@b.com?x", "token"),
            ("ssh://git:pw@acme.com/x", "pw"),
            ("https://a@b@c.com", "a@b"),
            (r"https://user:pw\@acme.com", r"pw\"),
            ("https://acme.com/hook?id=7&api_key=a1b2c3d4#x", "a1b2c3d4"),
            ("https://acme.com/?access_token=zz9yy8xx7", "zz9yy8xx7"),
        ] {
            assert_eq!(credentials(text), Some(secret), "{text}");
        }
        for text in [
            "https://acme.com/@user",
            "https://acme.com?mail=a@b.co",
            "https://acme.com#a@b",
            "ssh://git@acme.com/x",
            "git@acme.com:x",
            "see https://acme.com or mail a@b.co",
            "https://@acme.com",
            "https://acme.com/?token={token}",
            "https://acme.com/?api_key=YOUR_KEY",
            "https://acme.com/?token=xxxxxxxx",
            "https://acme.com/?page=12345678",
            "https://acme.com/?tokens=12345678",
            "://",
        ] {
            assert_eq!(credentials(text), None, "{text}");
        }
    }
}
