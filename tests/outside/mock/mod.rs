//! Answers of shops, replayed against the mock.

mod compare;
mod data;
mod echo;
mod seeds;

use crate::need::trials;

trials! {
    in data;
}
