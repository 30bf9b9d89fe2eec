//! Explanations as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::explained::ExplainedCall;

/// Reasons for the answers to REST calls.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct JsonWhy {
    /// Magento release that the calls were judged by.
    pub(super) release: String,
    /// Calls in the order of the text.
    pub(super) calls: Vec<ExplainedCall>,
}
