//! `[[data]]` objects that contain themselves.

use std::collections::{HashMap, HashSet, VecDeque, hash_map::Entry};

use crate::{
    check::Context,
    diag::{Diagnostic, Rule, circles},
    names::{BaseType, TypeName},
    spec::{api::Data, pointer},
};

/// Required fields through which an object always contains another of its own type, which no JSON can express.
pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let data = &context.spec.data;
    let objects = Objects::new(data);
    let mut told: HashSet<usize> = HashSet::new();
    let mut findings = Vec::new();
    for (at, own) in data.iter().enumerate() {
        let Some(circle) = objects.circle[at] else { continue };
        if !told.insert(circle) {
            continue;
        }
        let in_circle = |(_, other): &(&str, &str)| objects.circle_of(other) == Some(circle);
        let Some((field, other)) = contained(own).find(in_circle) else { continue };
        let way = objects.way_back(at, other);
        let shown: Vec<String> = way.iter().map(|name| format!("`{name}`")).collect();
        let message = format!("`{}` always contains itself: {}", own.name, shown.join(" in "));
        findings.push(
            Diagnostic::new(Rule::EndlessData, message)
                .at(context.spans.value(&pointer!["data", at, "fields"].key(field)))
                .reason("a field without `?` is required, so no such object can ever be complete")
                .help(format!(
                    "make the field nullable: {field} = \"{other}?\", or a list: {field} = \"{other}[]\""
                )),
        );
    }
    findings
}

/// Required fields whose type is another object.
fn contained(data: &Data) -> impl Iterator<Item = (&str, &str)> {
    data.fields.iter().filter_map(|(field, kind)| Some((field.as_str(), object(kind)?)))
}

fn object(kind: &TypeName) -> Option<&str> {
    match kind.base() {
        BaseType::Data(name) if !kind.is_list() && !kind.is_nullable() => Some(name),
        _ => None,
    }
}

/// Data objects of the spec, and the circles that their required fields make.
struct Objects<'a> {
    data: &'a [Data],
    places: HashMap<&'a str, usize>,
    circle: Vec<Option<usize>>,
}

impl<'a> Objects<'a> {
    fn new(data: &'a [Data]) -> Self {
        let places: HashMap<&str, usize> =
            data.iter().enumerate().rev().map(|(at, data)| (data.name.as_str(), at)).collect();
        let next =
            |data: &Data| contained(data).filter_map(|(_, other)| places.get(other).copied()).collect();
        let circle = circles(&data.iter().map(next).collect::<Vec<_>>());
        Self { data, places, circle }
    }

    fn circle_of(&self, name: &str) -> Option<usize> {
        self.places.get(name).and_then(|&at| self.circle[at])
    }

    /// Chain of objects from the contained one back to the data object itself, innermost first.
    fn way_back(&self, own: usize, start: &'a str) -> Vec<&'a str> {
        let mut from: HashMap<&str, &str> = HashMap::new();
        let mut open = VecDeque::from([start]);
        let end = self.data[own].name.as_str();
        while let Some(last) = open.pop_front().filter(|last| *last != end) {
            let next = self.places.get(last).into_iter().flat_map(|&at| contained(&self.data[at]));
            for (_, next) in next.filter(|(_, next)| *next != start) {
                if let Entry::Vacant(entry) = from.entry(next) {
                    entry.insert(last);
                    open.push_back(next);
                }
            }
        }
        let mut way = vec![end];
        while let Some(&before) = way.last().filter(|last| **last != start).and_then(|last| from.get(last)) {
            way.push(before);
        }
        way
    }
}
