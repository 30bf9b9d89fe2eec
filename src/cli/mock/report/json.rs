//! The contract report as JSON.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::MockReport;
use crate::{diag::render::versioned, mock::ContractReport};

/// Calls that a mock shop answered, compared with the specs.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct JsonContract<'a> {
    /// Release of the shop.
    magento: &'a str,
    /// Paths of the specs.
    specs: &'a [String],
    /// Command of `--run`; null without it.
    run: Option<JsonCommand<'a>>,
    #[serde(flatten)]
    contract: &'a ContractReport,
}

/// Command of `--run`.
#[derive(Serialize, JsonSchema)]
struct JsonCommand<'a> {
    /// The command line.
    command: &'a str,
    /// Its exit status; 128 and the number of the signal if one ended it.
    status: u8,
}

pub(super) fn document(report: &MockReport<'_>) -> Value {
    versioned(&JsonContract {
        magento: &report.magento,
        specs: report.specs,
        run: report.run.map(|(command, status)| JsonCommand { command, status }),
        contract: report.contract,
    })
}
