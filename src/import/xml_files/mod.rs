//! Import of the files beside integrations to tables of a spec, each file completely or not at all. A reader converts
//! the file, the spec is compiled with the result, and the file counts as imported only if the generated one is
//! equivalent.

mod crontab;
mod csp;
mod equivalence;
mod events;
mod menu;
mod system;
mod webapi;

use std::ops::Range;

use serde_json::{Value, json};

use super::outline::Outline;
use crate::{
    Compilation,
    diag::{Diagnostic, Level, Rule},
    module::ModuleFiles,
    names::{HandlerClass, ModuleName, SnakeName, snake},
    parsers::{
        SpannedText,
        xml::{Element, XmlDocument, XmlNode},
    },
    spec::pointer,
};

/// Kind of file that a spec can express.
#[derive(Clone, Copy)]
pub(super) struct XmlFile {
    /// Path in the module.
    pub(super) path: &'static str,
    /// File that is imported with it.
    pub(super) beside: Option<&'static str>,
    read: fn(&Element, &Names<'_>) -> Result<Vec<Entry>, Unsupported>,
    /// Elements and attributes that may differ from the generated file.
    may_differ: &'static [(&'static str, &'static str)],
    /// Removes everything that Magento ignores.
    normal: fn(&Element) -> Element,
    /// Help text about the supported content.
    help: &'static str,
}

/// All kinds of files, the menu after the settings that it opens.
pub(super) const XML_FILES: &[XmlFile] = &[
    // The id lets other modules replace a value; the value itself names the owner.
    XmlFile {
        may_differ: &[("value", "id")],
        ..plain(
            "etc/csp_whitelist.xml",
            csp::read,
            "the file stays unchanged; [csp] lists hosts by directive",
        )
    },
    plain("etc/crontab.xml", crontab::read, crontab::HELP),
    of_events("etc/events.xml", |root, names| events::read(root, names, "global")),
    of_events("etc/frontend/events.xml", |root, names| events::read(root, names, "frontend")),
    of_events("etc/adminhtml/events.xml", |root, names| events::read(root, names, "adminhtml")),
    of_events("etc/crontab/events.xml", |root, names| events::read(root, names, "crontab")),
    of_events("etc/webapi_rest/events.xml", |root, names| events::read(root, names, "webapi_rest")),
    of_events("etc/webapi_soap/events.xml", |root, names| events::read(root, names, "webapi_soap")),
    of_events("etc/graphql/events.xml", |root, names| events::read(root, names, "graphql")),
    XmlFile {
        beside: Some(system::CONFIG),
        normal: system::normal,
        ..plain("etc/adminhtml/system.xml", system::read, system::HELP)
    },
    plain("etc/adminhtml/menu.xml", menu::read, menu::HELP),
    plain("etc/webapi.xml", webapi::read, webapi::HELP),
];

const fn plain(
    path: &'static str,
    read: fn(&Element, &Names<'_>) -> Result<Vec<Entry>, Unsupported>,
    help: &'static str,
) -> XmlFile {
    XmlFile { path, beside: None, read, may_differ: &[], normal: Element::clone, help }
}

const fn of_events(
    path: &'static str,
    read: fn(&Element, &Names<'_>) -> Result<Vec<Entry>, Unsupported>,
) -> XmlFile {
    XmlFile { normal: events::normal, ..plain(path, read, events::HELP) }
}

/// Names that belong to the module.
struct Names<'a> {
    module: &'a ModuleName,
    /// Files of the module.
    files: &'a ModuleFiles,
    /// True if the settings were imported.
    has_settings: bool,
}

impl Names<'_> {
    /// Part of a class name after the module's namespace and `below`.
    fn own<'c>(&self, class: &'c str, below: &str) -> Option<&'c str> {
        class.strip_prefix(&self.module.namespace()).and_then(|rest| rest.strip_prefix(below))
    }

    /// Keys that name a job or an observer: `name`, and `id` and `class` unless they follow from it.
    fn handler(
        &self,
        id: &SpannedText,
        class: &SpannedText,
        folder: &'static str,
    ) -> Result<Vec<(String, Value)>, Unsupported> {
        let Some(own) = self.own(&class.value, "\\") else {
            return Err(Unsupported::new(
                format!("`{}` is not a class of this module", class.value),
                &class.span,
            ));
        };
        let of_id = id.value.strip_prefix(&self.module.id()).and_then(|rest| rest.strip_prefix('_'));
        let of_id = of_id.and_then(|rest| SnakeName::new(rest).ok());
        let short = own.rsplit('\\').next().unwrap_or(own);
        let name = of_id.clone().or_else(|| SnakeName::new(snake(short)).ok());
        let Some(name) = name else {
            return Err(Unsupported::new(
                format!("no name can be derived from `{}`", class.value),
                &class.span,
            ));
        };
        let mut values = vec![("name".to_owned(), json!(name))];
        if of_id.is_none() {
            values.push(("id".to_owned(), json!(id.value)));
        }
        if HandlerClass::named(folder, &name).as_str() != own {
            values.push(("class".to_owned(), json!(own)));
        }
        Ok(values)
    }
}

/// Table of the spec, or keys of one.
struct Entry {
    /// Name of the table: `[csp]`, or `[[cron]]` for a list of tables.
    table: &'static str,
    is_list: bool,
    /// Its keys.
    values: Vec<(String, Value)>,
    at: Range<usize>,
}

/// Reason why a spec cannot express a file.
struct Unsupported {
    what: String,
    at: Range<usize>,
}

impl Unsupported {
    fn new(what: impl Into<String>, at: &Range<usize>) -> Self {
        Self { what: what.into(), at: at.clone() }
    }
}

/// Value of a required attribute.
fn needed<'a>(element: &'a Element, name: &str) -> Result<&'a SpannedText, Unsupported> {
    let unsupported =
        || Unsupported::new(format!("<{}> has no `{name}`", element.name.value), &element.name.span);
    element.attribute(name).ok_or_else(unsupported)
}

impl XmlFile {
    /// Paths of its files.
    pub(super) fn paths(&self) -> impl Iterator<Item = &'static str> {
        [self.path].into_iter().chain(self.beside)
    }

    /// Adds the file's content to the outline; nothing if there is no such file. `compile` compiles an outline, and
    /// `place` gives the path of a file from the module's root.
    ///
    /// # Errors
    /// Reports the first thing that a spec cannot express.
    pub(super) fn import(
        &self,
        files: &ModuleFiles,
        outline: &Outline,
        module: &ModuleName,
        place: impl Fn(&str) -> String,
        compile: impl Fn(&Outline) -> Compilation,
    ) -> Result<Option<Outline>, Box<Diagnostic>> {
        let Some(document) = files.tables.get(self.path) else { return Ok(None) };
        let refuse = |unsupported: Unsupported| Box::new(self.refusal(&unsupported));
        let root = &document.root;
        let names = Names { module, files, has_settings: outline.json.get("settings").is_some() };
        let entries = (self.read)(root, &names).map_err(refuse)?;
        if entries.is_empty() {
            return Err(refuse(Unsupported::new("it has no entries", &root.name.span)));
        }
        let mut trial = outline.clone();
        add(&mut trial, entries, comments(document));
        let compiled = compile(&trial);
        for path in self.paths() {
            let made =
                compiled.tree.iter().find(|(made, _)| made.as_str() == place(path)).map(|(_, file)| file);
            let there = files.tables.get(path).map(|document| &document.root);
            let unsupported = match (there, made) {
                (None, None) => None,
                (None, Some(_)) => {
                    Some(Unsupported::new(format!("magespec would also generate {path}"), &root.name.span))
                }
                (Some(there), None) => Some(Unsupported::new(why_not(&compiled), &there.name.span)),
                (Some(there), Some(made)) => {
                    equivalence::difference(there, &made.contents, self.normal, self.may_differ)
                }
            };
            if let Some(unsupported) = unsupported {
                return Err(refuse(unsupported));
            }
        }
        Ok(Some(trial))
    }

    fn refusal(&self, unsupported: &Unsupported) -> Diagnostic {
        Diagnostic::new(Rule::NotCarried, format!("{} is not imported: {}", self.path, unsupported.what))
            .at(unsupported.at.clone())
            .reason(
                "magespec generates whole files, so it imports one only if a spec can express everything in it",
            )
            .help(self.help)
    }
}

/// Reason why a file is not generated.
fn why_not(compiled: &Compilation) -> String {
    let mut errors = compiled.report.diagnostics.iter().filter(|it| it.level == Level::Error);
    errors.next().map_or_else(|| "magespec would not generate it".to_owned(), |it| it.message.clone())
}

/// All comments of a file, so that none gets lost.
fn comments(document: &XmlDocument) -> Vec<String> {
    fn within(element: &Element, comments: &mut Vec<String>) {
        for node in &element.children {
            match node {
                XmlNode::Comment { text, .. } => comments.push(text.value.clone()),
                XmlNode::Element(element) => within(element, comments),
                XmlNode::Text(_) => {}
            }
        }
    }
    let mut all = Vec::new();
    within(&document.root, &mut all);
    all
}

/// Adds tables to an outline, with the comments before the first.
fn add(outline: &mut Outline, entries: Vec<Entry>, comments: Vec<String>) {
    let mut comments = Some(comments).filter(|comments| !comments.is_empty());
    for entry in entries {
        let table = pointer![entry.table];
        let route = if entry.is_list {
            if outline.json.pointer(&table).is_none() {
                outline.put(&table, Some(entry.at.clone()), entry.at.clone(), json!([]));
            }
            let count = outline.json.pointer(&table).and_then(Value::as_array).map_or(0, Vec::len);
            table.key(count)
        } else {
            table
        };
        if outline.json.pointer(&route).is_none() {
            outline.put(&route, Some(entry.at.clone()), entry.at.clone(), json!({}));
        }
        if let Some(comments) = comments.take() {
            outline.notes.before.insert(route.clone(), comments);
        }
        for (key, value) in entry.values {
            outline.put(&route.key(key), None, entry.at.clone(), value);
        }
    }
}
