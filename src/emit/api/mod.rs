//! REST API of the module: routes, interfaces, data objects, and the classes that the user continues.

mod data;
pub(super) mod deprecated;
mod service;
pub(super) mod webapi;

pub(super) use data::files as data;
pub(super) use service::{declared_method, files as services};
