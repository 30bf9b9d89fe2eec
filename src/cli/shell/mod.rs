//! Completions and manual pages, from the arguments of the commands.

pub(super) mod completions;
pub(super) mod man;
