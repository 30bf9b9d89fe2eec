//! Names that are declared: once each, and none that PHP or the module has for something else.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::Context;
use crate::{
    diag::{Diagnostic, Rule},
    names::{HandlerClass, camel},
    spec::below,
};

pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = twice(context);
    findings.extend(classes(context));
    findings
}

/// Something that has a name: what it is, its name as Magento compares it, where it is written.
struct Named {
    what: &'static str,
    name: String,
    route: String,
}

fn twice(context: &Context<'_>) -> Vec<Diagnostic> {
    let spec = context.spec;
    let mut all: Vec<Named> = Vec::new();
    let mut add = |what, name: String, route: String| all.push(Named { what, name, route });
    for (at, service) in spec.service.iter().enumerate() {
        add("service", service.name.as_str().to_lowercase(), format!("/service/{at}/name"));
        for (place, method) in service.method.iter().enumerate() {
            let route = format!("/service/{at}/method/{place}");
            // Names of PHP methods do not know small letters from capitals.
            add("method", format!("{at}.{}", method.name.as_str().to_lowercase()), format!("{route}/name"));
            let steps = method.route.as_str().split('/');
            let shape: Vec<&str> = steps.map(|step| if step.starts_with(':') { ":" } else { step }).collect();
            add("route", shape.join("/"), format!("{route}/route"));
            let in_path: BTreeSet<&str> = method.route.parameters().collect();
            for name in &in_path {
                add("parameter", format!("{at}.{place}.{}", camel(name)), format!("{route}/route"));
            }
            // One that is both, letter by letter, is a finding of its own.
            for name in method.body.keys().filter(|name| !in_path.contains(name.as_str())) {
                let place_of = below(&format!("{route}/body"), name);
                add("parameter", format!("{at}.{place}.{}", camel(name.as_str())), place_of);
            }
        }
    }
    for (at, data) in spec.data.iter().enumerate() {
        add("data object", data.name.as_str().to_lowercase(), format!("/data/{at}/name"));
        for field in data.fields.keys() {
            let getter = camel(field.as_str()).to_lowercase();
            add("getter of a field", format!("{at}.{getter}"), below(&format!("/data/{at}/fields"), field));
        }
    }
    let mut paths = HashSet::new();
    for (at, (setting, getter)) in spec.setting.iter().zip(spec.getters()).enumerate() {
        let route = format!("/setting/{at}/path");
        let path = setting.path.as_str().to_lowercase();
        let is_first = paths.insert(path.clone());
        add("setting", path, route.clone());
        if is_first {
            add("getter of a setting", getter.to_lowercase(), route);
        }
    }
    let id = spec.module.name.as_str().to_lowercase();
    let mut events = HashSet::new();
    for (at, webhook) in spec.webhook.iter().enumerate() {
        let (event, route) = (webhook.event.as_str().to_lowercase(), format!("/webhook/{at}/event"));
        if events.insert(event.clone()) {
            add("observer", format!("global {event} {id}_webhook"), route.clone());
        }
        add("event of a webhook", event, route);
        add("topic", webhook.topic.to_string(), format!("/webhook/{at}/topic"));
    }
    if spec.webhooks.is_some() {
        for name in ["deliver_webhooks", "prune_webhooks"] {
            add("job", format!("{id}_{name}"), "/webhooks".to_owned());
        }
    }
    let mut ids = HashSet::new();
    for (at, cron) in spec.cron.iter().enumerate() {
        let id = cron.id_in(&spec.module.name).to_lowercase();
        let is_first = ids.insert(id.clone());
        add("job", id, key_or_name(&format!("/cron/{at}"), "id", cron.id.is_some()));
        if is_first {
            let class = cron.handler().as_str().to_lowercase();
            add("class of a job", class, key_or_name(&format!("/cron/{at}"), "class", cron.class.is_some()));
        }
    }
    for (at, observer) in spec.observer.iter().enumerate() {
        // One class may run at several events.
        let name = format!("{:?} {} {}", observer.area, observer.event, observer.id_in(&spec.module.name));
        let route = key_or_name(&format!("/observer/{at}"), "id", observer.id.is_some());
        add("observer", name.to_lowercase(), route);
    }
    // What is a key of a table is told at that.
    let span = |what: &str, route: &str| {
        let key = matches!(what, "parameter" | "getter of a field").then(|| context.spans.key(route));
        key.flatten().filter(|_| !route.ends_with("/route")).or_else(|| context.spans.value(route))
    };
    let mut first: HashMap<(&str, &str), usize> = HashMap::new();
    let mut findings = Vec::new();
    for (at, Named { what, name, route }) in all.iter().enumerate() {
        let known = *first.entry((*what, name.as_str())).or_insert(at);
        if let Some(known) = all.get(known).filter(|_| known != at) {
            let reason = match *what {
                "event of a webhook" => "one event is told under one topic",
                "getter of a setting" => "both are read by a method whose name is made of group and field",
                "getter of a field" => {
                    "PHP does not tell capitals from small letters in the names of methods"
                }
                "parameter" => "Magento takes `erpNumber` and `erp_number` in a call for the same one",
                "topic" => "the other side knows what it is told by the topic",
                "route" => "of two that differ in the names of their parameters only one answers",
                _ => "it makes one file, or one entry, whose name it is",
            };
            findings.push(
                Diagnostic::new(Rule::DeclaredTwice, format!("this {what} is declared twice"))
                    .at(span(what, route))
                    .related(span(what, &known.route), "first here")
                    .reason(reason)
                    .help("give one of them another name, or remove it"),
            );
        }
    }
    findings
}

/// Entries of the list at the route that stand in it twice.
pub(super) fn repeated<'a>(
    context: &Context<'_>,
    what: &str,
    list: &str,
    entries: impl Iterator<Item = &'a str>,
) -> Vec<Diagnostic> {
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut findings = Vec::new();
    for (at, entry) in entries.enumerate() {
        let known = *first.entry(entry).or_insert(at);
        if known != at {
            findings.push(
                Diagnostic::new(Rule::DeclaredTwice, format!("the {what} `{entry}` is listed twice"))
                    .at(context.spans.value(&format!("{list}/{at}")))
                    .related(context.spans.value(&format!("{list}/{known}")), "first here")
                    .reason("once is enough")
                    .help("remove one of them"),
            );
        }
    }
    findings
}

/// Words that name no class (PHP manual, "List of Keywords" and "List of other reserved words").
const RESERVED: [&str; 79] = [
    "abstract",
    "and",
    "array",
    "as",
    "bool",
    "break",
    "callable",
    "case",
    "catch",
    "class",
    "clone",
    "const",
    "continue",
    "declare",
    "default",
    "die",
    "do",
    "echo",
    "else",
    "elseif",
    "empty",
    "enddeclare",
    "endfor",
    "endforeach",
    "endif",
    "endswitch",
    "endwhile",
    "enum",
    "eval",
    "exit",
    "extends",
    "false",
    "final",
    "finally",
    "float",
    "fn",
    "for",
    "foreach",
    "function",
    "global",
    "goto",
    "if",
    "implements",
    "include",
    "instanceof",
    "insteadof",
    "int",
    "interface",
    "isset",
    "iterable",
    "list",
    "match",
    "mixed",
    "namespace",
    "never",
    "new",
    "null",
    "object",
    "or",
    "parent",
    "print",
    "private",
    "protected",
    "public",
    "readonly",
    "require",
    "resource",
    "return",
    "self",
    "static",
    "string",
    "switch",
    "throw",
    "trait",
    "true",
    "try",
    "unset",
    "void",
    "while",
];

fn classes(context: &Context<'_>) -> Vec<Diagnostic> {
    let spec = context.spec;
    let mut findings = Vec::new();
    let mut see = |class: &str, route: &str, is_taken: bool| {
        let lower = class.to_lowercase();
        let is_word =
            RESERVED.contains(&lower.as_str()) || matches!(lower.as_str(), "use" | "var" | "xor" | "yield");
        let (message, reason) = if is_word {
            (format!("`{class}` is a word of PHP"), "no class can be called so")
        } else if is_taken {
            (
                format!("`{class}` is a class that the module has or uses itself"),
                "two classes of one name do not fit into one folder, or one file",
            )
        } else {
            return;
        };
        findings.push(
            Diagnostic::new(Rule::ClassName, message)
                .at(context.spans.value(route))
                .reason(reason)
                .help("give it another name"),
        );
    };
    let is_one = |name: &str, of: &[&str]| of.iter().any(|it| it.eq_ignore_ascii_case(name));
    let config = if spec.settings.is_some() { "Config" } else { "" };
    for (at, service) in spec.service.iter().enumerate() {
        let name = service.name.as_str();
        see(name, &format!("/service/{at}/name"), is_one(name, &[config, "WebapiException"]));
    }
    let searches = spec.service.iter().flat_map(|service| &service.method).filter(|method| method.search);
    let pages: Vec<String> =
        searches.filter_map(|it| it.returns.as_ref()).map(|kind| format!("{kind}SearchResults")).collect();
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    for (at, data) in spec.data.iter().enumerate() {
        let name = data.name.as_str();
        see(name, &format!("/data/{at}/name"), is_one(name, &pages));
    }
    let mut own: HashSet<String> = OWN.iter().map(|class| class.to_lowercase()).collect();
    own.extend(spec.service.iter().map(|service| format!(r"model\{}", service.name.as_str().to_lowercase())));
    let mut see_handler = |class: &HandlerClass, route: &str, imports: &[&str], own: &HashSet<String>| {
        let (folder, name) = class.parts();
        folder.split('\\').for_each(|step| see(step, route, false));
        see(name, route, is_one(name, imports));
        see(class.as_str(), route, is_own(class, own));
    };
    for (at, job) in spec.cron.iter().enumerate() {
        let route = key_or_name(&format!("/cron/{at}"), "class", job.class.is_some());
        see_handler(&job.handler(), &route, &["Config", "LoggerInterface"], &own);
    }
    own.extend(spec.cron.iter().map(|job| job.handler().as_str().to_lowercase()));
    for (at, observer) in spec.observer.iter().enumerate() {
        let route = key_or_name(&format!("/observer/{at}"), "class", observer.class.is_some());
        let imports = ["Observer", "ObserverInterface", "LoggerInterface"];
        see_handler(&observer.handler(), &route, &imports, &own);
    }
    findings
}

/// Classes that the module makes itself.
const OWN: [&str; 3] = [r"Cron\DeliverWebhooks", r"Cron\PruneWebhooks", r"Observer\RecordWebhook"];

/// Folders in which all classes are made by the module itself.
const OWN_FOLDERS: [&str; 7] =
    ["api", "logger", r"model\config", r"model\data", r"model\webhook", "setup", "test"];

/// Whether the class would stand where one of the module's own does. `own` are their names in small letters.
fn is_own(class: &HandlerClass, own: &HashSet<String>) -> bool {
    let class = class.as_str().to_lowercase();
    let is_in = |folder: &&str| class.strip_prefix(*folder).is_some_and(|rest| rest.starts_with('\\'));
    own.contains(&class) || OWN_FOLDERS.iter().any(is_in)
}

/// The route of a key, or of the name that says it where the key is not there.
fn key_or_name(entry: &str, key: &str, is_there: bool) -> String {
    format!("{entry}/{}", if is_there { key } else { "name" })
}
