//! The `integration.toml` as written: its types, how it is read, and its JSON Schema.

mod acl;
mod composer;
mod document;
mod edit;
mod entry;
mod fault;
mod files;
mod integration;
mod load;
mod module;
mod rules;
mod schema;
mod spans;
mod syntax;
mod table;
mod target;
mod validate;
mod words;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use acl::{Acl, AclChild, AclEntry};
pub use composer::Composer;
pub use document::{Document, MAX_BYTES};
pub use edit::{EditError, hand_over};
pub use files::Files;
pub use integration::{CallEntry, Integration, ReasonedCall};
pub use load::{Loaded, load, load_document};
pub use module::{Author, Format, Licenses, Module};
pub use rules::{RuleLevels, Setting};
pub use schema::schema;
pub use spans::{Spans, Spot, below};
pub use target::{Edition, Target};

/// A Magento 2 integration module, as magespec compiles it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// The module: its name, its version and its Composer package.
    #[serde(deserialize_with = "table::one")]
    #[schemars(example = example("module"))]
    pub module: Module,
    /// The Magento releases that the module is made for. Everything is checked against each of them.
    #[serde(deserialize_with = "table::one")]
    #[schemars(example = example("target"))]
    pub target: Target,
    /// One integration, as System > Extensions > Integrations lists it. There may be several.
    #[serde(deserialize_with = "table::some")]
    #[schemars(length(min = 1), example = example("integration"))]
    pub integration: Vec<Integration>,
    /// One ACL resource of the module's own, under one of Magento's or of this module.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "table::many")]
    #[schemars(example = example("acl"))]
    pub acl: Vec<Acl>,
    /// Further keys of composer.json, as Composer has them. `autoload` is added to what is derived.
    #[serde(default, skip_serializing_if = "Composer::is_empty", deserialize_with = "table::one")]
    #[schemars(example = example("composer"))]
    pub composer: Composer,
    /// The generated files that magespec is not to write.
    #[serde(default, skip_serializing_if = "Files::is_empty", deserialize_with = "table::one")]
    #[schemars(example = example("files"))]
    pub files: Files,
    /// Levels of rules: "allow", "warn" or "deny". `magespec explain` lists the rules.
    #[serde(default, skip_serializing_if = "RuleLevels::is_empty")]
    pub rules: RuleLevels,
}

/// A small example of each table, for the schema.
fn example(table: &str) -> serde_json::Value {
    serde_json::json!({
        "module": { "name": "Acme_ErpBridge", "description": "Lets the Acme ERP read orders", "version": "1.0.0" },
        "target": { "magento": ">=2.4.4 <2.4.9" },
        "integration": [
            { "name": "Acme ERP", "email": "erp@acme.com", "resources": ["Magento_Sales::actions_view"] },
        ],
        "composer": { "support": { "email": "help@acme.com" } },
        "files": { "unmanaged": ["etc/acl.xml"] },
        "acl": [{ "id": "Acme_ErpBridge::erp", "title": "Acme ERP", "parent": "Magento_Backend::admin" }],
    })[table]
    .clone()
}
