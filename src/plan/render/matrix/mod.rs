//! Renderers of matrices, one for each format.

mod cell;
mod human;
mod json;
mod markdown;

pub use human::human;
pub(crate) use json::JsonUpgrades;
pub use json::json;
pub use markdown::markdown;
