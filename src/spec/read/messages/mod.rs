//! The wording of findings about a document.

mod conversion;
mod entry;
mod synonym;
mod text;
mod value;
mod wording;

pub(super) use conversion::meant;
pub(crate) use conversion::{as_flag, as_integer};
pub(super) use synonym::{key_synonym, synonym};
pub(super) use value::wrong_value;
pub(crate) use wording::as_key;
pub(super) use wording::{as_toml, for_example, for_example_in_json, header, last_key, subject, table_name};
