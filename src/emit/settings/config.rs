//! `Model/Config.php` and its test.

use std::collections::BTreeSet;

use minijinja::{Value, context};

use crate::{
    emit::{
        php::{LINE, literal, variable},
        template::{self, Template},
    },
    model::{Choice, Module, Scope, Setting, SettingKind, Settings},
    names::capitalized,
};

pub(in crate::emit) fn class(module: &Module) -> Option<String> {
    let settings = module.settings.as_ref()?;
    settings.iter().next()?;
    let scoped: Vec<&Setting> = settings.iter().filter(|setting| is_scoped(setting)).collect();
    let values = context! {
        getters => settings.iter().map(getter).collect::<Vec<_>>(),
        has_scopes => !scoped.is_empty(),
        has_flags => scoped.iter().any(|setting| setting.kind == SettingKind::Flag),
        has_texts => scoped.iter().any(|setting| setting.kind != SettingKind::Flag),
    };
    template::php(module, Template::Config, values)
}

fn is_scoped(setting: &Setting) -> bool {
    setting.scope != Scope::Global
}

fn getter(setting: &Setting) -> Value {
    let (doc, native) = match setting.kind {
        SettingKind::Flag => ("bool", "bool"),
        SettingKind::Number { .. } => ("int", "int"),
        SettingKind::Multiselect(_) => ("string[]", "array"),
        _ => ("string", "string"),
    };
    context! {
        name => &setting.getter,
        description => description(setting),
        is_scoped => is_scoped(setting),
        doc,
        native,
        body => body(setting),
    }
}

/// `Timeout (seconds), always from 1 to 60; one value for all stores`
fn description(setting: &Setting) -> String {
    let what = match &setting.kind {
        SettingKind::Secret => ", decrypted".to_owned(),
        SettingKind::Select(choices) if !choices.is_empty() => format!(" ({})", listed(choices, "or")),
        SettingKind::Multiselect(choices) if !choices.is_empty() => {
            format!(" (of {})", listed(choices, "and"))
        }
        SettingKind::Number { min: Some(min), max: Some(max) } => format!(", between {min} and {max}"),
        SettingKind::Number { min: Some(min), .. } => format!(", at least {min}"),
        SettingKind::Number { max: Some(max), .. } => format!(", at most {max}"),
        _ => String::new(),
    };
    let scope = match setting.scope {
        Scope::Global => "global scope",
        Scope::Website => "website scope",
        Scope::Store => "store scope",
    };
    format!("{}{what}; {scope}", setting.label)
}

/// `sandbox or production`
fn listed(choices: &[Choice], word: &str) -> String {
    let values: Vec<&str> = choices.iter().map(|choice| choice.value.as_str()).collect();
    match values.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} {word} {last}", first.join(", ")),
        values => values.join(", "),
    }
}

/// Renders the statements that read the value.
fn body(setting: &Setting) -> Vec<String> {
    let path = literal(&setting.path);
    let is_scoped = is_scoped(setting);
    let raw = if is_scoped {
        format!("$this->text({path}, $storeId)")
    } else {
        format!("$this->scopeConfig->getValue({path})")
    };
    let text = if is_scoped { raw.clone() } else { format!("(string) {raw}") };
    let value = match setting.kind {
        SettingKind::Flag if is_scoped => format!("$this->flag({path}, $storeId)"),
        SettingKind::Flag => format!("$this->scopeConfig->isSetFlag({path})"),
        SettingKind::Number { .. } => format!("(int) {raw}"),
        _ => text,
    };
    if matches!(setting.kind, SettingKind::Multiselect(_)) && setting.kind.options().is_none() {
        // Its source model has the options.
        return vec![
            format!("$value = {value};"),
            "return $value === '' ? [] : explode(',', $value);".to_owned(),
        ];
    }
    if let Some(options) = setting.kind.options() {
        let options: Vec<String> = options.iter().map(|choice| literal(&choice.value)).collect();
        let default = literal(setting.default.as_deref().unwrap_or_default());
        let result = match setting.kind {
            SettingKind::Select(_) => format!("in_array($value, $options, true) ? $value : {default}"),
            _ => "array_values(array_intersect(explode(',', $value), $options))".to_owned(),
        };
        return vec![
            format!("$value = {value};"),
            format!("$options = {};", list(&options)),
            format!("return {result};"),
        ];
    }
    let result = made(&setting.kind, &value);
    let line = format!("return {result};");
    if line.len() + INDENT <= LINE || result == value {
        return vec![line];
    }
    vec![format!("$value = {value};"), format!("return {};", made(&setting.kind, "$value"))]
}

/// Converts a value read by the getter.
fn made(kind: &SettingKind, value: &str) -> String {
    match kind {
        SettingKind::Url => format!("rtrim({value}, '/')"),
        SettingKind::Number { min, max } => within(value, *min, *max),
        _ => value.to_owned(),
    }
}

/// Indentation of statements.
const INDENT: usize = 8;

/// Clamps a number to its range.
fn within(number: &str, min: Option<i32>, max: Option<i32>) -> String {
    let number = max.map_or_else(|| number.to_owned(), |max| format!("min({max}, {number})"));
    min.map_or_else(|| number.clone(), |min| format!("max({min}, {number})"))
}

/// Generates the unit test of the class; `None` if there is nothing to test.
pub(in crate::emit) fn test(module: &Module) -> Option<String> {
    let settings = module.settings.as_ref().filter(|_| module.platform.has_unit_tests())?;
    let scoped = || settings.iter().filter(|setting| is_scoped(setting));
    let is_text = |setting: &&Setting| {
        !matches!(setting.kind, SettingKind::Flag | SettingKind::Number { .. })
            && setting.kind.options().is_none()
    };
    let named = |setting: &Setting| context! { getter => &setting.getter, path => &setting.path };
    let texts: Vec<Value> = scoped().filter(is_text).map(named).collect();
    let flags = scoped().filter(|setting| setting.kind == SettingKind::Flag).map(|setting| {
        let test = format!("test{}", capitalized(&setting.getter));
        context! { getter => &setting.getter, path => &setting.path, test }
    });
    let flags: Vec<Value> = flags.collect();
    let (numbers, choices) = (numbers(settings), choices(settings));
    if texts.is_empty() && flags.is_empty() && numbers.is_empty() && choices.is_empty() {
        return None;
    }
    template::php(module, Template::ConfigTest, context! { texts, flags, numbers, choices })
}

/// Stored values of settings with options: getter, stored value, and the result.
fn choices(settings: &Settings) -> Vec<String> {
    let cases = |setting: &Setting| {
        let Some(options) = setting.kind.options() else { return Vec::new() };
        let first = options.first().map(|choice| choice.value.as_str()).unwrap_or_default();
        let default = setting.default.as_deref().unwrap_or_default();
        let stored = match setting.kind {
            SettingKind::Select(_) => {
                [(first.to_owned(), literal(first)), ("other?".to_owned(), literal(default))]
            }
            _ => [
                (format!("{first},other?"), format!("[{}]", literal(first))),
                (String::new(), "[]".to_owned()),
            ],
        };
        let case = |(stored, result): (String, String)| {
            format!("[{}, {}, {result}]", literal(&setting.getter), literal(&stored))
        };
        stored.into_iter().map(case).collect()
    };
    settings.iter().flat_map(cases).collect()
}

/// Renders a list on one line, or on several.
fn list(items: &[String]) -> String {
    let line = format!("[{}]", items.join(", "));
    if INDENT + "$options = ;".len() + line.len() <= LINE {
        return line;
    }
    let items: String = items.iter().map(|item| format!("            {item},\n")).collect();
    format!("[\n{items}        ]")
}

/// Number settings with a range.
fn numbers(settings: &Settings) -> Vec<Value> {
    let mut names = BTreeSet::new();
    let number = |setting: &Setting| {
        let SettingKind::Number { min, max } = setting.kind else { return None };
        if min.is_none() && max.is_none() {
            return None;
        }
        // Named by its first word, or in full if another number starts with it.
        let whole = setting.getter.trim_start_matches("get");
        let end = whole
            .char_indices()
            .skip(1)
            .find(|(_, c)| c.is_ascii_uppercase())
            .map_or(whole.len(), |(at, _)| at);
        let name = if names.insert(whole[..end].to_owned()) { &whole[..end] } else { whole };
        let kept = |number: i32| {
            let number = max.map_or(number, |max| number.min(max));
            min.map_or(number, |min| number.max(min))
        };
        let default = setting.default.as_ref().and_then(|default| default.parse::<i32>().ok());
        let outer = max.and_then(|max| Some([max, max.checked_add(1)?])).into_iter().flatten();
        let stored = [-5].into_iter().chain(default).chain(outer);
        let empty = [format!("[null, {}]", kept(0)), format!("['', {}]", kept(0))];
        let cases = empty.into_iter().chain(stored.map(|stored| format!("['{stored}', {}]", kept(stored))));
        Some(context! {
            getter => &setting.getter,
            test => format!("test{name}StaysInRange"),
            provider => format!("{}s", variable(name)),
            cases => list(&cases.collect::<Vec<_>>()),
        })
    };
    settings.iter().filter_map(number).collect()
}
