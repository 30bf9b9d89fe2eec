//! Database rows.

use std::collections::BTreeSet;

/// Row of the table `integration`, with its rules (docs/magento/database.md#integration-table).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntegrationRow {
    /// Unique in the table, as its collation compares.
    pub name: String,
    /// Contact e-mail address.
    pub email: String,
    /// URL to which Magento posts the consumer's credentials.
    pub endpoint: Option<String>,
    /// Page that Admin opens.
    pub identity_link_url: Option<String>,
    /// Activation status.
    pub status: IntegrationStatus,
    /// Origin of the row.
    pub setup_type: SetupType,
    /// True if its consumer has an access token that is not revoked.
    pub has_token: bool,
    /// ACL resources that its stored rules allow.
    pub resources: BTreeSet<String>,
}

/// Column `status` of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(from = "i64")]
pub enum IntegrationStatus {
    /// 0: never activated, or deactivated.
    Inactive,
    /// 1: in use.
    Active,
    /// 2: recreated by `setup:upgrade` and not yet re-authorised; since 2.1.0.
    Reset,
}

impl From<i64> for IntegrationStatus {
    fn from(value: i64) -> Self {
        match value {
            1 => Self::Active,
            2 => Self::Reset,
            _ => Self::Inactive,
        }
    }
}

/// Column `setup_type` of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(from = "i64")]
pub enum SetupType {
    /// 0: created in Admin.
    Manual,
    /// 1: declared by a module.
    Config,
    /// Any other value, which only PHP of a module sets.
    Other(i64),
}

impl From<i64> for SetupType {
    fn from(value: i64) -> Self {
        match value {
            0 => Self::Manual,
            1 => Self::Config,
            other => Self::Other(other),
        }
    }
}

impl IntegrationRow {
    /// Row in production: activated, with an access token.
    #[must_use]
    pub fn in_use(self) -> Self {
        Self { status: IntegrationStatus::Active, has_token: true, ..self }
    }
}
