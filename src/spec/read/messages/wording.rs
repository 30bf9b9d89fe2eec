//! Keys, tables and values in TOML notation.

use serde_json::Value;

use crate::spec::{
    Pointer,
    read::described::{example_at, is_list},
};

/// Renders the header of a table.
pub(in crate::spec::read) fn header(table: &str) -> String {
    if is_list(table) { format!("[[{table}]]") } else { format!("[{table}]") }
}

/// Names the value at the route: a key, or an entry of one.
pub(in crate::spec::read) fn subject(route: &Pointer) -> String {
    let key = last_key(route);
    match route.steps().next_back() {
        Some(step) if step.parse::<usize>().is_ok() => format!("an entry of `{key}`"),
        _ => format!("`{key}`"),
    }
}

/// Renders a key: quoted if it contains characters other than letters, digits, `-` and `_`.
pub(crate) fn as_key(key: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !key.is_empty() && key.chars().all(is_bare) { key.to_owned() } else { Value::from(key).to_string() }
}

/// Returns the last key of the route; an entry of a list has none.
pub(in crate::spec::read) fn last_key(route: &Pointer) -> String {
    route.keys().rfind(|step| step.parse::<usize>().is_err()).unwrap_or_default().into_owned()
}

/// Names the table at the route in TOML notation.
pub(in crate::spec::read) fn table_name(route: &Pointer) -> String {
    let steps: Vec<&str> = route.steps().collect();
    match steps.as_slice() {
        [] => "the spec".to_owned(),
        [table, _] if is_list(table) => format!("`[[{table}]]`"),
        ["service", _, "method", _] => "`[[service.method]]`".to_owned(),
        [table] => format!("`[{table}]`"),
        _ => format!("`{}`", last_key(route)),
    }
}

/// Help text for a key, from its first example; for an entry of a list, from the list's.
pub(in crate::spec::read) fn for_example(route: &Pointer, key: &str) -> String {
    match example(route) {
        Some(example) => format!("write, for example: {key} = {}", as_toml(example)),
        None => format!("give `{key}` a value, or remove it"),
    }
}

/// Help text for a key of composer.json, from the first example of the key in a spec.
pub(in crate::spec::read) fn for_example_in_json(route: &Pointer, key: &str) -> String {
    let key = if key == "package" { "name" } else { key };
    match example(route) {
        Some(example) => format!("write, for example: \"{key}\": {example}"),
        None => format!("give \"{key}\" another value, or remove it"),
    }
}

fn example(route: &Pointer) -> Option<&'static Value> {
    let examples = std::iter::successors(Some(route.clone()), Pointer::parent);
    let depth = route.steps().rev().take_while(|step| step.parse::<usize>().is_ok()).count();
    examples.take(depth + 1).find_map(|route| example_at(&route))
}

pub(in crate::spec::read) fn as_toml(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(as_toml).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| format!("{} = {}", as_key(key), as_toml(value)));
            format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

/// Shortens a text that would fill the line.
pub(in crate::spec::read) fn shorten(text: &str) -> String {
    const SHOWN: usize = 60;
    if text.chars().count() <= SHOWN {
        text.to_owned()
    } else {
        text.chars().take(SHOWN).chain(['…']).collect()
    }
}
