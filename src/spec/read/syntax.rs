//! Mistakes in a spec's TOML, said for people who do not know its grammar.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue, Error},
};

use super::described::is_list;
use crate::diag::{Diagnostic, Fix, Rule, Source};

/// What is told of one mistake.
struct Mistake {
    span: Range<usize>,
    message: String,
    help: String,
    fix: Option<Fix>,
    first: Option<Range<usize>>,
}

/// What is told of a mistake in the syntax; `table` is what could be read nevertheless.
pub(super) fn finding(source: &Source, table: &DeTable<'_>, error: &Error) -> Diagnostic {
    let end = source.text.trim_end_matches(['\n', '\r']).len();
    let span = error.span().unwrap_or_else(|| deepest(&source.text));
    let span = span.start.min(end)..span.end.min(end);
    let text = FaultyText { all: &source.text, behind: &source.text[span.start..end], span };
    let mistake = text.mistake(table, error.message());
    let mut finding = Diagnostic::new(Rule::TomlSyntax, mistake.message)
        .at(mistake.span)
        .reason("nothing else is checked before the text is TOML")
        .help(mistake.help)
        .related(mistake.first, "first here");
    finding.fix = mistake.fix;
    finding
}

/// A line whose key has more parts than are read: the error about it has no place.
fn deepest(text: &str) -> Range<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.split('=').next().unwrap_or_default().matches('.').count() > 70 {
            return start..start + line.trim_end().len();
        }
        start += line.len();
    }
    0..0
}

/// The text and the place of the mistake.
struct FaultyText<'a> {
    all: &'a str,
    /// From the mistake on, without line feeds at the end.
    behind: &'a str,
    span: Range<usize>,
}

impl FaultyText<'_> {
    fn mistake(&self, table: &DeTable<'_>, message: &str) -> Mistake {
        let what = message.split(", expected").next().unwrap_or(message);
        let at = self.marked();
        let (before, behind) = self.line();
        let is_mark =
            |mark: &&str| before.starts_with(*mark) || before.is_empty() && behind.starts_with(*mark);
        if ["<<<<<<<", "=======", ">>>>>>>"].iter().any(is_mark) {
            return self
                .says("a merge was left unfinished here", "keep one of the two sides and remove the marks");
        }
        match what {
            "string values must be quoted" | "invalid boolean" => self.unquoted(),
            "key with no value" => self.no_value(),
            "invalid unquoted key" if at == ":" => self.no_value(),
            "duplicate key" => self.duplicate(table),
            "invalid basic string" | "invalid multi-line basic string" => {
                self.says("a text is not closed", "close it with the quotes it was opened with: \"")
            }
            "invalid literal string" | "invalid multi-line literal string" => {
                self.says("a text is not closed", "close it with the quote it was opened with: '")
            }
            "missing escaped value" => self.says(
                "a backslash here means nothing",
                "write \\\\ for a backslash, or put the text in single quotes",
            ),
            "unclosed array" => self.says("a list is not closed", "write ] behind its last entry"),
            "unclosed inline table" => self.says("a table is not closed", "write } behind its last key"),
            "unclosed table" => self.says("the head of a table is not closed", "write ] behind its name"),
            "unclosed array table" => {
                self.says("the head of a table is not closed", "write ]] behind its name")
            }
            "unexpected key or value" if self.behind.starts_with("//") => {
                self.says("`//` starts no comment", "write # in front of a comment")
            }
            "unexpected key or value" => self.says(
                "something stands behind the end",
                "start a new line, or write # in front of a comment",
            ),
            "missing comma between array elements" | "missing comma between key-value pairs" => {
                self.says("a comma is missing before this", "write a comma in front of it")
            }
            "cannot recurse further; max recursion depth met" | "recursion limit" => self.says(
                "it is nested too deep",
                "write it with fewer levels; 80 are read, and no spec needs ten",
            ),
            "invalid unquoted key" | "unquoted keys cannot be empty" if at.is_empty() => {
                self.says("a key is missing", "write, for example: name = \"Acme ERP\"")
            }
            "invalid unquoted key" => self.says(
                format!("`{at}` cannot stand in a key"),
                "write keys with letters, digits, - and _ only",
            ),
            _ if what.starts_with("cannot extend value") => {
                let found = what.trim_start_matches("cannot extend value of type ");
                let found = found.trim_end_matches(" with a dotted key");
                self.says(
                    format!("`{at}` is no table that keys can be added to, but has a value: {found}"),
                    format!("write all of `{at}` in one place"),
                )
            }
            _ if at.is_empty() => self.says(what, "compare it with the spec that `magespec init` writes"),
            _ => self.says(
                format!("`{at}` is no value: {what}"),
                "write a number without zeros in front, or text in quotes",
            ),
        }
    }

    fn says(&self, message: impl Into<String>, help: impl Into<String>) -> Mistake {
        let (message, help) = (message.into(), help.into());
        Mistake { span: self.span.clone(), message, help, fix: None, first: None }
    }

    fn marked(&self) -> &str {
        self.all.get(self.span.clone()).unwrap_or_default()
    }

    /// The line up to the mistake, and from there on.
    fn line(&self) -> (&str, &str) {
        let before = &self.all[..self.span.start];
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        (&before[start..], self.behind.split('\n').next().unwrap_or_default().trim_end())
    }

    /// A word where a value is expected.
    fn unquoted(&self) -> Mistake {
        let word = self.behind.split(['\n', '\r', '#', ',', ']', '}']).next().unwrap_or_default().trim_end();
        let plain = word.trim_matches(['“', '”', '„', '‘', '’']);
        if word.is_empty() {
            return self.says("a value is missing behind `=`", "write, for example: name = \"Acme ERP\"");
        }
        if word.contains(" //") {
            return self.says("`//` starts no comment", "write # in front of a comment");
        }
        if word.contains(" = ") {
            return self.says("two keys are on one line", "start a new line for the second");
        }
        if plain.contains(['"', '\'']) {
            return self.says("a text has no quotes", "put the whole text in quotes: \"…\"");
        }
        let instead = match word.to_lowercase().as_str() {
            boolean @ ("true" | "false") => boolean.to_owned(),
            _ => format!("\"{}\"", plain.replace('\\', "\\\\")),
        };
        let span = self.span.start..self.span.start + word.len();
        let fix = Some(Fix { span: span.clone(), replacement: instead.clone() });
        let message = format!("`{word}` is no value: text stands in quotes");
        Mistake { span, message, help: format!("write {instead}"), fix, first: None }
    }

    /// A key without `=`.
    fn no_value(&self) -> Mistake {
        let (before, behind) = self.line();
        let line = format!("{before}{behind}");
        if let Some((key, value)) = line.split_once(':').filter(|(key, _)| !key.contains(['"', '\''])) {
            let colon = self.span.start - before.len() + key.len();
            let (key, value) = (key.trim(), value.trim());
            let is_value = value.starts_with(['"', '\'', '[', '{', '-'])
                || value.starts_with(|c: char| c.is_ascii_digit());
            let quoted = if is_value { value.to_owned() } else { format!("\"{value}\"") };
            let fix = Fix { span: colon..colon + 1, replacement: " =".to_owned() };
            return Mistake {
                span: colon..colon + 1,
                message: format!("`{key}` has a colon where TOML has `=`"),
                help: format!("write {key} = {quoted}"),
                fix: is_value.then_some(fix),
                first: None,
            };
        }
        let key = before.trim();
        let rest = if behind.trim().is_empty() { "…" } else { behind.trim() };
        self.says(
            format!("`{key}` has no `=` behind it"),
            format!("write {key} = {rest}, or [{key}] if it is a table"),
        )
    }

    /// A key that was there before.
    fn duplicate(&self, table: &DeTable<'_>) -> Mistake {
        let key = self.marked();
        let (before, _) = self.line();
        let mut mistake = match before.trim_start() {
            "[" if is_list(key) => self.says(
                format!("the table `[{key}]` is given twice"),
                format!("write [[{key}]] for both: there may be several"),
            ),
            "[" | "[[" => self.says(format!("the table `{key}` is given twice"), "put both into one table"),
            _ => self.says(format!("`{key}` is given twice in one table"), "remove one of the two"),
        };
        let mut first = None;
        last_before(table, key.trim_matches(['"', '\'']), self.span.start, &mut first);
        mistake.first = first;
        mistake
    }
}

/// The last key of the name that ends before `end` and is not inside of a value that does, too.
fn last_before(table: &DeTable<'_>, name: &str, end: usize, found: &mut Option<Range<usize>>) {
    for (key, value) in table {
        let span = key.span();
        let is_later = found.as_ref().is_none_or(|found| span.start > found.start);
        if key.get_ref() == name && span.end <= end && is_later {
            *found = Some(span);
        }
        last_before_in(value, name, end, found);
    }
}

fn last_before_in(value: &Spanned<DeValue<'_>>, name: &str, end: usize, found: &mut Option<Range<usize>>) {
    // A table with a header, and a list of such, is where its header is, and its first item with it.
    let is_over =
        |span: Range<usize>, inside: usize| span.start < inside && inside < span.end && span.end <= end;
    match value.get_ref() {
        DeValue::Table(table) => {
            let inside = table.iter().next().map_or(end, |(key, _)| key.span().start);
            if !is_over(value.span(), inside) {
                last_before(table, name, end, found);
            }
        }
        DeValue::Array(items) => {
            let inside = items.iter().next().map_or(end, |item| item.span().start);
            if !is_over(value.span(), inside) {
                items.iter().for_each(|item| last_before_in(item, name, end, found));
            }
        }
        _ => {}
    }
}
