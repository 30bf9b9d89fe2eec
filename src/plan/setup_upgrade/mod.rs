//! One `setup:upgrade`: from database rows, declarations and a Magento instance to the new rows.

mod cause;
mod columns;
mod instance;
mod integration_row;
mod upgrade;

pub use cause::{Attribute, Cause};
pub use columns::Columns;
pub use instance::Instance;
pub use integration_row::{IntegrationRow, IntegrationStatus, SetupType};
pub use upgrade::{Action, Fate, Upgraded, upgrade};
