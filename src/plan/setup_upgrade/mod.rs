//! One `setup:upgrade`: from database rows, declarations and a Magento instance to the new rows.

mod action;
mod cause;
mod columns;
mod fate;
mod instance;
mod integration_row;
pub(super) mod renamed_resources;
mod succession;
mod upgrade;

pub use action::Action;
pub use cause::{Attribute, Cause};
pub use columns::Columns;
pub use fate::Fate;
pub use instance::Instance;
pub use integration_row::{IntegrationRow, IntegrationStatus, SetupType};
pub use upgrade::{Upgraded, upgrade};
