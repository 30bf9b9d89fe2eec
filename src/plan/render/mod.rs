//! Plans as text, one file per format.

mod html;
mod human;
mod json;
mod markdown;
pub mod matrix;
mod wording;

pub(crate) use html::HtmlPlan;
pub use human::human;
pub use json::json;
pub(crate) use json::{JsonPlan, JsonPlanned, json_integrations};
pub use markdown::markdown;
pub(crate) use markdown::module_markdown;
pub(in crate::plan) use wording::remedies;
pub(crate) use wording::{bracketed, summary};
