//! Converts a module on disk into an equivalent spec, and reports faults in its files.

mod acl;
mod composer;
mod derived;
mod files;
mod generated;
mod notes;
mod outline;
mod read;
mod rejected;
mod sketch;
mod target;
mod toml;
mod xml_files;

pub use read::{ImportShop, Imported, check, read};
