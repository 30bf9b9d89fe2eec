//! HTTP messages as values.

mod answer;
mod json_marks;
mod query;
mod request;

pub use self::{answer::HttpAnswer, query::parameters, request::HttpRequest};
pub(super) use self::{
    json_marks::json_marks,
    query::{MOST_ARRAYS, variables},
};
