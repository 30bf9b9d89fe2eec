//! Differences between two states of a promise.

/// Differences between two states of a promise, in words for those who rely on it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Differences {
    /// What no longer works as before.
    pub breaking: Vec<String>,
    /// Everything else.
    pub harmless: Vec<String>,
}
