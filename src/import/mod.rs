//! Converts a module on disk into an equivalent spec, and reports faults in its files.

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
