//! Text to spec: TOML with positions, the JSON Schema, and findings about invalid values.

mod comments;
mod described;
mod document;
mod load;
mod messages;
mod pattern;
mod pointer;
mod recovery;
mod schema;
mod schema_key;
mod spans;
mod syntax;
mod validate;

pub use comments::Comment;
pub use described::EXAMPLE_MODULE;
pub use document::{Document, MAX_BYTES};
pub use load::{Loaded, load, load_document};
pub(crate) use messages::{as_flag, as_integer, as_key};
pub use pointer::Pointer;
pub(crate) use pointer::pointer;
pub use recovery::{DEEPEST_TOML, read_events};
pub use schema::{SCHEMA_FILE, SCHEMA_LINE, schema};
pub use schema_key::{HeaderForm, SchemaKey, schema_key, schema_keys, schema_values};
pub use spans::{Spans, Spot};
