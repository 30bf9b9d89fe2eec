//! The `integration.toml` as written: types, parsing and JSON Schema.

mod acl;
pub mod api;
pub mod code;
mod composer;
mod csp;
mod edit;
mod files;
mod format;
mod former;
mod i18n;
mod integration;
mod mentions;
mod module;
mod one_or_more;
mod read;
mod rule_levels;
pub mod settings;
mod table;
mod target;
pub mod webhooks;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use acl::{Acl, AclChild, AclEntry, AclParent, DEEPEST, depths};
pub use composer::Composer;
pub use csp::Csp;
pub(crate) use edit::insertions;
pub use edit::{EditError, add_calls, hand_over};
pub use files::Files;
pub use format::format;
pub(crate) use format::{line_end, with_line_end};
pub use former::{Renamable, RenamedKind};
pub use i18n::I18n;
pub use integration::{CallEntry, Integration, KeepCondition, KeepCredentials, ReasonedCall, Retired};
pub use mentions::{Mention, NamedKind, mentions};
pub use module::{Author, IntegrationFormat, Module};
pub use one_or_more::OneOrMore;
pub use read::{
    Comment, DEEPEST_TOML, Document, EXAMPLE_MODULE, HeaderForm, Loaded, MAX_BYTES, Pointer, SCHEMA_FILE,
    SCHEMA_LINE, SchemaKey, Spans, Spot, load, load_document, read_events, schema, schema_key, schema_keys,
    schema_values,
};
pub(crate) use read::{as_flag, as_integer, as_key, pointer};
pub use rule_levels::{RuleLevel, RuleLevels};
pub use target::{CatalogFiles, Target};

/// A Magento 2 integration module, described for magespec.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// Name, version and Composer package of the module.
    #[serde(deserialize_with = "table::one")]
    #[schemars(example = example("module"))]
    pub module: Module,
    /// Magento releases that the module supports. Everything is checked against each of them.
    #[serde(deserialize_with = "table::one")]
    #[schemars(example = example("target"))]
    pub target: Target,
    /// An integration, as listed in System > Extensions > Integrations. Repeat the table for more.
    #[serde(deserialize_with = "table::some")]
    #[schemars(length(min = 1), example = example("integration"))]
    pub integration: Vec<Integration>,
    /// Former parts of the module that it removes from each shop.
    #[serde(default, skip_serializing_if = "Retired::is_empty", deserialize_with = "table::one")]
    #[schemars(example = example("retired"))]
    pub retired: Retired,
    /// An ACL resource of the module, below one of Magento's or of the module itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "table::many")]
    #[schemars(example = example("acl"))]
    pub acl: Vec<Acl>,
    /// A service: an interface called by REST routes of the module, and the class that you complete.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "table::many")]
    #[schemars(example = example("service"))]
    pub service: Vec<api::Service>,
    /// A data object that services take or return.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "table::many")]
    #[schemars(example = example("data"))]
    pub data: Vec<api::Data>,
    /// The section in Stores > Configuration that contains the settings.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "table::maybe")]
    #[schemars(example = example("settings"))]
    pub settings: Option<settings::Settings>,
    /// A setting.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "table::many")]
    #[schemars(example = example("setting"))]
    pub setting: Vec<settings::Setting>,
    /// Values in etc/config.xml besides the defaults of settings.
    #[serde(default, skip_serializing_if = "settings::Config::is_empty", deserialize_with = "table::one")]
    #[schemars(example = example("config"))]
    pub config: settings::Config,
    /// An entry of the Admin menu, with those below it.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "table::many")]
    #[schemars(example = example("menu"))]
    pub menu: Vec<settings::MenuEntry>,
    /// Delivery of webhooks.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "table::maybe")]
    #[schemars(example = example("webhooks"))]
    pub webhooks: Option<webhooks::Webhooks>,
    /// A webhook: an event and the fields to send.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "table::many")]
    #[schemars(example = example("webhook"))]
    pub webhook: Vec<webhooks::Webhook>,
    /// A cron job.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "table::many")]
    #[schemars(example = example("cron"))]
    pub cron: Vec<code::Cron>,
    /// An observer: a class that runs on an event.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "table::many")]
    #[schemars(example = example("observer"))]
    pub observer: Vec<code::Observer>,
    /// Hosts that browsers may connect to, in addition to Magento's.
    #[serde(default, skip_serializing_if = "Csp::is_empty", deserialize_with = "table::one")]
    #[schemars(example = example("csp"))]
    pub csp: Csp,
    /// Languages into which the module's phrases are translated.
    #[serde(default, skip_serializing_if = "I18n::is_empty", deserialize_with = "table::one")]
    #[schemars(example = example("i18n"))]
    pub i18n: I18n,
    /// Other keys of composer.json, in Composer's own form. `autoload` is merged with the generated one.
    #[serde(default, skip_serializing_if = "Composer::is_empty", deserialize_with = "table::one")]
    #[schemars(example = example("composer"))]
    pub composer: Composer,
    /// Generated files that you maintain yourself.
    #[serde(default, skip_serializing_if = "Files::is_empty", deserialize_with = "table::one")]
    #[schemars(example = example("files"))]
    pub files: Files,
    /// Levels of rules: "allow", "warn" or "deny". `magespec explain` lists the rules.
    #[serde(default, skip_serializing_if = "RuleLevels::is_empty")]
    pub rules: RuleLevels,
}

impl Spec {
    /// Returns the current, former and retired names of integrations.
    pub fn integration_names(&self) -> impl Iterator<Item = &crate::names::IntegrationName> {
        let current = self.integration.iter().map(|it| &it.name);
        let former = self.integration.iter().flat_map(|it| it.renamed_from.as_slice());
        current.chain(former).chain(&self.retired.integrations)
    }
}

/// Example of each table, for the schema.
fn example(table: &str) -> serde_json::Value {
    serde_json::json!({
        "module": { "name": "Acme_ErpBridge", "description": "Lets the Acme ERP read orders", "version": "1.0.0" },
        "target": { "magento": ">=2.4.4 <2.4.9" },
        "integration": [
            { "name": "Acme ERP", "email": "erp@acme.com", "resources": ["Magento_Sales::actions_view"] },
        ],
        "retired": { "integrations": ["Old CRM"] },
        "composer": { "support": { "email": "help@acme.com" } },
        "files": { "unmanaged": ["etc/acl.xml"] },
        "service": [{
            "name": "OrderExport",
            "method": [{ "name": "get", "route": "GET /V1/acme-erp/orders/:incrementId", "acl": "Acme_ErpBridge::export_read", "returns": "ExportResult" }],
        }],
        "data": [{ "name": "ExportResult", "fields": { "increment_id": "string", "erp_number": "string?" } }],
        "settings": { "label": "Acme ERP" },
        "setting": [{ "path": "connection/base_url", "type": "url" }],
        "config": { "default": { "payment/acme/active": true } },
        "menu": [{
            "id": "Acme_ErpBridge::erp", "title": "Acme ERP", "parent": "Magento_Backend::system",
            "action": "acme_erp/export/index", "resource": "Acme_ErpBridge::erp",
        }],
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
