//! `etc/di.xml`: preferences, the plugin on integrations, settings kept out of config.php, limits of settings, the log,
//! constructor arguments, and console commands.

use std::{borrow::Cow, collections::BTreeMap};

use super::plugin;
use crate::{
    emit::{
        settings::backend::{self, Limits},
        webhooks::{operations, recorded},
        xml::{XmlElement, argument, item},
    },
    model::{Module, ObjectKind, Owner, Setting, SettingKind, Webhook},
    names::{IntegrationName, snake},
};

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    let log: Vec<XmlElement<'_>> = log(module).into_iter().chain(arguments(module)).collect();
    let blocks = [preferences(module), plugin(module), pool(module), limits(module), log, commands(module)];
    let mut elements = Vec::new();
    for mut block in blocks.into_iter().filter(|block| !block.is_empty()) {
        let first = block.remove(0);
        elements.push(if elements.is_empty() { first } else { first.set_off() });
        elements.append(&mut block);
    }
    if elements.is_empty() {
        return None;
    }
    XmlElement::root("config", "urn:magento:framework:ObjectManager/etc/config.xsd")
        .children(elements)
        .into_file(module)
}

/// Preferences: the class of each interface, sorted.
fn preferences(module: &Module) -> Vec<XmlElement<'_>> {
    let namespace = module.name.namespace();
    let mut classes: BTreeMap<String, String> = BTreeMap::new();
    let mut add = |interface: String, class: String| {
        classes
            .insert(format!(r"{namespace}\Api\{interface}Interface"), format!(r"{namespace}\Model\{class}"));
    };
    for data in &module.api.data {
        add(format!(r"Data\{}", data.name), format!(r"Data\{}", data.name));
        if data.page.is_some() {
            let page = format!(r"Data\{}SearchResults", data.name);
            add(page.clone(), page);
        }
    }
    for service in module.api.services.iter().filter(|it| it.is_generated) {
        add(service.name.to_string(), service.name.to_string());
    }
    let preference = |(interface, class)| {
        XmlElement::new("preference").attribute("for", interface).attribute("type", class)
    };
    classes.into_iter().map(preference).collect::<Vec<XmlElement<'_>>>()
}

/// Plugins on what processes integrations in `setup:upgrade`: resources get their present ids first.
fn plugin(module: &Module) -> Vec<XmlElement<'_>> {
    let plugin = |name: &str, class: &str| {
        XmlElement::new("plugin")
            .attribute("name", format!("{}_{name}", module.id()))
            .attribute("type", format!(r"{}\{class}", module.name.namespace()))
    };
    let renames = !module.renames.resources.is_empty();
    let renames =
        renames.then(|| plugin("rename_resources", plugin::RENAME_RESOURCES).attribute("sortOrder", "-10"));
    let changes = module.has_plugin().then(|| plugin("process_integrations", plugin::CLASS));
    let plugins: Vec<_> = renames.into_iter().chain(changes).collect();
    if plugins.is_empty() {
        return Vec::new();
    }
    let manager = r"Magento\Integration\Model\ConfigBasedIntegrationManager";
    vec![XmlElement::new("type").attribute("name", manager).children(plugins)]
}

/// Integrations that the plugin changes, and those that it deletes. Items are numbered: Magento merges them by their
/// names, which must not have an apostrophe.
fn changed_integrations(module: &Module) -> Vec<XmlElement<'_>> {
    let changed = module.integrations.iter().filter(|it| it.is_changed_by_plugin(&module.platform));
    let changed = changed.enumerate().map(|(at, integration)| {
        let keep = plugin::kept(module, integration).map(|keep| item("keep", "string").text(keep));
        let former = item("former", "array").children(numbered(&integration.former));
        let name = item("name", "string").text(integration.name.as_str());
        let parts = [name].into_iter().chain(keep).chain((!former.is_empty()).then_some(former));
        item(at.to_string(), "array").children(parts)
    });
    let changed = argument("integrations", "array").children(changed);
    let retired = argument("retired", "array").children(numbered(&module.retired));
    [changed, retired].into_iter().filter(|list| !list.is_empty()).collect()
}

fn numbered<'a>(
    names: impl IntoIterator<Item = &'a IntegrationName>,
) -> impl Iterator<Item = XmlElement<'a>> {
    let names = names.into_iter().enumerate();
    names.map(|(at, name)| item(at.to_string(), "string").text(name.as_str()))
}

/// Settings that `app:config:dump` keeps out of config.php.
fn pool(module: &Module) -> Vec<XmlElement<'_>> {
    let Some(settings) = module.settings.as_ref().filter(|_| module.platform.has_type_pool()) else {
        return Vec::new();
    };
    let secrets = settings.iter().filter(|setting| setting.kind == SettingKind::Secret);
    let local = settings.iter().filter(|setting| setting.per_environment);
    let lists = [
        argument("sensitive", "array").children(secrets.map(listed)),
        argument("environment", "array").children(local.map(listed)),
    ];
    let lists: Vec<XmlElement<'_>> = lists.into_iter().filter(|list| !list.is_empty()).collect();
    if lists.is_empty() { Vec::new() } else { vec![class(r"Magento\Config\Model\Config\TypePool", lists)] }
}

fn listed(setting: &Setting) -> XmlElement<'_> {
    item(setting.path.as_str(), "string").text("1")
}

/// Limits of settings, for their backend models.
fn limits(module: &Module) -> Vec<XmlElement<'_>> {
    let number = |name: &'static str, number: i32| item(name, "number").text(number.to_string());
    let flag = |name, is_set: bool| item(name, "boolean").text(if is_set { "true" } else { "false" });
    let types = backend::virtual_types(module).into_iter();
    let types = types.map(|(name, class, limits)| {
        let items = match limits {
            Limits::Range { min, max, is_optional } => {
                vec![number("min", min), number("max", max), flag("is_optional", is_optional)]
            }
            Limits::Choices { options, is_multiple } => {
                let options = options.iter().map(|option| flag(&option.value, true));
                vec![item("options", "array").children(options), flag("is_multiple", is_multiple)]
            }
        };
        virtual_class(name, class, vec![argument("data", "array").children(items)])
    });
    types.collect()
}

/// Log of the module.
fn log(module: &Module) -> Vec<XmlElement<'_>> {
    if !module.logs() {
        return Vec::new();
    }
    let (id, namespace) = (module.id(), module.name.namespace());
    let handler = format!(r"{namespace}\Logger\Handler");
    let file = argument("fileName", "string").text(format!("/var/log/{id}.log"));
    let base = virtual_class(handler.clone(), r"Magento\Framework\Logger\Handler\Base", vec![file]);
    let arguments = vec![
        argument("name", "string").text(id),
        argument("handlers", "array").children([item("file", "object").text(handler)]),
    ];
    let logger =
        virtual_class(format!(r"{namespace}\Logger"), r"Magento\Framework\Logger\Monolog", arguments);
    // Before 2.2 the handler is a class of its own (docs/magento/files-and-schemas.md#classes-since).
    if module.platform.has_type_pool() { vec![base, logger] } else { vec![logger] }
}

/// Constructor arguments, by class.
fn arguments(module: &Module) -> Vec<XmlElement<'_>> {
    let mut classes: BTreeMap<String, Vec<XmlElement<'_>>> = BTreeMap::new();
    let logger = || argument("logger", "object").text(format!(r"{}\Logger", module.name.namespace()));
    for job in module.jobs.iter().filter(|job| job.owner == Owner::User) {
        classes.insert(job.class.to_string(), vec![logger()]);
    }
    for observer in module.observers.iter().filter(|observer| observer.owner == Owner::User) {
        classes.extend(observer.class.as_ref().map(|class| (class.to_string(), vec![logger()])));
    }
    if module.has_plugin() {
        classes.insert(plugin::CLASS.to_owned(), changed_integrations(module));
    }
    if let Some(webhooks) = &module.webhooks {
        let number = |name, number: u32| argument(name, "number").text(number.to_string());
        let deliver = vec![
            logger(),
            number("maxAttempts", webhooks.max_attempts),
            number("batchSize", webhooks.batch_size),
        ];
        let backoff =
            vec![number("firstDelay", webhooks.first_delay), number("longestDelay", webhooks.longest_delay)];
        classes.insert(r"Cron\DeliverWebhooks".to_owned(), deliver);
        classes.insert(r"Cron\PruneWebhooks".to_owned(), vec![number("keepDays", webhooks.keep_days)]);
        classes.insert(r"Model\Webhook\Backoff".to_owned(), backoff);
        if let Some(minutes) = webhooks.notify_minutes {
            classes.insert(r"Model\Webhook\Notification".to_owned(), vec![number("minutes", minutes)]);
        }
        if !webhooks.path.is_empty() {
            let path = argument("path", "string").text(webhooks.path.as_str());
            classes.insert(r"Model\Webhook\Sender".to_owned(), vec![path]);
        }
        classes.insert(r"Observer\RecordWebhook".to_owned(), vec![recorded::argument(webhooks)]);
    }
    let namespace = module.name.namespace();
    classes.into_iter().map(|(name, arguments)| class(format!(r"{namespace}\{name}"), arguments)).collect()
}

/// Console commands, by name, and the recorder that makes drafts for them.
fn commands(module: &Module) -> Vec<XmlElement<'_>> {
    let Some(webhooks) = module.webhooks.as_ref().filter(|webhooks| webhooks.commands.is_some()) else {
        return Vec::new();
    };
    let namespace = module.name.namespace();
    let class_of = |class: &str| format!(r"{namespace}\Console\Webhooks\{class}");
    let all = operations::commands(webhooks);
    let listed = all.iter().map(|(_, class)| {
        let name = format!("{}_webhooks_{}", module.id(), snake(class.trim_end_matches("Command")));
        XmlElement::new("item").attribute("name", name).attribute("xsi:type", "object").text(class_of(class))
    });
    let list = argument("commands", "array").children(listed);
    let recorder = format!(r"{namespace}\Model\Webhook\DraftRecorder");
    let outbox = argument("outbox", "object").text(format!(r"{namespace}\Model\Webhook\DraftOutbox"));
    let mut elements = vec![
        class(r"Magento\Framework\Console\CommandListInterface", vec![list]),
        virtual_class(recorder.clone(), format!(r"{namespace}\Observer\RecordWebhook"), vec![outbox]),
    ];
    for (name, command) in all {
        let days = argument("keepDays", "number").text(webhooks.keep_days.to_string());
        let days = (command == "PruneCommand").then_some(days);
        let name = argument("name", "string").text(name);
        elements.push(class(class_of(command), days.into_iter().chain([name]).collect()));
    }
    let recorder = argument("recorder", "object").text(recorder);
    elements.push(class(format!(r"{namespace}\Model\Webhook\Drafts"), vec![recorder]));
    let topics = argument("topics", "array").children(webhooks.list.iter().map(topic));
    elements.push(class(format!(r"{namespace}\Model\Webhook\Topics"), vec![topics]));
    elements
}

/// Topic with its event and the class of its objects, for each kind if there are several.
fn topic(webhook: &Webhook) -> XmlElement<'_> {
    let text = |name: &'static str, text: &'_ str| item(name, "string").text(text.to_owned());
    let of_kind = |kind: &ObjectKind| {
        let class = kind.class.as_deref().map(|class| text("entity", class));
        std::iter::once(text("event", kind.event.as_str())).chain(class)
    };
    let declared: Vec<XmlElement<'_>> = match webhook.kinds.as_slice() {
        [] => webhook.events.iter().take(1).map(|event| text("event", event.as_str())).collect(),
        [kind] => of_kind(kind).collect(),
        kinds => {
            let kinds = kinds.iter().map(|kind| item(kind.name.as_str(), "array").children(of_kind(kind)));
            vec![item("kinds", "array").children(kinds)]
        }
    };
    let sample = item("sample", "string").text(operations::sample(webhook));
    item(webhook.topic.as_str(), "array").children(declared.into_iter().chain([sample]))
}

fn class<'a>(name: impl Into<Cow<'a, str>>, arguments: Vec<XmlElement<'a>>) -> XmlElement<'a> {
    XmlElement::new("type")
        .attribute("name", name)
        .children([XmlElement::new("arguments").children(arguments)])
}

fn virtual_class<'a>(
    name: String,
    of: impl Into<Cow<'a, str>>,
    arguments: Vec<XmlElement<'a>>,
) -> XmlElement<'a> {
    XmlElement::new("virtualType")
        .attribute("name", name)
        .attribute("type", of)
        .children([XmlElement::new("arguments").children(arguments)])
}
