//! HTTP/1.1: the server in front of a shop, and requests to other systems.

mod curl;
mod incoming;
mod limits;
mod peer;
mod recorder;
mod server;
mod upstream;

use std::time::UNIX_EPOCH;

pub use self::{
    peer::{Peer, Unanswered},
    recorder::{Recorder, RecorderSettings},
    server::{MockServer, Unservable},
};

/// Returns the seconds since 1970.
#[must_use]
pub fn now() -> u64 {
    UNIX_EPOCH.elapsed().map_or(0, |time| time.as_secs())
}
