//! The fields of a webhook's object.

use super::Context;
use crate::{
    catalog::{DataType, ReleaseSet, VersionedRow},
    diag::{Diagnostic, Rule, nearest, nearest_above},
    names::PayloadField,
    spec::{
        Pointer, pointer,
        webhooks::{PayloadType, Webhook},
    },
};

/// As alike a field must be to another to be a slip of it, where attributes can have any name.
const SLIP: f64 = 0.92;

/// Fields that the object does not have, or has with another type.
pub(super) fn check(
    context: &Context<'_>,
    releases: ReleaseSet,
    at: usize,
    webhook: &Webhook,
) -> Vec<Diagnostic> {
    let mut findings = secrets(context, at, webhook);
    let Some(object) = Object::of(context, releases, &webhook.event.as_str().to_lowercase()) else {
        return findings;
    };
    let check = |(name, kind): (&PayloadField, &PayloadType)| {
        let name = name.as_str();
        let route = pointer!["webhook", at, "fields"].key(name);
        object.unknown(&route, name).or_else(|| object.misfit(&route, name, *kind))
    };
    findings.extend(webhook.fields.iter().filter_map(check));
    findings
}

/// Fields that open an account, whoever is told them.
fn secrets(context: &Context<'_>, at: usize, webhook: &Webhook) -> Vec<Diagnostic> {
    let is_secret = |name: &str| {
        name.contains("password")
            || name.ends_with("_token")
            || matches!(name, "confirmation" | "secret" | "token")
    };
    let names = webhook.fields.keys().map(PayloadField::as_str).filter(|name| is_secret(name));
    let finding = |name: &str| {
        Diagnostic::new(Rule::SecretField, format!("`{name}` is told to the other side"))
            .at(context.spans.key(&pointer!["webhook", at, "fields"].key(name)))
            .reason("it stands in the outbox as it is, and whoever reads it there or on the way can get into the account")
            .help("leave it out")
    };
    names.map(finding).collect()
}

/// What an event tells of, as far as its data interface says.
struct Object<'a> {
    context: &'a Context<'a>,
    /// Its interface, in each state that the target has.
    types: Vec<&'a DataType>,
    /// The releases whose interface is known.
    covered: ReleaseSet,
}

impl<'a> Object<'a> {
    /// None if the event is of no entity that has an interface, or of more than one.
    fn of(context: &'a Context<'a>, releases: ReleaseSet, event: &str) -> Option<Self> {
        let catalog = context.catalog;
        let interfaces: Vec<&str> = catalog
            .entities_of(event)
            .filter(|entity| !(entity.releases & releases).is_empty())
            .map(|entity| entity.data_interface.as_str())
            .collect();
        let (first, others) = interfaces.split_first()?;
        if others.iter().any(|other| other != first) {
            return None;
        }
        let types: Vec<&DataType> = catalog.types().find(first).iter().collect();
        let covered = types.iter().fold(ReleaseSet::default(), |all, it| all | it.releases()) & releases;
        (!covered.is_empty()).then_some(Self { context, types, covered })
    }

    /// The names of its fields.
    fn names(&self) -> impl Iterator<Item = &'a str> {
        let types = self.types.iter().copied();
        types.flat_map(|it| it.fields.iter()).map(|field| field.name).filter(|name| *name != "id")
    }

    fn has(&self, name: &str) -> ReleaseSet {
        let fields = self.types.iter().flat_map(|it| &it.fields).filter(|field| field.name == name);
        fields.fold(ReleaseSet::default(), |all, field| all | field.releases) & self.covered
    }

    /// A field that may be meant by another; none where the other may well be there.
    fn meant(&self, name: &str) -> Option<Option<&'a str>> {
        if self.has("custom_attributes").is_empty() {
            return Some(nearest(name, self.names()));
        }
        // Any name may be that of an attribute, unless it is a slip of another.
        let near = nearest_above(SLIP, name, self.names())?;
        (near.len().abs_diff(name.len()) <= 1).then_some(Some(near))
    }

    fn unknown(&self, route: &Pointer, name: &str) -> Option<Diagnostic> {
        let catalog = self.context.catalog;
        let interface = &self.types.first()?.class;
        let has = self.has(name);
        let lacking = self.covered - has;
        // The interface calls `id` whatever the key of the table is called.
        if lacking.is_empty() || name.ends_with("_id") && !self.has("id").is_empty() {
            return None;
        }
        let meant = self.meant(name)?;
        let finding = |message: String| {
            Diagnostic::new(Rule::UnknownField, message)
                .at(self.context.spans.key(route))
                .reason("a field that the object does not have is told as null")
        };
        if !has.is_empty() {
            let message = format!("`{name}` is no field of {interface} in {}", catalog.describe(lacking));
            return Some(finding(message).help("leave it out, or count on null there"));
        }
        let otherwise = || {
            "compare it with the columns of the table; set `unknown-field = \"allow\"` in [rules] if another module adds it".to_owned()
        };
        Some(
            finding(format!("`{name}` is no field of {interface}"))
                .help(meant.map_or_else(otherwise, |near| format!("did you mean `{near}`?"))),
        )
    }

    fn misfit(&self, route: &Pointer, name: &str, kind: PayloadType) -> Option<Diagnostic> {
        let fields = self.types.iter().flat_map(|it| &it.fields);
        let field = fields
            .filter(|field| field.name == name && !(field.releases & self.covered).is_empty())
            .find(|field| {
                field.php_type.names().next().is_some()
                    && !field.php_type.names().any(|it| fits(it, name, kind))
            })?;
        let (given, real) = (kind.name(), &field.php_type);
        let instead = [PayloadType::Int, PayloadType::Float, PayloadType::Bool, PayloadType::String]
            .into_iter()
            .find(|other| field.php_type.names().any(|it| fits(it, name, *other)));
        Some(
            Diagnostic::new(Rule::FieldType, format!("`{name}` is {real} and told as {given}"))
                .at(self.context.spans.value(route))
                .reason("the value is converted to the type that is written here, whatever is lost by that")
                .help(instead.map_or_else(
                    || "leave it out: only single values are told".to_owned(),
                    |other| format!("write \"{}\"", other.name()),
                )),
        )
    }
}

/// Whether a value of a PHP type can be told as another without loss.
fn fits(php: &str, name: &str, kind: PayloadType) -> bool {
    match php {
        _ if php.ends_with("[]") || php.contains('\\') || php == "array" => false,
        "string" => kind == PayloadType::String,
        // A flag is often an int in the database.
        "int" => kind != PayloadType::Bool || name.starts_with("is_") || name.starts_with("has_"),
        "float" | "double" => matches!(kind, PayloadType::Float | PayloadType::String),
        _ => true,
    }
}
