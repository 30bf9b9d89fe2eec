//! Comparison of generated files with the files on disk.

mod changes;
mod comparison;
mod hunk;
mod merge;
mod reading_order;
pub mod render;
mod since;

pub use changes::{Change, Changes, Status, Unmerged, Unreadable, compare};
pub use comparison::Comparison;
pub use hunk::{Cut, Hunk, Line, LineKind, count};
