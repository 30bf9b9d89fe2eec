//! Import of webhooks that magespec generated: etc/di.xml says what is sent and how, and two classes call the getters of
//! the settings.

use serde_json::{Map, Value, json};

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
    if child(event, "events").is_some() {
        return webhook_by_topic(event);
    }
    let mut entry = Entry::item("webhook", &event.name.span);
    if event.named("item").count() != 2 {
        return None;
    }
    let topic = child(event, "topic")?.text();
    entry.put(pointer!["topic"], topic.trimmed(), &topic.span);
    let name = event.attribute("name")?;
    entry.put(pointer!["event"], name.value.as_str(), &name.span);
    let fields = child(event, "fields")?;
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

/// Greatest size of a payload in bytes, unless a spec says otherwise.
const MAX_BYTES: &str = "1000000";

/// Webhook of a topic: its events, the tree of its payload, its conditions and its greatest size.
fn webhook_by_topic(topic: &Element) -> Option<Entry> {
    let mut entry = Entry::item("webhook", &topic.name.span);
    let name = topic.attribute("name")?;
    entry.put(pointer!["topic"], name.value.as_str(), &name.span);
    for part in topic.named("item") {
        let at = &part.name.span;
        let names = || part.named("item").filter_map(|it| it.attribute("name")).map(|it| it.value.as_str());
        match part.attribute("name")?.value.as_str() {
            "events" => {
                let mut events: Vec<&str> = names().collect();
                let event = if events.len() == 1 { json!(events.pop()) } else { json!(events) };
                entry.put(pointer!["event"], event, at);
            }
            "fields" => {
                entry.put(pointer!["fields"], json!({}), at);
                for (place, value) in payload(part, "", "")? {
                    entry.put(pointer!["fields"].key(&place), value, at);
                }
            }
            "when" => {
                entry.put(pointer!["when"], json!({}), at);
                for path in part.named("item") {
                    let name = &path.attribute("name")?.value;
                    entry.put(pointer!["when"].key(name), condition(path)?, &path.name.span);
                }
            }
            "changed" => entry.put(pointer!["changed"], json!(names().collect::<Vec<_>>()), at),
            "max_bytes" => {
                let text = part.text();
                if text.trimmed() != MAX_BYTES {
                    entry.put(pointer!["max_bytes"], text.trimmed().parse::<u32>().ok()?, &text.span);
                }
            }
            _ => return None,
        }
    }
    Some(entry)
}

/// Field of a payload: its place, and its type, with its origin if that is another.
fn sent(place: &str, from: &str, kind: &str) -> (String, Value) {
    let from = from.trim_end_matches('.');
    let value = if from == place { json!(kind) } else { json!({ "from": from, "type": kind }) };
    (place.to_owned(), value)
}

/// Fields of a payload below `place`, read from the object at `from`. Both are empty or end with a dot.
fn payload(fields: &Element, place: &str, from: &str) -> Option<Vec<(String, Value)>> {
    let mut all = Vec::new();
    for field in fields.named("item") {
        let name = &field.attribute("name")?.value;
        let place = format!("{place}{name}");
        let told = |name| child(field, name).map(|it| it.text().trimmed().to_owned());
        if field.named("item").next().is_none() {
            all.push(sent(&place, &format!("{from}{name}"), field.text().trimmed()));
        } else if let Some(each) = told("each") {
            let (place, from) = (format!("{place}[]"), format!("{from}{each}[]."));
            if let Some(below) = child(field, "fields") {
                all.extend(payload(below, &format!("{place}."), &from)?);
            } else {
                let item = child(field, "item")?;
                let path = child(item, "from").map(|it| it.text().trimmed().to_owned()).unwrap_or_default();
                let kind = child(item, "type")?.text();
                all.push(sent(&place, &format!("{from}{path}"), kind.trimmed()));
            }
        } else if let Some(below) = child(field, "fields") {
            let from = told("from").map_or_else(|| from.to_owned(), |path| format!("{from}{path}."));
            all.extend(payload(below, &format!("{place}."), &from)?);
        } else {
            let path = told("from").unwrap_or_default();
            all.push(sent(&place, &format!("{from}{path}"), &told("type")?));
        }
    }
    Some(all)
}

/// Condition on a field: values in the type that it is converted to, or bounds and excluded values.
fn condition(path: &Element) -> Option<Value> {
    let kind = child(path, "type")?.text();
    let value = |it: &Element| match (kind.trimmed(), it.text().trimmed()) {
        ("bool", flag) => Some(json!(flag == "1")),
        ("int" | "float", number) => serde_json::from_str(number).ok(),
        (_, text) => Some(json!(text)),
    };
    let values =
        |name| child(path, name).map(|list| list.named("item").map(value).collect::<Option<Vec<_>>>());
    let one_or_list =
        |mut values: Vec<Value>| if values.len() == 1 { values.remove(0) } else { json!(values) };
    if let Some(among) = values("in") {
        return among.map(one_or_list);
    }
    let mut bounds = Map::new();
    for name in ["min", "max"] {
        if let Some(bound) = child(path, name) {
            bounds.insert(name.to_owned(), serde_json::from_str(bound.text().trimmed()).ok()?);
        }
    }
    if let Some(excluded) = values("not") {
        bounds.insert("not".to_owned(), one_or_list(excluded?));
    }
    Some(Value::Object(bounds))
}

fn child<'a>(element: &'a Element, name: &str) -> Option<&'a Element> {
    element.named("item").find(|it| is_named(it, name))
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
