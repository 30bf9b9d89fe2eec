//! What a spec makes against what is on disk.

mod changes;

pub use changes::{Change, Changes, Status, compare};
