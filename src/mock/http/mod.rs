//! HTTP/1.1 server in front of a shop.

mod exchange;
mod limits;
mod server;

pub use self::server::{MockServer, Unservable};
