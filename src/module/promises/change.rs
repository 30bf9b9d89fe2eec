//! PromiseChange between two states of a promise.

/// PromiseChange between two states of a promise, in words for those who rely on it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PromiseChange {
    /// Changes after which something no longer works as before.
    pub breaking: Vec<String>,
    /// Other changes.
    pub harmless: Vec<String>,
}
