//! Promises of a module to others: those who call its routes, saved its settings, receive its webhooks, or read its
//! tables.

mod change;
mod data;
mod kinds;
mod route_name;
mod routes;
mod settings;
mod topics;

pub use change::PromiseChange;
pub use route_name::RouteName;
pub use routes::{MethodPromise, ParameterPromise, RoutePromise, route_access};
pub use topics::{RecordedField, RecordedWebhook, TopicField, TopicPromise};

use std::collections::{BTreeMap, BTreeSet};

use super::Sources;
use crate::{
    diag::{Diagnostic, Report, Rule, Source},
    names::Day,
    parsers::{
        decode,
        php::{self, PhpClass},
        xml::{self, Element, XmlDocument},
    },
};

/// Promises of a module.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Promises {
    /// Its own REST routes.
    pub routes: BTreeMap<RouteName, RoutePromise>,
    /// Fields of its data interfaces, with their types.
    pub data: BTreeMap<String, BTreeMap<String, String>>,
    /// Paths of its settings: `acme_erpbridge/connection/base_url`.
    pub settings: BTreeSet<String>,
    /// Paths of those settings that are stored encrypted.
    pub secrets: BTreeSet<String>,
    /// Its webhooks, by topic.
    pub topics: BTreeMap<String, TopicPromise>,
    /// Path appended to the address of webhooks; empty without one.
    pub webhook_path: String,
    /// Console commands for its webhooks: `acme:webhooks:status`.
    pub commands: BTreeSet<String>,
    /// Columns of its tables.
    pub tables: BTreeMap<String, BTreeSet<String>>,
    /// Columns in db_schema_whitelist.json: Magento drops those that are no longer declared.
    pub droppable: BTreeMap<String, BTreeSet<String>>,
}

impl Promises {
    /// Returns the route that the same requests reach, with its present name.
    #[must_use]
    pub fn route(&self, name: &RouteName) -> Option<(&RouteName, &RoutePromise)> {
        self.routes.get_key_value(name).or_else(|| self.routes.iter().find(|(it, _)| it.is_same(name)))
    }
}

/// Announced end of a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnouncedEnd {
    /// Day since which it is deprecated, if that is another one.
    pub since: Option<Day>,
    /// Day from which it may be removed.
    pub until: Day,
    /// Route to call instead: `GET /V2/acme-erp/orders`.
    pub replaced_by: Option<String>,
}

impl AnnouncedEnd {
    /// Returns true from the day on.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.until <= Day::today()
    }
}

/// Reads the promises of a module. `files` are those of one state, by their path from the folder with registration.php;
/// `display_path` gives the path to use in findings.
///
/// # Errors
/// Reports XML that cannot be parsed.
pub fn promises(
    files: &BTreeMap<&str, &[u8]>,
    display_path: impl Fn(&str) -> String,
) -> Result<Promises, Vec<Report>> {
    let mut reader = PromiseReader { files, display_path, sources: Sources::default(), findings: Vec::new() };
    let promises = reader.promises();
    if reader.findings.is_empty() { Ok(promises) } else { Err(reader.sources.into_reports(reader.findings)) }
}

struct PromiseReader<'a, F> {
    files: &'a BTreeMap<&'a str, &'a [u8]>,
    display_path: F,
    sources: Sources,
    findings: Vec<Diagnostic>,
}

impl<F: Fn(&str) -> String> PromiseReader<'_, F> {
    fn promises(&mut self) -> Promises {
        let classes = self.classes();
        let webapi = self.xml("etc/webapi.xml");
        let system = self.xml("etc/adminhtml/system.xml");
        let di = self.xml("etc/di.xml");
        let of_rest = self.xml("etc/webapi_rest/di.xml");
        let schema = self.xml("etc/db_schema.xml");
        let [webapi, system, di, of_rest, schema] =
            [&webapi, &system, &di, &of_rest, &schema].map(|it| it.as_ref().map(|document| &document.root));
        let ends = of_rest.map(announced_ends).unwrap_or_default();
        Promises {
            routes: webapi.map(|root| routes::read(root, &classes, &ends)).unwrap_or_default(),
            data: classes.iter().filter_map(|(path, class)| data::read(path, class)).collect(),
            settings: system.map(settings::read).unwrap_or_default(),
            secrets: system.map(settings::secrets).unwrap_or_default(),
            topics: di.map(topics::read).unwrap_or_default(),
            webhook_path: di.map(topics::path).unwrap_or_default(),
            commands: di.map(commands).unwrap_or_default(),
            tables: schema.map(tables).unwrap_or_default(),
            droppable: self.droppable(),
        }
    }

    fn xml(&mut self, path: &str) -> Option<XmlDocument> {
        let bytes = self.files.get(path)?;
        let name = (self.display_path)(path);
        let (text, refused) = match decode::xml(bytes) {
            Ok(text) => (text, None),
            Err(undecodable) => (undecodable.readable, Some(undecodable.message)),
        };
        let start = self.sources.add(Source::new(name, text.as_str()));
        let read = match refused {
            Some(message) => Err(Box::new(
                Diagnostic::new(Rule::XmlUnreadable, message).at(start + text.len()..start + text.len()),
            )),
            None => xml::read(&text, start),
        };
        match read {
            Ok(document) => Some(document),
            Err(finding) => {
                self.findings.push(*finding);
                None
            }
        }
    }

    /// Interfaces of services and data, by path.
    fn classes(&self) -> BTreeMap<String, PhpClass> {
        let interfaces =
            self.files.iter().filter(|(path, _)| path.starts_with("Api/") && path.ends_with(".php"));
        let read = interfaces.filter_map(|(path, bytes)| {
            let class = php::class(&String::from_utf8_lossy(bytes))?;
            Some(((*path).to_owned(), class))
        });
        read.collect()
    }

    fn droppable(&self) -> BTreeMap<String, BTreeSet<String>> {
        let listed = self.files.get("etc/db_schema_whitelist.json");
        let listed = listed.and_then(|bytes| serde_json::from_slice::<serde_json::Value>(bytes).ok());
        let tables = listed.as_ref().and_then(serde_json::Value::as_object).into_iter().flatten();
        let columns = |table: &serde_json::Value| {
            let columns = table.get("column").and_then(serde_json::Value::as_object);
            columns.into_iter().flatten().map(|(name, _)| name.clone()).collect()
        };
        tables.map(|(name, table)| (name.clone(), columns(table))).collect()
    }
}

fn value(element: &Element, name: &str) -> Option<String> {
    element.attribute(name).map(|text| text.value.clone())
}

/// Constructor arguments of a generated class with the name.
fn arguments<'e>(root: &'e Element, class: &'e str, argument: &'e str) -> impl Iterator<Item = &'e Element> {
    let is_it = move |it: &&Element| value(it, "name").is_some_and(|name| name.ends_with(class));
    let arguments = root.named("type").filter(is_it).flat_map(|it| it.named("arguments"));
    arguments.flat_map(|it| it.named("argument")).filter(move |it| is_named(it, argument))
}

/// Items of a constructor argument of a generated class.
fn items<'e>(root: &'e Element, class: &'e str, argument: &'e str) -> impl Iterator<Item = &'e Element> {
    arguments(root, class, argument).flat_map(|it| it.named("item"))
}

/// Ends of routes that the plugin of deprecated routes announces.
pub(crate) fn announced_ends(root: &Element) -> BTreeMap<String, AnnouncedEnd> {
    let read = items(root, r"\Plugin\DeprecatedRoutes", "routes").filter_map(|route| {
        let of = |name: &'static str| route.named("item").find(move |it| is_named(it, name));
        let text = |name| of(name).map(|it| it.text().trimmed().to_owned());
        let until = Day::new(text("until")?).ok()?;
        let since = text("since").and_then(|since| Day::new(since).ok()).filter(|since| *since != until);
        Some((value(route, "name")?, AnnouncedEnd { since, until, replaced_by: text("replaced_by") }))
    });
    read.collect()
}

/// Names of the console commands for webhooks, which are arguments of their classes.
fn commands(root: &Element) -> BTreeSet<String> {
    let is_command =
        |it: &&Element| value(it, "name").is_some_and(|name| name.contains(r"\Console\Webhooks\"));
    let arguments = root.named("type").filter(is_command).flat_map(|it| it.named("arguments"));
    let names = arguments.flat_map(|it| it.named("argument")).filter(|it| is_named(it, "name"));
    names.map(|it| it.text().trimmed().to_owned()).collect()
}

fn is_named(element: &Element, name: &str) -> bool {
    element.attribute("name").is_some_and(|it| it.value == name)
}

fn tables(root: &Element) -> BTreeMap<String, BTreeSet<String>> {
    let read = root.named("table").filter_map(|table| {
        let columns = table.named("column").filter_map(|column| value(column, "name"));
        Some((value(table, "name")?, columns.collect()))
    });
    read.collect()
}
