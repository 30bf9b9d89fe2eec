//! Headers of tables with the lines that they need.

use std::{borrow::Cow, ops::Range};

use lsp_types::CompletionItemKind;
use serde_json::Value;

use super::{
    proposal,
    snippet::{escaped, of_module, placeholder},
};
use crate::{
    lsp::{
        completion::{own::OwnNames, proposal::Proposal},
        cursor::{self, Header},
    },
    spec::{Document, HeaderForm, Pointer, SchemaKey, as_key, schema_keys},
};

/// Keys that `check` demands of a table though the schema does not, because another key may stand for them.
const DEMANDED: [(&str, &[&str]); 3] =
    [("menu", &["title", "resource"]), ("cron", &["schedule"]), ("settings", &["label"])];

/// Header that is being written at an offset of a text, with its line.
pub(in crate::lsp::completion) struct WrittenHeader<'a> {
    pub(in crate::lsp::completion) text: &'a str,
    pub(in crate::lsp::completion) line: Range<usize>,
    /// False for a key that stands alone on its line: it may become a header.
    pub(in crate::lsp::completion) has_bracket: bool,
}

/// Tables that may stand where a header is written, with their headers and the keys that they need. Without a bracket only
/// those that are likely to come next.
pub(in crate::lsp::completion) fn tables(written: &WrittenHeader<'_>) -> Vec<Proposal> {
    let WrittenHeader { text, line, has_bracket } = written;
    // The header itself is not there yet.
    let blank = " ".repeat(line.len());
    let rest = [&text[..line.start], &blank, &text[line.end..]].concat();
    let json = Document::recovered(&rest).json;
    let headers = cursor::headers(&rest);
    let places =
        HeaderPlaces { json: &json, headers: &headers, offset: line.start, has_bracket: *has_bracket };
    let mut all = Vec::new();
    places.add(&Pointer::root(), "", &mut all);
    all.sort_by_key(|(_, is_required)| !is_required);
    all.into_iter().map(|(proposal, _)| proposal).collect()
}

/// Places for headers in a text.
struct HeaderPlaces<'a> {
    json: &'a Value,
    headers: &'a [Header],
    offset: usize,
    has_bracket: bool,
}

impl HeaderPlaces<'_> {
    /// Adds the tables below a table with a name, each with true if it is required.
    fn add(&self, table: &Pointer, name: &str, all: &mut Vec<(Proposal, bool)>) {
        for key in schema_keys(table) {
            let Some(form) = key.header else { continue };
            let route = table.key(key.name);
            let name = if name.is_empty() { key.name.to_owned() } else { format!("{name}.{}", key.name) };
            // Without a bracket, an entry of the table above the cursor is likelier than a table with keys of its own.
            let is_likely = self.has_bracket || table.is_empty();
            let is_table = matches!(form, HeaderForm::Table | HeaderForm::Mixed);
            if is_table && is_likely && self.can_be_table(&route) {
                let header = format!("[{name}]");
                all.push((self.proposal(&route, &header, &header, &key), key.is_required));
            }
            match form {
                HeaderForm::Table => {
                    // One that is not there yet comes with its own keys first.
                    let is_complete = self.json.pointer(&route).is_some() || needed(&route).next().is_none();
                    if is_complete && self.is_open(&route) {
                        self.add(&route, &name, all);
                    }
                }
                HeaderForm::Entry => {
                    let is_below = is_likely || self.is_above(table);
                    if is_below && self.can_have_entry(&route) {
                        let label = format!("[[{name}]]");
                        all.push((self.proposal(&route.key(0), &label, &label, &key), key.is_required));
                    }
                    if let Some(entry) = self.last_entry(&route) {
                        self.add(&entry, &name, all);
                    }
                }
                HeaderForm::Named | HeaderForm::Mixed => {
                    if self.has_bracket && self.is_open(&route) {
                        all.extend(self.named(&route, &name, &key, form));
                    }
                    let present = self.json.pointer(&route).and_then(Value::as_object);
                    for member in present.into_iter().flat_map(serde_json::Map::keys) {
                        let entry = route.key(member);
                        if self.is_open(&entry) {
                            self.add(&entry, &format!("{name}.{}", as_key(member)), all);
                        }
                    }
                }
            }
        }
    }

    /// Tables with names: those that the spec knows and has no table for, or one with an example of a name if each value
    /// is a table.
    fn named<'k>(
        &self,
        route: &'k Pointer,
        name: &'k str,
        key: &'k SchemaKey,
        form: HeaderForm,
    ) -> impl Iterator<Item = (Proposal, bool)> + use<'_, 'k> {
        let known: Vec<String> = OwnNames(self.json).names_of_tables(route);
        let example = key.example.and_then(Value::as_object).and_then(|it| it.keys().next());
        let example = example.filter(|_| known.is_empty()).map_or("name", String::as_str);
        let is_known = !known.is_empty();
        let names = match form {
            HeaderForm::Named if !is_known => vec![example.to_owned()],
            _ => known,
        };
        names.into_iter().filter(|it| self.can_be_table(&route.key(it))).map(move |it| {
            let header = format!("{name}.{}", as_key(&it));
            let place = if is_known {
                escaped(&header)
            } else {
                format!("{}.${{1:{}}}", escaped(name), escaped(&as_key(&it)))
            };
            (self.proposal(&route.key(&it), &format!("[{header}]"), &format!("[{place}]"), key), false)
        })
    }

    fn proposal(&self, entry: &Pointer, label: &str, header: &str, key: &SchemaKey) -> Proposal {
        let own = OwnNames(self.json);
        let mut count = if header.contains("${1:") { 2 } else { 1 };
        let lines = needed(entry).map(|it| {
            let route = entry.key(it.name);
            let resource =
                ["acl", "resource"].contains(&it.name).then(|| own.resources()).into_iter().flatten();
            let resource = resource.map(|(id, _)| Value::String(id)).next().map(Cow::Owned);
            let example = resource.or(it.example.map(Cow::Borrowed));
            format!("\n{} = {}", it.name, placeholder(&route, example.as_deref(), &mut count))
        });
        let lines: String = lines.collect();
        let text = if lines.is_empty() { format!("{header}\n$0") } else { format!("{header}{lines}\n") };
        let depth = label.matches('.').count();
        let proposal = proposal(CompletionItemKind::MODULE, key, label);
        Proposal { weight: depth, ..proposal.with_snippet(of_module(&text, own.module())) }
    }

    fn header(&self, route: &Pointer) -> Option<&Header> {
        self.headers.iter().find(|header| header.route == *route)
    }

    /// Returns true if the header of a table is above the offset.
    fn is_above(&self, table: &Pointer) -> bool {
        self.header(table).is_some_and(|header| header.span.start < self.offset)
    }

    /// Last entry of a list whose header is above the offset.
    fn last_entry(&self, list: &Pointer) -> Option<Pointer> {
        let count = self.json.pointer(list).and_then(Value::as_array).map_or(0, Vec::len);
        (0..count).rev().map(|at| list.key(at)).find(|entry| self.is_above(entry))
    }

    /// Returns true if a table can have further tables: it is not there yet, or it has headers.
    fn is_open(&self, table: &Pointer) -> bool {
        self.json.pointer(table).is_none() || self.headers.iter().any(|it| it.route.is_within(table))
    }

    /// Returns true if a table has no header and no keys of its own, but at most tables with headers.
    fn can_be_table(&self, table: &Pointer) -> bool {
        let has_headers =
            |key: &String| self.headers.iter().any(|header| header.route.is_within(&table.key(key)));
        self.header(table).is_none()
            && match self.json.pointer(table) {
                None => true,
                Some(written) => {
                    self.is_open(table) && written.as_object().is_some_and(|it| it.keys().all(has_headers))
                }
            }
    }

    /// Returns true if a list is not there yet, or has entries with headers. A new one must not stand between another and the
    /// tables of that.
    fn can_have_entry(&self, list: &Pointer) -> bool {
        let is_behind = |header: &&Header| header.span.start >= self.offset;
        let last = self.last_entry(list);
        let splits = last.is_some_and(|entry| {
            self.headers.iter().filter(is_behind).any(|header| header.route.is_within(&entry))
        });
        !splits && (self.json.pointer(list).is_none() || self.header(&list.key(0)).is_some())
    }
}

/// Keys that a table, or an entry of a list, needs.
fn needed(entry: &Pointer) -> impl Iterator<Item = SchemaKey> {
    let steps = entry.names();
    let is_whole = steps.len() == 1 || steps.last().is_some_and(|last| last == "children");
    let demanded = DEMANDED.iter().find(|(table, _)| is_whole && steps.first().is_some_and(|it| it == table));
    let is_demanded = move |key: &str| demanded.is_some_and(|(_, keys)| keys.contains(&key));
    let keys = schema_keys(entry).into_iter().filter(move |it| it.is_required || is_demanded(it.name));
    keys.filter(|it| it.header.is_none() || it.example.is_some())
}
