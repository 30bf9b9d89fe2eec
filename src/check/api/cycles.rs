//! `[[data]]` objects that contain themselves.

use std::collections::BTreeSet;

use crate::{
    check::Context,
    diag::{Diagnostic, Rule},
    names::{BaseType, TypeName},
    spec::{api::Data, pointer},
};

/// Required fields through which an object always contains another of its own type, which no JSON can express.
pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut findings = Vec::new();
    for (at, data) in context.spec.data.iter().enumerate() {
        if told.contains(data.name.as_str()) {
            continue;
        }
        for (field, other) in contained(data) {
            let Some(way) = way_back(context, data, other) else { continue };
            told.extend(way.iter().copied());
            let shown: Vec<String> = way.iter().map(|name| format!("`{name}`")).collect();
            let message = format!("`{}` always contains itself: {}", data.name, shown.join(" in "));
            findings.push(
                Diagnostic::new(Rule::EndlessData, message)
                    .at(context.spans.value(&pointer!["data", at, "fields"].key(field)))
                    .reason("a field without `?` is required, so no such object can ever be complete")
                    .help(format!(
                        "make the field nullable: {field} = \"{other}?\", or a list: {field} = \"{other}[]\""
                    )),
            );
            break;
        }
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

/// Chain of objects from the contained one back to the data object itself, innermost first.
fn way_back<'a>(context: &'a Context<'_>, data: &Data, start: &'a str) -> Option<Vec<&'a str>> {
    let find = |name: &str| context.spec.data.iter().find(|data| data.name.as_str() == name);
    let mut ways = vec![vec![start]];
    let mut seen = BTreeSet::from([start]);
    while let Some(way) = ways.pop() {
        let last = way.last().copied()?;
        if last == data.name.as_str() {
            return Some(way.into_iter().rev().collect());
        }
        for (_, next) in find(last).into_iter().flat_map(contained) {
            if seen.insert(next) {
                ways.push(way.iter().copied().chain([next]).collect());
            }
        }
    }
    None
}
