//! State of a module as JSON.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::human::word;

use crate::{
    diag::render::versioned,
    magento::{Answer, Drift, DriftCause, Health, Presence, ShopRow, Standing},
    model::Module,
};

/// State of a module in a shop.
#[derive(Serialize, JsonSchema)]
pub(crate) struct JsonStatus<'a> {
    /// True if the shop is as the spec says.
    in_step: bool,
    /// Magento itself.
    magento: JsonMagento<'a>,
    /// The module.
    module: ModuleInShop<'a>,
    /// Integrations of the spec.
    integrations: Vec<IntegrationInShop<'a>>,
    /// Rows from files of modules that no enabled module declares any more.
    orphans: Vec<JsonRowInShop<'a>>,
}

/// Magento of a shop.
#[derive(Serialize, JsonSchema)]
struct JsonMagento<'a> {
    /// Magento release.
    version: &'a str,
    /// Edition, as Magento calls it: `Community` or `Enterprise`.
    edition: &'a str,
    /// Distribution; null if it is Magento's own.
    distribution: Option<JsonDistribution<'a>>,
    /// Deploy mode: `default`, `developer` or `production`.
    mode: &'a str,
    /// PHP release that answered.
    php: &'a str,
    /// True in maintenance mode.
    maintenance: bool,
    /// Modules that wait for `setup:upgrade`.
    waiting: &'a [String],
    /// Modules that the next `setup:upgrade` enables.
    new_modules: Vec<&'a str>,
    /// Error of Magento when it reads the files of modules; null if there is none.
    error: Option<&'a str>,
}

/// Distribution of Magento.
#[derive(Serialize, JsonSchema)]
struct JsonDistribution<'a> {
    /// Name, such as `Mage-OS`.
    name: &'a str,
    /// Its own release.
    version: &'a str,
}

/// Module in a shop.
#[derive(Serialize, JsonSchema)]
struct ModuleInShop<'a> {
    /// Name of the module.
    name: &'a str,
    /// State of the module; `waiting` for `setup:upgrade`.
    #[schemars(extend("enum" = ["not-installed", "disabled", "waiting", "installed"]))]
    state: &'static str,
    /// Directory of the module in the shop; null if it is not there.
    path: Option<&'a str>,
    /// Value in app/etc/config.php; null if the module is not listed.
    enabled: Option<bool>,
}

/// Integration in a shop.
#[derive(Serialize, JsonSchema)]
struct IntegrationInShop<'a> {
    /// Name of the integration.
    name: &'a str,
    /// State of the integration.
    #[schemars(extend("enum" = ["missing", "manual", "former-name", "name-clash", "orphaned", "inactive", "reset", "active"]))]
    state: String,
    /// True if it is as the spec says.
    in_step: bool,
    /// Its row, or the one whose name is in the way; null if there is none.
    row: Option<JsonRowInShop<'a>>,
    /// Differences from the spec.
    drift: Vec<JsonDrift<'a>>,
    /// Places in PHP that make the effect of `setup:upgrade` unpredictable.
    doubts: &'a [String],
}

/// Difference between spec and shop.
#[derive(Serialize, JsonSchema)]
struct JsonDrift<'a> {
    /// Attribute of the integration, named as in the spec.
    attribute: &'static str,
    /// Value in the spec; for resources, those that the shop lacks.
    spec: &'a [String],
    /// Value in the shop; for resources, those that the spec does not request.
    shop: &'a [String],
    /// Cause: the files in the shop differ, the database is not up to date, or the value stays until a reset.
    #[schemars(extend("enum" = ["files", "database", "stays"]))]
    cause: &'static str,
}

/// Row of the table `integration`.
#[derive(Serialize, JsonSchema)]
struct JsonRowInShop<'a> {
    /// Number of the row.
    id: u64,
    /// Name of the integration.
    name: &'a str,
    /// E-mail address; empty if there is none.
    email: &'a str,
    /// URL for credentials; null if there is none.
    endpoint_url: Option<&'a str>,
    /// URL of the login page; null if there is none.
    identity_link_url: Option<&'a str>,
    /// True if a file of a module created it.
    from_file: bool,
    /// True if it has a valid access token.
    has_token: bool,
    /// Time of creation, in UTC.
    created_at: &'a str,
    /// Resources that it may use.
    granted: &'a [String],
}

/// Renders the state as one JSON document.
#[must_use]
pub fn json(module: &Module, shop: &Answer, health: &Health<'_>) -> Value {
    let magento = &shop.magento;
    let state = shop.module.as_ref();
    versioned(&JsonStatus {
        in_step: health.is_in_step(),
        magento: JsonMagento {
            version: &magento.version,
            edition: &magento.edition,
            distribution: magento
                .distribution
                .as_ref()
                .map(|it| JsonDistribution { name: &it.name, version: &it.version }),
            mode: &magento.mode,
            php: &magento.php,
            maintenance: magento.maintenance,
            waiting: &shop.waiting,
            new_modules: shop.new_modules().collect(),
            error: shop.declared.error.as_deref(),
        },
        module: ModuleInShop {
            name: module.name.as_str(),
            state: match health.presence {
                Presence::Absent => "not-installed",
                Presence::Disabled => "disabled",
                Presence::Waiting => "waiting",
                Presence::Installed => "installed",
            },
            path: state.and_then(|state| state.path.as_deref()),
            enabled: state.and_then(|state| state.enabled),
        },
        integrations: health.integrations.iter().map(integration).collect(),
        orphans: health.orphans.iter().map(|row| row_of(row)).collect(),
    })
}

fn integration<'a>(standing: &'a Standing<'_>) -> IntegrationInShop<'a> {
    IntegrationInShop {
        name: standing.name,
        state: word(standing.condition).replace(' ', "-"),
        in_step: standing.is_in_step(),
        row: standing.row.map(row_of),
        drift: standing.drift.iter().map(drift).collect(),
        doubts: &standing.doubts,
    }
}

fn drift(drift: &Drift) -> JsonDrift<'_> {
    JsonDrift {
        attribute: drift.attribute,
        spec: &drift.spec,
        shop: &drift.shop,
        cause: match drift.cause {
            DriftCause::Files => "files",
            DriftCause::Database => "database",
            DriftCause::Stays => "stays",
        },
    }
}

fn row_of(row: &ShopRow) -> JsonRowInShop<'_> {
    JsonRowInShop {
        id: row.id,
        name: &row.name,
        email: &row.email,
        endpoint_url: row.endpoint_url.as_deref(),
        identity_link_url: row.identity_link_url.as_deref(),
        from_file: row.is_from_file(),
        has_token: row.consumer.as_ref().is_some_and(|consumer| consumer.has_token),
        created_at: &row.created_at,
        granted: &row.granted,
    }
}
