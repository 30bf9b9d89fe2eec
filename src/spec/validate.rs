//! A document against the JSON Schema: every violation becomes a finding of the rule it belongs to.

use std::sync::LazyLock;

use jsonschema::{PatternOptions, ValidationError, Validator, error::ValidationErrorKind as Kind};
use serde_json::Value;

use super::{
    document::Document,
    schema::schema,
    spans::{Spans, below},
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
            unexpected.iter().map(|key| unknown_key(route, key, spans)).collect()
        }
        Kind::Required { property } => vec![missing_key(route, property.as_str().unwrap_or_default(), spans)],
        Kind::OneOfNotValid { context } => {
            vec![value(route, not_an_option(route, error.instance(), &constants(context), spans))]
        }
        Kind::AnyOf { context } => match closest_branch(context) {
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

/// Of several alternatives, the one whose type fits: its errors are about the value.
fn closest_branch<'a>(
    branches: &'a [Vec<ValidationError<'static>>],
) -> Option<&'a [ValidationError<'static>]> {
    let fits = |branch: &&'a Vec<ValidationError<'static>>| {
        !branch.is_empty() && !branch.iter().any(|error| matches!(error.kind(), Kind::Type { .. }))
    };
    branches.iter().find(fits).map(Vec::as_slice)
}

fn unknown_key(route: &str, key: &str, spans: &Spans) -> Violation {
    let at = below(route, key);
    let span = spans.key(&at);
    let known = keys_at(route);
    let suggestion = nearest(key, known.iter().copied());
    let finding = if route == "/rules" {
        Diagnostic::new(Rule::UnknownRule, format!("there is no rule `{key}`")).help(match suggestion {
            Some(rule) => format!("did you mean `{rule}`?"),
            None => "`magespec explain` lists all rules".to_owned(),
        })
    } else if known.is_empty() {
        Diagnostic::new(Rule::InvalidValue, format!("`{key}` is not {}", names::Requirement::EXPECTED))
    } else {
        Diagnostic::new(Rule::UnknownKey, format!("unknown key `{key}` in {}", table_name(route))).help(
            match suggestion {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("the keys here are: {}", known.join(", ")),
            },
        )
    };
    let finding = match suggestion {
        Some(suggestion) => finding.fix(span.clone(), suggestion),
        None => finding,
    };
    Violation { route: at, finding: finding.at(span), kind: Offence::UnknownKey }
}

fn missing_key(route: &str, key: &str, spans: &Spans) -> Violation {
    let at = below(route, key);
    let example = example_at(&at);
    let finding = if route.is_empty() {
        let header = if key == "integration" { "[[integration]]".to_owned() } else { format!("[{key}]") };
        Diagnostic::new(Rule::MissingKey, format!("the table `{header}` is missing"))
            .at(0..0)
            .help("`magespec init` writes a spec to start from")
    } else {
        let finding =
            Diagnostic::new(Rule::MissingKey, format!("`{key}` is missing in {}", table_name(route)))
                .at(spans.key(route))
                .label("in this table");
        match example {
            Some(example) => finding.help(format!("write, for example: {key} = {}", as_toml(example))),
            None => finding,
        }
    };
    let finding = match (route.starts_with("/integration/"), key) {
        (true, "email") => {
            finding.reason("Magento aborts setup:upgrade at an integration without an e-mail address")
        }
        _ => finding,
    };
    Violation { route: at, finding, kind: Offence::MissingKey }
}

fn wrong_type(route: &str, expected: &str, spans: &Spans) -> Diagnostic {
    let found = spans.kind(route).unwrap_or("something else");
    let message = format!("`{}` must be {expected}, found {found}", last_key(route));
    let finding = Diagnostic::new(Rule::WrongType, message).at(spans.value(route));
    match route {
        "/integration" | "/acl" if found == "a table" => {
            finding.help(format!("write [[{}]]: there may be several", last_key(route)))
        }
        _ => match example_at(route) {
            Some(example) => {
                finding.help(format!("write, for example: {} = {}", last_key(route), as_toml(example)))
            }
            None => finding,
        },
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
        .at(span.clone());
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
    let key = last_key(route);
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
        ["module", "version"] => finding(Rule::ModuleVersion, format!("`{shown}` is no version that Composer takes"))
            .help("write, for example: version = \"1.0.0\" or \"1.0.0-beta1\""),
        ["module", "sequence", _] => finding(Rule::ModuleName, format!("`{shown}` is no module name")),
        ["integration", _, "name" | "email" | "endpoint_url" | "identity_link_url"] if too_long && steps[2] != "name" => {
            finding(Rule::ValueTooLong, format!("`{key}` has {length} characters, Magento keeps 255"))
                .reason("the column is varchar(255): the rest is cut in silence, differs from the XML at every setup:upgrade, and the integration is reset each time")
                .help("shorten it to at most 255 characters")
        }
        ["integration", _, "name"] => {
            finding(Rule::IntegrationName, format!("the name has {length} characters, Magento takes 2 to 255"))
                .help("give it a name of 2 to 255 characters")
        }
        ["integration", _, "email"] => finding(Rule::EmailFormat, format!("`{shown}` is no e-mail address that Magento takes"))
            .reason("Magento's schema wants something, one @, something, a dot, something")
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
                finding(Rule::InvalidValue, format!("`{shown}` is no URL: it has white space in it"))
                    .help("write a space as %20")
            }
        }
        ["integration", _, "calls", _] | ["integration", _, "calls", _, "route"] => call_format(&shown, text, finding),
        ["integration", _, "resources", _] => resource_format(&shown, text, finding),
        ["acl", .., "title"] => finding(Rule::AclTitle, format!("the title has {length} characters, Magento takes 3 to 50"))
            .help("give it a title of 3 to 50 characters"),
        ["acl", .., "id" | "parent"] => finding(Rule::AclId, format!("`{shown}` is no ACL resource id"))
            .reason("Magento wants the module's name, two colons, and letters, digits or underscores")
            .help("write, for example: \"Acme_ErpBridge::sync\""),
        _ => match error.kind() {
            Kind::MinItems { .. } => finding(Rule::InvalidValue, format!("`{key}` is an empty list"))
                .help("give it at least one entry, or leave it out"),
            Kind::Minimum { .. } | Kind::Maximum { .. } => {
                finding(Rule::InvalidValue, format!("`{key}` is out of range: {}", error.instance()))
                    .help("write a number between -2147483648 and 2147483647")
            }
            _ => finding(Rule::InvalidValue, format!("`{key}` cannot be \"{shown}\"")).help(expected_value(&steps)),
        },
    }
}

fn call_format(shown: &str, text: &str, finding: impl Fn(Rule, String) -> Diagnostic) -> Diagnostic {
    let finding = finding(Rule::CallFormat, format!("`{shown}` is no call of the REST API"))
        .reason("a call is GET, POST, PUT or DELETE, and a path that begins with the version, or with /rest before it");
    let (method, path) = text.split_once(' ').unwrap_or(("", text));
    let likely = [format!("{} {path}", method.to_uppercase()), format!("GET {path}")];
    match likely.into_iter().find(|call| names::Call::new(call.as_str()).is_ok()) {
        Some(call) => finding.help(format!("write, for example: \"{call}\"")),
        None => finding.help("write, for example: \"GET /V1/orders\" or \"POST /V1/order/:orderId/ship\""),
    }
}

fn resource_format(shown: &str, text: &str, finding: impl Fn(Rule, String) -> Diagnostic) -> Diagnostic {
    let finding = finding(Rule::ResourceFormat, format!("`{shown}` is neither an ACL resource nor a pattern"))
        .reason("a resource is Vendor_Module::name; `/**` behind it adds everything below; `*` and `?` stand behind the colons only");
    match text.split_once(':') {
        Some((module, name)) if !name.starts_with(':') && !text.contains("::") => {
            finding.help(format!("write two colons: \"{module}::{name}\""))
        }
        _ => finding.help("write, for example: \"Magento_Sales::sales\", \"Magento_Sales::sales/**\" or \"Magento_Sales::*invoice*\""),
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

fn last_key(route: &str) -> &str {
    let mut steps = route.rsplit('/').skip_while(|step| step.parse::<usize>().is_ok());
    steps.next().unwrap_or_default()
}

/// How the table at the route is written in TOML.
fn table_name(route: &str) -> String {
    let steps: Vec<&str> = route.split('/').skip(1).collect();
    match steps.as_slice() {
        [] => "the spec".to_owned(),
        [table @ ("integration" | "acl"), _] => format!("`[[{table}]]`"),
        [table] => format!("`[{table}]`"),
        _ => format!("`{}`", last_key(route)),
    }
}

fn as_toml(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(as_toml).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| format!("{key} = {}", as_toml(value)));
            format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

/// The text, cut where it would fill the line.
fn shorten(text: &str) -> String {
    const SHOWN: usize = 60;
    if text.chars().count() <= SHOWN {
        text.to_owned()
    } else {
        text.chars().take(SHOWN).chain(['…']).collect()
    }
}
