//! The `integration.toml` as written: its types, how it is read, and its JSON Schema.

mod acl;
pub mod api;
pub mod code;
mod composer;
mod csp;
mod edit;
mod files;
mod i18n;
mod integration;
mod module;
mod read;
mod rules;
pub mod settings;
mod table;
mod target;
pub mod webhooks;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use acl::{Acl, AclChild, AclEntry};
pub use composer::Composer;
pub use csp::Csp;
pub use edit::{EditError, hand_over};
pub use files::Files;
pub use i18n::I18n;
pub use integration::{CallEntry, Integration, ReasonedCall};
pub use module::{Author, IntegrationFormat, Licenses, Module};
pub use read::{Document, Loaded, MAX_BYTES, Spans, Spot, below, load, load_document, schema};
pub use rules::{RuleLevel, RuleLevels};
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
    /// One service: an interface that REST routes of the module's own call, and the class that you write.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "table::many")]
    #[schemars(example = example("service"))]
    pub service: Vec<api::Service>,
    /// One data object that services take or answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "table::many")]
    #[schemars(example = example("data"))]
    pub data: Vec<api::Data>,
    /// The section of Stores > Configuration that the settings are in.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "table::maybe")]
    #[schemars(example = example("settings"))]
    pub settings: Option<settings::Settings>,
    /// One setting.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "table::many")]
    #[schemars(example = example("setting"))]
    pub setting: Vec<settings::Setting>,
    /// How webhooks are delivered.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "table::maybe")]
    #[schemars(example = example("webhooks"))]
    pub webhooks: Option<webhooks::Webhooks>,
    /// One thing that the other side is told of.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "table::many")]
    #[schemars(example = example("webhook"))]
    pub webhook: Vec<webhooks::Webhook>,
    /// One job that cron runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "table::many")]
    #[schemars(example = example("cron"))]
    pub cron: Vec<code::Cron>,
    /// One class that runs at an event.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "table::many")]
    #[schemars(example = example("observer"))]
    pub observer: Vec<code::Observer>,
    /// Hosts that browsers may talk to beside those of Magento.
    #[serde(default, skip_serializing_if = "Csp::is_empty", deserialize_with = "table::one")]
    #[schemars(example = example("csp"))]
    pub csp: Csp,
    /// Languages that the module's own phrases are translated to.
    #[serde(default, skip_serializing_if = "I18n::is_empty", deserialize_with = "table::one")]
    #[schemars(example = example("i18n"))]
    pub i18n: I18n,
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
        "service": [{
            "name": "OrderExport",
            "method": [{ "name": "get", "route": "GET /V1/acme-erp/orders/:incrementId", "acl": "Acme_ErpBridge::export_read", "returns": "ExportResult" }],
        }],
        "data": [{ "name": "ExportResult", "fields": { "increment_id": "string", "erp_number": "string?" } }],
        "settings": { "label": "Acme ERP" },
        "setting": [{ "path": "connection/base_url", "type": "url" }],
        "webhooks": {
            "url": "connection/base_url", "secret": "webhooks/signing_secret",
            "enabled": "connection/enabled", "timeout": "connection/timeout_seconds",
        },
        "webhook": [{ "topic": "order.saved", "event": "sales_order_save_after", "fields": { "entity_id": "int" } }],
        "cron": [{ "name": "pull_stock", "schedule": "*/15 * * * *" }],
        "observer": [{ "name": "log_placed_order", "event": "sales_order_place_after" }],
        "csp": { "connect-src": ["https://erp.acme.com"] },
        "i18n": { "locales": ["de_DE"] },
        "acl": [{ "id": "Acme_ErpBridge::erp", "title": "Acme ERP", "parent": "Magento_Backend::admin" }],
    })[table]
    .clone()
}
