//! Keys of tables and headers of tables, from the JSON Schema.

mod headers;
mod siblings;
mod snippet;

use std::ops::Range;

use lsp_types::CompletionItemKind;
use serde_json::Value;

pub(in crate::lsp) use snippet::toml;

pub(super) use headers::{WrittenHeader, tables};
pub(super) use snippet::without_places;

use super::{own::OwnNames, proposal::Proposal};
use crate::{
    lsp::documents::Draft,
    spec::{Pointer, SchemaKey, schema_keys},
};
use siblings::Siblings;
use snippet::{filled, of_module, placeholder};

/// Keys that a table lacks, required ones first. `written` is the key at the cursor, which may be there already.
pub(super) fn of_table(draft: &Draft<'_>, table: &Pointer, written: &Range<usize>) -> Vec<Proposal> {
    let keys = schema_keys(table).into_iter();
    let siblings = Siblings::of(draft, table);
    let is_new =
        |key: &SchemaKey| !is_there(draft, &table.key(key.name), written) && siblings.allow(key.name);
    let mut keys: Vec<_> = keys.filter(is_new).collect();
    keys.sort_by_key(|key| !key.is_required);
    let key = |key: SchemaKey| {
        let value = match siblings.example(key.name) {
            Some(fitting) => filled(Some(&fitting), 1),
            None => placeholder(&table.key(key.name), key.example, &mut 1),
        };
        let snippet = format!("{} = {value}", key.name);
        let snippet = of_module(&snippet, OwnNames(&draft.json).module());
        proposal(CompletionItemKind::PROPERTY, &key, key.name).with_snippet(snippet)
    };
    keys.into_iter().filter(|key| !(table.is_empty() && key.header.is_some())).map(key).collect()
}

/// Returns true if a key is written elsewhere than at the cursor.
pub(super) fn is_there(draft: &Draft<'_>, key: &Pointer, written: &Range<usize>) -> bool {
    draft.spans.key(key).is_some_and(|span| !overlaps(&span, written))
}

/// Returns true if the value of a key is a list of texts.
pub(super) fn is_list(route: &Pointer) -> bool {
    let keys = schema_keys(&route.parent().unwrap_or_default());
    let key = keys.iter().find(|key| route.last().as_deref() == Some(key.name));
    key.and_then(|key| key.example)
        .and_then(Value::as_array)
        .is_some_and(|all| all.iter().all(Value::is_string))
}

fn proposal(kind: CompletionItemKind, key: &SchemaKey, text: &str) -> Proposal {
    let required = if key.is_required { "required; " } else { "" };
    Proposal::new(kind, text, format!("{required}{}", first_sentence(key.description)))
}

/// First sentence of a text, on one line.
fn first_sentence(text: &str) -> String {
    let text = text.replace('\n', " ");
    text.split_inclusive(". ").next().unwrap_or_default().trim_end().to_owned()
}

fn overlaps(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start <= other.end && other.start <= one.end
}
