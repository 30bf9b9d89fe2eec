//! HTTP messages as values.

mod answer;
mod query;
mod request;

pub use self::{answer::HttpAnswer, query::parameters, request::HttpRequest};
