//! Specs beside a running shop.

mod connection;
mod installed;

pub use connection::Connection;
pub use installed::{Installed, package};
