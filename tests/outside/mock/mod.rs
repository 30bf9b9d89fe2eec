//! Answers of shops, replayed against the mock.

mod compare;
mod data;
mod echo;
mod gate;
mod handshake;
mod seeds;
mod sender;
mod signed;

use crate::need::trials;

trials! {
    in data, gate, handshake, sender;
}
