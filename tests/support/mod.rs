//! What several tests use.

// Each test binary uses a part of it.
#![allow(dead_code)]

pub(crate) mod console;
pub(crate) mod files;
pub(crate) mod generated;
pub(crate) mod shared;
