//! Webhooks: an outbox in the database, and the classes that record, sign and send.
//!
//! The classes are the same in every module except for the namespace, the table and the getters: all other
//! differences are in etc/di.xml.

pub(super) mod operations;
pub(super) mod recorded;
pub(super) mod schema;

use minijinja::{Value, context};

use super::template::{self, Template};
use crate::model::{Module, Scope, Tier};

pub(super) fn backoff(module: &Module) -> Option<String> {
    class(module, Template::Backoff)
}

pub(super) fn backoff_test(module: &Module) -> Option<String> {
    class(module, Template::BackoffTest)
}

pub(super) fn deliver(module: &Module) -> Option<String> {
    class(module, Template::DeliverWebhooks)
}

pub(super) fn conditions(module: &Module) -> Option<String> {
    class_of_trees(module, Template::Conditions)
}

pub(super) fn conditions_test(module: &Module) -> Option<String> {
    class_of_trees(module, Template::ConditionsTest)
}

pub(super) fn payload(module: &Module) -> Option<String> {
    class_of_trees(module, Template::Payload)
}

pub(super) fn payload_test(module: &Module) -> Option<String> {
    class_of_trees(module, Template::PayloadTest)
}

/// Class of a module whose webhooks have paths, conditions or several events.
fn class_of_trees(module: &Module, template: Template) -> Option<String> {
    if module.webhooks.as_ref()?.are_plain() { None } else { class(module, template) }
}

pub(super) fn outbox(module: &Module) -> Option<String> {
    class(module, Template::Outbox)
}

pub(super) fn prune(module: &Module) -> Option<String> {
    class(module, Template::PruneWebhooks)
}

pub(super) fn record(module: &Module) -> Option<String> {
    class(module, Template::RecordWebhook)
}

pub(super) fn sender(module: &Module) -> Option<String> {
    class(module, Template::Sender)
}

pub(super) fn signer(module: &Module) -> Option<String> {
    class(module, Template::Signer)
}

/// Error message of `SigningSecret`.
pub(super) const NO_KEY: &str = "\"whsec_\" must be followed by the key in Base64.";

pub(super) fn signing_secret(module: &Module) -> Option<String> {
    class(module, Template::SigningSecret)
}

pub(super) fn signer_test(module: &Module) -> Option<String> {
    class(module, Template::SignerTest)
}

/// Length limit of the getter call that fits into its line.
const TIMEOUT: usize = 35;

fn class(module: &Module, template: Template) -> Option<String> {
    class_with(module, template, context! {})
}

/// Renders a class with the values that all classes of webhooks have, and some of its own.
fn class_with(module: &Module, template: Template, own: Value) -> Option<String> {
    let webhooks = module.webhooks.as_ref()?;
    let of_message = matches!(template, Template::DeliverWebhooks);
    let store = if of_message { "(int) $message['store_id']" } else { "$storeId" };
    let timeout = webhooks.timeout.call(store);
    let values = context! {
        table => &webhooks.table,
        url => webhooks.url.call(store),
        secret => webhooks.secret.call(store),
        second_secret => webhooks.second_secret.as_ref().map(|secret| secret.call(store)),
        enabled => webhooks.enabled.call(store),
        enabled_by_store => webhooks.enabled.scope != Scope::Global,
        enabled_getter => &webhooks.enabled.getter,
        is_plain => webhooks.are_plain(),
        no_key => NO_KEY,
        timeout_fits => timeout.len() <= TIMEOUT,
        timeout,
        sodium => module.platform.tier() >= Tier::Php81,
        commands => webhooks.commands.is_some(),
    };
    template::php(module, template, context! { ..own, ..values })
}
