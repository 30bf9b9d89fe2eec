//! What the database holds.

use std::collections::BTreeSet;

use crate::names::COLUMN_LENGTH;

/// A row of the table `integration`, with the rules that belong to it (docs/magento/database.md#integration-table).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntegrationRow {
    /// Unique in the table, as its collation compares.
    pub name: String,
    /// Its address.
    pub email: String,
    /// Where Magento posts the consumer's credentials.
    pub endpoint: Option<String>,
    /// The page that the Admin opens.
    pub identity_link_url: Option<String>,
    /// Whether it may be used.
    pub status: IntegrationStatus,
    /// Who made it.
    pub setup_type: SetupType,
    /// Whether its consumer has an access token that is not revoked.
    pub has_token: bool,
    /// The ACL resources that its stored rules allow.
    pub resources: BTreeSet<String>,
}

/// The column `status` of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(from = "i64")]
pub enum IntegrationStatus {
    /// 0: never activated, or switched off.
    Inactive,
    /// 1: in use.
    Active,
    /// 2: made anew by `setup:upgrade`, and waiting for someone to re-authorise it; since 2.1.0.
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

/// The column `setup_type` of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetupType {
    /// 0: somebody made it in Admin.
    Manual,
    /// 1: a module declares it.
    Config,
}

impl IntegrationRow {
    /// The row as it is in production: activated, and its token handed out.
    #[must_use]
    pub fn in_use(self) -> Self {
        Self { status: IntegrationStatus::Active, has_token: true, ..self }
    }
}

/// What a column keeps of a text: Magento switches the strict mode of the database off, which then cuts in silence
/// (docs/magento/database.md#cut-values).
pub(super) fn stored(text: &str) -> &str {
    text.char_indices().nth(COLUMN_LENGTH).map_or(text, |(end, _)| &text[..end])
}
