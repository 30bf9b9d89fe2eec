//! Checks of a document against the JSON Schema: each violation becomes a finding of its rule.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, LazyLock, Mutex},
};

use jsonschema::{ValidationError, Validator, error::ValidationErrorKind as Kind};
use serde_json::Value;

use super::{
    described::{
        example_at, expected_types, is_list, keys_at, misses_length, resolve, subschema, takes_any_key,
    },
    document::Document,
    messages::{
        as_key, as_toml, for_example, for_example_in_json, header, key_synonym, last_key, meant, subject,
        synonym, table_name, wrong_value,
    },
    pattern, pointer,
    pointer::Pointer,
    schema,
    spans::Spans,
};
use crate::{
    diag::{Diagnostic, Help, Rule, Suggestions, nearest},
    names,
};

/// A violation: position and finding.
pub(super) struct Violation {
    /// Route of the invalid value, or of the missing or unknown key.
    pub(super) route: Pointer,
    pub(super) finding: Diagnostic,
    pub(super) kind: Offence,
    /// Key of the same table that an unknown key probably means.
    meant: Option<Pointer>,
}

/// Effect of a violation on the document.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Offence {
    MissingKey,
    UnknownKey,
    Value,
}

/// Returns all violations of the schema, in no particular order.
pub(super) fn violations(document: &Document) -> Vec<Violation> {
    let Some(validator) = validator(&document.json) else { return Vec::new() };
    validator.iter_errors(&document.json).flat_map(|error| of_error(&error, &document.spans)).collect()
}

/// Findings of the violations. A key that is there but misspelled is not reported as missing.
pub(super) fn findings(violations: Vec<Violation>) -> impl Iterator<Item = Diagnostic> {
    let meant: HashSet<Pointer> = violations.iter().filter_map(|violation| violation.meant.clone()).collect();
    let split: HashSet<Pointer> = violations
        .iter()
        .filter(|violation| violation.kind == Offence::UnknownKey)
        .filter_map(|violation| violation.route.parent().filter(is_split_path))
        .collect();
    let is_own = move |it: &Violation| {
        let is_of_path = || it.route.parent().is_some_and(|above| split.contains(&above));
        it.kind != Offence::MissingKey || !meant.contains(&it.route) && !is_of_path()
    };
    violations.into_iter().filter(is_own).map(|violation| violation.finding)
}

/// Returns true for the table that TOML makes of a path without quotes.
fn is_split_path(route: &Pointer) -> bool {
    let steps: Vec<&str> = route.steps().collect();
    matches!(steps.as_slice(), ["webhook", _, "fields" | "when", _])
}

/// Returns a validator for the tables in the document: creating one takes longer than the rest of a small spec, and
/// most specs have few tables.
fn validator(document: &Value) -> Option<Arc<Validator>> {
    type ByTables = HashMap<Vec<String>, Option<Arc<Validator>>>;
    static VALIDATORS: LazyLock<Mutex<ByTables>> = LazyLock::new(Mutex::default);
    let tables: Vec<String> =
        schema::tables().filter(|table| document.get(table).is_some()).cloned().collect();
    let mut validators = VALIDATORS.lock().ok()?;
    let make = || {
        let options = jsonschema::draft202012::options().with_keyword("pattern", pattern::keyword);
        options.build(&schema::of_tables(&tables)).ok().map(Arc::new)
    };
    validators.entry(tables.clone()).or_insert_with(make).clone()
}

fn of_error(error: &ValidationError<'_>, spans: &Spans) -> Vec<Violation> {
    let route = &Pointer::from(error.instance_path());
    match error.kind() {
        Kind::AdditionalProperties { unexpected } => {
            let known = keys_at(route);
            let left = Suggestions::default();
            let suggestion = |key: &String| left.make(|| nearest(key, known.iter().copied())).flatten();
            let suggestions: Vec<Option<&str>> = unexpected.iter().map(suggestion).collect();
            let mut times: HashMap<&str, usize> = HashMap::new();
            suggestions.iter().flatten().for_each(|known| *times.entry(known).or_default() += 1);
            let is_free = |known: &&str| times[known] == 1 && spans.key(&route.key(known)).is_none();
            let keys = unexpected.iter().zip(suggestions);
            keys.map(|(key, near)| unknown_key(route, key, &known, near, near.filter(is_free), spans))
                .collect()
        }
        Kind::Required { property } => vec![missing_key(route, property.as_str().unwrap_or_default(), spans)],
        Kind::AnyOf { context } => match closest_branch(context, route) {
            Some(branch) => branch.iter().flat_map(|error| of_error(error, spans)).collect(),
            None => vec![value(route, wrong_type(route, error.instance(), &expected_types(route), spans))],
        },
        Kind::Type { .. } => {
            vec![value(route, wrong_type(route, error.instance(), &expected_types(route), spans))]
        }
        Kind::Enum { options } => vec![value(route, not_an_option(route, error.instance(), options, spans))],
        // Its length has a finding of its own.
        Kind::Custom { .. } | Kind::Not { .. }
            if error.instance().as_str().is_some_and(|text| misses_length(route, text)) =>
        {
            Vec::new()
        }
        _ => vec![value(route, wrong_value(route, error, spans))],
    }
}

fn value(route: &Pointer, finding: Diagnostic) -> Violation {
    let finding = match route.steps().collect::<Vec<_>>().as_slice() {
        ["module", "name"] => finding.module_help("write, for example: <module name=\"Acme_ErpBridge\">"),
        ["module", "sequence", _] => {
            finding.module_help("write, for example: <module name=\"Magento_Sales\"/>")
        }
        ["module", key, ..] => finding.module_help(for_example_in_json(route, key)),
        _ => finding,
    };
    Violation { route: route.clone(), finding, kind: Offence::Value, meant: None }
}

/// Picks the alternative whose type matches the value at the route: its errors are the relevant ones.
fn closest_branch<'a>(
    branches: &'a [Vec<ValidationError<'static>>],
    route: &Pointer,
) -> Option<&'a [ValidationError<'static>]> {
    let fits = |branch: &&'a Vec<ValidationError<'static>>| {
        !branch.is_empty() && !branch.iter().any(|error| is_of_type(error, route))
    };
    branches.iter().find(fits).map(Vec::as_slice)
}

/// Returns true if the error is that the value at the route has another type, whatever alternative it is meant to be.
fn is_of_type(error: &ValidationError<'_>, route: &Pointer) -> bool {
    error.instance_path().as_str() == &**route
        && match error.kind() {
            Kind::Type { .. } => true,
            Kind::AnyOf { context } => closest_branch(context, route).is_none(),
            _ => false,
        }
}

/// Finding for an unknown key. `suggestion` is the key probably meant, `certain` the same if no other key of the
/// table fits.
fn unknown_key(
    route: &Pointer,
    key: &str,
    known: &[&str],
    suggestion: Option<&str>,
    certain: Option<&str>,
    spans: &Spans,
) -> Violation {
    let at = route.key(key);
    let span = spans.key(&at);
    let finding = if let Some(parent) = route.steps().next_back().filter(|_| is_split_path(route)) {
        Diagnostic::new(Rule::UnknownKey, format!("unknown key `{key}` in {}", table_name(route)))
            .reason("TOML reads a dot outside of quotes as a table in a table")
            .help(match suggestion {
                Some(known) => {
                    let help = format!("did you mean `{known}`? A path stands in quotes: \"{parent}.{key}\"");
                    Help::new(help).meant(known)
                }
                None => Help::new(format!("write the path in quotes: \"{parent}.{key}\"")),
            })
    } else if *route == pointer!["rules"] {
        Diagnostic::new(Rule::UnknownRule, format!("unknown rule `{key}`"))
            .reason("a level for an unknown rule has no effect")
            .help(match suggestion {
                Some(rule) => Help::new(format!("did you mean `{rule}`?")).meant(rule),
                None => "`magespec explain` lists all rules".into(),
            })
    } else if takes_any_key(route) {
        let (expected, reason) = kind_of_key(route);
        let is_reserved = key == "_omitted" && last_key(route) == "fields";
        let reason =
            if is_reserved { "`_omitted` names the fields that are left out for their size" } else { reason };
        Diagnostic::new(Rule::InvalidValue, format!("`{key}` is not {expected}"))
            .reason(reason)
            .help(for_example(route, &last_key(route)))
    } else {
        Diagnostic::new(Rule::UnknownKey, format!("unknown key `{key}` in {}", table_name(route)))
            .reason("the spec format has no such key")
            .help(match (suggestion.or_else(|| key_synonym(route, key)), home(route, key)) {
                _ if key == "php" && *route == pointer!["target"] => {
                    Help::new("remove it: composer.json requires the PHP versions of the releases").removal()
                }
                (_, Some(home)) => home.into(),
                (Some(known), None) => Help::new(format!("did you mean `{known}`?")).meant(known),
                (None, None) => format!("known keys are: {}", known.join(", ")).into(),
            })
    };
    let finding = match certain.filter(|_| home(route, key).is_none()) {
        Some(certain) => finding.fix(span.clone(), certain),
        None => finding,
    };
    Violation {
        route: at,
        finding: finding.at(span),
        kind: Offence::UnknownKey,
        meant: certain.map(|key| route.key(key)),
    }
}

/// Says where a key belongs: a table of the spec that stands below another one, or a key of a table that stands alone.
fn home(route: &Pointer, key: &str) -> Option<String> {
    let tables = keys_at(&Pointer::root());
    // The singular of a key is that key.
    if keys_at(route).iter().any(|known| known.strip_suffix('s') == Some(key)) {
        return None;
    }
    let singular = key.strip_suffix('s').unwrap_or(key);
    if route.is_empty() {
        // The plural of a table is that table.
        if tables.contains(&singular) {
            return None;
        }
        let has_key = |table: &&&str| keys_at(&of_table(table)).contains(&key);
        return tables.iter().find(has_key).map(|table| format!("write it below {}", header(table)));
    }
    let table = tables.into_iter().find(|table| *table == key || *table == singular)?;
    let above = route.steps().next()?;
    Some(format!("write {}, a table of its own outside of {}", header(table), header(above)))
}

fn of_table(table: &str) -> Pointer {
    if is_list(table) { pointer![table, 0] } else { pointer![table] }
}

/// Describes the expected keys of the table at the route, and why.
fn kind_of_key(route: &Pointer) -> (&'static str, &'static str) {
    match last_key(route).as_str() {
        "require" => (
            names::Requirement::EXPECTED,
            "Composer rejects a requirement that is not a package; `php` is derived from the target",
        ),
        "fields" if route.steps().next() == Some("data") => (
            names::FieldName::EXPECTED,
            "Magento derives the JSON key from the getter's name and would derive another key",
        ),
        "fields" => (names::PayloadPath::EXPECTED, "the field is read from the object under this name"),
        "when" => (names::ConditionPath::EXPECTED, "a condition compares one value"),
        "options" => (names::OptionValue::EXPECTED, "the getter returns this value"),
        "groups" => (names::ConfigId::EXPECTED, "it is also an element name in config.xml"),
        "depends" => (names::SettingPath::EXPECTED, "it must be the path of another setting in this module"),
        _ => (names::ParameterName::EXPECTED, "it becomes a parameter of the PHP method and a JSON key"),
    }
}

fn missing_key(route: &Pointer, key: &str, spans: &Spans) -> Violation {
    let at = route.key(key);
    let finding = if route.is_empty() {
        Diagnostic::new(Rule::MissingKey, format!("the table `{}` is missing", header(key)))
            .at(0..0)
            .help(format!("write {}, or start from a spec that `magespec init` writes", table_with_keys(key)))
    } else {
        Diagnostic::new(Rule::MissingKey, format!("`{key}` is missing in {}", table_name(route)))
            .at(spans.key(route))
            .label("in this table")
            .help(for_example(&at, key))
    };
    let finding = finding.reason(match (route.steps().next(), key) {
        (Some("integration"), "route") => {
            "the integration's permissions are derived from the route of each call"
        }
        (Some("integration"), "email") => "setup:upgrade aborts on an integration without an e-mail address",
        (Some("integration"), _) => "Magento identifies an integration by its name",
        (Some("acl"), _) => "Magento's schema for acl.xml requires it",
        (Some("module"), "name") => "etc/module.xml and composer.json need it",
        (Some("module"), _) => "composer.json and README.md need it",
        (Some("service" | "data"), _) => "the interface and its routes need it",
        (Some("setting"), _) => "system.xml and the getter need it",
        (Some("webhooks"), _) => "webhooks cannot be sent without it",
        (Some("webhook" | "observer"), _) => "the observer in events.xml needs it",
        (Some("cron"), _) => "the job in crontab.xml needs it",
        (_, "target" | "magento") => "everything is checked against the releases of the target",
        _ => "no module can be generated without it",
    });
    Violation { route: at, finding, kind: Offence::MissingKey, meant: None }
}

/// Renders a table header with its required keys: `[target] with magento = "2.4.7"`.
fn table_with_keys(table: &str) -> String {
    let route = of_table(table);
    let required = resolve(subschema(&route)).get("required").and_then(Value::as_array);
    let keys =
        required.into_iter().flatten().filter_map(Value::as_str).filter_map(|key| {
            example_at(&route.key(key)).map(|example| format!("{key} = {}", as_toml(example)))
        });
    format!("{} with {}", header(table), keys.collect::<Vec<_>>().join(", "))
}

fn wrong_type(route: &Pointer, given: &Value, expected: &str, spans: &Spans) -> Diagnostic {
    let found = match spans.kind(route) {
        Some("a float") if expected.contains("a number") => "a float that is not finite",
        Some(kind) => kind,
        None => "something else",
    };
    let key = last_key(route);
    let span = spans.value(route);
    let message = format!("expected {expected} for {}, found {found}", subject(route));
    let finding = Diagnostic::new(Rule::WrongType, message)
        .at(span.clone())
        .reason("magespec does not convert one type to another");
    let instead = |value: &str| match route.last().is_some_and(|step| step.parse::<usize>().is_ok()) {
        true => format!("write {value}"),
        false => format!("write {} = {value}", as_key(&key)),
    };
    match route.steps().collect::<Vec<_>>().as_slice() {
        [table] if is_list(table) && found == "a table" => {
            let finding = finding.help(format!("write [[{key}]], which allows several"));
            if spans.is_header(route) { finding.fix(span, format!("[[{key}]]")) } else { finding }
        }
        [table] if expected == "a table" && found == "a list" => {
            let one = table.strip_suffix('s').filter(|one| is_list(one));
            finding.help(match one {
                Some(one) => {
                    format!("write [[{one}]] for each of them, and [{table}] once for what they share")
                }
                None => format!("write [{table}] once: a spec has one"),
            })
        }
        ["rules", _] if given.as_bool() == Some(true) => {
            finding.help(Help::new("write \"warn\" or \"deny\"").text("warn").text("deny"))
        }
        ["module", "require", _] => {
            let value =
                spans.written(route).map_or_else(|| "\"*\"".to_owned(), |version| format!("\"^{version}\""));
            finding.help(Help::new(instead(&value)).value(value))
        }
        _ => match meant(route, given, expected, spans) {
            Some(value) => finding.help(instead(&value)).fix(span, value),
            None => finding.help(for_example(route, &key)),
        },
    }
}

fn not_an_option(route: &Pointer, given: &Value, options: &Value, spans: &Spans) -> Diagnostic {
    let options: Vec<&str> = options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let takes_boolean = expected_types(route).contains("a boolean");
    let booleans = ["true", "false"].into_iter().filter(|_| takes_boolean).map(str::to_owned);
    let listed = booleans.chain(options.iter().map(|option| format!("\"{option}\"")));
    let listed = listed.collect::<Vec<_>>().join(", ");
    let span = spans.value(route);
    if route.steps().next() == Some("rules")
        && options == ["deny"]
        && matches!(given.as_str(), Some("allow" | "warn"))
    {
        let rule = last_key(route);
        return Diagnostic::new(Rule::InvalidValue, format!("`{rule}` is always an error"))
            .at(span)
            .reason("what it reports does not work in Magento")
            .help(
                Help::new(format!("remove this line; `magespec explain {rule}` shows what to do instead"))
                    .removal(),
            );
    }
    let Some(given) = given.as_str() else { return wrong_type(route, given, "a string", spans) };
    let finding = Diagnostic::new(Rule::InvalidValue, format!("`{}` cannot be \"{given}\"", last_key(route)))
        .at(span.clone())
        .reason("only certain values are allowed");
    let synonym = synonym(route, given).filter(|option| options.contains(option));
    match synonym.or_else(|| nearest(given, options.iter().copied())) {
        Some(option) => finding.help(Help::meaning(option)).fix(span, format!("\"{option}\"")),
        None => finding.help(format!("allowed values: {listed}")),
    }
}
