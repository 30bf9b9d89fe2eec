//! Plans as text, one file per format.

mod human;
mod json;
mod markdown;
pub mod matrix;
mod wording;

pub use human::human;
pub use json::json;
pub use markdown::markdown;
pub(in crate::plan) use wording::remedies;
