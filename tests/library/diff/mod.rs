//! Patches shown by `diff` match the changes of `build`. `tests/outside/patch.rs` tests them with `git apply` and `patch`.

#[cfg(unix)]
mod formats;
mod large;

#[cfg(unix)]
use crate::support::trees::comparison;
use crate::support::trees::{build, changes, directory, tree};
