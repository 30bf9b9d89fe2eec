//! HTTP/1.1: the server in front of a shop, and requests to other systems.

mod curl;
mod exchange;
mod incoming;
mod limits;
mod peer;
mod recorder;
mod server;
mod upstream;

pub use self::{
    peer::{Peer, Unanswered},
    recorder::{Recorder, RecorderSettings},
    server::{MockServer, Unservable},
};
