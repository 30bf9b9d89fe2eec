//! What a spec makes against what is on disk.

mod changes;
mod comparison;
mod hunk;
mod merge;
pub mod render;

pub use changes::{Change, Changes, Status, Unmerged, Unreadable, compare};
pub use comparison::Comparison;
pub use hunk::{Cut, Hunk, Kind, Line, count};
