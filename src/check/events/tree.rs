//! Payloads that cannot be built: fields in each other's way, lists without items, and sizes that hold nothing.

use std::collections::BTreeMap;

use super::Context;
use crate::{
    diag::{Diagnostic, Help, Rule},
    names::{PathStep, PayloadPath},
    spec::{
        Pointer, pointer,
        webhooks::{PayloadValue, Webhook},
    },
};

pub(super) fn check(context: &Context<'_>, at: usize, webhook: &Webhook) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> =
        webhook.fields.iter().filter_map(|(name, value)| lists(context, at, name, value)).collect();
    if findings.is_empty() {
        findings.extend(conflicts(context, at, webhook));
    }
    findings.extend(too_small(context, at, webhook));
    findings
}

fn finding(message: String) -> Diagnostic {
    Diagnostic::new(Rule::WebhookPayload, message)
}

fn field(at: usize, name: &PayloadPath) -> Pointer {
    pointer!["webhook", at, "fields"].key(name)
}

/// Requires as many lists in the name of a field as in the path that it is read from.
fn lists(context: &Context<'_>, at: usize, name: &PayloadPath, value: &PayloadValue) -> Option<Diagnostic> {
    let count = |path: &PayloadPath| path.steps().filter(|step| step.is_list).count();
    let from = value.from(name);
    let (given, needed) = (count(name), count(from));
    if given == needed {
        return None;
    }
    let finding = finding(format!("`{name}` has {given} `[]`, and `{from}` has {needed}"))
        .at(context.spans.key(&field(at, name)))
        .reason("each list in the payload is filled from one list");
    Some(match (given, needed) {
        (0, 1) => finding.help(Help::write(&format!("{name}[]")).joined(", ", "a list of values".into())),
        _ => finding.help("write as many `[]` in the name as in `from`"),
    })
}

/// Part of the payload: what it is, and the name of the field that made it so.
struct PayloadPart<'a> {
    shape: Shape,
    /// Path of the list that it is filled from.
    origin: Option<String>,
    by: &'a PayloadPath,
}

/// Kind of a JSON value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Scalar,
    Object,
    List,
}

impl Shape {
    const fn text(self) -> &'static str {
        match self {
            Self::Scalar => "a value",
            Self::Object => "an object",
            Self::List => "a list",
        }
    }
}

/// Reports fields that need the same place in different ways.
fn conflicts(context: &Context<'_>, at: usize, webhook: &Webhook) -> Vec<Diagnostic> {
    let mut parts: BTreeMap<String, PayloadPart<'_>> = BTreeMap::new();
    let mut findings = Vec::new();
    for (name, value) in &webhook.fields {
        for (path, shape, origin) in places(name, value.from(name)) {
            let Some(known) = parts.get(&path) else {
                parts.insert(path, PayloadPart { shape, origin, by: name });
                continue;
            };
            let message = if known.shape != shape {
                format!("`{path}` cannot be {} and {}", known.shape.text(), shape.text())
            } else if known.origin != origin {
                let list = |origin: &Option<String>| origin.clone().unwrap_or_default();
                format!("`{path}` is filled from `{}` and from `{}`", list(&known.origin), list(&origin))
            } else {
                continue;
            };
            findings.push(
                finding(message)
                    .at(context.spans.key(&field(at, name)))
                    .related(context.spans.key(&field(at, known.by)), "first here")
                    .reason("each key of the payload has one value")
                    .help("send one of them under another name"),
            );
            break;
        }
    }
    findings
}

/// Parts of the payload on the way to a field: their paths, their kinds, and the lists that fill them.
fn places(name: &PayloadPath, from: &PayloadPath) -> Vec<(String, Shape, Option<String>)> {
    let mut lists = lists_of(from).into_iter();
    let steps: Vec<PathStep<'_>> = name.steps().collect();
    let mut path = String::new();
    let mut places = Vec::new();
    for (place, step) in steps.iter().enumerate() {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(step.name);
        let is_last = place + 1 == steps.len();
        let shape = match (step.is_list, is_last) {
            (true, _) => Shape::List,
            (false, true) => Shape::Scalar,
            (false, false) => Shape::Object,
        };
        places.push((path.clone(), shape, if step.is_list { lists.next() } else { None }));
        if step.is_list {
            path.push_str("[]");
            let item = if is_last { Shape::Scalar } else { Shape::Object };
            places.push((path.clone(), item, None));
        }
    }
    places
}

/// Path of each list on the way to a field.
fn lists_of(path: &PayloadPath) -> Vec<String> {
    let text = path.as_str();
    text.match_indices("[]").map(|(at, _)| text[..at].to_owned()).collect()
}

/// Reports a size that not even the names of the fields fit into.
fn too_small(context: &Context<'_>, at: usize, webhook: &Webhook) -> Option<Diagnostic> {
    let given = webhook.max_bytes?.get();
    let mut names: Vec<&str> =
        webhook.fields.keys().filter_map(|name| Some(name.steps().next()?.name)).collect();
    names.sort_unstable();
    names.dedup();
    let mut empty: serde_json::Map<_, _> =
        names.iter().map(|name| ((*name).to_owned(), serde_json::Value::Null)).collect();
    empty.insert("_omitted".to_owned(), names.into());
    let least = serde_json::Value::Object(empty).to_string().len();
    (usize::try_from(given).ok()? < least).then(|| {
        let bytes = if given == 1 { "1 byte is".to_owned() } else { format!("{given} bytes are") };
        finding(format!("{bytes} less than the names of the fields need"))
            .at(context.spans.value(&pointer!["webhook", at, "max_bytes"]))
            .reason("if the data is larger, fields are sent as null and listed in `_omitted`")
            .help(Help::new(format!("write at least {least}")).value(least.to_string()))
    })
}
