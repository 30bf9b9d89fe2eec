//! Renderers of the state of a module in a shop, one file per format.

mod human;
mod json;

pub use human::human;
pub(crate) use json::JsonStatus;
pub use json::json;
