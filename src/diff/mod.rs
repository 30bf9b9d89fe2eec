//! What a spec makes against what is on disk.

mod changes;
pub mod format;
mod hunk;
mod merge;

pub use changes::{Change, Changes, Status, Unmerged, compare};
pub use hunk::{Cut, Hunk, Kind, Line, count};
