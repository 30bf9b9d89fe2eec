//! REST API of the module: `[[service]]` and `[[data]]`.

mod data;
mod service;

pub use data::Data;
pub use service::{Deprecation, DeprecationPeriod, Method, ParameterDefault, RouteValue, Service};
