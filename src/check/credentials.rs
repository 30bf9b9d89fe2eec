//! Credentials in URLs, wherever a spec contains one.

use serde_json::Value;

use super::Context;
use crate::{
    diag::{Diagnostic, Rule},
    names::snake,
    spec::Pointer,
};

pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut routes = Vec::new();
    // A spec always has a JSON form: it is read from one.
    if let Ok(spec) = serde_json::to_value(context.spec) {
        search(&spec, &mut Vec::new(), &mut routes);
    }
    let finding = |route: Pointer| {
        let key = route.steps().rfind(|step| !step.starts_with(|c: char| c.is_ascii_digit()));
        let is_default = route.steps().next() == Some("setting") && key == Some("default");
        // Defaults of a module without a spec are checked in their file.
        let is_own = !(context.is_sketch && is_default);
        is_own.then(|| found(context, key.unwrap_or_default()).at(context.spans.value(&route)))
    };
    routes.into_iter().filter_map(finding).collect()
}

/// Finding about a text with credentials; none if it has none. `what` has the text as its value.
pub(super) fn in_text(context: &Context<'_>, what: &str, text: &str) -> Option<Diagnostic> {
    has_credentials(text).then(|| found(context, what))
}

fn found(context: &Context<'_>, what: &str) -> Diagnostic {
    Diagnostic::new(Rule::UrlCredentials, format!("`{what}` has a URL with credentials"))
        .reason(if context.is_sketch {
            "this file is kept in version control, and its values are readable in the shop"
        } else {
            "the spec and the generated files are kept in version control and readable in the shop"
        })
        .help("remove the part up to `@`; a shop enters credentials in a setting of type \"secret\"")
        .module_help("remove the part up to `@`; let administrators enter credentials in an encrypted field")
}

/// Starts of keys and tokens that well-known services issue.
const ISSUED: [&str; 9] =
    ["-----BEGIN", "AKIA", "ghp_", "github_pat_", "rk_live_", "sk_live_", "sk_test_", "xoxb-", "xoxp-"];

/// Returns true if a value looks like a secret: by its name, such as `api_key`, or as a known service issues it.
pub(super) fn is_secret(name: &str, value: &str) -> bool {
    let value = value.trim();
    if ISSUED.iter().any(|start| value.starts_with(start) && value.len() > start.len() + 8) {
        return true;
    }
    let name = snake(name).replace('-', "_");
    let words: Vec<&str> = name.split('_').collect();
    let is_named = matches!(
        words.as_slice(),
        [.., "password" | "passwd" | "passphrase" | "secret" | "token" | "apikey" | "privatekey"]
            | [.., "api" | "private" | "secret" | "access" | "auth" | "signing" | "encryption", "key"]
    );
    let is_word = value.len() >= 6
        && !value.contains(char::is_whitespace)
        && !value.contains("://")
        && !value.contains(['\\', '{', '<'])
        && !value.starts_with('/')
        && !value.bytes().all(|byte| byte.is_ascii_digit());
    is_named && is_word
}

/// Finds the texts with credentials below a value.
fn search(value: &Value, steps: &mut Vec<String>, found: &mut Vec<Pointer>) {
    let mut below = |step: String, value: &Value| {
        steps.push(step);
        search(value, steps, found);
        steps.pop();
    };
    match value {
        Value::String(text) if has_credentials(text) => {
            found.push(steps.iter().fold(Pointer::root(), |route, step| route.key(step)));
        }
        Value::Array(items) => items.iter().enumerate().for_each(|(at, item)| below(at.to_string(), item)),
        Value::Object(members) => members.iter().for_each(|(key, member)| below(key.clone(), member)),
        _ => {}
    }
}

/// Returns true if the text contains a URL with a password, or one of a web page with a user name.
fn has_credentials(text: &str) -> bool {
    text.match_indices("://").any(|(at, separator)| {
        // A backslash is part of the password to PHP.
        let ends = |c: char| matches!(c, '/' | '?' | '#' | '"' | '\'' | '<' | '>') || c.is_whitespace();
        let authority = text[at + separator.len()..].split(ends).next().unwrap_or_default();
        let is_of_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        let scheme = text[..at].rsplit(|c| !is_of_scheme(c)).next().unwrap_or_default();
        let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        match authority.rsplit_once('@').map(|(user, _)| user) {
            None | Some("") => false,
            Some(user) => is_web || user.split_once(':').is_some_and(|(_, password)| !password.is_empty()),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_known_by_their_name_or_their_start() {
        for (name, value) in [
            ("api_key", "k-12345"),
            ("apiKey", "a1b2c3d4"),
            ("client_secret", "changeme"),
            ("password", "admin123"),
            ("access-token", "a/b+c=="),
            ("text", "sk_live_0123456789"),
            ("certificate", "-----BEGIN PRIVATE KEY-----"),
        ] {
            assert!(is_secret(name, value), "{name} {value}");
        }
        for (name, value) in [
            ("api_key", ""),
            ("token_lifetime", "86400s"),
            ("access_token", "3600000"),
            ("password", "true"),
            ("secret", "several words"),
            ("token", r"Acme\ErpBridge\Model\Token"),
            ("token", "https://acme.com/token"),
            ("key", "a1b2c3d4"),
            ("text", "sk_live_"),
        ] {
            assert!(!is_secret(name, value), "{name} {value}");
        }
    }

    #[test]
    fn credentials_are_found_in_any_text() {
        for text in [
            "https://user:pw@acme.com/",
            "HTTP://user@acme.com",
            "https://:pw@acme.com",
            "see https://a.com and https://token@b.com?x",
            "ssh://git:pw@acme.com/x",
            "https://a@b@c.com",
            r"https://user:pw\@acme.com",
        ] {
            assert!(has_credentials(text), "{text}");
        }
        for text in [
            "https://acme.com/@user",
            "https://acme.com?mail=a@b.co",
            "https://acme.com#a@b",
            "ssh://git@acme.com/x",
            "git@acme.com:x",
            "see https://acme.com or mail a@b.co",
            "https://@acme.com",
            "://",
        ] {
            assert!(!has_credentials(text), "{text}");
        }
    }
}
