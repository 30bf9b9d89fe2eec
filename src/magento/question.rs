//! Programs for the PHP of a shop.

use std::{
    collections::hash_map::RandomState,
    hash::{BuildHasher as _, Hasher as _},
};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{Answer, Php, ShopError};

/// The program for one thing to be asked or done.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Question {
    deed: &'static str,
    details: Value,
}

/// An integration that was reset, with the consumer it is to have again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Exchange {
    /// `integration_id` of the new row.
    pub integration: u64,
    /// The consumer that the reset made.
    pub spare: u64,
    /// The consumer it had before.
    pub earlier: u64,
}

/// An integration that is to be deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IntegrationRef {
    /// Its `integration_id`.
    pub id: u64,
    /// Its name, which has to be that still.
    pub name: String,
}

/// What the shop says of itself and, if one is named, of a module. Nothing is written.
///
/// # Errors
/// If the shop does not answer.
pub fn status(php: &Php, root: &str, module: Option<&str>) -> Result<Answer, ShopError> {
    ask(
        php,
        root,
        &Question { deed: include_str!("program/status.php"), details: json!({ "module": module }) },
    )
}

/// Gives integrations their earlier consumers back, in one transaction; the consumers that the resets made are deleted
/// (docs/magento/setup-upgrade.md#heal).
///
/// # Errors
/// If the shop does not answer, or one of them is not as it was: then none was changed.
pub fn reattach(php: &Php, root: &str, exchanges: &[Exchange]) -> Result<(), ShopError> {
    let details = json!({ "exchanges": exchanges });
    ask::<Value>(php, root, &Question { deed: include_str!("program/reattach.php"), details }).map(drop)
}

/// Deletes integrations with their consumers, through Magento's own services.
///
/// # Errors
/// If the shop does not answer, or one of them is not as it was: then none was deleted.
pub fn delete(php: &Php, root: &str, integrations: &[IntegrationRef]) -> Result<(), ShopError> {
    let details = json!({ "integrations": integrations });
    ask::<Value>(php, root, &Question { deed: include_str!("program/delete.php"), details }).map(drop)
}

fn ask<T: DeserializeOwned>(php: &Php, root: &str, question: &Question) -> Result<T, ShopError> {
    let marker = marker();
    php.answer(&question.program(root, &marker), root, &marker)
}

impl Question {
    /// The program's text. What is asked stands in it as data: no shell and no PHP reads it.
    fn program(&self, root: &str, marker: &str) -> String {
        let mut details = self.details.clone();
        details["root"] = root.into();
        details["marker"] = marker.into();
        let body = |text: &'static str| text.strip_prefix("<?php\n").unwrap_or(text);
        format!(
            "<?php\n$magespec = json_decode({}, true);\n{}\n{}",
            literal(&details.to_string()),
            body(self.deed),
            body(include_str!("program/frame.php"))
        )
    }
}

/// A PHP string literal.
fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// What stands around the answer: nobody else prints it.
fn marker() -> String {
    format!("magespec:{:016x}:", RandomState::new().build_hasher().finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_data() {
        let question = Question { deed: "<?php\n// deed\n", details: json!({ "module": "x'); evil(\\'" }) };
        let program = question.program("/shops/it's", "mark");
        assert!(program.starts_with(
            "<?php\n$magespec = json_decode('{\"module\":\"x\\'); evil(\\\\\\\\\\'\",\"root\":\"/shops/it\\'s\",\"marker\":\"mark\"}', true);\n// deed\n"
        ), "{program}");
        assert_eq!(program.matches("<?php").count(), 1);
    }

    #[test]
    fn markers_differ() {
        assert_ne!(marker(), marker());
    }
}
