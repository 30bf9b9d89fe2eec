//! Text that is no constraint.

use std::{fmt, ops::Range};

/// Text that is no constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConstraintError {
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// The offending part, in bytes of the text.
    pub span: Range<usize>,
    /// What is certainly meant by the offending part.
    pub instead: Option<String>,
}

impl ConstraintError {
    /// The same error, with what is certainly meant.
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
