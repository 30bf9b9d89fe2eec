//! The REST API: calls, and the routes that answer them.

mod call;
mod route;

pub use call::{Call, Mode};
pub(crate) use call::{fits_step, is_parameter, is_version, steps};
pub use route::{Route, RouteAccess, RouteData, SoapOperation};
pub(crate) use route::{path_parameters, path_shape};
