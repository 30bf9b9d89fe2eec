//! Text to spec, with all findings at once.

use std::{collections::HashSet, ops::Range};

use serde::Deserialize as _;
use serde_json::Value;

use super::{
    comments::{Comment, NewerSyntax, scan},
    described::{EXAMPLE_MODULE, example_at},
    document::Document,
    pointer,
    pointer::Pointer,
    spans::Spans,
    validate::{self, Offence, Violation, violations},
};
use crate::{
    diag::{Diagnostic, Rule, Source, Suggestion, is_hidden},
    names::{Edition, ModuleName},
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
    /// Comments, in order; none if it was not read from text.
    pub comments: Vec<Comment>,
    /// Findings about the document.
    pub findings: Vec<Diagnostic>,
    /// Positions of placeholders: findings there are not about what was written.
    pub stand_ins: HashSet<Range<usize>>,
    /// Text of placeholders, unless it is also written in the spec.
    pub placeholders: HashSet<String>,
    /// True if the spec only says what the files of a module say, and nothing is generated from it.
    pub is_sketch: bool,
}

impl Loaded {
    /// Edition of the target; the default if the spec could not be read.
    #[must_use]
    pub fn edition(&self) -> Edition {
        self.spec.as_ref().map_or_else(Edition::default, |spec| spec.target.edition)
    }

    /// Returns true if a finding is about a placeholder: at its position, related to it, or naming or suggesting it. Without
    /// a position, it is about the spec as a whole, which has placeholders.
    #[must_use]
    pub fn is_about_placeholder(&self, finding: &Diagnostic) -> bool {
        let is_there = |span: &Range<usize>| self.stand_ins.contains(span);
        let is_named = |text: &str| {
            let mut parts = text.split(['`', '"']).skip(1).step_by(2);
            parts.any(|quoted| self.placeholders.contains(quoted))
        };
        // The help itself has examples.
        let is_meant = finding.suggestions.iter().any(|suggestion| match suggestion {
            Suggestion::Meant(name) => self.placeholders.contains(name),
            _ => false,
        });
        let texts = [finding.label.as_deref(), finding.reason.as_deref()];
        is_meant
            || finding.span.as_ref().is_none_or(is_there)
            || finding.related.iter().any(|it| is_there(&it.span))
            || [Some(&*finding.message)].into_iter().chain(texts).flatten().any(is_named)
    }
}

/// Reads a spec: syntax, then the Rust types, then the JSON Schema if these refuse it.
#[must_use]
pub fn load(source: &Source) -> Loaded {
    match Document::parse(source) {
        Ok(document) => {
            let (comments, newer) = scan(&source.text);
            let mut loaded = load_document(document);
            loaded.findings.extend(newer.map(|newer| newer_syntax(&newer)));
            Loaded { comments, ..loaded }
        }
        Err(finding) => Loaded { findings: vec![*finding], ..Loaded::default() },
    }
}

/// Finding about syntax of TOML 1.1.
fn newer_syntax(newer: &NewerSyntax) -> Diagnostic {
    Diagnostic::new(Rule::TomlVersion, format!("{} needs TOML 1.1", newer.what))
        .at(newer.span.clone())
        .reason("magespec reads it, but editors and other tools that read TOML 1.0 refuse the whole file")
        .help(newer.instead)
}

/// Reads a parsed document: the Rust types, then the JSON Schema if these refuse it. The schema reports every mistake at
/// once, but takes longer to set up than all the rest of a small spec.
#[must_use]
pub fn load_document(mut document: Document) -> Loaded {
    let mut findings = Vec::new();
    characters(&Pointer::root, &document.json, &document.spans, &mut findings);
    if let Some(spec) = Spec::of_json(&document.json) {
        return Loaded { spec: Some(spec), spans: document.spans, findings, ..Loaded::default() };
    }
    let violations = violations(&document);
    let places = |route: Pointer| [document.spans.key(&route), document.spans.value(&route)];
    let affected = violations.iter().flat_map(|violation| affected(&violation.route));
    let stand_ins = affected.flat_map(places).flatten().collect();
    let module =
        document.json.pointer("/module/name").and_then(|name| name.as_str()?.parse::<ModuleName>().ok());
    let mut written = HashSet::new();
    collect_texts(&document.json, &mut written);
    let mut placeholders = HashSet::new();
    let repaired = violations.iter().all(|violation| {
        let placeholder = repair(&mut document.json, violation);
        placeholder.inspect(|placeholder| collect_texts(placeholder, &mut placeholders)).is_some()
    });
    placeholders.retain(|text| !written.contains(text));
    findings.extend(validate::findings(violations).map(|mut finding| {
        if let (Some(help), Some(module)) = (&mut finding.help, &module) {
            *help = help.replace(&format!("{EXAMPLE_MODULE}::"), &format!("{module}::"));
        }
        finding
    }));
    let spec = if repaired { Spec::deserialize_json(document.json, &mut findings) } else { None };
    let spans = document.spans;
    Loaded { spec, spans, findings, stand_ins, placeholders, ..Loaded::default() }
}

impl Spec {
    /// Reads a document without mistakes; `None` for any other. The schema and the types accept the same documents
    /// without null, which stands for values that no key takes: a property test compares them.
    #[must_use]
    pub fn of_json(json: &Value) -> Option<Self> {
        if has_null(json) { None } else { Self::deserialize(json).ok() }
    }

    fn deserialize_json(json: Value, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        match serde_json::from_value(json) {
            Ok(spec) => Some(spec),
            // Reached only if the placeholders of a document do not fit together.
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

/// Returns true if the value is null or has one below it.
fn has_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().any(has_null),
        Value::Object(members) => members.values().any(has_null),
        _ => false,
    }
}

/// Adds the texts of a value.
fn collect_texts(value: &Value, texts: &mut HashSet<String>) {
    match value {
        Value::String(text) => {
            texts.insert(text.clone());
        }
        Value::Array(items) => items.iter().for_each(|item| collect_texts(item, texts)),
        Value::Object(members) => members.values().for_each(|value| collect_texts(value, texts)),
        _ => {}
    }
}

/// Replaces an invalid value with a placeholder, so that the rest can be checked in the same run, and returns it. Skips
/// values that the rest depends on: the target and the module's name.
fn repair(json: &mut Value, violation: &Violation) -> Option<Value> {
    let route = &violation.route;
    let steps: Vec<&str> = route.steps().collect();
    if matches!(steps.as_slice(), ["target", ..] | ["module"] | ["module", "name"]) {
        return None;
    }
    let is_in = |list: &str| steps.iter().rev().skip(1).any(|step| *step == list);
    let key = route.last()?;
    let parent = json.pointer_mut(&route.parent()?)?;
    let item = |items: &mut Vec<Value>, placeholder: Value| {
        *items.get_mut(key.parse::<usize>().ok()?)? = placeholder.clone();
        Some(placeholder)
    };
    match (violation.kind, parent) {
        // A rule whose level is wrong keeps its own.
        (Offence::Value, Value::Object(members)) if matches!(steps.as_slice(), ["rules", _]) => {
            members.swap_remove(&key);
            Some(Value::Null)
        }
        (Offence::UnknownKey, Value::Object(members)) => {
            members.swap_remove(&key);
            Some(Value::Null)
        }
        // A call without a route has no position to mark.
        (Offence::MissingKey, _) if is_in("calls") => None,
        (_, Value::Object(members)) => {
            let is_call = is_in("calls") && key == "route";
            let placeholder = if is_call { Value::from(NO_CALL) } else { example_at(route)?.clone() };
            members.insert(key, placeholder.clone());
            Some(placeholder)
        }
        (_, Value::Array(items)) if is_in("calls") => item(items, Value::from(NO_CALL)),
        // An exclusion that matches nothing and affects no other entry.
        (_, Value::Array(items)) if is_in("resources") => item(items, Value::from("!Magento_None::none")),
        (_, Value::Array(items)) => {
            let example = example_at(&route.parent()?)?;
            item(items, example.get(0).unwrap_or(example).clone())
        }
        _ => None,
    }
}

/// Routes of values that cannot be checked without this one: an option affects the type and the default of its
/// setting.
fn affected(route: &Pointer) -> Vec<Pointer> {
    let mut all = vec![route.clone()];
    if let ["setting", at, "options", ..] = route.steps().collect::<Vec<_>>().as_slice() {
        all.extend(["type", "default"].map(|key| pointer!["setting", at, key]));
    }
    all
}

/// Call that no route matches.
const NO_CALL: &str = "GET /V1/none";

/// Finds characters that XML does not allow, and characters that nobody sees. The route is only made for a finding.
fn characters(route: &dyn Fn() -> Pointer, json: &Value, spans: &Spans, findings: &mut Vec<Diagnostic>) {
    match json {
        Value::String(text) if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) => {}
        Value::String(text) => {
            let finding = |rule, found, what: &str, reason: &str| {
                let code = format!("U+{:04X}", u32::from(found));
                let finding = Diagnostic::new(rule, format!("the character {code} is {what}"));
                finding.at(spans.value(&route())).reason(reason).help(format!("remove {code}"))
            };
            findings.extend(control_character(text).map(|found| {
                let reason = "XML 1.0 allows no control characters except tab, line feed and carriage return";
                finding(Rule::ControlCharacter, found, "not allowed in XML", reason)
            }));
            findings.extend(invisible_character(text).map(|found| {
                let reason = "Admin and code reviews do not show what Magento stores and compares";
                finding(Rule::InvisibleCharacter, found, "invisible", reason)
            }));
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                characters(&|| route().key(at), item, spans, findings);
            }
        }
        Value::Object(members) => {
            for (key, value) in members {
                characters(&|| route().key(key), value, spans, findings);
            }
        }
        _ => {}
    }
}

/// Returns the first character that has no width or turns the direction of text. Joiners count after ASCII, where no
/// script and no emoji needs them.
fn invisible_character(text: &str) -> Option<char> {
    let mut before = 'a';
    text.chars().find(|&c| {
        let is_joiner = matches!(c, '\u{200c}' | '\u{200d}') && before.is_ascii();
        before = c;
        is_joiner || (is_hidden(c) && c > '\u{7f}')
    })
}

/// Returns the first character that XML 1.0 does not allow (production `Char`), or that no XML reader preserves.
fn control_character(text: &str) -> Option<char> {
    let allowed =
        |c: char| matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    text.chars().find(|&c| !allowed(c))
}
