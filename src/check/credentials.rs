//! Credentials in URLs, wherever a spec contains one.

use serde_json::Value;

use super::Context;
use crate::{
    diag::{Diagnostic, Rule},
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
        Diagnostic::new(
            Rule::UrlCredentials,
            format!("`{}` has a URL with credentials", key.unwrap_or_default()),
        )
        .at(context.spans.value(&route))
        .reason(if context.is_sketch {
            "this file is kept in version control, and its values are readable in the shop"
        } else {
            "the spec and the generated files are kept in version control and readable in the shop"
        })
        .help("remove the part up to `@`; a shop enters credentials in a setting of type \"secret\"")
        .module_help("remove the part up to `@`; let administrators enter credentials in an encrypted field")
    };
    routes.into_iter().map(finding).collect()
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
        let ends =
            |c: char| matches!(c, '/' | '\\' | '?' | '#' | '"' | '\'' | '<' | '>') || c.is_whitespace();
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
    fn credentials_are_found_in_any_text() {
        for text in [
            "https://user:pw@acme.com/",
            "HTTP://user@acme.com",
            "https://:pw@acme.com",
            "see https://a.com and https://token@b.com?x",
            "ssh://git:pw@acme.com/x",
            "https://a@b@c.com",
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
