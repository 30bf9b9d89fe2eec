//! A module on disk to the spec that says the same, and what is wrong with its files.

mod acl;
mod composer;
mod derived;
mod files;
mod notes;
mod outline;
mod read;
mod rejected;
mod tables;
mod target;
mod toml;

pub use read::{Imported, read};
