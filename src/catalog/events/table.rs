//! The table of events, and lookup by name.

use std::{
    borrow::Cow,
    cmp::Reverse,
    sync::{Arc, OnceLock},
};

use super::{
    Event,
    family::{self, Member},
    read::{EventLine, event_lines},
};
use crate::catalog::{
    ReleaseSet,
    tables::{self, NumberedSets},
};

/// Similarity above which names of events count as alike, character by character.
const ALIKE: f64 = 0.7;

/// Events that core or tutorials observe although no release dispatches them, with the event to use instead, if any
/// (docs/magento/events.md#dead-observers). `*` stands for the shared part.
const NEVER: &[(&str, Option<&str>)] = &[
    ("catalogrule_after_apply", None),
    ("catalogrule_before_apply", None),
    ("catalogsearch_query_save_after", Some("search_query_save_after")),
    ("render_block", None),
    ("tag_tag_product_collection_load_after", None),
    ("update_customer_cookies", None),
];

/// Prefixes of events that Magento renamed, with the new prefixes.
const RENAMED: &[(&str, &str)] =
    &[("magento_catalog_api_data_categorytreeinterface_", "magento_catalog_api_data_categoryinterface_")];

/// Events that core dispatches, in all releases.
#[derive(Debug)]
pub struct EventTable {
    /// Lines by name; patterns by their own names, `controller_action_predispatch_{route}`.
    lines: Vec<TableLine>,
    /// Rows of all events by name, for searches through all of them.
    rows: OnceLock<Vec<EventRow>>,
    sets: Arc<NumberedSets>,
}

/// Line of the table with the events that were read from it.
#[derive(Debug)]
struct TableLine {
    line: EventLine,
    /// Place in the table: rows of the same event keep its order.
    place: usize,
    /// Events whose first row this is, by member of the family; none if no release dispatches it.
    events: OnceLock<Vec<OnceLock<Option<Event>>>>,
}

/// Row of an event: one of the events of a line.
#[derive(Debug)]
struct EventRow {
    name: Cow<'static, str>,
    /// Index of its line.
    line: usize,
    /// Index among the events of the line.
    at: usize,
    member: Option<Member>,
}

impl EventTable {
    /// Table of all events.
    pub(in crate::catalog) fn new(sets: &Arc<NumberedSets>) -> Self {
        let line = |(line, place)| TableLine { line, place, events: OnceLock::new() };
        let mut lines: Vec<TableLine> = event_lines().zip(0..).map(line).collect();
        lines.sort_by_key(TableLine::key);
        Self { lines, rows: OnceLock::new(), sets: Arc::clone(sets) }
    }

    /// All events by name.
    pub fn iter(&self) -> impl Iterator<Item = &Event> {
        self.named(|_| true)
    }

    /// Events whose name fulfils a condition, by name.
    fn named(&self, is_it: impl Fn(&str) -> bool) -> impl Iterator<Item = &Event> {
        let rows =
            self.rows.get_or_init(|| self.sorted((0..self.lines.len()).flat_map(|line| self.rows(line))));
        let parts = rows.chunk_by(|a, b| a.name == b.name);
        parts.filter(move |rows| is_it(&rows[0].name)).filter_map(|rows| self.read(rows))
    }

    /// Event with exactly this name.
    fn get(&self, name: &str) -> Option<&Event> {
        let families = family::starts(name).flat_map(|start| self.lines_of(start, true));
        let lines = self.lines_of(name, false).chain(families);
        self.read(&self.sorted(lines.flat_map(|line| self.rows(line)).filter(|row| row.name == name)))
    }

    /// Indexes of the lines with a name.
    fn lines_of(&self, name: &str, is_family: bool) -> impl Iterator<Item = usize> {
        let first = self.lines.partition_point(|line| line.key() < (name, is_family));
        let lines = self.lines[first..].iter().zip(first..);
        lines.take_while(move |(line, _)| line.key() == (name, is_family)).map(|(_, at)| at)
    }

    /// Rows of a line.
    fn rows(&self, line: usize) -> impl Iterator<Item = EventRow> {
        let events = &self.lines[line].line;
        let row = move |(member, at)| EventRow { name: events.name_of(member), line, at, member };
        events.members().zip(0..).map(row)
    }

    fn sorted(&self, rows: impl Iterator<Item = EventRow>) -> Vec<EventRow> {
        let mut rows: Vec<EventRow> = rows.collect();
        let place = |row: &EventRow| self.lines[row.line].place;
        rows.sort_by(|a, b| (&a.name, place(a)).cmp(&(&b.name, place(b))));
        rows
    }

    /// Event of all the rows with a name, read on first use.
    fn read(&self, rows: &[EventRow]) -> Option<&Event> {
        let first = rows.first()?;
        let event = || {
            let dispatches =
                rows.iter().map(|row| self.lines[row.line].line.dispatch(row.member, &self.sets));
            let dispatches: Vec<_> = dispatches.filter(|dispatch| !dispatch.releases.is_empty()).collect();
            let name = first.name.to_string();
            (!dispatches.is_empty()).then_some(Event { name, dispatches })
        };
        let TableLine { line, events, .. } = &self.lines[first.line];
        let events = events.get_or_init(|| line.members().map(|_| OnceLock::new()).collect());
        events.get(first.at)?.get_or_init(event).as_ref()
    }

    /// Finds the event with the name, ignoring case, or else the pattern that the name matches.
    /// [`EventTable::releases_of`] gives the releases.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Event> {
        let lower = name.to_lowercase();
        // The names of the table are ASCII.
        let other_case = || self.named(|other| other.eq_ignore_ascii_case(&lower)).last();
        let exact = self.get(name).or_else(|| self.get(&lower)).or_else(other_case);
        exact.or_else(|| self.fitting(&lower))
    }

    /// Releases that dispatch an event under this name. 2.0.0 compares names case-sensitively
    /// (docs/magento/events.md#lower-case).
    #[must_use]
    pub fn releases_of(&self, name: &str) -> ReleaseSet {
        let Some(event) = self.find(name) else { return ReleaseSet::default() };
        if event.name == name || event.is_pattern() {
            event.releases()
        } else {
            event.releases() & self.sets.ignoring_case
        }
    }

    /// Suggests names that one of the releases dispatches, likeliest first: the replacement of the event, then similar
    /// names. Patterns are not suggested.
    #[must_use]
    pub fn nearest(&self, name: &str, releases: ReleaseSet) -> Vec<&str> {
        let is_there = |event: &&Event| !(event.releases() & releases).is_empty();
        let instead = self.instead(name).filter(is_there).map(|event| event.name.as_str());
        let names = self.iter().filter(|event| !event.is_pattern()).filter(is_there);
        let mut nearest = tables::nearest(name, names.map(|event| event.name.as_str()));
        // Names of events begin and end alike.
        let lower = name.to_lowercase();
        nearest.retain(|other| strsim::normalized_levenshtein(&lower, &other.to_lowercase()) >= ALIKE);
        if let Some(instead) = instead {
            nearest.retain(|&other| other != instead);
            nearest.insert(0, instead);
            nearest.truncate(tables::SUGGESTIONS);
        }
        nearest
    }

    /// Event that replaced one which is no longer dispatched, or never was.
    #[must_use]
    pub fn instead(&self, name: &str) -> Option<&Event> {
        let name = name.to_lowercase();
        let never = NEVER.iter().find(|(never, _)| *never == name).and_then(|&(_, instead)| instead);
        let renamed = || {
            let &(old, new) = RENAMED.iter().find(|(old, _)| name.starts_with(old))?;
            Some(name.replacen(old, new, 1))
        };
        never.map(str::to_owned).or_else(renamed).and_then(|instead| self.get(&instead))
    }

    /// Returns true if core or tutorials observe the event although no release dispatches it
    /// (docs/magento/events.md#dead-observers).
    #[must_use]
    pub fn is_never_dispatched(&self, name: &str) -> bool {
        NEVER.iter().any(|(never, _)| never.eq_ignore_ascii_case(name))
    }

    /// Pattern that a lower-case name matches. Of several it is the one with the longest start; of
    /// `controller_action_predispatch_{full_action_name}` and `…_{route}`, which carry the same, the first.
    fn fitting(&self, name: &str) -> Option<&Event> {
        let patterns = self.named(|other| other.contains('{'));
        let fitting = patterns.filter(|event| self.fits(event, name));
        fitting.min_by_key(|event| Reverse(event.name.find('{')))
    }

    fn fits(&self, pattern: &Event, name: &str) -> bool {
        let Some((before, rest)) = pattern.name.split_once('{') else { return false };
        let Some(rest) = name.strip_prefix(before).zip(rest.split_once('}')) else { return false };
        let (filled, (_, after)) = rest;
        match after.split_once('{') {
            // A pattern with two variable parts: `core_copy_fieldset_{fieldset}_{aspect}`.
            Some((between, _)) => {
                filled.split_once(between).is_some_and(|(one, other)| !one.is_empty() && !other.is_empty())
            }
            None => filled.strip_suffix(after).is_some_and(|filled| {
                // `{eventPrefix}_save_attribute_after` belongs to models that have events.
                !filled.is_empty()
                    && (!before.is_empty() || self.get(&format!("{filled}_save_after")).is_some())
            }),
        }
    }
}

impl TableLine {
    fn key(&self) -> (&'static str, bool) {
        (self.line.name, self.line.is_family)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_event_is_read_as_all_are() {
        let table = EventTable::new(&Arc::new(NumberedSets::new(&[])));
        let other = EventTable::new(&Arc::new(NumberedSets::new(&[])));
        let mut count = 0;
        for event in table.iter() {
            assert_eq!(other.get(&event.name), Some(event));
            count += 1;
        }
        assert!(count > 1000 && other.rows.get().is_none());
    }
}
