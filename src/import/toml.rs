//! A spec as TOML, laid out as a person would write it. toml_edit keeps an existing layout, but does not break lists
//! or comment items out.

use serde_json::{Map, Value};
use toml_writer::{ToTomlKey as _, ToTomlValue as _, TomlKeyBuilder, TomlStringBuilder};

use super::outline::Notes;
use crate::{
    diag::{is_hidden, printable, printable_line},
    spec::{Pointer, SCHEMA_LINE, pointer},
};

/// Width at which lines are broken if possible.
const WIDTH: usize = 100;

/// Writes the values in order, with their comments.
pub(super) fn write(json: &Value, notes: &Notes) -> String {
    let mut writer = TomlWriter { notes, text: format!("{SCHEMA_LINE}\n") };
    writer.comments("", &notes.head);
    let Value::Object(tables) = json else { return writer.text };
    for (name, value) in tables {
        writer.table_or_tables(name, &pointer![name], value);
    }
    writer.text
}

struct TomlWriter<'a> {
    notes: &'a Notes,
    text: String,
}

impl TomlWriter<'_> {
    /// Writes `[name]`, or `[[name]]` for each item of a list.
    fn table_or_tables(&mut self, name: &str, route: &Pointer, value: &Value) {
        match value {
            Value::Array(tables) => {
                for (at, table) in tables.iter().enumerate() {
                    self.table(&format!("[[{name}]]"), name, &route.key(at), table);
                }
            }
            table => self.table(&format!("[{name}]"), name, route, table),
        }
    }

    fn table(&mut self, header: &str, name: &str, route: &Pointer, table: &Value) {
        let Value::Object(members) = table else { return };
        let is_table = |key: &str, value: &Value| is_table_of_its_own(route, key, value);
        let (tables, values): (Vec<_>, Vec<_>) =
            members.iter().partition(|(key, value)| is_table(key, value));
        if !values.is_empty() || tables.is_empty() {
            self.text.push('\n');
            self.before("", route);
            self.line("", header, route);
        }
        for (key, value) in values {
            self.pair(key, &route.key(key), value);
        }
        for (key, value) in tables {
            self.table_or_tables(&format!("{name}.{}", bare(key)), &route.key(key), value);
        }
    }

    fn pair(&mut self, name: &str, route: &Pointer, value: &Value) {
        self.before("", route);
        let line = format!("{} = {}", bare(name), inline(value));
        match value {
            Value::Array(items) if self.is_broken(route, items, &line) => {
                self.text += &format!("{} = [\n", bare(name));
                self.items("  ", route, items);
                self.text += "]\n";
            }
            _ => self.line("", &line, route),
        }
    }

    /// Returns true if a list needs several lines.
    fn is_broken(&self, route: &Pointer, items: &[Value], line: &str) -> bool {
        let Notes { before, behind, rejected, last, .. } = self.notes;
        let mut noted = before.keys().chain(behind.keys()).chain(rejected.keys()).chain(last.keys());
        let is_noted =
            noted.any(|noted| noted != route && noted.is_within(route)) || last.contains_key(route);
        let is_nested = items.iter().any(Value::is_object);
        !items.is_empty() && (is_noted || is_nested || line.len() > WIDTH || items.len() > 3) || is_noted
    }

    fn items(&mut self, indent: &str, route: &Pointer, items: &[Value]) {
        for (at, item) in items.iter().enumerate() {
            let route = route.key(at);
            self.before(indent, &route);
            if let Some(why) = self.notes.rejected.get(&route) {
                let behind = self.notes.behind.get(&route).map(|text| format!("; {}", one_line(text)));
                let behind = behind.unwrap_or_default();
                self.text += &format!("{indent}# {}, # left out: {}{behind}\n", inline(item), one_line(why));
                continue;
            }
            match item.get("children") {
                Some(Value::Array(children)) => {
                    let line = format!("{indent}{}", inline(item));
                    if line.len() <= WIDTH && !self.is_broken(&route.key("children"), &[], "") {
                        self.line(indent, &format!("{},", inline(item)), &route);
                        continue;
                    }
                    let mut head = item.clone();
                    if let Value::Object(members) = &mut head {
                        members.shift_remove("children");
                    }
                    let head = inline(&head);
                    let head = head.strip_suffix(" }").unwrap_or(&head);
                    self.text += &format!("{indent}{head}, children = [\n");
                    self.items(&format!("{indent}  "), &route.key("children"), children);
                    self.text += &format!("{indent}] }},\n");
                }
                _ => self.line(indent, &format!("{},", inline(item)), &route),
            }
        }
        if let Some(last) = self.notes.last.get(route) {
            self.comments(indent, last);
        }
    }

    fn line(&mut self, indent: &str, line: &str, route: &Pointer) {
        self.text += indent;
        self.text += line;
        if let Some(comment) = self.notes.behind.get(route) {
            self.text += " # ";
            self.text += &one_line(comment);
        }
        self.text.push('\n');
    }

    fn before(&mut self, indent: &str, route: &Pointer) {
        if let Some(comments) = self.notes.before.get(route) {
            self.comments(indent, comments);
        }
    }

    fn comments(&mut self, indent: &str, comments: &[String]) {
        for line in comments.iter().flat_map(|comment| comment.lines()) {
            let line = printable(line);
            self.text += format!("{indent}# {}", line.trim()).trim_end();
            self.text.push('\n');
        }
    }
}

/// Returns true for tables with a header: those of the spec itself, methods, and nested ones in `[composer]` and
/// `require`.
fn is_table_of_its_own(route: &Pointer, key: &str, value: &Value) -> bool {
    match value {
        // The order of fields and conditions counts, and tables come last.
        Value::Object(_) if route.is_within(&pointer!["webhook"]) && route.steps().count() > 2 => false,
        Value::Object(members) => members.len() > 1 || members.values().any(Value::is_object),
        Value::Array(_) => {
            *route == pointer!["module"] && key == "authors"
                || route.steps().next() == Some("service") && key == "method"
                || *route == pointer!["settings"] && matches!(key, "section" | "tab")
        }
        _ => false,
    }
}

/// Formats a value on one line.
fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Object(members) => format!("{{ {} }}", pairs(members)),
        other => other.to_string(),
    }
}

fn pairs(members: &Map<String, Value>) -> String {
    members
        .iter()
        .map(|(key, value)| format!("{} = {}", bare(key), inline(value)))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Formats a key, in quotes if needed.
fn bare(key: &str) -> String {
    let builder = TomlKeyBuilder::new(key);
    match key.contains(is_hidden) {
        true => without_hidden(&builder.as_basic().to_toml_key()),
        false => builder.as_default().to_toml_key(),
    }
}

/// Formats text on one line, with as few escapes as possible.
fn quoted(text: &str) -> String {
    let builder = TomlStringBuilder::new(text);
    if text.contains(is_hidden) {
        return without_hidden(&builder.as_basic().to_toml_value());
    }
    let readable = builder.as_basic_pretty().or_else(|| builder.as_literal());
    readable.unwrap_or_else(|| builder.as_basic()).to_toml_value()
}

/// Escapes the characters in a basic string that a terminal would not show.
fn without_hidden(basic: &str) -> String {
    let escaped = |c: char| match is_hidden(c) {
        true => format!("\\U{:08X}", u32::from(c)),
        false => c.to_string(),
    };
    basic.chars().map(escaped).collect()
}

fn one_line(comment: &str) -> String {
    printable_line(&comment.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn written(json: &Value, notes: &Notes) -> String {
        let text = write(json, notes);
        let (_, rest) = text.split_once('\n').unwrap();
        rest.to_owned()
    }

    /// Parses the written text.
    fn read(text: &str) -> Value {
        let table: toml::Table = toml::from_str(text).unwrap();
        serde_json::to_value(table).unwrap()
    }

    #[test]
    fn what_is_written_is_read_back() {
        let json = json!({
            "module": { "name": "A_B", "keywords": ["a", "b \"q\" \\"], "require": { "a/b": "*", "c/d": "^1" },
                "authors": [{ "name": "x'y\"" }, { "name": "z", "role": "r" }] },
            "integration": [{ "name": "é\u{1}\n", "resources": ["a", "b", "c", "d"] }, { "name": "2" }],
            "acl": [{ "id": "x", "children": [{ "id": "y", "sort_order": 5, "children": [{ "id": "z" }] }] }],
            "composer": { "a.b": {}, "repositories": [{ "type": "vcs", "x": { "y": 1 } }], "minimum-stability": "dev",
                "extra": { "map": [["*", "A/B"]] }, "config": { "a": true, "b": { "c": "d" } } },
        });
        assert_eq!(read(&written(&json, &Notes::default())), json);
    }

    #[test]
    fn hidden_characters_are_escaped() {
        let json = json!({ "composer": { "a\u{202e}": "\u{9b}'\"\u{7f}\u{200b}\n\u{e0041}ü" } });
        let text = written(&json, &Notes::default());
        assert!(!text.lines().any(|line| line.contains(is_hidden)), "{text}");
        assert_eq!(read(&text), json);
    }

    #[test]
    fn notes_stand_where_they_belong() {
        let json = json!({ "integration": [{ "name": "A", "resources": ["a", "b"] }] });
        let mut notes = Notes { head: vec!["top\n\nmore".to_owned()], ..Notes::default() };
        notes.before.insert(pointer!["integration", 0], vec!["about it".into()]);
        notes.before.insert(pointer!["integration", 0, "resources", 1], vec!["b is".into()]);
        notes.behind.insert(pointer!["integration", 0, "name"], "of\nold".into());
        notes.rejected.insert(pointer!["integration", 0, "resources", 0], "unknown".into());
        notes.last.insert(pointer!["integration", 0, "resources"], vec!["end".into()]);
        assert_eq!(
            written(&json, &notes),
            "# top\n#\n# more\n\n# about it\n[[integration]]\nname = \"A\" # of old\nresources = [\n  # \"a\", # left out: unknown\n  # b is\n  \"b\",\n  # end\n]\n"
        );
    }
}
