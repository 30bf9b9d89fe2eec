//! Renderers of changes, one file per format.

mod html;
mod human;
mod json;
mod markdown;
mod name_status;
mod patch;
mod side_by_side;
mod stat;
mod text;

pub(crate) use html::HtmlParts;
pub use html::html;
pub use human::{human, hunks};
pub(crate) use json::JsonDiff;
pub use json::json;
pub use markdown::markdown;
pub(crate) use markdown::{changes_in_words, write_markdown};
pub use name_status::name_status;
pub use patch::{patch, text_patch};
pub use side_by_side::side_by_side;
pub use stat::stat;

/// Layout of hunks. Formats for people always have colours, which the output stream strips where necessary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Number of context lines.
    pub context: usize,
    /// Width in columns.
    pub width: usize,
    /// True to show all lines of README.md and the lock, which repeat what the other files say.
    pub unfolds: bool,
}
