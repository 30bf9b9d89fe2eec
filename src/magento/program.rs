//! PHP programs that query and change a shop.

use std::{
    collections::hash_map::RandomState,
    hash::{BuildHasher as _, Hasher as _},
    time::Duration,
};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{Answer, CredentialsChange, Php, ShopCredentials, ShopError};
use crate::module::INTERFERING;

/// Program for one query or action.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Program {
    scripts: &'static [&'static str],
    details: Value,
}

/// Reset integration with the consumer to reattach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Exchange {
    /// `integration_id` of the new row.
    pub integration: u64,
    /// Consumer that the reset created.
    pub spare: u64,
    /// Consumer it had before.
    pub earlier: u64,
}

/// Integration to delete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IntegrationRef {
    /// Its `integration_id`.
    pub id: u64,
    /// Expected name.
    pub name: String,
}

/// Queries the state of the shop and of a module, if one is named. The database compares the names of integrations with
/// its own. Writes nothing.
///
/// # Errors
/// No answer from the shop.
pub fn status(php: &Php, root: &str, module: Option<&str>, names: &[String]) -> Result<Answer, ShopError> {
    // Searching for code takes time, and only a comparison with a spec needs it.
    let words: &[&str] = if module.is_none() || names.is_empty() { &[] } else { &INTERFERING };
    let details = json!({ "module": module, "names": names, "words": words });
    let scripts = &[
        include_str!("program/status.php"),
        include_str!("program/code.php"),
        include_str!("program/plugins.php"),
    ];
    ask(php, root, &Program { scripts, details })
}

/// Reattaches earlier consumers to integrations and deletes those that the resets created, in one transaction
/// (docs/magento/setup-upgrade.md#heal). Returns for each how long its calls were refused.
///
/// # Errors
/// No answer from the shop, or one of them changed meanwhile; then none was changed.
pub fn reattach(php: &Php, root: &str, exchanges: &[Exchange]) -> Result<Vec<Duration>, ShopError> {
    let details = json!({ "exchanges": exchanges });
    let program = Program { scripts: &[include_str!("program/reattach.php")], details };
    let Reattached { refused } = ask(php, root, &program)?;
    // The database counts whole seconds; another clock may be behind.
    Ok(refused
        .into_iter()
        .map(|seconds| Duration::from_secs(u64::try_from(seconds).unwrap_or_default()))
        .collect())
}

/// Answer to a reattachment.
#[derive(serde::Deserialize)]
struct Reattached {
    /// Seconds since each integration was reset.
    refused: Vec<i64>,
}

/// Deletes integrations with their consumers, through Magento's own services.
///
/// # Errors
/// No answer from the shop, or one of them changed meanwhile; then none was deleted.
pub fn delete(php: &Php, root: &str, integrations: &[IntegrationRef]) -> Result<(), ShopError> {
    let details = json!({ "integrations": integrations });
    ask::<Value>(php, root, &Program { scripts: &[include_str!("program/delete.php")], details }).map(drop)
}

/// Lists the credentials of the shop, after a change if there is one. `reveal` names the integrations whose secrets are in the
/// answer.
///
/// # Errors
/// No answer from the shop, or the integration changed meanwhile; then nothing was changed.
pub fn credentials(
    php: &Php,
    root: &str,
    change: Option<&CredentialsChange>,
    reveal: &[u64],
) -> Result<ShopCredentials, ShopError> {
    let details = json!({ "change": change, "reveal": reveal });
    ask(php, root, &Program { scripts: &[include_str!("program/tokens.php")], details })
}

fn ask<T: DeserializeOwned>(php: &Php, root: &str, program: &Program) -> Result<T, ShopError> {
    let marker = marker();
    php.answer(&program.text(root, &marker), root, &marker)
}

impl Program {
    /// Text of the program. The details are embedded as data, never as shell or PHP code.
    fn text(&self, root: &str, marker: &str) -> String {
        let mut details = self.details.clone();
        details["root"] = root.into();
        details["marker"] = marker.into();
        let body = |text: &'static str| text.strip_prefix("<?php\n").unwrap_or(text);
        let scripts: Vec<&str> = self.scripts.iter().map(|script| body(script)).collect();
        format!(
            "<?php\n$magespec = json_decode({}, true);\n{}\n{}",
            literal(&details.to_string()),
            scripts.join("\n"),
            body(include_str!("program/frame.php"))
        )
    }
}

/// A PHP string literal.
fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// Unique marker around the answer.
fn marker() -> String {
    format!("magespec:{:016x}:", RandomState::new().build_hasher().finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_data() {
        let program =
            Program { scripts: &["<?php\n// script\n"], details: json!({ "module": "x'); evil(\\'" }) };
        let text = program.text("/shops/it's", "mark");
        assert!(text.starts_with(
            "<?php\n$magespec = json_decode('{\"module\":\"x\\'); evil(\\\\\\\\\\'\",\"root\":\"/shops/it\\'s\",\"marker\":\"mark\"}', true);\n// script\n"
        ), "{text}");
        assert_eq!(text.matches("<?php").count(), 1);
    }

    #[test]
    fn markers_differ() {
        assert_ne!(marker(), marker());
    }
}
