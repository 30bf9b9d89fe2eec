//! Text to spec: TOML with its places, the JSON Schema, and what is told of what does not fit.

mod described;
mod document;
mod load;
mod messages;
mod pattern;
mod schema;
mod spans;
mod syntax;
mod validate;

pub use document::{Document, MAX_BYTES};
pub use load::{Loaded, load, load_document};
pub use schema::schema;
pub use spans::{Spans, Spot, below};
