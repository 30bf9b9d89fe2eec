//! Existing modules: what they declare, what is wrong with it, and the spec that says the same.

mod acl;
mod composer;
mod declared;
pub mod decode;
mod derived;
mod find;
pub mod json;
mod leftover;
mod legacy;
mod lint;
mod module;
mod name;
mod outline;
pub mod php;
mod read;
mod shape;
mod sources;
mod target;
mod text;
mod toml;
pub mod xml;

pub use find::{Place, find};
pub use leftover::leftovers;
pub use module::{Imported, read};
pub use sources::Sources;
pub use text::Text;
