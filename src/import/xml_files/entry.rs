//! Content of a file in terms of a spec: tables with the places of their values, and the rest that a spec cannot express.

use std::ops::Range;

use serde_json::{Value, json};

use crate::{
    import::outline::Outline,
    parsers::{SpannedText, xml::Element},
    spec::{Pointer, pointer},
};

/// Tables read from a file, as far as a spec can express it.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) entries: Vec<Entry>,
    pub(super) unsupported: Vec<Unsupported>,
}

/// Table of the spec, or keys of one.
pub(super) struct Entry {
    /// Name of the table: `[csp]`, or `[[cron]]` for a list of tables.
    table: &'static str,
    is_list: bool,
    /// Index of an item that is there.
    index: Option<usize>,
    at: Range<usize>,
    values: Vec<PlacedValue>,
}

/// Value at a route below its table, with its place.
struct PlacedValue {
    route: Pointer,
    key: Option<Range<usize>>,
    value: Value,
    at: Range<usize>,
}

/// Reason why a spec cannot express a file.
pub(super) struct Unsupported {
    pub(super) what: String,
    pub(super) at: Range<usize>,
    /// True if the file is at fault, not what a spec can express.
    pub(super) is_fault: bool,
}

impl Unsupported {
    pub(super) fn new(what: impl Into<String>, at: &Range<usize>) -> Self {
        Self { what: what.into(), at: at.clone(), is_fault: false }
    }

    /// Fault in the file: corrected, it can be imported.
    pub(super) fn fault(what: impl Into<String>, at: &Range<usize>) -> Self {
        Self { is_fault: true, ..Self::new(what, at) }
    }
}

impl From<Result<Vec<Entry>, Unsupported>> for Reading {
    fn from(entries: Result<Vec<Entry>, Unsupported>) -> Self {
        match entries {
            Ok(entries) => Self { entries, unsupported: Vec::new() },
            Err(unsupported) => Self { entries: Vec::new(), unsupported: vec![unsupported] },
        }
    }
}

impl Reading {
    /// Unwraps a part that was read, or notes why it was not.
    pub(super) fn keep<T>(&mut self, part: Result<T, Unsupported>) -> Option<T> {
        part.map_err(|unsupported| self.unsupported.push(unsupported)).ok()
    }
}

impl Entry {
    /// Entry of a list of tables: `[[cron]]`.
    pub(super) fn item(table: &'static str, at: &Range<usize>) -> Self {
        Self { table, is_list: true, index: None, at: at.clone(), values: Vec::new() }
    }

    /// Keys of an item that is there.
    pub(super) fn existing(table: &'static str, index: usize, at: &Range<usize>) -> Self {
        Self { index: Some(index), ..Self::item(table, at) }
    }

    /// Keys of a table: `[csp]`.
    pub(super) fn table(table: &'static str, at: &Range<usize>) -> Self {
        Self { is_list: false, ..Self::item(table, at) }
    }

    /// Adds a value. Add its parent first.
    pub(super) fn put(&mut self, route: Pointer, value: impl Into<Value>, at: &Range<usize>) {
        self.values.push(PlacedValue { route, key: None, value: value.into(), at: at.clone() });
    }

    /// Adds a value with the place of its key.
    pub(super) fn put_at_key(
        &mut self,
        route: Pointer,
        key: &Range<usize>,
        value: impl Into<Value>,
        at: &Range<usize>,
    ) {
        self.put(route, value, at);
        self.values.last_mut().into_iter().for_each(|last| last.key = Some(key.clone()));
    }

    /// Adds itself to an outline, with comments.
    pub(super) fn add_to(self, outline: &mut Outline, comments: Option<Vec<String>>) {
        let table = pointer![self.table];
        let mut start = |route: &Pointer, value: Value| {
            if outline.json.pointer(route).is_none() {
                outline.put(route, Some(self.at.clone()), self.at.clone(), value);
            }
            outline.json.pointer(route).and_then(Value::as_array).map_or(0, Vec::len)
        };
        let route = match self.index {
            Some(index) => table.key(index),
            None if self.is_list => table.key(start(&table, json!([]))),
            None => table,
        };
        start(&route, json!({}));
        if let Some(comments) = comments {
            outline.notes.before.insert(route.clone(), comments);
        }
        for PlacedValue { route: below, key, value, at } in self.values {
            outline.put(&route.join(&below), key, at, value);
        }
    }
}

/// Value of a required attribute.
pub(super) fn needed<'a>(element: &'a Element, name: &str) -> Result<&'a SpannedText, Unsupported> {
    let unsupported = || {
        Unsupported::fault(
            format!("<{}> lacks the attribute `{name}`", element.name.value),
            &element.name.span,
        )
    };
    element.attribute(name).ok_or_else(unsupported)
}
