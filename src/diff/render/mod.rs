//! Changes as text, one file per format.

mod html;
mod human;
mod json;
mod name_status;
mod patch;
mod side_by_side;
mod stat;
mod text;

pub use html::html;
pub use human::{human, hunks};
pub use json::json;
pub use name_status::name_status;
pub use patch::patch;
pub use side_by_side::side_by_side;
pub use stat::stat;

/// The layout of hunks. Formats for people always have colours: the stream takes them out where they do not belong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// How many lines stand around those that differ.
    pub context: usize,
    /// How many columns a line may have.
    pub width: usize,
}
