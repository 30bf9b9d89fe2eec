//! Helpers of several renderers: colours, counts, and quoted paths.

mod pairs;
mod path;
mod style;
mod summary;

pub(super) use pairs::pairs;
pub(super) use path::{in_quotes, quoted};
pub(super) use style::{BOLD, DIM, HEADER, of_line, of_status};
pub(super) use summary::{Summary, words};

/// Words in place of the lines of a file that is too large for a diff.
pub(super) const TOO_LARGE: &str = "too large for a diff";
