//! Credentials and secrets, wherever a spec contains them: in values, in comments and in URLs.

mod address;
mod assigned;
mod issued;
mod random;

use std::{borrow::Cow, ops::Range};

use serde_json::Value;

use super::Context;
use crate::{
    diag::{Diagnostic, Help, Rule, concealed},
    spec::{Pointer, settings::SettingType},
};

/// Keys whose values are names, which may look random.
const NAMES: [&str; 8] = ["action", "config_path", "event", "id", "parent", "path", "resource", "resources"];

/// Text that must not be in a file that others read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Secret<'t> {
    /// Its part of the text.
    text: &'t str,
    /// Kind, with an article.
    what: &'static str,
}

pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut places = SecretSearch { context, findings: Vec::new() };
    // A spec always has a JSON form: it is read from one.
    if let Ok(spec) = serde_json::to_value(context.spec) {
        places.search(&spec, &mut Vec::new());
    }
    for comment in context.comments {
        let url = address::credentials(&comment.text);
        let found = url.map(|secret| url_finding(context, "this comment", secret));
        let found = found.or_else(|| {
            let secret = in_words(&comment.text)?;
            Some(secret_finding(context, format!("this comment has {}", secret.shown()), secret.text))
        });
        places.findings.extend(found.map(|it| it.at(comment.span.clone())));
    }
    places.findings
}

/// Finding about a text with credentials in a URL; none if it has none. `what` has the text as its value.
pub(super) fn in_text(context: &Context<'_>, what: &str, text: &str) -> Option<Diagnostic> {
    address::credentials(text).map(|secret| url_finding(context, &format!("`{what}`"), secret))
}

/// Finding about the default of an existing setting that looks like a secret; none if it does not.
pub(super) fn in_default(name: &str, text: &str, span: Range<usize>) -> Option<Diagnostic> {
    let secret = of_value(name, text)?;
    let message = format!("the default of `{name}` looks like {}", secret.shown());
    let finding = Diagnostic::new(Rule::SecretInSpec, message)
        .at(span)
        .reason("this file is kept in version control, and everyone who has the module would know it")
        .help("remove it; let administrators enter it in a field with type=\"obscure\" and the encrypted backend model");
    Some(finding.secret(secret.text))
}

/// Search through the values of a spec.
struct SecretSearch<'a> {
    context: &'a Context<'a>,
    findings: Vec<Diagnostic>,
}

impl SecretSearch<'_> {
    fn search<'v>(&mut self, value: &'v Value, steps: &mut Vec<Cow<'v, str>>) {
        match value {
            Value::String(text) => {
                let found = self.finding(text, steps);
                self.findings.extend(found);
            }
            Value::Array(items) => {
                items
                    .iter()
                    .enumerate()
                    .for_each(|(at, item)| self.below(at.to_string().into(), item, steps));
            }
            Value::Object(members) => {
                members.iter().for_each(|(key, member)| self.below(key.into(), member, steps));
            }
            _ => {}
        }
    }

    fn below<'v>(&mut self, step: Cow<'v, str>, value: &'v Value, steps: &mut Vec<Cow<'v, str>>) {
        steps.push(step);
        self.search(value, steps);
        steps.pop();
    }

    fn finding(&self, text: &str, steps: &[Cow<'_, str>]) -> Option<Diagnostic> {
        let is_number = |step: &&Cow<'_, str>| step.starts_with(|c: char| c.is_ascii_digit());
        let key = steps.iter().rfind(|step| !is_number(step)).map_or("", AsRef::as_ref);
        let setting = match steps {
            [table, at, _] if table == "setting" && key == "default" => {
                at.parse().ok().and_then(|at: usize| self.context.spec.setting.get(at))
            }
            _ => None,
        };
        // Defaults of a module without a spec are checked in their file.
        let is_elsewhere =
            self.context.is_sketch && (setting.is_some() || steps.first().is_some_and(|it| it == "config"));
        if is_elsewhere {
            return None;
        }
        let route = || steps.iter().fold(Pointer::root(), |route, step| route.key(step));
        if let Some(secret) = address::credentials(text) {
            let finding = url_finding(self.context, &format!("`{key}`"), secret);
            return Some(finding.at(self.context.spans.value(&route())));
        }
        let secret = match (steps.first().map(AsRef::as_ref), setting) {
            // Hashes and file names.
            (Some("csp" | "files"), _) => return None,
            // A key has digits.
            _ if NAMES.contains(&key) => {
                text.contains(|c: char| c.is_ascii_digit()).then(|| issued::find(text)).flatten()
            }
            (_, Some(setting)) => match setting.kind() {
                // It has a finding of its own.
                Some(SettingType::Secret) => return None,
                None
                | Some(
                    SettingType::Text
                    | SettingType::Textarea
                    | SettingType::Password
                    | SettingType::Obscure
                    | SettingType::Hidden
                    | SettingType::Multiline,
                ) => of_value(setting.path.field(), text),
                _ => in_words(text),
            },
            (Some("composer" | "config"), _) => of_value(key.rsplit('/').next().unwrap_or(key), text),
            _ => in_words(text),
        }?;
        let message = match setting {
            Some(setting) => format!("the default of `{}` looks like {}", setting.path, secret.shown()),
            None => format!("`{key}` has {}", secret.shown()),
        };
        let mut finding = secret_finding(self.context, message, secret.text);
        if setting.is_some() {
            finding = finding.help(
                "remove `default` and write type = \"secret\"; the shop then stores the value encrypted, as entered in Admin \
                 or with bin/magento config:set",
            );
        }
        Some(finding.at(self.context.spans.value(&route())))
    }
}

impl Secret<'_> {
    /// Kind and first characters.
    fn shown(&self) -> String {
        format!("{}: `{}`", self.what, concealed(self.text))
    }
}

fn url_finding(context: &Context<'_>, what: &str, secret: &str) -> Diagnostic {
    Diagnostic::new(Rule::UrlCredentials, format!("{what} has a URL with credentials"))
        .reason(if context.is_sketch {
            "this file is kept in version control, and its values are readable in the shop"
        } else {
            "the spec and the generated files are kept in version control and readable in the shop"
        })
        .help("remove them from the URL; a shop enters credentials in a setting of type \"secret\"")
        .module_help("remove them from the URL; let administrators enter credentials in an encrypted field")
        .secret(secret)
}

fn secret_finding(context: &Context<'_>, message: String, secret: &str) -> Diagnostic {
    Diagnostic::new(Rule::SecretInSpec, message)
        .reason(if context.is_sketch {
            "this file is kept in version control, and everyone who has the module would know it"
        } else {
            "everyone who reads the repository or has the module would know it"
        })
        .help(
            Help::new(
                "remove it, and revoke it if it is real; what the module needs to know is a setting of type \"secret\", \
                 which a shop sets with bin/magento config:set",
            )
            .removal(),
        )
        .module_help("remove it, and revoke it if it is real; let administrators enter it in an encrypted field")
        .secret(secret)
}

/// Length of the longest part of a text whose bytes are all within something.
fn longest_run(text: &str, is_within: impl Fn(u8) -> bool) -> usize {
    let lengths = text.bytes().scan(0, |length, byte| {
        *length = if is_within(byte) { *length + 1 } else { 0 };
        Some(*length)
    });
    lengths.max().unwrap_or_default()
}

/// Secret in a text: one that a known service issues, one behind its name, or a long random word.
fn in_words(text: &str) -> Option<Secret<'_>> {
    issued::find(text).or_else(|| assigned::find(text)).or_else(|| random::find(text))
}

/// Secret in a value with a name: by the name, such as `api_key`, or as in any text.
fn of_value<'t>(name: &str, text: &'t str) -> Option<Secret<'t>> {
    let value = text.trim();
    let named = || {
        let is_named = is_secret_name(name) && may_be_secret(value);
        is_named.then_some(Secret { text: value, what: "a secret" })
    };
    issued::find(text).or_else(named).or_else(|| in_words(text))
}

/// Returns true if a value of this name is secret, such as `api_key`.
fn is_secret_name(name: &str) -> bool {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && snake.ends_with(|before: char| before.is_ascii_lowercase()) {
            snake.push('_');
        }
        snake.push(c);
    }
    let snake = snake.to_lowercase();
    let mut words: Vec<&str> = snake.split(['_', '-', ' ']).filter(|word| !word.is_empty()).collect();
    let is_stage = |word: &str| {
        matches!(word, "live" | "test" | "sandbox" | "prod" | "production" | "staging" | "dev" | "value")
            || word.bytes().all(|byte| byte.is_ascii_digit())
    };
    while words.last().is_some_and(|word| is_stage(word)) {
        words.pop();
    }
    matches!(
        words.as_slice(),
        [
            ..,
            "password"
                | "passwd"
                | "pwd"
                | "passphrase"
                | "secret"
                | "token"
                | "apikey"
                | "privatekey"
                | "credential"
                | "credentials"
        ] | [
            ..,
            "api" | "private" | "secret" | "access" | "auth" | "signing" | "encryption" | "consumer",
            "key"
        ]
    )
}

/// Returns true if a value may be a password: a word that is not a number, a class, a path, a URL or a header.
fn may_be_secret(value: &str) -> bool {
    value.len() >= 6
        && !value.contains(char::is_whitespace)
        && !value.contains("://")
        && !value.contains(['\\', '{', '<', '…'])
        && !value.starts_with(['/', '%', '$'])
        && !value.starts_with("X-")
        && !value.bytes().all(|byte| byte.is_ascii_digit())
        && !is_filler(value)
}

/// Returns true for text that stands for a value: `xxxxxxxx`, `********`.
fn is_filler(text: &str) -> bool {
    text.chars().all(|c| matches!(c, 'x' | 'X' | '*' | '.' | '-' | '_' | '•' | '…' | '?'))
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
            ("password_live", "admin123"),
            ("access-token", "a/b+c=="),
            ("text", "sk_live_0123456789"),
            ("certificate", "-----BEGIN PRIVATE KEY-----"),
        ] {
            assert!(of_value(name, value).is_some(), "{name} {value}");
        }
        for (name, value) in [
            ("api_key", ""),
            ("token_lifetime", "86400s"),
            ("access_token", "3600000"),
            ("password", "true"),
            ("secret", "several words"),
            ("secret", "********"),
            ("token", r"Acme\ErpBridge\Model\Token"),
            ("token", "https://acme.com/token"),
            ("token", "X-Acme-Token"),
            ("key", "a1b2c3d4"),
            ("text", "sk_live_"),
            ("certificate", "-----BEGIN CERTIFICATE-----"),
        ] {
            assert_eq!(of_value(name, value), None, "{name} {value}");
        }
    }

    #[test]
    fn what_looks_like_a_secret_is_one() {
        for text in [
            "sk_test_4eC39HqLyjWDarjtT1zdp7dc",
            "Pays with sk_live_51H8xYzAbCdEfGhIjK today",
            "rk_live_0123456789abcdef",
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
            "github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz",
            "glpat-Xy12ABcdEFgh34IJklMN",
            "(AKIAIOSFODNN7EXAMPLE)",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOHcbrzzgy",
            "https://hooks.slack.com/services/T00000000/B00000000/abcdEFGH1234abcdEFGH1234",
            "AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY",
            "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",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
            "-----BEGIN RSA PRIVATE KEY-----",
            "shpat_1234567890abcdef1234567890abcdef",
            "npm_abcdefghijklmnopqrstuvwxyz0123456789",
            "password: hunter2",
            "The API key is set: api_key = \"abcdefgh\"",
            "apiKey=zD93kfl2",
            "login admin, password 'S3cr3t!9'",
            "Authorization: Bearer 3f9a8b7c6d5e4f3a2b1c",
            "Authorization: Basic dXNlcjpwYXNzd29yZA==",
            "access token: 8fj2k1lq9x0z",
            "wq83hd92kslq0z8xnv7f62hs91kd7fh2",
            "d41d8cd98f00b204e9800998ecf8427e",
            "use Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA== here",
            "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq",
            "sk-proj-abcdEFGH1234ijklMNOP5678",
            "redis password = f00bar!!",
        ] {
            assert!(in_words(text).is_some(), "{text}");
        }
    }

    #[test]
    fn what_only_resembles_a_secret_is_none() {
        for text in [
            "",
            "Lets the Acme ERP read orders",
            "123e4567-e89b-12d3-a456-426614174000",
            "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
            "since commit 3f2a9c1b7d8e6f5a4b3c2d1e0f9a8b7c6d5e4f3a",
            "Magento_Sales::actions_view",
            r"Acme\ErpBridge\Model\Config\Backend\Encrypted2\V3Token4",
            "Acme\\ErpBridge\\Api\\Data\\OrderExportV2ResultInterface",
            "https://erp.acme.com/magento/2026/11/29/a8f3b2c9d1e7f6a5b4c3d2e1f0a9b8c7/orders",
            "https://docs.acme.com/token?page=2",
            "https://github.com/acme/erp/commit/3f2a9c1b7d8e6f5a4b3c2d1e0f9a8b7c6d5e4f3a",
            "app/code/Acme/ErpBridge/Model/Config/Backend/ApiKey.php",
            "acme_erp_bridge/connection/api_key_live_2",
            "AcmeErpBridgeV2OrderExportServiceInterfaceTest1",
            "the API key: ask your account manager",
            "Password: required for the sandbox",
            "token: see https://acme.com/docs",
            "Key, secret and token are in the Admin",
            "type = \"secret\"",
            "secret = \"webhooks/signing_secret\"",
            "api_key = \"…\"",
            "password = \"********\"",
            "Basic authentication and Bearer tokens are refused",
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "sk_live_…",
            "2026-11-29T12:00:00+01:00",
            "GTIN 04012345678901, order 000000123456789012345678",
            "validate-number validate-greater-than-zero",
            "-----BEGIN CERTIFICATE-----",
            "eyJ is how a JSON Web Token starts",
            "abcdefghijklmnopqrstuvwxyz0123456789",
            "https://www.acme.com/Some-Very-Long-Article-Name-2024-With-Many-Words-12345.html",
            "passwords: at-least-8-chars",
            "+49 30 1234567-890",
        ] {
            assert_eq!(in_words(text), None, "{text}");
        }
    }
}
