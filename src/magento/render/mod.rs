//! The state of a module in a shop as text, one file per format.

mod human;
mod json;

pub use human::human;
pub use json::{json, json_failure};
