//! Differences between two states of a promise, in words for those who rely on it.

use std::collections::{BTreeMap, BTreeSet};

use super::TopicPromise;

impl TopicPromise {
    /// Describes what changes for receivers.
    #[must_use]
    pub fn changes(&self, is: &Self) -> Vec<String> {
        let mut changes = field_changes(&self.fields, &is.fields, true);
        let gone = self.events.difference(&is.events);
        changes.extend(gone.map(|event| format!("it is no longer sent on {event}")));
        let new = is.events.difference(&self.events);
        changes.extend(new.map(|event| format!("it is also sent on {event}")));
        let said = |conditions: &BTreeSet<String>| match conditions.len() {
            0 => "in any case".to_owned(),
            _ => format!("if {}", conditions.iter().map(String::as_str).collect::<Vec<_>>().join(", and ")),
        };
        if self.conditions != is.conditions {
            changes.push(format!(
                "it is sent {} instead of {}",
                said(&is.conditions),
                said(&self.conditions)
            ));
        }
        changes
    }
}

/// Describes removed and changed fields, and new ones where they matter.
#[must_use]
pub fn field_changes(
    was: &BTreeMap<String, String>,
    is: &BTreeMap<String, String>,
    new_ones_too: bool,
) -> Vec<String> {
    let changed = was.iter().filter_map(|(field, before)| match is.get(field) {
        None => Some(format!("{field} was removed")),
        Some(after) => (before != after).then(|| format!("{field} changed from {before} to {after}")),
    });
    let new = is.keys().filter(|field| new_ones_too && !was.contains_key(*field));
    changed.chain(new.map(|field| format!("{field} was added"))).collect()
}
