//! Values and lines with places to fill in.

use serde_json::Value;

use crate::spec::{EXAMPLE_MODULE, Pointer, as_key, schema_values};

/// Example as one of another module, whose name is empty while it is unknown.
pub(super) fn of_module(snippet: &str, module: &str) -> String {
    if module.is_empty() { snippet.to_owned() } else { snippet.replace(EXAMPLE_MODULE, &escaped(module)) }
}

/// Value with a place to fill in, from an example. `next` is the number of the first place.
pub(super) fn placeholder(route: &Pointer, example: Option<&Value>, next: &mut usize) -> String {
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
    filled(example, number)
}

/// Place with an example in it.
pub(super) fn filled(example: Option<&Value>, number: usize) -> String {
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
pub(in crate::lsp::completion) fn escaped(text: &str) -> String {
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
pub(in crate::lsp::completion) fn without_places(snippet: &str) -> String {
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
