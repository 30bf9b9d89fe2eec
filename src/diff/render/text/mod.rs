//! Helpers of several renderers: colours, counts, and quoted paths.

mod pairs;
mod path;
mod style;
mod summary;

pub(super) use pairs::pairs;
pub(super) use path::{in_quotes, quoted};
pub(super) use style::{BOLD, DIM, HEADER, of_line, of_status};
pub(super) use summary::{Summary, words};
