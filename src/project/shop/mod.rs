//! Specs compared with a running shop.

mod commands;
mod connection;
mod installed;
mod new_modules;
mod plan;

pub use connection::Connection;
pub use installed::{Installed, package};
pub use plan::{ShopPlan, changed, promises};
