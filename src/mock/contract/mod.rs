//! The contract: calls that the specs list, and those that were made.

mod ledger;
mod report;

pub(super) use self::ledger::ContractLedger;
pub use self::report::{CallCount, ContractReport, IntegrationContract, RefusedCall};
