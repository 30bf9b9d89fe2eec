//! Fixture of one answer.

use serde_json::{Map, Value};

use super::{messages, privacy::Cleaner};
use crate::{
    digest::sha256,
    mock::{RoutedCall, fixtures::Fixture},
    oauth::percent,
};

/// Longest name of a file without its ending.
const LONGEST_NAME: usize = 120;

/// Answer of a real shop.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedAnswer {
    /// HTTP status.
    pub status: u16,
    /// Body.
    pub body: Vec<u8>,
}

/// Makes the fixture of an answer, and the name of its file. None if the answer is not JSON.
#[must_use]
pub fn recorded(call: &RoutedCall<'_>, answer: &RecordedAnswer) -> Option<(String, Fixture)> {
    let cleaner = Cleaner::of(call.route);
    let body: Value = serde_json::from_slice(&answer.body).ok()?;
    let mut variables = call.path.iter();
    let steps = call.route.path.split('/').map(|step| {
        let variable = if step.starts_with(':') { variables.next() } else { None };
        match variable {
            Some((name, value)) => percent::encode(cleaner.variable(name, value)),
            None => step.to_owned(),
        }
    });
    let path = steps.collect::<Vec<_>>().join("/");
    let spelled = call.mode.spelled(&call.route.method, &path);
    let mut query = Vec::new();
    if let Value::Object(parameters) = cleaner.value(&Value::Object(call.query.clone())) {
        pairs(&parameters, "", &mut query);
    }
    let query = (!query.is_empty()).then(|| query.join("&"));
    let body = if answer.status < 400 { cleaner.value(&body) } else { cleaned_error(call, &body) };
    let store = (!call.is_in_default_store()).then(|| call.store_code().to_owned());
    let name = file_name(&spelled, query.as_deref(), store.as_deref());
    let fixture = Fixture {
        call: spelled,
        query,
        store,
        status: answer.status,
        headers: Map::new(),
        body: Some(body),
        template: None,
        recorded: true,
        file: String::new(),
    };
    Some((name, fixture))
}

/// Copies the error that a shop answered a call with, without personal data and secrets.
#[must_use]
pub fn cleaned_error(call: &RoutedCall<'_>, error: &Value) -> Value {
    let mut echoes: Vec<String> = call.path.iter().map(|(_, value)| value.clone()).collect();
    messages::collect(&Value::Object(call.query.clone()), &mut echoes);
    call.body.iter().for_each(|body| messages::collect(body, &mut echoes));
    messages::cleaned(error, &echoes)
}

/// Parameters as a URL has them: `a[b][0]=c`.
fn pairs(values: &Map<String, Value>, around: &str, into: &mut Vec<String>) {
    for (name, value) in values {
        let name = percent::encode(name);
        let name = if around.is_empty() { name } else { format!("{around}[{name}]") };
        match value {
            Value::Object(fields) => pairs(fields, &name, into),
            Value::Array(items) => {
                let items = items.iter().enumerate().map(|(place, item)| (place.to_string(), item.clone()));
                pairs(&items.collect(), &name, into);
            }
            Value::String(text) => into.push(format!("{name}={}", percent::encode(text))),
            other => into.push(format!("{name}={other}")),
        }
    }
}

/// Name of the file of a call in a store view; calls whose names would be the same have a hash.
fn file_name(call: &str, query: Option<&str>, store: Option<&str>) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '.' || c == '_' { c } else { '-' };
    let mut name: String = call.chars().map(plain).collect();
    while name.contains("--") {
        name = name.replace("--", "-");
    }
    let is_odd = name.len() > LONGEST_NAME || call.chars().any(|c| !matches!(c, ' ' | '/') && plain(c) != c);
    name.truncate(LONGEST_NAME);
    if query.is_some() || is_odd {
        let hash = sha256(format!("{call}?{}", query.unwrap_or_default()));
        name.push('-');
        name.push_str(&hash[..8]);
    }
    let store = store.map(|code| format!("{code}-")).unwrap_or_default();
    format!("{store}{name}.json")
}
