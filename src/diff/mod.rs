//! What a spec makes against what is on disk.

mod changes;
mod text;

pub use changes::{Change, Changes, Status, compare};
