//! Shape of a text: symbols, folding ranges, formatting, and hints beside it.

mod folding;
mod formatting;
mod hints;
mod symbols;

pub(super) use folding::foldings;
pub(super) use formatting::{format_edits, format_range_edits};
pub(super) use hints::hints;
pub(super) use symbols::symbols;
