//! Documents that are open in the editor.

mod editor_text;
mod file;
mod open_spec;

pub(super) use editor_text::EditorText;
pub(super) use file::{path, uri_of};
pub(super) use open_spec::OpenSpec;
