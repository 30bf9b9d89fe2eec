//! A TOML document with its places: text in, JSON value and spans out.

use serde_json::Value;
use toml::{
    Spanned,
    de::{DeInteger, DeTable, DeValue},
};

use super::spans::{Spans, Spot, below};
use crate::diag::{Diagnostic, Rule, Source};

/// Largest spec that is read, in bytes. Real ones have a few thousand.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// A TOML document that was read without a syntax error.
#[derive(Debug)]
pub struct Document {
    /// The values. Floats and dates, which no key takes, and integers beyond 64 bits are null.
    pub json: Value,
    /// Where they stand.
    pub spans: Spans,
}

impl Document {
    /// Reads the text as TOML 1.1.
    ///
    /// # Errors
    /// The first mistake in the syntax. The ones behind it are mostly its consequences.
    pub fn parse(source: &Source) -> Result<Self, Box<Diagnostic>> {
        let (table, errors) = DeTable::parse_recoverable(&source.text);
        let first = errors.into_iter().min_by_key(|error| error.span().map_or(0, |span| span.start));
        if let Some(error) = first {
            return Err(Box::new(syntax_error(source, &error)));
        }
        let mut spans = Spans::default();
        let json = table_to_json("", table.get_ref(), &mut spans);
        Ok(Self { json, spans })
    }
}

fn syntax_error(source: &Source, error: &toml::de::Error) -> Diagnostic {
    let end = source.text.trim_end_matches(['\n', '\r']).len();
    let span = error.span().unwrap_or(0..0);
    let span = span.start.min(end)..span.end.min(end);
    let mut diagnostic = Diagnostic::new(Rule::TomlSyntax, error.message().to_owned()).at(span.clone());
    if error.message().contains("quoted") {
        let rest = source.slice(&(span.start..end));
        let word = rest.split(['\n', '\r', '#', ',', ']', '}']).next().unwrap_or_default().trim_end();
        if !word.is_empty() && !word.contains(['"', '\'']) {
            let quoted = format!("\"{}\"", word.replace('\\', "\\\\"));
            diagnostic = diagnostic
                .at(span.start..span.start + word.len())
                .help(format!("write {quoted}"))
                .fix(span.start..span.start + word.len(), quoted);
        }
    }
    diagnostic
}

fn table_to_json(route: &str, table: &DeTable<'_>, spans: &mut Spans) -> Value {
    let members = table.iter().map(|(key, value)| {
        let route = below(route, key.get_ref());
        (key.get_ref().to_string(), value_to_json(route, Some(key.span()), value, spans))
    });
    Value::Object(members.collect())
}

fn value_to_json(
    route: String,
    key: Option<std::ops::Range<usize>>,
    value: &Spanned<DeValue<'_>>,
    spans: &mut Spans,
) -> Value {
    let (json, kind) = match value.get_ref() {
        DeValue::String(text) => (Value::String(text.to_string()), "text"),
        DeValue::Boolean(yes) => (Value::Bool(*yes), "a boolean"),
        DeValue::Integer(integer) => match to_i64(integer) {
            Some(integer) => (integer.into(), "an integer"),
            None => (Value::Null, "an integer beyond 64 bits"),
        },
        DeValue::Float(_) => (Value::Null, "a float"),
        DeValue::Datetime(_) => (Value::Null, "a date or time"),
        DeValue::Array(items) => {
            let items = items.iter().enumerate();
            let items = items.map(|(at, item)| value_to_json(below(&route, at), None, item, spans)).collect();
            (Value::Array(items), "a list")
        }
        DeValue::Table(table) => (table_to_json(&route, table, spans), "a table"),
    };
    spans.insert(route, Spot { key, value: value.span(), kind });
    json
}

fn to_i64(integer: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}
