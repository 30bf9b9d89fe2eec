//! Fields of a webhook compared with the data interfaces of its object and of the objects below it.

use std::ops::Range;

use super::{Context, unfilled};
use crate::{
    catalog::{DataObject, DocType, ReleaseSet},
    diag::{Diagnostic, Help, Rule, nearest, nearest_above},
    names::{PathStep, PayloadPath},
    spec::{
        Pointer, as_flag, pointer,
        webhooks::{ConditionValue, PayloadType, PayloadValue, ValueCondition, Webhook},
    },
};

/// Similarity above which a field counts as a misspelling, since attributes can have any name.
const SLIP: f64 = 0.92;

/// Reports fields that the object lacks or has with another type.
pub(super) fn check(
    context: &Context<'_>,
    releases: ReleaseSet,
    at: usize,
    webhook: &Webhook,
) -> Vec<Diagnostic> {
    let mut findings = secrets(context, at, webhook);
    let mut objects: Vec<DataObject<'_>> = Vec::new();
    for event in webhook.event.as_slice() {
        let object = DataObject::of(context.catalog, releases, &event.as_str().to_lowercase());
        objects.extend(object.filter(|it| objects.iter().all(|other| other.interface != it.interface)));
    }
    for object in &objects {
        findings.extend(uses(at, webhook).filter_map(|used| used.check(context, object)));
    }
    findings
}

/// Reports fields that give access to an account.
fn secrets(context: &Context<'_>, at: usize, webhook: &Webhook) -> Vec<Diagnostic> {
    let is_secret = |name: &str| {
        name.contains("password")
            || name.ends_with("_token")
            || matches!(name, "confirmation" | "secret" | "token")
    };
    let sent = webhook.fields.iter().filter_map(|(name, value)| {
        let last = value.from(name).steps().last()?;
        is_secret(last.name).then_some((name, value, last.name))
    });
    let finding = |(name, value, last): (&PayloadPath, &PayloadValue, &str)| {
        let place = match value {
            PayloadValue::Plain(_) => context.spans.key(&field(at, name)),
            PayloadValue::Named(_) => context.spans.value(&field(at, name).key("from")),
        };
        Diagnostic::new(Rule::SecretField, format!("`{last}` is sent to the receiver"))
            .at(place)
            .reason("it is stored in the outbox in plain text, and anyone who reads it there or in transit can take over the account")
            .help("leave it out")
    };
    sent.map(finding).collect()
}

/// Place of a field of a webhook.
fn field(at: usize, name: &PayloadPath) -> Pointer {
    pointer!["webhook", at, "fields"].key(name)
}

/// Use of a field of the object.
struct Use<'a> {
    steps: Vec<PathStep<'a>>,
    purpose: Purpose<'a>,
    /// Place of its name.
    name: NamePlace,
    /// Place of its type or value.
    value: Pointer,
}

/// Place of a name.
enum NamePlace {
    Key(Pointer),
    Value(Pointer),
}

/// Purpose of reading a field.
#[derive(Clone, Copy)]
enum Purpose<'a> {
    Sent(PayloadType),
    Compared(&'a ValueCondition),
    Watched,
}

/// Lists the fields that a webhook sends, compares and watches.
fn uses(at: usize, webhook: &Webhook) -> impl Iterator<Item = Use<'_>> {
    let sent = webhook.fields.iter().map(move |(name, value)| {
        let route = field(at, name);
        let steps = value.from(name).steps().collect();
        let purpose = Purpose::Sent(value.kind());
        match value {
            PayloadValue::Plain(_) => {
                Use { steps, purpose, name: NamePlace::Key(route.clone()), value: route }
            }
            PayloadValue::Named(_) => {
                Use { steps, purpose, name: NamePlace::Value(route.key("from")), value: route.key("type") }
            }
        }
    });
    let compared = webhook.when.iter().map(move |(path, condition)| {
        let route = pointer!["webhook", at, "when"].key(path);
        let purpose = Purpose::Compared(condition);
        Use { steps: single(path.as_str()), purpose, name: NamePlace::Key(route.clone()), value: route }
    });
    let watched = webhook.changed.iter().enumerate().map(move |(place, name)| {
        let route = pointer!["webhook", at, "changed", place];
        let name = single(name.as_str());
        Use { steps: name, purpose: Purpose::Watched, name: NamePlace::Value(route.clone()), value: route }
    });
    sent.chain(compared).chain(watched)
}

fn single(path: &str) -> Vec<PathStep<'_>> {
    path.split('.').map(|name| PathStep { name, is_list: false }).collect()
}

impl Use<'_> {
    fn check(&self, context: &Context<'_>, object: &DataObject<'_>) -> Option<Diagnostic> {
        let mut object = object.clone();
        for (place, step) in self.steps.iter().enumerate() {
            if let Some(finding) = self.unknown(context, &object, place) {
                return Some(finding);
            }
            let misfit =
                object.types(step.name).find_map(|php_type| self.misfit(context, &object, place, php_type));
            if misfit.is_some() {
                return misfit;
            }
            if let Some(finding) = unfilled::check(&object, step.name, &self.path(place, step.name)) {
                return Some(finding.at(self.place(context)));
            }
            let below = object.types(step.name).find_map(|php_type| object.below(php_type))?;
            object = below;
        }
        None
    }

    /// Place of its name in the spec.
    fn place(&self, context: &Context<'_>) -> Option<Range<usize>> {
        match &self.name {
            NamePlace::Key(route) => context.spans.key(route),
            NamePlace::Value(route) => context.spans.value(route),
        }
    }

    /// Path up to a step, with another name for the last.
    fn path(&self, place: usize, name: &str) -> String {
        let above = self.steps[..place].iter().map(written);
        above.chain([name.to_owned()]).collect::<Vec<_>>().join(".")
    }

    fn unknown(&self, context: &Context<'_>, object: &DataObject<'_>, place: usize) -> Option<Diagnostic> {
        let (catalog, name) = (context.catalog, self.steps[place].name);
        let has = object.has(name);
        let lacking = object.covered - has;
        if lacking.is_empty() || object.is_key(name) {
            return None;
        }
        let meant = meant(context, object, name)?;
        let reason = match self.purpose {
            Purpose::Sent(_) => "a field that the object lacks is sent as null",
            Purpose::Watched => "a field that the object lacks never changes",
            _ => "a field that the object lacks has no value to compare",
        };
        let finding = |message: String| {
            Diagnostic::new(Rule::UnknownField, message).at(self.place(context)).reason(reason)
        };
        let interface = &object.interface;
        if !has.is_empty() || object.is_elsewhere(name) {
            let message = format!("`{name}` is not a field of {interface} in {}", catalog.describe(lacking));
            return Some(finding(message).help(Help::new("leave it out, or expect null there").removal()));
        }
        let otherwise = || {
            "compare it with the columns of the table, or set `unknown-field = \"allow\"` in [rules] if another module adds it".into()
        };
        Some(finding(format!("`{name}` is not a field of {interface}")).help(meant.map_or_else(
            otherwise,
            |near| {
                let path = self.path(place, near);
                Help::new(format!("did you mean `{path}`?")).meant(path)
            },
        )))
    }

    /// Reports a step that does not fit the type of its field.
    fn misfit(
        &self,
        context: &Context<'_>,
        object: &DataObject<'_>,
        place: usize,
        php_type: &DocType,
    ) -> Option<Diagnostic> {
        let step = self.steps[place];
        let finding = |message: String, reason: &'static str, help: Help| {
            let at = context.spans.value(&self.value);
            Some(Diagnostic::new(Rule::FieldType, message).at(at).reason(reason).help(help))
        };
        let (name, is_last) = (step.name, place + 1 == self.steps.len());
        php_type.names().next()?;
        let is_list = php_type.names().any(|it| it.ends_with("[]") || it == "array");
        let is_class = php_type.names().any(|it| it.contains('\\'));
        let path = self.path(place, name);
        let rest = |sign: &str| {
            let rest = self.steps[place + 1..].iter().map(written);
            std::iter::once(format!("{path}{sign}")).chain(rest).collect::<Vec<_>>().join(".")
        };
        let example = || object.below(php_type).and_then(|below| below.example()).unwrap_or("…");
        let sent = "only scalar values are sent";
        if step.is_list && !is_list && php_type.names().all(|it| it != "mixed") {
            let message = format!("`{path}` is {php_type}, not a list");
            return finding(message, "its items are sent, and it has none", Help::write(&rest("")));
        }
        if is_list && !step.is_list && !php_type.names().any(|it| it == "array") {
            let may_be_list = matches!(self.purpose, Purpose::Sent(_));
            let help = match (is_last, is_class) {
                _ if !may_be_list => Help::new("leave it out: only single values are compared").removal(),
                (false, _) => Help::write(&rest("[]")),
                (true, true) => {
                    format!("send a field of its items, such as \"{path}[].{}\"", example()).into()
                }
                (true, false) => Help::write(&format!("{path}[]")),
            };
            return finding(format!("`{path}` is a list, {php_type}"), sent, help);
        }
        if !is_last {
            let is_scalar =
                |it: &str| matches!(it, "string" | "int" | "float" | "double" | "bool" | "boolean");
            return if php_type.names().all(|it| is_scalar(it.trim_end_matches("[]"))) {
                let next = self.steps[place + 1].name;
                let message = format!("`{path}` is {php_type}, which has no field `{next}`");
                finding(message, "a path leads through objects", Help::write(&path))
            } else {
                None
            };
        }
        if is_class {
            let help = format!(
                "name a field of it, such as \"{path}{}.{}\"",
                if is_list { "[]" } else { "" },
                example()
            );
            return finding(format!("`{path}` is {php_type}, an object"), sent, help.into());
        }
        self.scalar(context, &path, php_type)
    }

    fn scalar(&self, context: &Context<'_>, path: &str, php_type: &DocType) -> Option<Diagnostic> {
        let name = self.steps.last()?.name;
        let at = context.spans.value(&self.value);
        let fits = |kind| php_type.names().any(|it| fits(it.trim_end_matches("[]"), name, kind));
        match self.purpose {
            Purpose::Sent(kind) if !fits(kind) => {
                let instead = [PayloadType::Int, PayloadType::Float, PayloadType::Bool, PayloadType::String]
                    .into_iter()
                    .find(|other| fits(*other));
                let message = format!("`{path}` is {php_type} but is sent as {}", kind.name());
                Some(
                    Diagnostic::new(Rule::FieldType, message)
                        .at(at)
                        .reason("the value is converted to the type in the spec and may lose information")
                        .help(instead.map_or_else(
                            || Help::new("leave it out: only scalar values are sent").removal(),
                            |other| Help::write(other.name()),
                        )),
                )
            }
            Purpose::Compared(condition) => compared(path, php_type, condition).map(|finding| finding.at(at)),
            _ => None,
        }
    }
}

/// Reports a text that is not compared with texts, and a number or a flag that is compared with a text that it never reads as.
fn compared(path: &str, php_type: &DocType, condition: &ValueCondition) -> Option<Diagnostic> {
    let mut texts = condition.all_values().filter_map(|value| match value {
        ConditionValue::Text(text) => Some(text.as_str()),
        _ => None,
    });
    let finding = |message: String| Diagnostic::new(Rule::FieldType, message);
    if php_type.names().all(|it| it == "string") {
        let is_with_others = !condition.is_empty() && texts.next().is_none();
        return is_with_others.then(|| {
            let help = Help::new("write the values as texts in quotes");
            finding(format!("`{path}` is {php_type} but is not compared with a text"))
                .reason("text that is not a number counts as 0, and any text as a flag that is set")
                .help(match condition {
                    ValueCondition::Is(ConditionValue::Number(number)) => help.value(format!("\"{number}\"")),
                    _ => help,
                })
        });
    }
    // Values of different types have a finding of their own.
    if condition.bounds() != (None, None)
        || condition.all_values().any(|it| !matches!(it, ConditionValue::Text(_)))
    {
        return None;
    }
    // A text that is empty stands for a field that was never set.
    let misread =
        texts.find(|text| !text.is_empty() && php_type.names().all(|it| never_reads_as(it, text)))?;
    let is_alone = matches!(condition, ValueCondition::Is(_));
    let (reason, help) = if php_type.names().all(|it| matches!(it, "bool" | "boolean")) {
        ("a flag reads as `1` or `0`", {
            let flag = as_flag(misread).filter(|_| is_alone).map(|flag| flag.to_string());
            flag.into_iter().fold(Help::new("write true or false without quotes"), Help::value)
        })
    } else if misread.parse::<f64>().is_ok_and(f64::is_finite) {
        (
            "the database writes numbers in another way, such as `100.0000`",
            Some(misread)
                .filter(|_| is_alone)
                .into_iter()
                .fold(Help::new(format!("write {misread} without quotes")), Help::value),
        )
    } else {
        ("a number never reads as this text", Help::new("write a number without quotes"))
    };
    Some(
        finding(format!("`{path}` is {php_type} but is compared with the text \"{misread}\""))
            .reason(reason)
            .help(help),
    )
}

/// Returns true if a value of the PHP type never has this text, as the database writes it.
fn never_reads_as(php: &str, text: &str) -> bool {
    match php {
        "int" => text.parse::<i64>().map_or(true, |number| number.to_string() != text),
        "float" | "double" => true,
        "bool" | "boolean" => !matches!(text, "0" | "1"),
        _ => false,
    }
}

/// Field that was probably meant; nothing if the field may exist as written.
fn meant<'a>(context: &Context<'_>, object: &DataObject<'a>, name: &str) -> Option<Option<&'a str>> {
    if object.has("custom_attributes").is_empty() {
        return Some(context.suggestions.make(|| nearest(name, object.names())).flatten());
    }
    // An attribute can have any name, so only close misspellings count.
    let near = nearest_above(SLIP, name, object.names())?;
    (near.len().abs_diff(name.len()) <= 1).then_some(Some(near))
}

fn written(step: &PathStep<'_>) -> String {
    format!("{}{}", step.name, if step.is_list { "[]" } else { "" })
}

/// Returns true if a value of the PHP type converts to the other type without loss.
fn fits(php: &str, name: &str, kind: PayloadType) -> bool {
    match php {
        _ if php.contains('\\') || php == "array" => false,
        "string" => kind == PayloadType::String,
        // The database often stores a flag as an int.
        "int" => kind != PayloadType::Bool || name.starts_with("is_") || name.starts_with("has_"),
        "float" | "double" => matches!(kind, PayloadType::Float | PayloadType::String),
        _ => true,
    }
}
