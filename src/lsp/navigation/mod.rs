//! Names from one place to another: definitions, references, renaming, and generated files.

mod former;
mod generated;
mod homes;
mod landmark;
mod landmarks;
mod lookup;
mod rename;

pub(super) use generated::origin;
pub(super) use lookup::{definitions, highlights, implementations, place_of, references};
pub(super) use rename::{PendingRename, prepare_rename};
