//! Import of webhooks that magespec generated: etc/di.xml says what is sent and how, and two classes call the getters of
//! the settings.

use serde_json::json;

use super::Entry;
use crate::{
    import::outline::Outline, module::ModuleFiles, names::ModuleName, parsers::xml::Element, spec::pointer,
};

/// Webhooks of a module.
pub(in crate::import) struct GeneratedWebhooks<'a> {
    /// Root of etc/di.xml.
    root: &'a Element,
    namespace: String,
    /// Argument of the observer that records them.
    recorded: &'a Element,
    /// Keys of `[webhooks]` with the getters of their settings.
    getters: Vec<(&'static str, String)>,
}

/// Numbers of `[webhooks]`: the class, its argument, the key and the default.
const NUMBERS: [(&str, &str, &str, &str); 6] = [
    (r"Cron\DeliverWebhooks", "maxAttempts", "max_attempts", "12"),
    (r"Model\Webhook\Backoff", "firstDelay", "first_delay", "60"),
    (r"Model\Webhook\Backoff", "longestDelay", "longest_delay", "21600"),
    (r"Cron\DeliverWebhooks", "batchSize", "batch_size", "100"),
    (r"Cron\PruneWebhooks", "keepDays", "keep_days", "30"),
    (r"Model\Webhook\Notification", "minutes", "notify_minutes", ""),
];

/// Returns true for the class of a job or an observer of webhooks, if the outline has webhooks.
pub(super) fn is_of_webhooks(outline: &Outline, module: &ModuleName, class: &str) -> bool {
    let own = class.trim_start_matches('\\').strip_prefix(&module.namespace());
    let classes = [r"\Cron\DeliverWebhooks", r"\Cron\PruneWebhooks", r"\Observer\RecordWebhook"];
    outline.json.get("webhooks").is_some() && own.is_some_and(|own| classes.contains(&own))
}

impl<'a> GeneratedWebhooks<'a> {
    /// Finds the webhooks of a module; none if it has none, or in another form. `text` returns the text of a class.
    pub(in crate::import) fn of(
        files: &'a ModuleFiles,
        module: &ModuleName,
        text: impl Fn(&str) -> Option<String>,
    ) -> Option<Self> {
        let root = &files.beside.get("etc/di.xml")?.root;
        let namespace = module.namespace();
        let recorded = argument(root, &format!(r"{namespace}\Observer\RecordWebhook"), "webhooks")?;
        let sender = text("Model/Webhook/Sender.php")?;
        let deliver = text("Cron/DeliverWebhooks.php")?;
        let mut getters = vec![
            ("url", getter(&sender, "post(").or_else(|| getter(&sender, "return "))?),
            ("enabled", getter(&deliver, "if (!")?),
            ("timeout", getter(&sender, "setTimeout(")?),
        ];
        let listed =
            sender.lines().filter_map(|line| getter(line.trim_start(), "").filter(|_| !line.contains(';')));
        let secrets: Vec<String> =
            getter(&sender, "$secret = ").map_or_else(|| listed.collect(), |one| vec![one]);
        getters.extend(["secret", "second_secret"].into_iter().zip(secrets));
        Some(Self { root, namespace, recorded, getters })
    }

    /// Returns the tables of the spec; none if something cannot be expressed. `path` returns the path of the setting with
    /// a getter, within its section.
    fn entries(&self, path: impl Fn(&str) -> Option<String>) -> Option<Vec<Entry>> {
        let at = &self.recorded.name.span;
        let mut delivery = Entry::table("webhooks", at);
        for (key, getter) in &self.getters {
            delivery.put(pointer![*key], path(getter)?, at);
        }
        if let Some(path) = self.argument(r"Model\Webhook\Sender", "path") {
            delivery.put(pointer!["path"], path.text().trimmed(), at);
        }
        for (class, name, key, default) in NUMBERS {
            let Some(number) = self.argument(class, name) else { continue };
            let text = number.text();
            if text.trimmed() != default {
                delivery.put(pointer![key], text.trimmed().parse::<u32>().ok()?, &text.span);
            }
        }
        if let Some(name) = self.argument(r"Console\Webhooks\StatusCommand", "name") {
            let text = name.text();
            delivery.put(pointer!["commands"], text.trimmed().strip_suffix(":status")?, &text.span);
        }
        let webhooks = self.recorded.named("item").map(webhook).collect::<Option<Vec<Entry>>>()?;
        Some(std::iter::once(delivery).chain(webhooks).collect())
    }

    fn argument(&self, class: &str, name: &str) -> Option<&'a Element> {
        argument(self.root, &format!(r"{}\{class}", self.namespace), name)
    }

    /// Adds the webhooks to an outline that has none; false if it lacks a setting or they cannot be expressed.
    pub(in crate::import) fn add_to(
        &self,
        outline: &mut Outline,
        path: impl Fn(&str) -> Option<String>,
    ) -> bool {
        let Some(entries) = self.entries(path) else { return false };
        let settings = outline.json["setting"].as_array().into_iter().flatten();
        let paths: Vec<String> =
            settings.map(|setting| setting["path"].as_str().unwrap_or_default().to_owned()).collect();
        for setting in self.of_environment() {
            let own = setting.attribute("name").and_then(|it| it.value.split_once('/'));
            if let Some(at) = own.and_then(|(_, own)| paths.iter().position(|path| path == own)) {
                let route = pointer!["setting", at, "per_environment"];
                outline.put(&route, None, setting.name.span.clone(), json!(true));
            }
        }
        entries.into_iter().for_each(|entry| entry.add_to(outline, None));
        true
    }

    /// Settings that each environment has for itself.
    fn of_environment(&self) -> impl Iterator<Item = &'a Element> {
        let listed = argument(self.root, r"Magento\Config\Model\Config\TypePool", "environment");
        listed.into_iter().flat_map(|listed| listed.named("item"))
    }
}

/// Webhook of an event: its topic, and fields with their types.
fn webhook(event: &Element) -> Option<Entry> {
    let mut entry = Entry::item("webhook", &event.name.span);
    let of = |name: &'static str| event.named("item").find(move |it| is_named(it, name));
    if event.named("item").count() != 2 {
        return None;
    }
    let topic = of("topic")?.text();
    entry.put(pointer!["topic"], topic.trimmed(), &topic.span);
    let name = event.attribute("name")?;
    entry.put(pointer!["event"], name.value.as_str(), &name.span);
    let fields = of("fields")?;
    entry.put(pointer!["fields"], json!({}), &fields.name.span);
    for field in fields.named("item") {
        let (name, kind) = (field.attribute("name")?, field.text());
        if field.named("item").next().is_some() {
            return None;
        }
        entry.put(pointer!["fields"].key(&name.value), kind.trimmed(), &kind.span);
    }
    Some(entry)
}

/// Argument of a class.
fn argument<'a>(root: &'a Element, class: &str, name: &str) -> Option<&'a Element> {
    let arguments = root.named("type").filter(|it| is_named(it, class)).flat_map(|it| it.named("arguments"));
    arguments.flat_map(|it| it.named("argument")).find(|it| is_named(it, name))
}

fn is_named(element: &Element, name: &str) -> bool {
    element.attribute("name").is_some_and(|it| it.value == name)
}

/// Getter that PHP calls on the settings right after `before`.
fn getter(php: &str, before: &str) -> Option<String> {
    let (_, rest) = php.split_once(&format!("{before}$this->config->"))?;
    rest.split_once('(').map(|(getter, _)| getter.to_owned())
}
