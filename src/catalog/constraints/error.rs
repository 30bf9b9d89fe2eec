//! Errors in constraints.

use std::{fmt, ops::Range};

/// Error in a constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConstraintError {
    /// Description of the error.
    pub message: String,
    /// Help text.
    pub help: String,
    /// Faulty part, in bytes of the text.
    pub span: Range<usize>,
    /// Certain replacement of the faulty part.
    pub instead: Option<String>,
}

impl ConstraintError {
    /// Adds the certain replacement.
    pub(super) fn instead(self, instead: impl Into<String>) -> Self {
        Self { instead: Some(instead.into()), ..self }
    }
}

impl fmt::Display for ConstraintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message, self.help)
    }
}

impl std::error::Error for ConstraintError {}
