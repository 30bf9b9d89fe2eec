//! State of a shop.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::{
    model::Keep,
    names::collated,
    plan::{Columns, IntegrationStatus, SetupType},
};

/// State of a shop: rows of its database and declarations of its modules. Contains no secret, key or token.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Answer {
    /// Magento itself.
    pub magento: Magento,
    /// The requested module, if any.
    pub module: Option<ModuleState>,
    /// Enabled modules in load order.
    pub order: Vec<String>,
    /// Modules that the next `setup:upgrade` loads, in load order: also those in the code that app/etc/config.php does not
    /// list (docs/magento/files-and-schemas.md#enabled-by-upgrade).
    pub next_order: Vec<String>,
    /// Modules that wait for `setup:upgrade`, by the versions in `setup_module`.
    pub waiting: Vec<String>,
    /// Rows of `integration`, by id.
    pub integrations: Vec<ShopRow>,
    /// Declarations of all enabled modules.
    pub declared: MergedDeclarations,
    /// ACL in which Magento looks requested resources up: id to parent
    /// (docs/magento/resolving-permissions.md#lookup).
    pub acl: BTreeMap<String, Option<String>>,
    /// Resources that any role may use, those of administrators included.
    #[serde(default)]
    pub allowed: BTreeSet<String>,
    /// ACL resources that modules add which are not enabled yet: id to parent.
    pub added: BTreeMap<String, Option<String>>,
    /// PHP files that mention integrations.
    pub code: Vec<CodeFile>,
    /// Plugins that magespec generated, of modules that are enabled or not listed yet.
    #[serde(default)]
    pub plugins: Vec<ShopPlugin>,
    /// Files of the requested module whose plugins the compiled code of the shop lacks, or has with other arguments.
    #[serde(default)]
    pub uncompiled: Vec<String>,
    /// Consumers without an integration.
    pub spare: Vec<Spare>,
    /// Names of its tables.
    pub tables: Tables,
    /// Comparison and character set of the table `integration`, if the database says it.
    pub columns: Option<Columns>,
}

impl Answer {
    /// Returns true if the database treats two names of integrations as equal.
    #[must_use]
    pub fn are_same(&self, a: &str, b: &str) -> bool {
        self.columns.as_ref().map_or_else(|| collated(a) == collated(b), |columns| columns.are_same(a, b))
    }
}

/// Names of tables in a shop, with its prefix.
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
    /// Distribution that it is; none if it is Magento's own.
    pub distribution: Option<Distribution>,
    /// `Community`, `Enterprise`.
    pub edition: String,
    /// `default`, `developer` or `production`.
    pub mode: String,
    /// Version of the PHP that answered.
    pub php: String,
    /// True in maintenance mode.
    pub maintenance: bool,
    /// SHA-256 of app/etc/config.php, in hexadecimal.
    pub config_hash: Option<String>,
}

/// Distribution of Magento (docs/magento/releases-and-editions.md#mage-os-live).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Distribution {
    /// `Mage-OS`.
    pub name: String,
    /// Its own release: `1.0.5`.
    pub version: String,
}

/// Module in a shop.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ModuleState {
    /// Directory it is registered with; none if it is not.
    pub path: Option<String>,
    /// Value in app/etc/config.php; none if it does not list the module.
    pub enabled: Option<bool>,
    /// Version in its module.xml.
    pub setup_version: Option<String>,
    /// Version in the table `setup_module`.
    pub schema_version: Option<String>,
    /// Version in the table `setup_module`.
    pub data_version: Option<String>,
    /// Classes of its applied data patches.
    pub patches: Vec<String>,
}

/// Row of the table `integration` (docs/magento/database.md#integration-table).
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
    /// Stored value.
    pub identity_link_url: Option<String>,
    /// Activation status.
    pub status: IntegrationStatus,
    /// Origin: created in Admin, by a module's file, or changed by PHP.
    pub setup_type: SetupType,
    /// Time of creation, in UTC.
    pub created_at: String,
    /// OAuth consumer.
    pub consumer: Option<Consumer>,
    /// Resources with a rule `allow`, sorted.
    pub granted: Vec<String>,
}

impl ShopRow {
    /// Returns true if a module's file created it.
    #[must_use]
    pub fn is_from_file(&self) -> bool {
        self.setup_type == SetupType::Config
    }

    /// Statements that remove it with its consumer, tokens and rules (docs/magento/setup-upgrade.md#removal).
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

/// OAuth consumer of an integration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Consumer {
    /// `entity_id`.
    pub id: u64,
    /// Time of creation, in UTC.
    pub created_at: String,
    /// True if it has an access token that is not revoked.
    pub has_token: bool,
}

/// Consumer without an integration, left by a reset or deletion.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Spare {
    /// `entity_id`.
    pub id: u64,
    /// `Integration` and the id of the row it was created for.
    pub name: String,
    /// Time of creation, in UTC.
    pub created_at: String,
    /// Creation time of its newest valid access token, in UTC, if it has one.
    pub token_created_at: Option<String>,
}

impl Spare {
    /// `integration_id` of the row it was created for (docs/magento/database.md#oauth-tables).
    #[must_use]
    pub fn made_for(&self) -> Option<u64> {
        self.name.strip_prefix("Integration")?.parse().ok()
    }
}

/// PHP file of a module.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CodeFile {
    /// Its module.
    pub module: String,
    /// Path from the module's folder.
    pub path: String,
    /// Text, with `?` for each byte that is not ASCII.
    pub text: String,
}

/// Declarations of all enabled modules, as Magento reads them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct MergedDeclarations {
    /// Declarations, merged over the modules.
    pub integrations: Vec<MergedDeclaration>,
    /// Declarations by module, also those that are not enabled yet, in the order in which Magento merges them.
    pub files: Vec<FileDeclaration>,
    /// Reason why Magento cannot read them; then there are none.
    pub error: Option<String>,
}

/// Declared integration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MergedDeclaration {
    /// Its name.
    pub name: String,
    /// `consolidated` (etc/integration.xml) or `legacy` (the pair below etc/integration).
    pub format: String,
    /// Enabled modules whose files declare it.
    pub modules: Vec<String>,
    /// E-mail address, if declared.
    pub email: Option<String>,
    /// Declared value.
    pub endpoint_url: Option<String>,
    /// Declared value.
    pub identity_link_url: Option<String>,
    /// Requested resources, as resolved by Magento.
    pub resources: Vec<String>,
}

/// Declaration of an integration in the files of one module.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FileDeclaration {
    /// Declaring module.
    pub module: String,
    /// As in [`MergedDeclaration`].
    pub format: String,
    /// Name of the integration.
    pub name: String,
    /// E-mail address, if declared.
    pub email: Option<String>,
    /// Declared value.
    pub endpoint_url: Option<String>,
    /// Declared value.
    pub identity_link_url: Option<String>,
    /// Requested resources, known or not.
    pub resources: Vec<String>,
}

/// Generated plugin of a module, which changes integrations in `setup:upgrade` (docs/magento/setup-upgrade.md#keep-by-plugin).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ShopPlugin {
    /// Its module.
    pub module: String,
    /// Integrations that it renames or whose credentials it keeps.
    pub integrations: Vec<ChangedIntegration>,
    /// Integrations that it deletes if no module declares them.
    pub retired: Vec<String>,
}

/// Integration that a plugin changes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ChangedIntegration {
    /// Its name.
    pub name: String,
    /// Condition on which its credentials are kept, as in a spec or `always`; none if they are not.
    pub keep: Option<String>,
    /// Its former names.
    pub former: Vec<String>,
}

impl ChangedIntegration {
    /// Returns the condition on which its credentials are kept.
    #[must_use]
    pub fn keep(&self) -> Keep {
        match self.keep.as_deref() {
            Some("always") => Keep::Always,
            Some("unless-permissions-grow") => Keep::UnlessPermissionsGrow,
            _ => Keep::Never,
        }
    }
}
