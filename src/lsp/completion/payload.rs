//! Fields of a webhook's object, with those of the objects below it.

use std::{borrow::Cow, ops::Range};

use lsp_types::CompletionItemKind;
use serde_json::Value;

use super::proposal::Proposal;
use crate::{
    catalog::{DataObject, DocType, ObjectMember},
    lsp::{cursor::Cursor, documents::Draft},
    spec::{Pointer, as_key, pointer},
};

/// Objects below the one of the event whose fields are proposed at once. Deeper ones follow with the dot behind their name.
const DEPTH: usize = 1;

/// Field of an object or of one below it.
struct FieldOffer {
    /// `billing_address.city`, `items[].sku`.
    path: String,
    /// Type in the doc block.
    php_type: String,
    /// Type of the webhook that fits.
    kind: &'static str,
    is_object: bool,
    releases: crate::catalog::ReleaseSet,
}

/// Table of a webhook with names of fields around a cursor in a key, and the span of the key, dots and quotes included.
pub(super) fn at(cursor: &Cursor) -> Option<(Pointer, Range<usize>)> {
    let steps: Vec<&str> = cursor.route.steps().collect();
    let ["webhook", at, table @ ("fields" | "when"), below @ ..] = steps.as_slice() else { return None };
    let span = cursor.outer();
    // A key with dots is still one name. Without them, what is below a field is its own table.
    let start = match below.len() {
        0 => span.start,
        count => cursor.keys[cursor.keys.len().checked_sub(count)?],
    };
    Some((pointer!["webhook", at, table], start..span.end))
}

/// Keys of `fields` or `when`: fields of the object.
pub(super) fn keys(draft: &Draft<'_>, table: &Pointer, typed: &str) -> Vec<Proposal> {
    let is_sent = table.last().is_some_and(|last| last == "fields");
    let there: Vec<&String> = draft
        .json
        .pointer(table)
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(key, _)| key)
        .collect();
    let fields = fields(draft, table, typed, is_sent).into_iter();
    let fields = fields.filter(|field| field.path == typed || !there.contains(&&field.path));
    fields
        .map(|field| {
            let key = as_key(&field.path);
            let snippet = match (field.is_object, is_sent) {
                (true, _) => format!("\"{}", field.path),
                (false, true) => format!("{key} = \"${{1:{}}}\"", field.kind),
                (false, false) => format!("{key} = $1"),
            };
            proposal(field).with_snippet(snippet)
        })
        .collect()
}

/// Paths that `from` may have.
pub(super) fn sent(draft: &Draft<'_>, route: &Pointer, typed: &str) -> Vec<Proposal> {
    fields(draft, route, typed, true).into_iter().map(proposal).collect()
}

/// Fields whose values may be watched.
pub(super) fn watched(draft: &Draft<'_>, route: &Pointer) -> Vec<Proposal> {
    let fields = fields(draft, route, "", false).into_iter();
    fields.filter(|field| !field.is_object && !field.path.contains('.')).map(proposal).collect()
}

/// Types of the field at a route, the fitting one first.
pub(super) fn kinds(draft: &Draft<'_>, route: &Pointer) -> Vec<Proposal> {
    let steps: Vec<String> = (0..route.steps().count()).filter_map(|at| step(route, at)).collect();
    let name = match steps.as_slice() {
        [_, _, _, name, key] if key == "type" => {
            let from = pointer!["webhook", steps[1], "fields", name, "from"];
            draft.json.pointer(&from).and_then(Value::as_str).unwrap_or(name).to_owned()
        }
        // A key with dots that is not in quotes yet.
        [_, _, _, name @ ..] => name.join("."),
        _ => return Vec::new(),
    };
    let field = fields(draft, route, &name, true).into_iter().find(|field| field.path == name);
    let (fitting, php_type) = field.map_or(("", String::new()), |field| (field.kind, field.php_type));
    let kinds = ["string", "int", "float", "bool"].map(|kind| {
        let detail = if kind == fitting { format!("it is {php_type}") } else { String::new() };
        Proposal::new(CompletionItemKind::TYPE_PARAMETER, kind, detail).last_if(kind != fitting)
    });
    kinds.to_vec()
}

fn step(route: &Pointer, at: usize) -> Option<String> {
    route.keys().nth(at).map(Cow::into_owned)
}

fn proposal(field: FieldOffer) -> Proposal {
    let kind = if field.is_object { CompletionItemKind::STRUCT } else { CompletionItemKind::FIELD };
    let is_deep = field.path.contains('.');
    Proposal::new(kind, field.path, field.php_type).in_releases(field.releases).last_if(is_deep)
}

/// Fields of the objects of the webhook at a route, those below an object if they are few or were asked for by a path.
fn fields(draft: &Draft<'_>, route: &Pointer, typed: &str, has_lists: bool) -> Vec<FieldOffer> {
    let webhook = step(route, 1).and_then(|at| draft.json.get("webhook")?.get(at.parse::<usize>().ok()?));
    let events: Vec<&str> = match webhook.and_then(|webhook| webhook.get("event")) {
        Some(Value::String(event)) => vec![event],
        Some(Value::Array(events)) => events.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let mut all: Vec<FieldOffer> = Vec::new();
    for event in events {
        if let Some(object) = DataObject::of(draft.catalog, draft.releases, &event.to_lowercase()) {
            add(&object, "", typed, has_lists, 0, &mut all);
        }
    }
    let mut seen = std::collections::HashSet::new();
    all.retain(|field| seen.insert(field.path.clone()));
    all
}

fn add(
    object: &DataObject<'_>,
    above: &str,
    typed: &str,
    has_lists: bool,
    depth: usize,
    all: &mut Vec<FieldOffer>,
) {
    for member in object.members() {
        let ObjectMember { name, php_type, .. } = *member;
        let is_list = php_type.names().any(|it| it.ends_with("[]"));
        if is_list && !has_lists || above.is_empty() && !object.names().any(|other| other == name) {
            continue;
        }
        let path = format!("{above}{name}{}", if is_list { "[]" } else { "" });
        let is_object = php_type.names().any(|it| it.contains('\\'));
        let releases = object.has(name);
        if !is_object {
            let kind = kind(php_type, name);
            all.push(FieldOffer { path, php_type: php_type.to_string(), kind, is_object, releases });
            continue;
        }
        let path = format!("{path}.");
        if (depth < DEPTH || typed.starts_with(&path))
            && let Some(below) = object.below(php_type)
        {
            add(&below, &path, typed, has_lists, depth + 1, all);
        }
        all.push(FieldOffer { path, php_type: php_type.to_string(), kind: "", is_object, releases });
    }
}

/// Type of a webhook that loses nothing of a value.
fn kind(php_type: &DocType, name: &str) -> &'static str {
    let mut names = php_type.names().map(|it| it.trim_end_matches("[]"));
    match names.next() {
        Some("int") if name.starts_with("is_") || name.starts_with("has_") => "bool",
        Some("int") => "int",
        Some("float" | "double") => "float",
        Some("bool" | "boolean") => "bool",
        _ => "string",
    }
}
