//! What a shop says of itself.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::plan::IntegrationStatus;

/// What a shop says of itself: what its database holds, and what its modules declare. No secret, no key and no token is
/// in it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Answer {
    /// Of Magento.
    pub magento: Magento,
    /// Of the module that was asked about, if one was.
    pub module: Option<ModuleState>,
    /// The modules that wait for `setup:upgrade`, by the versions in `setup_module`.
    pub waiting: Vec<String>,
    /// The rows of `integration`, by id.
    pub integrations: Vec<ShopRow>,
    /// What the files of all enabled modules declare.
    pub declared: MergedDeclarations,
    /// The ACL in which Magento looks requested resources up: id to the one above it
    /// (docs/magento/resolving-permissions.md#lookup).
    pub acl: BTreeMap<String, Option<String>>,
    /// The consumers that no integration has.
    pub spare: Vec<Spare>,
    /// How its tables are called.
    pub tables: Tables,
}

/// The names of tables in a shop, with its prefix.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Tables {
    /// `integration`.
    pub integration: String,
    /// `oauth_consumer`.
    pub oauth_consumer: String,
    /// `authorization_role`.
    pub authorization_role: String,
}

/// Magento itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Magento {
    /// `2.4.7-p3`.
    pub version: String,
    /// `Community`, `Enterprise`.
    pub edition: String,
    /// `default`, `developer` or `production`.
    pub mode: String,
    /// The version of the PHP that answered.
    pub php: String,
    /// Whether the shop is closed for maintenance.
    pub maintenance: bool,
    /// SHA-256 of app/etc/config.php, in hexadecimal.
    pub config_hash: Option<String>,
}

/// A module in a shop.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ModuleState {
    /// The directory it is registered with; none if it is not.
    pub path: Option<String>,
    /// What app/etc/config.php says; none if it does not name the module.
    pub enabled: Option<bool>,
    /// Of its module.xml.
    pub setup_version: Option<String>,
    /// In the table `setup_module`.
    pub schema_version: Option<String>,
    /// In the table `setup_module`.
    pub data_version: Option<String>,
    /// The classes of its data patches that were applied.
    pub patches: Vec<String>,
}

/// A row of the table `integration` (docs/magento/database.md#integration-table).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ShopRow {
    /// `integration_id`.
    pub id: u64,
    /// Unique.
    pub name: String,
    /// Empty if none is stored.
    pub email: String,
    /// The column `endpoint`.
    pub endpoint_url: Option<String>,
    /// As stored.
    pub identity_link_url: Option<String>,
    /// Whether it can be used.
    pub status: IntegrationStatus,
    /// Whether a module's file made it (`setup_type` 1), and not somebody in Admin.
    pub from_file: bool,
    /// UTC.
    pub created_at: String,
    /// Its OAuth consumer.
    pub consumer: Option<Consumer>,
    /// The resources with a rule `allow`, sorted.
    pub granted: Vec<String>,
}

impl ShopRow {
    /// The statements that remove it with its consumer, tokens and rules (docs/magento/setup-upgrade.md#removal).
    #[must_use]
    pub fn removal(&self, tables: &Tables) -> String {
        let row = match &self.consumer {
            Some(consumer) => {
                format!("DELETE FROM {} WHERE entity_id={}", tables.oauth_consumer, consumer.id)
            }
            None => format!("DELETE FROM {} WHERE integration_id={}", tables.integration, self.id),
        };
        format!(
            "{row}; DELETE FROM {} WHERE user_type='1' AND user_id={};",
            tables.authorization_role, self.id
        )
    }
}

/// The OAuth consumer of an integration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Consumer {
    /// `entity_id`.
    pub id: u64,
    /// UTC.
    pub created_at: String,
    /// Whether it has an access token that is not revoked.
    pub has_token: bool,
}

/// A consumer that no integration has: of an integration that was reset or deleted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Spare {
    /// `entity_id`.
    pub id: u64,
    /// `Integration` and the id of the row it was made for.
    pub name: String,
    /// UTC.
    pub created_at: String,
    /// When its newest live access token was made; UTC. None if it has none.
    pub token_created_at: Option<String>,
}

impl Spare {
    /// The `integration_id` of the row it was made for (docs/magento/database.md#oauth-tables).
    #[must_use]
    pub fn made_for(&self) -> Option<u64> {
        self.name.strip_prefix("Integration")?.parse().ok()
    }
}

/// What the files of all enabled modules declare, as Magento reads them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct MergedDeclarations {
    /// Merged over the modules.
    pub integrations: Vec<MergedDeclaration>,
    /// Why Magento cannot read them; then there are none.
    pub error: Option<String>,
}

/// An integration that files declare.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MergedDeclaration {
    /// Its name.
    pub name: String,
    /// `consolidated` (etc/integration.xml) or `legacy` (the pair below etc/integration).
    pub format: String,
    /// The enabled modules whose files name it.
    pub modules: Vec<String>,
    /// None if the file lacks it.
    pub email: Option<String>,
    /// As declared.
    pub endpoint_url: Option<String>,
    /// As declared.
    pub identity_link_url: Option<String>,
    /// What Magento makes of the requested resources.
    pub resources: Vec<String>,
}
