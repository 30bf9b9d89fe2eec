//! Fields of a webhook compared with the data interface of its object.

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

/// Reports fields that give access to an account.
fn secrets(context: &Context<'_>, at: usize, webhook: &Webhook) -> Vec<Diagnostic> {
    let is_secret = |name: &str| {
        name.contains("password")
            || name.ends_with("_token")
            || matches!(name, "confirmation" | "secret" | "token")
    };
    let names = webhook.fields.keys().map(PayloadField::as_str).filter(|name| is_secret(name));
    let finding = |name: &str| {
        Diagnostic::new(Rule::SecretField, format!("`{name}` is sent to the receiver"))
            .at(context.spans.key(&pointer!["webhook", at, "fields"].key(name)))
            .reason("it is stored in the outbox in plain text, and anyone who reads it there or in transit can take over the account")
            .help("leave it out")
    };
    names.map(finding).collect()
}

/// Object of an event, as its data interface describes it.
struct Object<'a> {
    context: &'a Context<'a>,
    /// Its interface in each state within the target.
    types: Vec<&'a DataType>,
    /// Releases in which the interface is known.
    covered: ReleaseSet,
}

impl<'a> Object<'a> {
    /// Finds the interface; there is none if the event belongs to no entity or to several.
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

    /// Names of its fields.
    fn names(&self) -> impl Iterator<Item = &'a str> {
        let types = self.types.iter().copied();
        types.flat_map(|it| it.fields.iter()).map(|field| field.name).filter(|name| *name != "id")
    }

    fn has(&self, name: &str) -> ReleaseSet {
        let fields = self.types.iter().flat_map(|it| &it.fields).filter(|field| field.name == name);
        fields.fold(ReleaseSet::default(), |all, field| all | field.releases) & self.covered
    }

    /// Field that was probably meant; nothing if the field may exist as written.
    fn meant(&self, name: &str) -> Option<Option<&'a str>> {
        if self.has("custom_attributes").is_empty() {
            return Some(self.context.suggestions.make(|| nearest(name, self.names())).flatten());
        }
        // An attribute can have any name, so only close misspellings count.
        let near = nearest_above(SLIP, name, self.names())?;
        (near.len().abs_diff(name.len()) <= 1).then_some(Some(near))
    }

    fn unknown(&self, route: &Pointer, name: &str) -> Option<Diagnostic> {
        let catalog = self.context.catalog;
        let interface = &self.types.first()?.class;
        let has = self.has(name);
        let lacking = self.covered - has;
        // The interface says `id`, whatever the key column is called.
        if lacking.is_empty() || name.ends_with("_id") && !self.has("id").is_empty() {
            return None;
        }
        let meant = self.meant(name)?;
        let finding = |message: String| {
            Diagnostic::new(Rule::UnknownField, message)
                .at(self.context.spans.key(route))
                .reason("a field that the object lacks is sent as null")
        };
        if !has.is_empty() {
            let message = format!("`{name}` is not a field of {interface} in {}", catalog.describe(lacking));
            return Some(finding(message).help("leave it out, or expect null there"));
        }
        let otherwise = || {
            "compare it with the columns of the table, or set `unknown-field = \"allow\"` in [rules] if another module adds it".to_owned()
        };
        Some(
            finding(format!("`{name}` is not a field of {interface}"))
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
            Diagnostic::new(Rule::FieldType, format!("`{name}` is {real} but is sent as {given}"))
                .at(self.context.spans.value(route))
                .reason("the value is converted to the type in the spec and may lose information")
                .help(instead.map_or_else(
                    || "leave it out: only scalar values are sent".to_owned(),
                    |other| format!("write \"{}\"", other.name()),
                )),
        )
    }
}

/// Returns true if a value of the PHP type converts to the other type without loss.
fn fits(php: &str, name: &str, kind: PayloadType) -> bool {
    match php {
        _ if php.ends_with("[]") || php.contains('\\') || php == "array" => false,
        "string" => kind == PayloadType::String,
        // The database often stores a flag as an int.
        "int" => kind != PayloadType::Bool || name.starts_with("is_") || name.starts_with("has_"),
        "float" | "double" => matches!(kind, PayloadType::Float | PayloadType::String),
        _ => true,
    }
}
