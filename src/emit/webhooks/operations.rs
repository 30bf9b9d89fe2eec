//! Classes that operate webhooks: console commands, and the system message in Admin.

use minijinja::context;
use serde_json::{Value, json};

use super::{class, class_with};
use crate::{
    emit::{template::Template, xml::XmlElement},
    model::{Module, PayloadField, PayloadNode, SettingKind, Webhook, Webhooks},
};

/// Console commands: the last word of the name, and the class (docs/magento/files-and-schemas.md#console-commands).
pub(in crate::emit) const COMMANDS: [(&str, &str); 7] = [
    ("list", "ListCommand"),
    ("prune", "PruneCommand"),
    ("replay", "ReplayCommand"),
    ("retry", "RetryCommand"),
    ("send-test", "SendTestCommand"),
    ("show", "ShowCommand"),
    ("status", "StatusCommand"),
];

/// Renders a class of the module with console commands.
macro_rules! of_commands {
    ($($function:ident $template:ident)+) => {
        $(pub(in crate::emit) fn $function(module: &Module) -> Option<String> {
            module.webhooks.as_ref()?.commands.as_ref()?;
            class(module, Template::$template)
        })+
    };
}

of_commands! {
    options WebhookOptions
    report WebhookReport
    list ListCommand
    prune PruneCommand
    replay ReplayCommand
    retry RetryCommand
    send_test SendTestCommand
    show ShowCommand
    draft_outbox DraftOutbox
    drafts Drafts
    filter WebhookFilter
    filter_test WebhookFilterTest
    status StatusCommand
    topics Topics
    topics_test TopicsTest
}

/// Longest lease of a message in seconds, if the range of the timeout does not say it.
const LONGEST_LEASE: i32 = 3600;

/// Seconds that `DeliverWebhooks` adds to the timeout.
const SPARE: i32 = 30;

pub(in crate::emit) fn operations(module: &Module) -> Option<String> {
    let webhooks = module.webhooks.as_ref()?;
    webhooks.commands.as_ref()?;
    let lease = match webhooks.timeout.kind {
        SettingKind::Number { max: Some(max), .. } => max.saturating_add(SPARE),
        _ => LONGEST_LEASE,
    };
    let own = context! { lease, job => format!("{}_deliver_webhooks", module.id()) };
    class_with(module, Template::Operations, own)
}

pub(in crate::emit) fn health(module: &Module) -> Option<String> {
    let webhooks = module.webhooks.as_ref()?;
    (webhooks.commands.is_some() || webhooks.notify_minutes.is_some())
        .then(|| class(module, Template::Health))?
}

/// Text of the system message: module, number of messages, time of the oldest, number given up, place of more.
pub(in crate::emit) const NOT_DELIVERED: &str =
    "%1: webhooks not delivered: %2, the oldest of %3 (UTC); given up: %4. See %5.";

pub(in crate::emit) fn notification(module: &Module) -> Option<String> {
    let webhooks = module.webhooks.as_ref()?;
    webhooks.notify_minutes?;
    let own = context! {
        identity => identity(module),
        text => NOT_DELIVERED,
        hint => match &webhooks.commands {
            Some(prefix) => format!("bin/magento {prefix}:status"),
            None => format!("var/log/{}.log", module.id()),
        },
    };
    class_with(module, Template::Notification, own)
}

pub(in crate::emit) fn notification_test(module: &Module) -> Option<String> {
    module.webhooks.as_ref()?.notify_minutes?;
    class(module, Template::NotificationTest)
}

/// Name of the system message, which is unique in Magento.
fn identity(module: &Module) -> String {
    format!("{}_webhooks", module.id())
}

/// `etc/adminhtml/di.xml`: the system message (docs/magento/files-and-schemas.md#system-messages).
pub(in crate::emit) fn adminhtml_di(module: &Module) -> Option<String> {
    module.webhooks.as_ref()?.notify_minutes?;
    let class = format!(r"{}\Model\Webhook\Notification", module.name.namespace());
    let item = XmlElement::new("item")
        .attribute("name", identity(module))
        .attribute("xsi:type", "string")
        .text(class);
    let messages = XmlElement::new("argument")
        .attribute("name", "messages")
        .attribute("xsi:type", "array")
        .children([item]);
    let list = XmlElement::new("type")
        .attribute("name", r"Magento\Framework\Notification\MessageList")
        .children([XmlElement::new("arguments").children([messages])]);
    XmlElement::root("config", "urn:magento:framework:ObjectManager/etc/config.xsd")
        .children([list])
        .into_file(module)
}

/// Sample data of a topic in JSON.
pub(in crate::emit) fn sample(webhook: &Webhook) -> String {
    // Without fields PHP writes a list.
    if webhook.fields.is_empty() { "[]".to_owned() } else { sample_object(&webhook.fields).to_string() }
}

fn sample_object(fields: &[PayloadField]) -> Value {
    Value::Object(fields.iter().map(|field| (field.name.clone(), sample_value(&field.value))).collect())
}

/// Sample of a value; a list has one item.
fn sample_value(value: &PayloadNode) -> Value {
    match value {
        PayloadNode::Scalar { kind: "int", .. } => json!(1),
        PayloadNode::Scalar { kind: "float", .. } => json!(1.5),
        PayloadNode::Scalar { kind: "bool", .. } => json!(true),
        PayloadNode::Scalar { .. } => json!("sample"),
        PayloadNode::Object { fields, .. } => sample_object(fields),
        PayloadNode::List { item, .. } => json!([sample_value(item)]),
    }
}

/// Names of the module's commands with their classes.
pub(in crate::emit) fn commands(webhooks: &Webhooks) -> Vec<(String, &'static str)> {
    let prefix = webhooks.commands.iter();
    prefix
        .flat_map(|prefix| COMMANDS.iter().map(move |(word, class)| (format!("{prefix}:{word}"), *class)))
        .collect()
}
