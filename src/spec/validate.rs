//! A document against the JSON Schema: every violation becomes a finding of the rule it belongs to.

use std::{collections::HashMap, sync::LazyLock};

use jsonschema::{PatternOptions, ValidationError, Validator, error::ValidationErrorKind as Kind};
use serde_json::Value;

use super::{
    document::Document,
    entry, fault,
    schema::schema,
    spans::{Spans, below},
    words::{as_key, as_toml, header, last_key, shorten, subject, table_name},
};
use crate::{
    diag::{Diagnostic, Rule, nearest},
    names,
};

/// One violation: where, and what is told of it.
pub(super) struct Violation {
    /// The route of the offending value; of the key that is missing or unknown.
    pub(super) route: String,
    pub(super) finding: Diagnostic,
    pub(super) kind: Offence,
}

/// What a violation leaves behind.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Offence {
    MissingKey,
    UnknownKey,
    Value,
}

/// All violations of the schema, in no particular order.
pub(super) fn violations(document: &Document) -> Vec<Violation> {
    static VALIDATOR: LazyLock<Option<Validator>> = LazyLock::new(|| {
        let options = jsonschema::draft202012::options().with_pattern_options(PatternOptions::regex());
        options.build(schema()).ok()
    });
    let Some(validator) = VALIDATOR.as_ref() else { return Vec::new() };
    validator.iter_errors(&document.json).flat_map(|error| of_error(&error, &document.spans)).collect()
}

fn of_error(error: &ValidationError<'_>, spans: &Spans) -> Vec<Violation> {
    let route = error.instance_path().as_str();
    match error.kind() {
        Kind::AdditionalProperties { unexpected } => {
            let known = keys_at(route);
            let suggestions: Vec<Option<&str>> =
                unexpected.iter().map(|key| nearest(key, known.iter().copied())).collect();
            let mut times: HashMap<&str, usize> = HashMap::new();
            suggestions.iter().flatten().for_each(|known| *times.entry(known).or_default() += 1);
            let is_free = |known: &&str| times[known] == 1 && spans.key(&below(route, known)).is_none();
            let keys = unexpected.iter().zip(suggestions);
            keys.map(|(key, near)| unknown_key(route, key, &known, near, near.filter(is_free), spans))
                .collect()
        }
        Kind::Required { property } => vec![missing_key(route, property.as_str().unwrap_or_default(), spans)],
        Kind::OneOfNotValid { context } => {
            vec![value(route, not_an_option(route, error.instance(), &constants(context), spans))]
        }
        Kind::AnyOf { context } => match closest_branch(context, route) {
            Some(branch) => branch.iter().flat_map(|error| of_error(error, spans)).collect(),
            None => vec![value(route, wrong_type(route, &expected_types(route), spans))],
        },
        Kind::Type { .. } => vec![value(route, wrong_type(route, &expected_types(route), spans))],
        Kind::Enum { options } => vec![value(route, not_an_option(route, error.instance(), options, spans))],
        _ => vec![value(route, wrong_value(route, error, spans))],
    }
}

fn value(route: &str, finding: Diagnostic) -> Violation {
    Violation { route: route.to_owned(), finding, kind: Offence::Value }
}

/// The values that alternatives of one value each allow.
fn constants(branches: &[Vec<ValidationError<'static>>]) -> Value {
    let constant = |error: &ValidationError<'static>| match error.kind() {
        Kind::Constant { expected_value } => Some(expected_value.as_ref().clone()),
        _ => None,
    };
    branches.iter().flatten().filter_map(constant).collect()
}

/// Of several alternatives for the value at the route, the one whose type fits: its errors are about what is in it.
fn closest_branch<'a>(
    branches: &'a [Vec<ValidationError<'static>>],
    route: &str,
) -> Option<&'a [ValidationError<'static>]> {
    let is_type = |error: &ValidationError<'_>| {
        matches!(error.kind(), Kind::Type { .. }) && error.instance_path().as_str() == route
    };
    let fits = |branch: &&'a Vec<ValidationError<'static>>| !branch.is_empty() && !branch.iter().any(is_type);
    branches.iter().find(fits).map(Vec::as_slice)
}

/// `suggestion` is the key that was probably meant, `certain` the same if no other key of the table can be it.
fn unknown_key(
    route: &str,
    key: &str,
    known: &[&str],
    suggestion: Option<&str>,
    certain: Option<&str>,
    spans: &Spans,
) -> Violation {
    let at = below(route, key);
    let span = spans.key(&at);
    let finding = if route == "/rules" {
        Diagnostic::new(Rule::UnknownRule, format!("there is no rule `{key}`"))
            .reason("a level for a rule that does not exist does nothing")
            .help(match suggestion {
                Some(rule) => format!("did you mean `{rule}`?"),
                None => "`magespec explain` lists all rules".to_owned(),
            })
    } else if known.is_empty() {
        Diagnostic::new(Rule::InvalidValue, format!("`{key}` is not {}", names::Requirement::EXPECTED))
            .reason("Composer refuses a requirement that is no package; `php` is derived from the target")
            .help("write a package, such as \"acme/sdk\" or ext-curl, or remove the line")
    } else {
        Diagnostic::new(Rule::UnknownKey, format!("unknown key `{key}` in {}", table_name(route)))
            .reason("nothing reads it, so it would have no effect")
            .help(match suggestion {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("the keys here are: {}", known.join(", ")),
            })
    };
    let finding = match certain {
        Some(certain) => finding.fix(span.clone(), certain),
        None => finding,
    };
    Violation { route: at, finding: finding.at(span), kind: Offence::UnknownKey }
}

fn missing_key(route: &str, key: &str, spans: &Spans) -> Violation {
    let at = below(route, key);
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
    let finding = finding.reason(match (route.split('/').nth(1), key) {
        (Some("integration"), "route") => {
            "what the integration is allowed is derived from the route of each call"
        }
        (Some("integration"), "email") => {
            "Magento aborts setup:upgrade at an integration without an e-mail address"
        }
        (Some("integration"), _) => "Magento knows an integration by its name",
        (Some("acl"), _) => "Magento's schema of acl.xml wants it",
        (Some("module"), _) => "etc/module.xml and composer.json are made of it",
        (_, "target" | "magento") => "everything is checked against the releases of the target",
        _ => "without it there is no module to make",
    });
    Violation { route: at, finding, kind: Offence::MissingKey }
}

/// A table's head with the keys that it must have: `[target] with magento = "2.4.7"`.
fn table_with_keys(table: &str) -> String {
    let route = if table == "integration" { "/integration/0".to_owned() } else { format!("/{table}") };
    let required = resolve(subschema(&route)).get("required").and_then(Value::as_array);
    let keys = required.into_iter().flatten().filter_map(Value::as_str).filter_map(|key| {
        example_at(&below(&route, key)).map(|example| format!("{key} = {}", as_toml(example)))
    });
    format!("{} with {}", header(table), keys.collect::<Vec<_>>().join(", "))
}

/// What to write for a key, by the first example of it; for an entry of a list, by the list.
fn for_example(route: &str, key: &str) -> String {
    let examples = std::iter::successors(Some(route), |route| route.rsplit_once('/').map(|(above, _)| above));
    let depth = route.split('/').rev().take_while(|step| step.parse::<usize>().is_ok()).count();
    match examples.take(depth + 1).find_map(example_at) {
        Some(example) => format!("write, for example: {key} = {}", as_toml(example)),
        None => format!("give `{key}` a value, or remove it"),
    }
}

fn wrong_type(route: &str, expected: &str, spans: &Spans) -> Diagnostic {
    let found = spans.kind(route).unwrap_or("something else");
    let key = last_key(route);
    let span = spans.value(route);
    let message = format!("{} must be {expected}, found {found}", subject(route));
    let finding = Diagnostic::new(Rule::WrongType, message)
        .at(span.clone())
        .reason("no value is converted to another type: what it would mean is a guess");
    match route {
        "/integration" | "/acl" if found == "a table" => {
            let finding = finding.help(format!("write [[{key}]]: there may be several"));
            if spans.is_header(route) { finding.fix(span, format!("[[{key}]]")) } else { finding }
        }
        _ if route.starts_with("/module/require/") => {
            finding.help(format!("write, for example: {} = \"*\"", as_key(&key)))
        }
        _ => finding.help(for_example(route, &key)),
    }
}

fn not_an_option(route: &str, given: &Value, options: &Value, spans: &Spans) -> Diagnostic {
    let options: Vec<&str> = options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let listed = options.iter().map(|option| format!("\"{option}\"")).collect::<Vec<_>>().join(", ");
    let span = spans.value(route);
    if route.starts_with("/rules/") && options == ["deny"] && matches!(given.as_str(), Some("allow" | "warn"))
    {
        let rule = last_key(route);
        return Diagnostic::new(Rule::InvalidValue, format!("`{rule}` is always an error"))
            .at(span)
            .reason("what it finds does not work in Magento")
            .help(format!("remove this line; `magespec explain {rule}` says what to do instead"));
    }
    let Some(given) = given.as_str() else { return wrong_type(route, "text", spans) };
    let finding = Diagnostic::new(Rule::InvalidValue, format!("`{}` cannot be \"{given}\"", last_key(route)))
        .at(span.clone())
        .reason("another value would mean nothing");
    match nearest(given, options.iter().copied()) {
        Some(option) => {
            finding.help(format!("did you mean \"{option}\"?")).fix(span, format!("\"{option}\""))
        }
        None => finding.help(format!("it can be: {listed}")),
    }
}

fn wrong_value(route: &str, error: &ValidationError<'_>, spans: &Spans) -> Diagnostic {
    let text = error.instance().as_str().unwrap_or_default();
    let shown = shorten(text);
    let key = &last_key(route);
    let too_long = matches!(error.kind(), Kind::MaxLength { .. });
    let length = text.chars().count();
    let steps: Vec<&str> = route.split('/').skip(1).collect();
    let finding = |rule, message: String| Diagnostic::new(rule, message).at(spans.value(route));
    match steps.as_slice() {
        ["module", "name"] => finding(Rule::ModuleName, format!("`{shown}` is no module name"))
            .reason("Magento wants two parts, each a capital and then letters or digits, and one underscore between")
            .help("write, for example: name = \"Acme_ErpBridge\""),
        ["module", "package"] => finding(Rule::PackageName, format!("`{shown}` is no Composer package name"))
            .reason("Composer wants vendor/package in lower case")
            .help("write, for example: package = \"acme/module-erp-bridge\", or leave the key out"),
        ["module", "version"] => {
            let finding = finding(Rule::ModuleVersion, format!("`{shown}` is no version of two to four numbers"))
                .reason("module.xml and composer.json both get it: numbers with dots between, and at the end -beta1 or the like");
            match text.strip_prefix(['v', 'V']).filter(|rest| names::ModuleVersion::new(*rest).is_ok()) {
                Some(rest) => finding.help(format!("write {rest}")).fix(spans.value(route), format!("\"{rest}\"")),
                None => finding.help("write, for example: version = \"1.0.0\" or \"1.0.0-beta1\""),
            }
        }
        ["module", "sequence", _] => finding(Rule::ModuleName, format!("`{shown}` is no module name"))
            .reason("Magento knows modules by two parts, each a capital and then letters or digits, and one underscore between")
            .help("write, for example: sequence = [\"Magento_Sales\"]"),
        ["module", "homepage"] | ["module", "authors", _, "homepage"] => {
            finding(Rule::InvalidValue, format!("`{shown}` is no address of a page"))
                .reason("Composer takes http and https addresses with a host, in ASCII, and ignores or refuses others")
                .help(for_example(route, key))
        }
        ["module", "authors", _, "email"] => {
            finding(Rule::InvalidValue, format!("`{shown}` is no e-mail address"))
                .reason("Composer ignores or refuses an author's address that is none (PHP's FILTER_VALIDATE_EMAIL)")
                .help(for_example(route, key))
        }
        ["integration", _, "name" | "email" | "endpoint_url" | "identity_link_url"] if too_long && steps[2] != "name" => {
            finding(Rule::ValueTooLong, format!("`{key}` has {length} characters, Magento keeps 255"))
                .reason("the column is varchar(255): the rest is cut in silence, differs from the XML at every setup:upgrade, and the integration is reset each time")
                .help("shorten it to at most 255 characters")
        }
        ["integration", _, "name"] => {
            if (2..=names::COLUMN_LENGTH).contains(&length) {
                finding(Rule::IntegrationName, "the name is blank".to_owned())
                    .reason("Admin would list an integration without a name")
            } else {
                finding(Rule::IntegrationName, format!("the name has {length} characters, Magento takes 2 to 255"))
                    .reason("its schema wants two, and the database keeps 255: under a longer name it is never found again")
            }
            .help("give it a name of 2 to 255 characters")
        }
        ["integration", _, "email"] => finding(Rule::EmailFormat, format!("`{shown}` is no e-mail address that Magento takes"))
            .reason(fault::of_email(text))
            .help("write, for example: email = \"erp@acme.com\""),
        ["integration", _, "endpoint_url" | "identity_link_url"] => {
            if text.is_empty() {
                finding(Rule::EmptyUrl, format!("`{key}` is empty"))
                    .reason("Magento refuses an empty element in developer mode")
                    .help(format!("leave `{key}` out if there is none"))
            } else if length < 4 {
                finding(Rule::UrlTooShort, format!("`{shown}` is too short for a URL"))
                    .reason("Magento's schema wants at least four characters")
                    .help(format!("write the whole address: {key} = \"https://…\""))
            } else {
                let (fault, help) = fault::of_url(text);
                finding(Rule::InvalidValue, format!("`{shown}` is no URL: {fault}"))
                    .reason("Magento's schema refuses it in developer mode (xs:anyURI), or no one can call it")
                    .help(help)
            }
        }
        ["integration", _, "calls", _] | ["integration", _, "calls", _, "route"] => entry::call(&shown, text, finding),
        ["integration", _, "resources", _] => entry::resource(&shown, text, finding),
        ["acl", .., "title"] => finding(Rule::AclTitle, format!("the title has {length} characters, Magento takes 3 to 50"))
            .reason("its schema of acl.xml refuses the whole file in developer mode")
            .help("give it a title of 3 to 50 characters"),
        ["acl", .., "id" | "parent"] => finding(Rule::AclId, format!("`{shown}` is no ACL resource id"))
            .reason("Magento wants the module's name, two colons, and letters, digits or underscores")
            .help("write, for example: \"Acme_ErpBridge::sync\""),
        _ => match error.kind() {
            Kind::MinItems { .. } => finding(Rule::InvalidValue, format!("`{key}` is an empty list"))
                .reason("an empty list says nothing, where something must be said")
                .help("give it at least one entry, or leave it out"),
            Kind::Minimum { .. } | Kind::Maximum { .. } => {
                finding(Rule::InvalidValue, format!("`{key}` is out of range: {}", error.instance()))
                    .reason("Magento's schema has 32 bits for it (xs:int)")
                    .help("write a number between -2147483648 and 2147483647")
            }
            _ => finding(Rule::InvalidValue, format!("{} cannot be \"{shown}\"", subject(route)))
                .reason("it goes into the generated files as it is")
                .help(expected_value(&steps)),
        },
    }
}

fn expected_value(steps: &[&str]) -> String {
    let expected = match steps {
        ["module", "license", ..] => names::License::EXPECTED,
        ["module", "description"] => names::Text::EXPECTED,
        _ => names::Line::EXPECTED,
    };
    format!("write {expected}")
}

/// What may stand at the route: "text", "text or a list".
fn expected_types(route: &str) -> String {
    let name = |schema: &'static Value| match resolve(schema).get("type").and_then(Value::as_str) {
        Some("array") => "a list",
        Some("object") => "a table",
        Some("integer") => "an integer",
        _ => "text",
    };
    let schema = subschema(route);
    let names: Vec<&str> = match alternatives(schema) {
        [] => vec![name(schema)],
        schemas => schemas.iter().map(name).collect(),
    };
    names.join(" or ")
}

/// The keys that the table at the route may have.
fn keys_at(route: &str) -> Vec<&'static str> {
    let properties = table(subschema(route)).get("properties").and_then(Value::as_object);
    properties.map(|properties| properties.keys().map(String::as_str).collect()).unwrap_or_default()
}

/// The first example the schema gives of the key at the route.
pub(super) fn example_at(route: &str) -> Option<&'static Value> {
    subschema(route).get("examples")?.get(0)
}

/// The part of the schema that describes the value at the route; null where there is none.
fn subschema(route: &str) -> &'static Value {
    let step = |schema: &'static Value, step: &str| {
        let schema = table(schema);
        schema.pointer(&below("/properties", step)).or_else(|| schema.get("items")).unwrap_or(&Value::Null)
    };
    route.split('/').skip(1).fold(schema(), step)
}

fn resolve(subschema: &'static Value) -> &'static Value {
    match subschema.get("$ref").and_then(Value::as_str) {
        Some(reference) => schema().pointer(reference.trim_start_matches('#')).unwrap_or(subschema),
        None => subschema,
    }
}

fn alternatives(subschema: &'static Value) -> &'static [Value] {
    subschema.get("anyOf").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// Of alternatives, the table: only that has keys.
fn table(subschema: &'static Value) -> &'static Value {
    let mut schemas = alternatives(subschema).iter().map(resolve);
    schemas.find(|schema| schema.get("properties").is_some()).unwrap_or_else(|| resolve(subschema))
}
