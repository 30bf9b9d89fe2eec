//! Names that are declared twice in a spec.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::Context;
use crate::{
    diag::{Diagnostic, Help, Rule},
    names::{CronGroup, camel, path_shape},
    spec::{Pointer, api::Method, pointer, settings::SettingType},
};

/// Declared name: its kind, the name as Magento compares it, its place in the spec.
struct DeclaredName {
    what: &'static str,
    name: String,
    route: Pointer,
}

pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let spec = context.spec;
    let mut all: Vec<DeclaredName> = Vec::new();
    let mut add = |what, name: String, route: Pointer| all.push(DeclaredName { what, name, route });
    for (at, service) in spec.service.iter().enumerate() {
        add("service", service.name.as_str().to_lowercase(), pointer!["service", at, "name"]);
        let mut methods: HashMap<String, &Method> = HashMap::new();
        for (place, method) in service.method.iter().enumerate() {
            let route = pointer!["service", at, "method", place];
            // PHP method names are case-insensitive.
            let name = method.name.as_str().to_lowercase();
            let first = methods.get(&name).copied();
            methods.entry(name.clone()).or_insert(method);
            // Several routes may call a method; PHP has the parameters of an existing one.
            if service.interface.is_none()
                && first
                    .is_none_or(|first| first.name != method.name || first.contract() != method.contract())
            {
                add("method", format!("{at}.{name}"), route.key("name"));
            }
            add("route", path_shape(method.route.as_str()), route.key("route"));
            let in_path: BTreeSet<&str> = method.route.parameters().collect();
            for name in &in_path {
                add("parameter", format!("{at}.{place}.{}", camel(name)), route.key("route"));
            }
            // A name in both, in the same spelling, has its own finding.
            for name in method.body.keys().filter(|name| !in_path.contains(name.as_str())) {
                let place_of = route.key("body").key(name);
                add("parameter", format!("{at}.{place}.{}", camel(name.as_str())), place_of);
            }
        }
    }
    for (at, data) in spec.data.iter().enumerate() {
        add("data object", data.name.as_str().to_lowercase(), pointer!["data", at, "name"]);
        for field in data.fields.keys() {
            let getter = camel(field.as_str()).to_lowercase();
            add("getter of a field", format!("{at}.{getter}"), pointer!["data", at, "fields"].key(field));
        }
    }
    let mut paths = HashSet::new();
    for (at, (setting, getter)) in spec.setting.iter().zip(spec.getters()).enumerate() {
        let route = pointer!["setting", at, "path"];
        let path = format!("{}/{}", spec.section_of(setting), setting.path).to_lowercase();
        let is_first = paths.insert(path.clone());
        let is_read = setting.kind().is_some_and(SettingType::is_read);
        // Fields of a module without a spec have a rule of their own.
        if !context.is_sketch {
            add("setting", path, route.clone());
            if is_first && is_read {
                add("getter of a setting", getter.to_lowercase(), route);
            }
        }
    }
    let id = spec.module.name.id();
    let mut events = HashSet::new();
    for (at, webhook) in spec.webhook.iter().enumerate() {
        for (event, route) in webhook.events(at) {
            let event = event.as_str().to_lowercase();
            if events.insert(event.clone()) {
                add("observer", format!("global {event} {id}_webhook"), route.clone());
            }
            add("event of a webhook", format!("{at} {event}"), route);
        }
        for (place, field) in webhook.changed.iter().enumerate() {
            add("field", format!("{at} {field}"), pointer!["webhook", at, "changed", place]);
        }
        add("topic", webhook.topic.to_string(), pointer!["webhook", at, "topic"]);
    }
    for name in spec.delivery_jobs() {
        add("job", format!("{id} {name}"), pointer!["webhooks"]);
    }
    for (at, cron) in spec.cron.iter().enumerate() {
        let group = cron.group.as_ref().map_or(id.as_str(), CronGroup::as_str);
        let name = format!("{group} {}", cron.id_in(&spec.module.name)).to_lowercase();
        add("job", name, key_or_name(&pointer!["cron", at], "id", cron.id.is_some()));
    }
    for (at, observer) in spec.observer.iter().enumerate() {
        // One class may handle several events.
        let name = format!("{:?} {} {}", observer.area, observer.event, observer.id_in(&spec.module.name));
        let route = key_or_name(&pointer!["observer", at], "id", observer.id.is_some());
        add("observer", name.to_lowercase(), route);
    }
    // If the name is a key of a table, the finding points at the key.
    let span = |what: &str, route: &Pointer| {
        let key = matches!(what, "parameter" | "getter of a field").then(|| context.spans.key(route));
        key.flatten()
            .filter(|_| route.steps().next_back() != Some("route"))
            .or_else(|| context.spans.value(route))
    };
    let mut first: HashMap<(&str, &str), usize> = HashMap::new();
    let mut findings = Vec::new();
    for (at, DeclaredName { what, name, route }) in all.iter().enumerate() {
        let known = *first.entry((*what, name.as_str())).or_insert(at);
        if let Some(known) = all.get(known).filter(|_| known != at) {
            let reason = match *what {
                "event of a webhook" => "a webhook is recorded once for each event",
                "field" => "a field is compared once",
                "getter of a setting" => "each setting is read by a method named after its group and field",
                "getter of a field" => "PHP method names are case-insensitive",
                "parameter" => "Magento treats `erpNumber` and `erp_number` as the same parameter",
                "topic" => "the receiver identifies a webhook by its topic",
                "route" => "if two routes differ only in parameter names, only one of them answers",
                "method" => {
                    "one method has one signature; routes that share it repeat its parameters and return type"
                }
                _ => "each name stands for one file or one entry",
            };
            findings.push(
                Diagnostic::new(Rule::DeclaredTwice, format!("this {what} is declared twice"))
                    .at(span(what, route))
                    .related(span(what, &known.route), "first here")
                    .reason(reason)
                    .help(Help::new("rename or remove one of them").removal()),
            );
        }
    }
    findings
}

/// Reports entries that occur twice in the list at the route.
pub(super) fn repeated<'a>(
    context: &Context<'_>,
    what: &str,
    list: &Pointer,
    entries: impl Iterator<Item = &'a str>,
) -> Vec<Diagnostic> {
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut findings = Vec::new();
    for (at, entry) in entries.enumerate() {
        let known = *first.entry(entry).or_insert(at);
        if known != at {
            findings.push(
                Diagnostic::new(Rule::DeclaredTwice, format!("the {what} `{entry}` is listed twice"))
                    .at(context.spans.value(&list.key(at)))
                    .related(context.spans.value(&list.key(known)), "first here")
                    .reason("a repeated entry has no effect")
                    .help(Help::new("remove one of them").removal()),
            );
        }
    }
    findings
}

/// Route of the key, or of `name` if the key is derived from it.
pub(super) fn key_or_name(entry: &Pointer, key: &str, is_there: bool) -> Pointer {
    entry.key(if is_there { key } else { "name" })
}
