//! A TOML document with source positions: text in, JSON value and spans out.

use std::ops::Range;

use serde_json::Value;
use toml::{
    Spanned,
    de::{DeArray, DeFloat, DeInteger, DeTable, DeValue},
};

use super::{
    pointer::Pointer,
    recovery::blanked,
    spans::{Spans, Spot},
    syntax,
};
use crate::diag::{Diagnostic, Source};

/// Largest accepted spec, in bytes. Real ones have a few thousand.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// A TOML document without syntax errors.
#[derive(Debug)]
pub struct Document {
    /// Values. Floats outside of the conditions of a webhook and dates, which no key accepts, and integers beyond 64 bits
    /// are null.
    pub json: Value,
    /// Positions of keys and values.
    pub spans: Spans,
}

impl Document {
    /// Reads the text as TOML 1.1.
    ///
    /// # Errors
    /// Returns the first syntax error. Later ones are mostly its consequences.
    pub fn parse(source: &Source) -> Result<Self, Box<Diagnostic>> {
        let (table, errors) = DeTable::parse_recoverable(&source.text);
        let first = errors.into_iter().min_by_key(|error| error.span().map_or(0, |span| span.start));
        if let Some(error) = first {
            return Err(Box::new(syntax::finding(source, table.get_ref(), &error)));
        }
        Ok(Self::of_table(&source.text, table.get_ref()))
    }

    /// Reads what can be read of a text, whatever syntax errors it has.
    #[must_use]
    pub fn recovered(text: &str) -> Self {
        let (table, errors) = DeTable::parse_recoverable(text);
        if errors.is_empty() {
            return Self::of_table(text, table.get_ref());
        }
        let text = blanked(text);
        let (table, _) = DeTable::parse_recoverable(&text);
        Self::of_table(&text, table.get_ref())
    }

    fn of_table(text: &str, table: &DeTable<'_>) -> Self {
        let mut spans = Spans::default();
        let json = TomlReader { text, spans: &mut spans }.table(&Pointer::root(), table);
        Self { json, spans }
    }
}

/// Reader that records positions while it converts values.
struct TomlReader<'a> {
    text: &'a str,
    spans: &'a mut Spans,
}

impl TomlReader<'_> {
    fn table(&mut self, route: &Pointer, table: &DeTable<'_>) -> Value {
        let members = table.iter().map(|(key, value)| {
            let route = route.key(key.get_ref());
            (key.get_ref().to_string(), self.value(route, Some(key.span()), value, None))
        });
        Value::Object(members.collect())
    }

    fn value(
        &mut self,
        route: Pointer,
        key: Option<Range<usize>>,
        value: &Spanned<DeValue<'_>>,
        removal: Option<Range<usize>>,
    ) -> Value {
        let (json, kind) = match value.get_ref() {
            DeValue::String(text) => (Value::String(text.to_string()), "a string"),
            DeValue::Boolean(yes) => (Value::Bool(*yes), "a boolean"),
            DeValue::Integer(integer) => match to_i64(integer) {
                Some(integer) => (integer.into(), "an integer"),
                None => (Value::Null, "an integer beyond 64 bits"),
            },
            DeValue::Float(float) => (to_f64(&route, float), "a float"),
            DeValue::Datetime(_) => (Value::Null, "a date or time"),
            DeValue::Array(items) => (self.list(&route, items), "a list"),
            DeValue::Table(table) => (self.table(&route, table), "a table"),
        };
        let is_number =
            matches!(value.get_ref(), DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_));
        let written = self.text.get(value.span()).filter(|_| is_number).map(Box::from);
        self.spans.insert(route, Spot { key, value: value.span(), kind, written, removal });
        json
    }

    fn list(&mut self, route: &Pointer, items: &DeArray<'_>) -> Value {
        let mut values = Vec::with_capacity(items.len());
        let mut before: Option<usize> = None;
        for (at, item) in items.iter().enumerate() {
            let Range { start, end } = item.span();
            let removal = before.filter(|&before| self.is_separator(before..start)).map(|before| before..end);
            values.push(self.value(route.key(at), None, item, removal));
            before = Some(end);
        }
        Value::Array(values)
    }

    /// Returns true if the span contains only a comma and white space.
    fn is_separator(&self, span: Range<usize>) -> bool {
        self.text.get(span).is_some_and(|text| text.trim() == ",")
    }
}

/// Converts a float of a condition; anywhere else it is null.
fn to_f64(route: &Pointer, float: &DeFloat<'_>) -> Value {
    let mut steps = route.steps();
    let is_in_condition = steps.next() == Some("webhook") && steps.nth(1) == Some("when");
    float.as_str().parse::<f64>().ok().filter(|_| is_in_condition).map_or(Value::Null, Value::from)
}

fn to_i64(integer: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}
