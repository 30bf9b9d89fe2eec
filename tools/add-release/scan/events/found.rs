//! Dispatches as the code has them.

use std::collections::BTreeMap;

use magespec::names::snake;

use crate::{
    php::{ClassFile, Classes, DispatchCall, KeyName, NamePart, dispatches, property},
    scan::blocks::{short, short_of},
};

/// Dispatch of an event by objects of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Full name of the class.
    pub(super) class: String,
    pub(super) event: String,
    pub(super) kind: &'static str,
    pub(super) method: String,
    /// Keys of its data with their types, empty where unknown; none if the data is computed.
    pub(super) keys: Option<Vec<(String, String)>>,
}

/// Dispatches of one event with the same data by one class.
pub(super) struct Grouped {
    pub(super) first: Found,
    /// Methods that dispatch it, in order of their names.
    pub(super) methods: Vec<String>,
}

/// Events that a class names itself.
pub(super) fn literal(file: &ClassFile, classes: &Classes) -> Vec<Found> {
    let calls = dispatches(file, classes).into_iter();
    let calls = calls.filter(|call| call.is_named() && !call.name.contains(&NamePart::Prefix));
    let object = classes.lineage(&file.name).iter().find_map(|file| property(file, "_eventObject"));
    calls.map(|call| found(file, &call, object.as_deref().unwrap_or_default())).collect()
}

/// Dispatches of a class whose names are computed: `Magento\A\B::method`.
pub(super) fn unread(file: &ClassFile, classes: &Classes) -> Vec<String> {
    let calls = dispatches(file, classes).into_iter().filter(|call| !call.is_named());
    calls.map(|call| format!("{}::{}", file.name, call.method)).collect()
}

fn found(file: &ClassFile, call: &DispatchCall, object: &str) -> Found {
    let is_literal = call.name.iter().all(|part| matches!(part, NamePart::Text(_)));
    Found {
        class: file.name.clone(),
        event: call.name.iter().map(text).collect(),
        kind: if is_literal { "literal" } else { "pattern" },
        method: call.method.clone(),
        keys: keys(file, call, object, &file.name),
    }
}

/// Keys of a call with their types, for objects of a class that carry themselves as `object`.
pub(super) fn keys(
    file: &ClassFile,
    call: &DispatchCall,
    object: &str,
    class: &str,
) -> Option<Vec<(String, String)>> {
    let key = |(name, value): &(KeyName, String)| {
        let name = match name {
            KeyName::Text(name) => name.clone(),
            KeyName::EventObject => object.to_owned(),
        };
        (name, value_type(file, &call.method, value, class))
    };
    Some(call.keys.as_ref()?.iter().map(key).collect())
}

/// Type of a value, as far as it stands in the code: `$this`, a parameter with a type, or a text.
fn value_type(file: &ClassFile, method: &str, value: &str, class: &str) -> String {
    if value == "$this" {
        return ".".to_owned();
    }
    if value.starts_with(['\'', '"']) {
        return "string".to_owned();
    }
    let method = file.class.method(method);
    let parameters = method.map(|method| crate::php::parameters(file, method)).unwrap_or_default();
    let parameter = parameters.iter().find(|it| value.strip_prefix('$') == Some(it.name.as_str()));
    parameter.map(|it| short_of(class, &it.php_type)).unwrap_or_default()
}

/// Name of a variable part: `{section}` for `$section`, `{full_action_name}` for `getFullActionName()`.
fn text(part: &NamePart) -> String {
    match part {
        NamePart::Text(text) => text.clone(),
        NamePart::Prefix => "{eventPrefix}".to_owned(),
        NamePart::Code(code) => {
            let code = code.strip_suffix(')').filter(|code| !code.ends_with('(')).unwrap_or(code);
            let word = code.trim_end_matches("()").rsplit(['>', '$', ':']).next().unwrap_or_default();
            let word: String = word.chars().filter(|c| c.is_alphanumeric() || *c == '_').collect();
            let getter = word.strip_prefix("get").filter(|_| code.ends_with("()")).map(snake);
            format!("{{{}}}", getter.unwrap_or(word))
        }
    }
}

/// Dispatches by class, event and keys.
pub(super) fn grouped(found: Vec<Found>) -> Vec<Grouped> {
    let mut groups: BTreeMap<(String, String, Option<Vec<String>>), Grouped> = BTreeMap::new();
    for dispatch in found {
        let names = dispatch.keys.as_ref().map(|keys| keys.iter().map(|(name, _)| name.clone()).collect());
        let key = (dispatch.class.clone(), dispatch.event.clone(), names);
        let method = dispatch.method.clone();
        let group = groups.entry(key).or_insert_with(|| Grouped { first: dispatch, methods: Vec::new() });
        if let Err(at) = group.methods.binary_search(&method) {
            group.methods.insert(at, method);
        }
    }
    groups.into_values().collect()
}

impl Found {
    /// Class as the tables have it.
    pub(super) fn short_class(&self) -> String {
        short(&self.class)
    }
}
