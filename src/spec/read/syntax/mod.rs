//! Explanations of TOML syntax errors for people who do not know the grammar.

mod language;
mod opening;
mod string;

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue, Error},
};

use self::{language::Language, opening::Opening};
use super::described::is_list;
use crate::diag::{Diagnostic, Fix, Rule, Source, is_hidden};
pub(super) use opening::string_length;

/// Explanation of a syntax error.
struct Mistake {
    span: Range<usize>,
    message: String,
    help: String,
    fix: Option<Fix>,
    related: Option<(Range<usize>, &'static str)>,
}

/// Finding for a syntax error; `table` is what could be read despite it.
pub(super) fn finding(source: &Source, table: &DeTable<'_>, error: &Error) -> Diagnostic {
    if let Some(language) = Language::of(&source.text) {
        return language.finding(&source.text);
    }
    let end = source.text.trim_end_matches(['\n', '\r']).len();
    let span = error.span().unwrap_or_else(|| deepest(&source.text));
    let span = span.start.min(end)..span.end.min(end);
    let text = FaultyText { all: &source.text, behind: &source.text[span.start..end], span };
    let mistake = text.mistake(table, error.message());
    let mut finding = Diagnostic::new(Rule::TomlSyntax, mistake.message)
        .at(mistake.span)
        .reason("nothing else is checked until the file is valid TOML")
        .help(mistake.help);
    if let Some((span, label)) = mistake.related {
        finding = finding.related(span, label);
    }
    finding.fix = mistake.fix;
    finding
}

/// Finds a line whose key has too many parts: the parser reports no position for it.
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

/// Text and position of the syntax error.
struct FaultyText<'a> {
    all: &'a str,
    /// Text from the error on, without line feeds at the end.
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
            return self.says(
                "this is an unresolved merge conflict",
                "keep one side and remove the conflict markers",
            );
        }
        let in_string = || self.in_string(what).or_else(|| self.left_open(what));
        if let Some(mistake) = in_string().or_else(|| self.looks_like_space()) {
            return mistake;
        }
        if behind.trim_end() == ";" && self.is_after_value() {
            return self.says("a semicolon does not end a line", "remove the semicolon");
        }
        if let Some(mark) = ["//", "/*", "--", ";", "<!--"].into_iter().find(|mark| behind.starts_with(mark))
        {
            return self.no_comment(mark);
        }
        if let Some(mistake) = self.other_sign(before, behind) {
            return mistake;
        }
        match what {
            "string values must be quoted" | "invalid boolean" => self.unquoted(),
            "key with no value" => self.no_value(),
            "invalid unquoted key" if at == ":" => self.no_value(),
            "duplicate key" => self.duplicate(table),
            "carriage return must be followed by newline" => self
                .says("this carriage return does not end a line", "save the file with LF or CRLF line ends"),
            "unclosed table" => self.says("the header of a table is not closed", "write ] after the name"),
            "unclosed array table" => {
                self.says("the header of a table is not closed", "write ]] after the name")
            }
            "unexpected key or value" => self.says(
                "unexpected text after the value",
                "start a new line, or write # in front of a comment",
            ),
            "missing comma between array elements" | "missing comma between key-value pairs" => {
                self.no_comma()
            }
            "cannot recurse further; max recursion depth met" | "recursion limit" => self
                .says("the nesting is too deep", "use fewer levels: the limit is 80, and no spec needs ten"),
            "invalid unquoted key" | "unquoted keys cannot be empty" if at.is_empty() => {
                self.says("a key is missing", "write, for example: name = \"Acme ERP\"")
            }
            "invalid unquoted key" => self
                .says(format!("`{at}` is not allowed in a key"), "use only letters, digits, - and _ in keys"),
            _ if what.starts_with("cannot extend value") => {
                let found = what.trim_start_matches("cannot extend value of type ");
                let found = found.trim_end_matches(" with a dotted key");
                self.says(
                    format!("cannot add keys to `{at}`: it already has a value of type {found}"),
                    format!("write all of `{at}` in one place"),
                )
            }
            _ if at.is_empty() => self.says(what, "compare it with the spec that `magespec init` writes"),
            _ if !at
                .starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.')) =>
            {
                self.unquoted()
            }
            _ => {
                let start = before.rfind([' ', '=', '[', ',']).map_or(0, |at| at + 1);
                let word = format!("{}{behind}", &before[start..]);
                let word = word.split([' ', ',', ']', '}', '#']).next().unwrap_or_default();
                let is_version = word.matches('.').count() > 1
                    && word.starts_with(|first: char| first.is_ascii_digit())
                    && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
                if is_version {
                    let start = self.span.start - (before.len() - start);
                    let span = start..start + word.len();
                    let fix = Some(Fix { span: span.clone(), replacement: format!("\"{word}\"") });
                    let message = format!("`{word}` is not a value: versions need quotes");
                    return Mistake { span, fix, ..self.says(message, format!("write \"{word}\"")) };
                }
                self.says(
                    format!("`{at}` is not a value: {what}"),
                    "write a number without leading zeros, or a string in quotes",
                )
            }
        }
    }

    /// Explains what is still open where the parser gives up, at its opening: a string, or a list or table that
    /// reaches into the next line that begins a key or a table.
    fn left_open(&self, what: &str) -> Option<Mistake> {
        let (opened, span) = opening::innermost(&self.all[..self.span.start])?;
        let (before, behind) = self.line();
        let starts_key =
            behind.split_once(" = ").is_some_and(|(key, _)| !key.contains([' ', ',', '"', '\'']));
        let starts_table = before.trim() == "[" || behind.starts_with('[');
        let is_next = before.trim_start_matches('[').trim().is_empty() && (starts_key || starts_table);
        let is_at_end = matches!(what, "unclosed array" | "unclosed inline table");
        let (opened, span) = match opened {
            // The bracket in front of the next table is no list.
            Opening::List if starts_table => {
                opening::innermost(self.all[..self.span.start - before.len()].trim_end())?
            }
            _ => (opened, span),
        };
        let is_unclosed = what.starts_with("invalid") && what.ends_with("string");
        let (message, help) = match opened {
            Opening::Text if !is_unclosed => return None,
            Opening::Text => ("a string is not closed", format!("close it with {}", &self.all[span.clone()])),
            _ if !is_at_end && !is_next => return None,
            Opening::List => ("a list is not closed", "write ] after the last entry".to_owned()),
            Opening::Table => ("a table is not closed", "write } after the last key".to_owned()),
        };
        let next = self.span.start - before.len()..self.span.start + behind.len();
        Some(Mistake {
            related: (!is_at_end && is_next).then_some((next, "this is read as part of it")),
            span,
            ..self.says(message, help)
        })
    }

    /// Explains a character that looks like a space.
    fn looks_like_space(&self) -> Option<Mistake> {
        let found =
            self.behind.chars().next().filter(|c| !c.is_ascii() && (c.is_whitespace() || is_hidden(*c)))?;
        let name = if found == '\u{a0}' {
            "no-break space"
        } else {
            "character that looks like a space or like nothing"
        };
        let span = self.span.start..self.span.start + found.len_utf8();
        let fix = Some(Fix { span: span.clone(), replacement: " ".to_owned() });
        let message =
            format!("U+{:04X}, a {name}, is allowed only in strings and comments", u32::from(found));
        Some(Mistake { span, fix, ..self.says(message, "write a plain space") })
    }

    /// Returns true if the line has a value before the error.
    fn is_after_value(&self) -> bool {
        self.line().0.contains('=')
    }

    /// Explains a sign of another language.
    fn other_sign(&self, before: &str, behind: &str) -> Option<Mistake> {
        let line = format!("{before}{behind}");
        let all = self.behind;
        let is_value = before.trim_end().ends_with('=');
        if is_value && all.starts_with(['>', '=']) && all[1..].starts_with([' ', '"', '\'', '[']) {
            let sign = if all.starts_with('>') { "=>" } else { "==" };
            let help = "write = between a key and its value";
            return Some(self.says(format!("`{sign}` does not assign a value"), help));
        }
        if is_value && all.starts_with('(') {
            return Some(
                self.says("`(` does not start a list", "write [ and ] around the entries of a list"),
            );
        }
        if all.starts_with(',') && self.all[..self.span.start].trim_end().ends_with([',', '[']) {
            return Some(self.says("an entry is missing before this comma", "remove the comma"));
        }
        if all.starts_with(',') && all[1..].trim_start_matches([' ', '\t']).starts_with(['\n', '\r', '#'])
            || behind.trim_end() == "," && self.is_after_value()
        {
            return Some(self.says("a comma does not end a line", "remove the comma"));
        }
        let is_in_table = before.trim_end().ends_with(['}', '"', '\'']) && behind.starts_with('}');
        if is_in_table && !line.split('{').nth(1).unwrap_or_default().contains('=') {
            let entries = line.split('{').nth(1).unwrap_or_default().split('}').next().unwrap_or_default();
            let help = format!("write [{}] for a list, or key = value in a table", entries.trim());
            return Some(self.says("a table in { } has keys with values", help));
        }
        for word in ["export", "set", "define", "const", "var", "let", "return"] {
            if before.trim() == word && behind.contains('=') {
                return Some(self.says(format!("`{word}` is not part of a key"), format!("remove `{word}`")));
            }
        }
        None
    }

    fn no_comment(&self, mark: &str) -> Mistake {
        let span = self.span.start..self.span.start + mark.len();
        let message = format!("`{mark}` does not start a comment");
        Mistake { span, ..self.says(message, "write # in front of each line of a comment") }
    }

    /// Explains a missing comma. Where it belongs in front of a comment, it is left to people.
    fn no_comma(&self) -> Mistake {
        let before = self.all[..self.span.start].trim_end();
        let line = before.lines().next_back().unwrap_or_default();
        let is_clear = before.len() < self.span.start && !line.contains('#');
        let fix = Fix { span: before.len()..before.len(), replacement: ",".to_owned() };
        let fix = Some(fix).filter(|_| is_clear && self.behind.starts_with(['"', '\'', '[', '{']));
        Mistake { fix, ..self.says("a comma is missing here", "write a comma before this") }
    }

    fn says(&self, message: impl Into<String>, help: impl Into<String>) -> Mistake {
        let (message, help) = (message.into(), help.into());
        Mistake { span: self.span.clone(), message, help, fix: None, related: None }
    }

    fn marked(&self) -> &str {
        self.all.get(self.span.clone()).unwrap_or_default()
    }

    /// Splits the line at the error.
    fn line(&self) -> (&str, &str) {
        let before = &self.all[..self.span.start];
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        (&before[start..], self.behind.split('\n').next().unwrap_or_default().trim_end())
    }

    /// Explains a word where a value is expected.
    fn unquoted(&self) -> Mistake {
        let word = self.behind.split(['\n', '\r', '#', ',', ']', '}']).next().unwrap_or_default().trim_end();
        let plain = word.trim_matches(['“', '”', '„', '‘', '’', '«', '»', '`']);
        if word.is_empty() {
            return self.says("a value is missing after `=`", "write, for example: name = \"Acme ERP\"");
        }
        if word.contains(" //") {
            return self.says("`//` does not start a comment", "write # in front of a comment");
        }
        if word.contains(" = ") {
            return self.says("two keys are on one line", "start a new line for the second");
        }
        if plain.contains(['"', '\'']) {
            return self.says("this string has no quotes", "put the whole string in quotes: \"…\"");
        }
        let instead = match word.to_lowercase().as_str() {
            boolean @ ("true" | "false") => boolean.to_owned(),
            _ => format!("\"{}\"", plain.replace('\\', "\\\\")),
        };
        let span = self.span.start..self.span.start + word.len();
        let fix = Some(Fix { span: span.clone(), replacement: instead.clone() });
        let message = format!("`{word}` is not a value: strings need quotes");
        Mistake { span, message, help: format!("write {instead}"), fix, related: None }
    }

    /// Explains a key without `=`.
    fn no_value(&self) -> Mistake {
        let (before, behind) = self.line();
        let line = format!("{before}{behind}");
        let is_key = |key: &str| {
            let inner = key.trim().trim_matches(['"', '\'']);
            !inner.contains(['"', '\''])
        };
        if let Some((key, value)) = line.split_once(':').filter(|(key, _)| is_key(key)) {
            let colon = self.span.start - before.len() + key.len();
            let (key, value) = (key.trim().trim_matches(['"', '\'']), value.trim().trim_end_matches(','));
            if value.is_empty() {
                return Mistake {
                    span: colon..colon + 1,
                    ..self.says(
                        format!("`{key}` is followed by a colon instead of `=`"),
                        format!("write {key} = […] for a list, or [{key}] for a table"),
                    )
                };
            }
            let is_value = value.starts_with(['"', '\'', '[', '{', '-'])
                || value.starts_with(|c: char| c.is_ascii_digit());
            let quoted = if is_value { value.to_owned() } else { format!("\"{value}\"") };
            let fix = Fix { span: colon..colon + 1, replacement: " =".to_owned() };
            return Mistake {
                span: colon..colon + 1,
                message: format!("`{key}` is followed by a colon instead of `=`"),
                help: format!("write {key} = {quoted}"),
                fix: is_value.then_some(fix),
                related: None,
            };
        }
        let key = before.trim();
        let rest = if behind.trim().is_empty() { "…" } else { behind.trim() };
        self.says(
            format!("`{key}` is not followed by `=`"),
            format!("write {key} = {rest}, or [{key}] if it is a table"),
        )
    }

    /// Explains a duplicate key.
    fn duplicate(&self, table: &DeTable<'_>) -> Mistake {
        let key = self.marked();
        let (before, _) = self.line();
        let mut mistake = match before.trim_start() {
            "[" if is_list(key) => self.says(
                format!("the table `[{key}]` is defined twice"),
                format!("write [[{key}]] for both to define several"),
            ),
            "[" | "[[" => self.says(format!("the table `{key}` is defined twice"), "merge the two tables"),
            _ => self.says(format!("`{key}` is set twice in the same table"), "remove one of the two"),
        };
        let mut first = None;
        last_before(table, key.trim_matches(['"', '\'']), self.span.start, &mut first);
        mistake.related = first.map(|span| (span, "first here"));
        mistake
    }
}

/// Finds the last key of that name that ends before `end` and is not inside a value that also does.
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
    // A table with a header, or a list of them, is at its header, with its first item.
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
