//! The table of events, and lookup by name.

use std::{
    cmp::Reverse,
    sync::{Arc, OnceLock},
};

use super::{
    Event,
    read::{EventRow, event_rows},
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
    /// Rows by name; patterns by their own names, `controller_action_predispatch_{route}`.
    rows: Vec<EventRow>,
    /// Events by the index of their first row, each read on first use; none if no release dispatches it.
    events: Vec<OnceLock<Option<Event>>>,
    sets: Arc<NumberedSets>,
}

impl EventTable {
    /// Table of all events.
    pub(in crate::catalog) fn new(sets: &Arc<NumberedSets>) -> Self {
        let rows = event_rows();
        let events = rows.iter().map(|_| OnceLock::new()).collect();
        Self { rows, events, sets: Arc::clone(sets) }
    }

    /// All events by name.
    pub fn iter(&self) -> impl Iterator<Item = &Event> {
        self.named(|_| true)
    }

    /// Events whose name fulfils a condition, by name.
    fn named(&self, is_it: impl Fn(&str) -> bool) -> impl Iterator<Item = &Event> {
        let mut first = 0;
        let parts = self.rows.chunk_by(|a, b| a.name == b.name).map(move |rows| {
            let at = first;
            first += rows.len();
            (at, rows)
        });
        parts.filter(move |(_, rows)| is_it(&rows[0].name)).filter_map(|(at, rows)| self.read(at, rows))
    }

    /// Event with exactly this name.
    fn get(&self, name: &str) -> Option<&Event> {
        let at = self.rows.partition_point(|row| *row.name < *name);
        let count = self.rows[at..].iter().take_while(|row| row.name == name).count();
        self.read(at, &self.rows[at..at + count])
    }

    /// Event of all the rows with a name; `at` is the index of the first.
    fn read(&self, at: usize, rows: &[EventRow]) -> Option<&Event> {
        let event = || {
            let dispatches = rows.iter().map(|row| row.dispatch(&self.sets));
            let dispatches: Vec<_> = dispatches.filter(|dispatch| !dispatch.releases.is_empty()).collect();
            let name = rows[0].name.to_string();
            (!dispatches.is_empty()).then_some(Event { name, dispatches })
        };
        if rows.is_empty() { None } else { self.events[at].get_or_init(event).as_ref() }
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
