//! Documents that are open in the editor.

mod draft;
mod earlier_names;
mod editor_text;
mod file;
mod open_modules;
mod open_spec;
mod workspace;

pub(super) use draft::Draft;
pub(super) use earlier_names::EarlierNames;
pub(super) use editor_text::EditorText;
pub(super) use file::{path, uri_of};
pub(super) use open_modules::OpenModules;
pub(super) use open_spec::OpenSpec;
pub(super) use workspace::{EditorFeatures, Workspace};
