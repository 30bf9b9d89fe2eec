//! Descriptions of keys and values.

mod events;
mod facts;
mod permissions;
mod settings;
mod target;

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind};

use super::{
    completion::toml,
    cursor::{Cursor, CursorPlace},
    documents::EditorText,
};
use crate::{
    project::Project,
    spec::{Pointer, schema_key, schema_keys},
};
use facts::Facts;

/// Says what is at a cursor, as Markdown; none if nothing is known of it.
pub(super) fn hover(
    project: &Project,
    text: &EditorText,
    cursor: &Cursor,
    kind: MarkupKind,
) -> Option<Hover> {
    let written = text.as_str().get(cursor.span.clone())?;
    let value = match cursor.place {
        CursorPlace::Key => {
            let route = cursor.route.key(written);
            Facts::of(project).about_name(&cursor.route, written).or_else(|| about_key(&route))?
        }
        CursorPlace::Header => about_key(&cursor.route.key(written))?,
        CursorPlace::Value => {
            let is_escaped = cursor.quotes.starts_with('"') && written.contains("\\\\");
            let unescaped = if is_escaped { written.replace("\\\\", "\\") } else { written.to_owned() };
            Facts::of(project).about(&cursor.route, &unescaped).or_else(|| about_key(&cursor.route))?
        }
    };
    let contents = HoverContents::Markup(MarkupContent { kind, value });
    Some(Hover { contents, range: Some(text.range(&cursor.span)) })
}

/// Says what something is that may be written at a route; below a table whose key is not known yet, the key is empty.
pub(super) fn about_proposal(project: &Project, route: &Pointer, proposed: &str) -> Option<String> {
    if route.last().is_some_and(|last| last.is_empty()) {
        let table = route.parent()?;
        let is_header = proposed.starts_with('[');
        let name = proposed.trim_matches(['[', ']', '"']);
        let header = || name.split('.').fold(Pointer::root(), |route, step| route.key(step));
        let key = if is_header { header() } else { table.key(name) };
        return Facts::of(project).about_name(&table, name).or_else(|| about_key(&key));
    }
    Facts::of(project).about(route, proposed)
}

/// Documentation of a key, or of the table whose keys have any names.
fn about_key(route: &Pointer) -> Option<String> {
    let Some(key) = schema_key(route) else {
        let table = route.parent()?;
        return schema_keys(&table).is_empty().then(|| about_key(&table))?;
    };
    let example = key.example.map(|example| format!("\n\n```toml\n{} = {}\n```", key.name, toml(example)));
    Some(format!("{}{}", key.description, example.unwrap_or_default()))
}
