//! The contract: calls that the specs list, and those that were made.

mod history;
mod ledger;
mod report;

pub(super) use self::ledger::ContractLedger;
pub use self::report::{
    CallCount, ContractReport, FailedCall, IntegrationContract, RefusedCall, UnknownAnswer,
};
