//! Descriptions of keys and values.

mod events;
mod facts;
mod permissions;
mod plain;
mod settings;
mod target;

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind};
use serde_json::Value;

use super::{
    completion::toml,
    cursor::{Cursor, CursorPlace},
    documents::EditorText,
};
use crate::{
    project::Project,
    spec::{Pointer, as_key, schema_key, schema_keys},
};
use facts::Facts;
pub(super) use plain::plain;

/// Says what is at a cursor, in a format; none if nothing is known of it.
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
            Facts::of(project).about_name(&cursor.route, written).or_else(|| about_key(&route, false))?
        }
        CursorPlace::Header => about_key(&cursor.route.key(written), true)?,
        CursorPlace::Value => {
            let is_escaped = cursor.quotes.starts_with('"') && written.contains("\\\\");
            let unescaped = if is_escaped { written.replace("\\\\", "\\") } else { written.to_owned() };
            Facts::of(project).about(&cursor.route, &unescaped).or_else(|| about_key(&cursor.route, false))?
        }
    };
    let value = if kind == MarkupKind::Markdown { value } else { plain(&value) };
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
        return Facts::of(project).about_name(&table, name).or_else(|| about_key(&key, is_header));
    }
    Facts::of(project).about(route, proposed)
}

/// Documentation of a key, or of the table whose keys have any names. For a header, the example has one, too.
fn about_key(route: &Pointer, is_header: bool) -> Option<String> {
    let Some(key) = schema_key(route) else {
        let table = route.parent()?;
        return schema_keys(&table).is_empty().then(|| about_key(&table, is_header))?;
    };
    let example = key.example.map(|example| {
        let table = if is_header { with_header(route, example) } else { None };
        table.unwrap_or_else(|| format!("{} = {}", key.name, toml(example)))
    });
    let example = example.map_or_else(String::new, |example| format!("\n\n```toml\n{example}\n```"));
    Some(format!("{}{example}", key.description))
}

/// Example of a table, or of an entry of a list of tables, with its header.
fn with_header(route: &Pointer, example: &Value) -> Option<String> {
    let names = route.names().join(".");
    let (header, table) = match example {
        Value::Object(table) => (format!("[{names}]"), table),
        Value::Array(entries) => (format!("[[{names}]]"), entries.first()?.as_object()?),
        _ => return None,
    };
    let lines = table.iter().map(|(key, value)| format!("\n{} = {}", as_key(key), toml(value)));
    Some(header + &lines.collect::<String>())
}
