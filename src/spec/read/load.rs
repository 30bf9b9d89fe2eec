//! Text to spec, with all findings at once.

use std::{collections::HashSet, ops::Range};

use serde_json::Value;

use super::{
    described::example_at,
    document::Document,
    spans::{Spans, below},
    validate::{Offence, Violation, violations},
};
use crate::{
    diag::{Diagnostic, Rule, Source},
    spec::Spec,
};

/// Result of reading a spec.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Spec. With findings, it is the part that can be checked further, with placeholders for invalid values; `None`
    /// if too little is left.
    pub spec: Option<Spec>,
    /// Positions of keys and values.
    pub spans: Spans,
    /// Findings about the document.
    pub findings: Vec<Diagnostic>,
    /// Routes of placeholders: findings there are not about what was written.
    pub stand_ins: HashSet<Range<usize>>,
}

/// Reads a spec: syntax, then the JSON Schema, then the Rust types.
#[must_use]
pub fn load(source: &Source) -> Loaded {
    match Document::parse(source) {
        Ok(document) => load_document(document),
        Err(finding) => Loaded { findings: vec![*finding], ..Loaded::default() },
    }
}

/// Reads a parsed document: the JSON Schema, then the Rust types.
#[must_use]
pub fn load_document(document: Document) -> Loaded {
    let Document { json, spans } = document;
    let mut findings = control_characters("", &json, &spans);
    let mut document = Document { json, spans };
    let violations = violations(&document);
    let places = |route: String| [document.spans.key(&route), document.spans.value(&route)];
    let affected = violations.iter().flat_map(|violation| affected(&violation.route));
    let stand_ins = affected.flat_map(places).flatten().collect();
    let repaired = violations.iter().all(|violation| repair(&mut document.json, violation).is_some());
    findings.extend(violations.into_iter().map(|violation| violation.finding));
    let spec = if repaired { Spec::deserialize_json(document.json, &mut findings) } else { None };
    Loaded { spec, spans: document.spans, findings, stand_ins }
}

impl Spec {
    fn deserialize_json(json: Value, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        match serde_json::from_value(json) {
            Ok(spec) => Some(spec),
            // The schema and the types accept the same specs (checked by a property test), so this is reached only if
            // the placeholders of a document do not fit together.
            Err(error) => {
                if findings.is_empty() {
                    findings.push(
                        Diagnostic::new(Rule::InvalidValue, error.to_string())
                            .at(0..0)
                            .reason("the spec as a whole cannot be read")
                            .help("compare it with the spec that `magespec init` writes"),
                    );
                }
                None
            }
        }
    }
}

/// Replaces an invalid value with a placeholder, so that the rest can be checked in the same run. Skips values that
/// the rest depends on: the target and the module's name.
fn repair(json: &mut Value, violation: &Violation) -> Option<()> {
    let route = violation.route.as_str();
    if route.starts_with("/target") || route == "/module" || route == "/module/name" {
        return None;
    }
    let (parent, key) = route.rsplit_once('/')?;
    let parent = json.pointer_mut(parent)?;
    match (violation.kind, parent) {
        (Offence::UnknownKey, Value::Object(members)) => {
            members.swap_remove(&key.replace("~1", "/").replace("~0", "~"));
        }
        // A call without a route has no position to mark.
        (Offence::MissingKey, _) if route.contains("/calls/") => return None,
        (_, Value::Object(members)) if route.contains("/calls/") && key == "route" => {
            members.insert(key.to_owned(), Value::from(NO_CALL));
        }
        (_, Value::Array(items)) if route.contains("/calls/") => {
            *items.get_mut(key.parse::<usize>().ok()?)? = Value::from(NO_CALL);
        }
        (_, Value::Object(members)) => {
            members.insert(key.to_owned(), example_at(route)?.clone());
        }
        (_, Value::Array(items)) if route.contains("/resources/") => {
            // An exclusion that matches nothing and affects no other entry.
            *items.get_mut(key.parse::<usize>().ok()?)? = Value::from("!Magento_None::none");
        }
        _ => return None,
    }
    Some(())
}

/// Routes of values that cannot be checked without this one: an option affects the type and the default of its
/// setting.
fn affected(route: &str) -> Vec<String> {
    let mut all = vec![route.to_owned()];
    if let Some((setting, _)) = route.split_once("/options") {
        all.extend(["type", "default"].map(|key| below(setting, key)));
    }
    all
}

/// Call that no route answers.
const NO_CALL: &str = "GET /V1/none";

fn control_characters(route: &str, json: &Value, spans: &Spans) -> Vec<Diagnostic> {
    match json {
        Value::String(text) => control_character(text)
            .map(|found| {
                let code = format!("U+{:04X}", u32::from(found));
                Diagnostic::new(Rule::ControlCharacter, format!("the character {code} is not allowed in XML"))
                    .at(spans.value(route))
                    .reason("XML 1.0 allows no control characters except tab, line feed and carriage return")
                    .help(format!("remove {code}"))
            })
            .into_iter()
            .collect(),
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.flat_map(|(at, item)| control_characters(&below(route, at), item, spans)).collect()
        }
        Value::Object(members) => members
            .iter()
            .flat_map(|(key, value)| control_characters(&below(route, key), value, spans))
            .collect(),
        _ => Vec::new(),
    }
}

/// Returns the first character that XML 1.0 does not allow (production `Char`), or that no XML reader preserves.
fn control_character(text: &str) -> Option<char> {
    let allowed =
        |c: char| matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    text.chars().find(|&c| !allowed(c))
}
