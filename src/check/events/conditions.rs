//! Conditions that never hold, and `changed` that always does.

use super::Context;
use crate::{
    catalog::{DataObject, ReleaseSet, behaviour},
    diag::{Diagnostic, Help, Rule},
    names::{EventName, ObjectField},
    spec::{
        Pointer, pointer,
        webhooks::{ConditionValue, ValueCondition, Webhook},
    },
};

pub(super) fn check(context: &Context<'_>, at: usize, webhook: &Webhook) -> Vec<Diagnostic> {
    let conditions = webhook.when.iter().filter_map(|(path, condition)| {
        one(context, &pointer!["webhook", at, "when"].key(path), path.as_str(), condition)
    });
    let empty =
        ["when", "changed"].into_iter().filter_map(|key| empty(context, &pointer!["webhook", at, key], key));
    conditions.chain(empty).chain(deleted(context, at, webhook)).collect()
}

fn empty(context: &Context<'_>, route: &Pointer, key: &str) -> Option<Diagnostic> {
    let place = context.spans.value(route).filter(|_| context.spans.end_of_members(route).is_none())?;
    let finding = Diagnostic::new(Rule::WebhookCondition, format!("`{key}` names no field")).at(Some(place));
    Some(
        finding.reason("without a condition, each event is recorded").help("name a field, or remove the key"),
    )
}

fn one(context: &Context<'_>, route: &Pointer, path: &str, condition: &ValueCondition) -> Option<Diagnostic> {
    let finding = |message: String, reason: &'static str, help: &'static str| {
        let place = context.spans.value(route);
        Some(Diagnostic::new(Rule::WebhookCondition, message).at(place).reason(reason).help(help))
    };
    let (min, max) = condition.bounds();
    let values: Vec<&ConditionValue> = condition.all_values().collect();
    if condition.is_empty() {
        let help = "name the values, or write `min`, `max` or `not`";
        return finding(
            format!("the condition on `{path}` has no value"),
            "there is nothing to compare with",
            help,
        );
    }
    let kinds =
        || values.iter().map(|value| value.kind()).chain((min.is_some() || max.is_some()).then_some("float"));
    if kinds().any(|kind| Some(kind) != kinds().next()) {
        let message = format!("`{path}` is compared with values of different types");
        let help = "write all values as texts, as numbers, or as true and false";
        return finding(message, "the field is converted to the type of the values", help);
    }
    let number = |bound: Option<&serde_json::Number>| bound.and_then(serde_json::Number::as_f64);
    match (number(min), number(max)) {
        (Some(low), Some(high)) if low > high => finding(
            format!("`{path}` is never at least {low} and at most {high}"),
            "no webhook would be recorded",
            "write a `min` below `max`",
        ),
        _ => None,
    }
}

/// Reports `changed` where every event is a deletion.
fn deleted(context: &Context<'_>, at: usize, webhook: &Webhook) -> Option<Diagnostic> {
    let is_deletion = webhook.event.as_slice().iter().all(EventName::is_deletion);
    (is_deletion && !webhook.changed.is_empty()).then(|| {
        Diagnostic::new(Rule::WebhookCondition, "a deletion changes no field")
            .at(context.spans.key(&pointer!["webhook", at, "changed"]))
            .reason("the fields of a deleted object are those that were loaded")
            .help(
                Help::new("remove `changed`, or write a save event such as \"sales_order_save_after\"")
                    .removal(),
            )
    })
}

/// Event at which `changed` has nothing to compare with in some releases: they save customers that were not loaded
/// (docs/magento/events.md#original-data-customers).
const CUSTOMER_SAVED: &str = "customer_save_after";

/// Reports fields in `changed` that have no original value in some releases.
pub(super) fn without_original(
    context: &Context<'_>,
    releases: ReleaseSet,
    at: usize,
    webhook: &Webhook,
) -> Vec<Diagnostic> {
    let catalog = context.catalog;
    let is_of_customer =
        webhook.event.as_slice().iter().any(|event| event.as_str().eq_ignore_ascii_case(CUSTOMER_SAVED));
    let customer = DataObject::of(context.catalog, releases, CUSTOMER_SAVED).filter(|_| is_of_customer);
    let Some(customer) = customer else { return Vec::new() };
    let finding = |(place, field): (usize, &ObjectField)| {
        let is_of_interface = !customer.has(field.as_str()).is_empty();
        let knowing =
            catalog.those(releases, |version| behaviour::knows_customer_before(version, is_of_interface));
        let lacking = releases - knowing;
        if lacking.is_empty() {
            return None;
        }
        let otherwise = Help::new("remove `changed` and let the external system compare").removal();
        let help = match knowing.is_empty() {
            true => otherwise,
            false => otherwise.joined(", or ", context.narrow_to(knowing)),
        };
        Some(
            Diagnostic::new(
                Rule::NoOriginalValue,
                format!("`{field}` of a customer has no original value in {}", catalog.describe(lacking)),
            )
            .at(context.spans.value(&pointer!["webhook", at, "changed", place]))
            .reason("Magento saves customers there without loading them, so each save counts as a change")
            .help(help),
        )
    };
    webhook.changed.iter().enumerate().filter_map(finding).collect()
}
