//! Keys of tables and names of tables, from the JSON Schema.

use std::ops::Range;

use lsp_types::CompletionItemKind;
use serde_json::Value;

use super::proposal::Proposal;
use crate::{
    lsp::documents::Draft,
    spec::{Pointer, SchemaKey, as_key, schema_keys, schema_values},
};

/// Keys that a table lacks, required ones first. `written` is the key at the cursor, which may be there already.
pub(super) fn of_table(draft: &Draft<'_>, table: &Pointer, written: &Range<usize>) -> Vec<Proposal> {
    let is_there = |key: &str| draft.spans.key(&table.key(key)).is_some_and(|span| !overlaps(&span, written));
    let mut keys: Vec<_> = schema_keys(table).into_iter().filter(|key| !is_there(key.name)).collect();
    keys.sort_by_key(|key| !key.is_required);
    let key = |key: SchemaKey| {
        let snippet = format!("{} = {}", key.name, placeholder(&table.key(key.name), key.example, &mut 1));
        proposal(CompletionItemKind::PROPERTY, &key, key.name).with_snippet(snippet)
    };
    keys.into_iter().filter(|key| !(table.is_empty() && key.is_table)).map(key).collect()
}

/// Tables that may stand at an offset, with their headers and the keys that they require.
pub(super) fn tables(draft: &Draft<'_>, text: &str, offset: usize) -> Vec<Proposal> {
    let root = schema_keys(&Pointer::root());
    let is_there = |key: &SchemaKey| draft.json.get(key.name).is_some();
    let below = root.iter().filter_map(|key| Some((key, open_at(draft, key, text, offset)?))).flat_map(
        |(key, parent)| {
            let tables = schema_keys(&parent).into_iter().filter(|it| it.is_table && it.is_list);
            tables.map(move |it| (format!("{}.{}", key.name, it.name), parent.key(it.name), it))
        },
    );
    let below = below.filter(|(_, route, _)| {
        draft.json.pointer(route).is_none() || header_of(draft, &route.key(0), text).is_some()
    });
    let own = root.iter().filter(|key| key.is_table && (key.is_list || !is_there(key)));
    let own = own.map(|key| (key.name.to_owned(), Pointer::root().key(key.name), *key));
    let mut all: Vec<_> = own.chain(below).collect();
    all.sort_by_key(|(_, _, key)| !key.is_required);
    all.into_iter().map(|(name, route, key)| table(&name, &route, &key)).collect()
}

/// Table with a header, or the entry of a list of them, that a header at an offset would go on with.
fn open_at(draft: &Draft<'_>, key: &SchemaKey, text: &str, offset: usize) -> Option<Pointer> {
    let route = Pointer::root().key(key.name);
    let is_above = |route: &Pointer| header_of(draft, route, text).is_some_and(|start| start < offset);
    if !key.is_list {
        return is_above(&route).then_some(route);
    }
    let count = draft.json.get(key.name).and_then(Value::as_array).map_or(0, Vec::len);
    (0..count).rev().map(|at| route.key(at)).find(is_above)
}

/// Start of a table's header; `None` if it has none.
fn header_of(draft: &Draft<'_>, route: &Pointer, text: &str) -> Option<usize> {
    let start = draft.spans.key(route)?.start;
    text.get(start..).is_some_and(|header| header.starts_with('[')).then_some(start)
}

/// Returns true if the value of a key is a list of texts.
pub(super) fn is_list(route: &Pointer) -> bool {
    let keys = schema_keys(&route.parent().unwrap_or_default());
    let key = keys.iter().find(|key| route.last().as_deref() == Some(key.name));
    key.and_then(|key| key.example)
        .and_then(Value::as_array)
        .is_some_and(|all| all.iter().all(Value::is_string))
}

fn table(name: &str, route: &Pointer, key: &SchemaKey) -> Proposal {
    let header = if key.is_list { format!("[[{name}]]") } else { format!("[{name}]") };
    let entry = if key.is_list { route.key(0) } else { route.clone() };
    let mut count = 1;
    let required = schema_keys(&entry).into_iter().filter(|key| key.is_required);
    let lines = required.map(|key| {
        format!("\n{} = {}", key.name, placeholder(&entry.key(key.name), key.example, &mut count))
    });
    let lines: String = lines.collect();
    let text = if lines.is_empty() { format!("{header}\n$0") } else { format!("{header}{lines}\n") };
    proposal(CompletionItemKind::MODULE, key, &header).with_snippet(text)
}

fn proposal(kind: CompletionItemKind, key: &SchemaKey, text: &str) -> Proposal {
    let required = if key.is_required { "required; " } else { "" };
    Proposal::new(kind, text, format!("{required}{}", first_sentence(key.description)))
}

/// Value with a place to fill in, from an example. `next` is the number of the first place.
fn placeholder(route: &Pointer, example: Option<&Value>, next: &mut usize) -> String {
    let number = *next;
    *next += 1;
    let values = schema_values(route);
    if !values.is_empty() {
        let is_flag = |value: &&str| ["true", "false"].contains(value);
        let joined = |quote: &dyn Fn(&str) -> String| {
            let choices: Vec<String> = values.iter().map(|value| quote(value)).collect();
            format!("${{{number}|{}|}}", choices.join(","))
        };
        return if values.iter().any(|value| is_flag(&value.as_ref())) {
            joined(&|value| if is_flag(&value) { value.to_owned() } else { format!("\"{}\"", choice(value)) })
        } else {
            format!("\"{}\"", joined(&choice))
        };
    }
    match example {
        Some(Value::String(text)) if !text.contains(['"', '\\']) => {
            format!("\"${{{number}:{}}}\"", escaped(text))
        }
        Some(Value::Array(items)) => format!("[${{{number}:{}}}]", escaped(&list(items))),
        Some(Value::Object(members)) => format!("{{ ${{{number}:{}}} }}", escaped(&members_of(members))),
        Some(other) => format!("${{{number}:{}}}", escaped(&toml(other))),
        None => format!("${number}"),
    }
}

fn members_of(members: &serde_json::Map<String, Value>) -> String {
    members
        .iter()
        .map(|(name, value)| format!("{} = {}", as_key(name), toml(value)))
        .collect::<Vec<_>>()
        .join(", ")
}

fn list(items: &[Value]) -> String {
    items.iter().map(toml).collect::<Vec<_>>().join(", ")
}

/// Value of an example as TOML, on one line.
pub(in crate::lsp) fn toml(value: &Value) -> String {
    match value {
        Value::String(text) => toml::Value::from(text.as_str()).to_string(),
        Value::Array(items) => format!("[{}]", list(items)),
        Value::Object(members) => format!("{{ {} }}", members_of(members)),
        other => other.to_string(),
    }
}

/// Text within a snippet.
pub(super) fn escaped(text: &str) -> String {
    escape(text, &['$', '}', '\\'])
}

/// Text that is one of several choices.
fn choice(text: &str) -> String {
    escape(text, &['$', '}', '\\', ',', '|'])
}

fn escape(text: &str, special: &[char]) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if special.contains(&c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Snippet as text, with the first of several choices.
pub(super) fn without_places(snippet: &str) -> String {
    let mut text = String::with_capacity(snippet.len());
    let mut chars = snippet.chars().peekable();
    let (mut is_place, mut is_choice, mut is_other_choice) = (false, false, false);
    while let Some(c) = chars.next() {
        match c {
            '\\' => text.extend(chars.next().filter(|_| !is_other_choice)),
            '$' => {
                let has_brace = chars.next_if_eq(&'{').is_some();
                while chars.next_if(char::is_ascii_digit).is_some() {}
                is_place = has_brace && chars.next_if_eq(&':').is_some();
                is_choice = has_brace && chars.next_if_eq(&'|').is_some();
            }
            ',' if is_choice => is_other_choice = true,
            '|' if is_choice => {
                (is_choice, is_other_choice) = (false, false);
                chars.next();
            }
            '}' if is_place => is_place = false,
            c if !is_other_choice => text.push(c),
            _ => {}
        }
    }
    text
}

fn first_sentence(text: &str) -> &str {
    text.split_inclusive(". ").next().unwrap_or(text).trim_end()
}

fn overlaps(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start <= other.end && other.start <= one.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snippets_have_a_plain_text() {
        let plain = |snippet| without_places(snippet);
        assert_eq!(plain("a = \"${1:b\\}c}\"$0"), "a = \"b}c\"");
        assert_eq!(plain("a = \"${1|x,y\\,z|}\" # $2"), "a = \"x\" # ");
        assert_eq!(plain("a = { ${1:b = 1} }"), "a = { b = 1 }");
    }
}
