//! One `setup:upgrade`: rows of the database, what is declared, a Magento, and the rows after it.

mod cause;
mod instance;
mod row;
mod upgrade;

pub use cause::{Attribute, Cause};
pub use instance::Instance;
pub use row::{IntegrationRow, IntegrationStatus, SetupType};
pub use upgrade::{Action, Fate, Upgraded, upgrade};
