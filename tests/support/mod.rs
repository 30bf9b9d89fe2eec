//! What several tests use.
#![allow(dead_code)]

pub(crate) mod generated;
pub(crate) mod shared;
