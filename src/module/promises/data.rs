//! Data interfaces: their fields, and who relies on them.

use std::collections::{BTreeMap, BTreeSet};

use super::{PromiseChange, Promises, RoutePromise, kinds};
use crate::parsers::php::PhpClass;

/// Name and fields of a data interface.
pub(super) fn read(path: &str, class: &PhpClass) -> Option<(String, BTreeMap<String, String>)> {
    path.strip_prefix("Api/Data/")?;
    let fields = class.fields().map(|(name, getter)| (name, getter.returned().to_owned()));
    Some((class.name.clone(), fields.collect()))
}

/// Data interfaces in the bodies of requests and of answers.
pub(super) struct DataDirection {
    sent: BTreeSet<String>,
    received: BTreeSet<String>,
}

impl DataDirection {
    /// Data that callers sent or received in either state.
    pub(super) fn of(states: [&Promises; 2]) -> Self {
        let methods = |read: fn(&RoutePromise) -> Vec<String>| {
            let kinds = states.iter().flat_map(|state| state.routes.values()).flat_map(read);
            reached(kinds.map(|kind| kinds::class(&kind)).collect(), states)
        };
        let taken = |route: &RoutePromise| {
            let parameters = route.method.iter().flat_map(|method| &method.parameters);
            parameters.map(|it| it.kind.clone()).collect()
        };
        let returned = |route: &RoutePromise| route.method.iter().map(|it| it.returns.clone()).collect();
        Self { sent: methods(taken), received: methods(returned) }
    }

    fn is_sent(&self, data: &str) -> bool {
        self.sent.contains(data) || !self.received.contains(data)
    }

    fn is_received(&self, data: &str) -> bool {
        self.received.contains(data) || !self.sent.contains(data)
    }
}

/// Adds the interfaces that those in the list refer to.
fn reached(mut open: Vec<String>, states: [&Promises; 2]) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    while let Some(data) = open.pop() {
        let fields = states.iter().filter_map(|state| state.data.get(&data));
        let below: Vec<String> = fields.flat_map(BTreeMap::values).map(|kind| kinds::class(kind)).collect();
        if all.insert(data) {
            open.extend(below);
        }
    }
    all
}

impl Promises {
    /// Describes what changes in the data of both states, by interface.
    #[must_use]
    pub fn data_changes(&self, is: &Self) -> Vec<(String, PromiseChange)> {
        let used = DataDirection::of([self, is]);
        let both = self.data.iter().filter_map(|(data, was)| Some((data, was, is.data.get(data)?)));
        both.map(|(data, was, is)| (data.clone(), differences(data, was, is, &used))).collect()
    }
}

fn differences(
    data: &str,
    was: &BTreeMap<String, String>,
    is: &BTreeMap<String, String>,
    used: &DataDirection,
) -> PromiseChange {
    let mut all = PromiseChange::default();
    for (field, before) in was {
        let Some(after) = is.get(field) else {
            all.breaking.push(format!("{field} was removed"));
            continue;
        };
        if before == after {
            continue;
        }
        let ((kind, was_nullable), (now, is_nullable)) = (kinds::split(before), kinds::split(after));
        if kind != now {
            let (before, after) = (kinds::words(before), kinds::words(after));
            all.breaking.push(format!("{field} changed from {before} to {after}"));
        } else if is_nullable && !was_nullable {
            let list = if used.is_received(data) { &mut all.breaking } else { &mut all.harmless };
            list.push(format!("{field} may now be null"));
        } else if was_nullable && !is_nullable {
            let list = if used.is_sent(data) { &mut all.breaking } else { &mut all.harmless };
            list.push(format!("{field} can no longer be null"));
        }
    }
    for (field, kind) in is.iter().filter(|(field, _)| !was.contains_key(*field)) {
        let said = format!("{field} ({})", kinds::words(kind));
        if used.is_sent(data) && !kinds::split(kind).1 {
            all.breaking.push(format!("{said} is new and required in requests"));
        } else {
            all.harmless.push(format!("{said} is new"));
        }
    }
    all
}
