//! Existing modules: what they declare, what is wrong with it, and the spec that says the same.

mod acl;
mod composer;
mod declaration;
mod declared;
mod derived;
mod find;
pub mod format;
mod leftover;
mod lint;
mod module;
mod name;
mod outline;
mod promises;
mod read;
mod seeded;
mod sources;
mod tables;
mod target;
mod text;
mod toml;

pub use declaration::declaration;
pub use find::{Place, find};
pub use leftover::leftovers;
pub use module::{Imported, read};
pub use promises::promises;
pub use seeded::{Lacks, Missing, Unfit, check_seeded, unfit};
pub use sources::Sources;
pub use text::Text;
