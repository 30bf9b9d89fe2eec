//! Reading of texts that are not valid TOML.

mod events;
mod lone_keys;

pub use events::{DEEPEST_TOML, read_events};
pub(super) use lone_keys::blanked;
