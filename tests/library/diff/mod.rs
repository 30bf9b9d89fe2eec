//! What `diff` shows is what `build` does. That `git apply` and `patch` do the same is in `tests/outside/patch.rs`.

mod formats;
mod large;

use crate::support::trees::{build, changes, comparison, directory, tree};
