//! `fields` of `[[webhook]]`: the tree of the payload.

use indexmap::IndexMap;

use crate::{
    model::{PayloadField, PayloadNode},
    names::PathStep,
    spec::webhooks::Webhook,
};

/// Field whose place and origin are relative to the same object.
struct SentField<'a> {
    place: Vec<PathStep<'a>>,
    origin: Vec<PathStep<'a>>,
    kind: &'static str,
}

/// Builds the tree. Fields that fit no tree, which the checks report, are left out.
pub(super) fn fields(webhook: &Webhook) -> Vec<PayloadField> {
    let entries = webhook.fields.iter().map(|(name, value)| SentField {
        place: name.steps().collect(),
        origin: value.from(name).steps().collect(),
        kind: value.kind().name(),
    });
    members(entries.collect())
}

fn members(entries: Vec<SentField<'_>>) -> Vec<PayloadField> {
    let mut by_name: IndexMap<&str, Vec<SentField<'_>>> = IndexMap::new();
    for entry in entries {
        if let Some(&PathStep { name, .. }) = entry.place.first() {
            by_name.entry(name).or_default().push(entry);
        }
    }
    let member = |(name, entries): (&str, Vec<SentField<'_>>)| {
        Some(PayloadField { name: name.to_owned(), value: node(entries)? })
    };
    by_name.into_iter().filter_map(member).collect()
}

/// Value of the member that the places of all entries start with.
fn node(mut entries: Vec<SentField<'_>>) -> Option<PayloadNode> {
    let first = entries.first()?;
    let step = *first.place.first()?;
    if step.is_list {
        return list(entries);
    }
    if first.place.len() == 1 {
        return Some(PayloadNode::Scalar { from: joined(&first.origin), kind: first.kind });
    }
    let shared = shared(&entries);
    let from = joined(entries.first()?.origin.get(..shared)?);
    for entry in &mut entries {
        entry.place.drain(..1);
        entry.origin.drain(..shared);
    }
    Some(PayloadNode::Object { from, fields: members(entries) })
}

fn list(mut entries: Vec<SentField<'_>>) -> Option<PayloadNode> {
    let above = |entry: &SentField<'_>| entry.origin.iter().position(|step| step.is_list).map(|at| at + 1);
    let first = entries.first()?;
    let from = joined(first.origin.get(..above(first)?)?);
    for entry in &mut entries {
        let length = above(entry)?;
        entry.place.drain(..1);
        entry.origin.drain(..length);
    }
    let first = entries.first()?;
    let item = if first.place.is_empty() {
        PayloadNode::Scalar { from: joined(&first.origin), kind: first.kind }
    } else {
        PayloadNode::Object { from: String::new(), fields: members(entries) }
    };
    Some(PayloadNode::List { from, item: Box::new(item) })
}

/// Number of steps that lead all entries to the same object.
fn shared(entries: &[SentField<'_>]) -> usize {
    let Some((first, others)) = entries.split_first() else { return 0 };
    let is_shared = |at: usize| {
        let step = first.origin[at];
        !step.is_list && others.iter().all(|other| at + 1 < other.origin.len() && other.origin[at] == step)
    };
    (0..first.origin.len().saturating_sub(1)).take_while(|&at| is_shared(at)).count()
}

fn joined(steps: &[PathStep<'_>]) -> String {
    steps.iter().map(|step| step.name).collect::<Vec<_>>().join(".")
}
