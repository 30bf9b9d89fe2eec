//! What a module declares beside its integrations, as tables of a spec: of each file all or nothing. A reader says what it
//! can, the spec with that is compiled, and only if what it makes says the same as the file that is there is it taken over.

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
    formats::{
        SpannedText,
        xml::{Element, XmlDocument, XmlNode},
    },
    module::ModuleFiles,
    names::{HandlerClass, ModuleName, SnakeName, snake},
};

/// A file that a spec can say.
#[derive(Clone, Copy)]
pub(super) struct Artifact {
    /// From the module's folder.
    pub(super) path: &'static str,
    /// A file that is taken over with it.
    pub(super) beside: Option<&'static str>,
    read: fn(&Element, &Names<'_>) -> Result<Vec<Entry>, Unsupported>,
    /// Elements and attributes in which the two may differ.
    may_differ: &'static [(&'static str, &'static str)],
    /// The file without what is nothing to Magento.
    normal: fn(&Element) -> Element,
    /// How a spec says it.
    help: &'static str,
}

/// Every file that is read, the smallest first; the menu leads to the settings.
pub(super) const ARTIFACTS: &[Artifact] = &[
    // By its id another module can replace a value; whose it is the value says itself.
    Artifact {
        may_differ: &[("value", "id")],
        ..plain("etc/csp_whitelist.xml", csp::read, "it stays as it is; [csp] says hosts by directive")
    },
    plain("etc/crontab.xml", crontab::read, crontab::HELP),
    plain("etc/events.xml", |root, names| events::read(root, names, "global"), events::HELP),
    plain("etc/frontend/events.xml", |root, names| events::read(root, names, "frontend"), events::HELP),
    plain("etc/adminhtml/events.xml", |root, names| events::read(root, names, "adminhtml"), events::HELP),
    plain("etc/crontab/events.xml", |root, names| events::read(root, names, "crontab"), events::HELP),
    plain("etc/webapi_rest/events.xml", |root, names| events::read(root, names, "webapi_rest"), events::HELP),
    plain("etc/webapi_soap/events.xml", |root, names| events::read(root, names, "webapi_soap"), events::HELP),
    plain("etc/graphql/events.xml", |root, names| events::read(root, names, "graphql"), events::HELP),
    Artifact {
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
) -> Artifact {
    Artifact { path, beside: None, read, may_differ: &[], normal: Element::clone, help }
}

/// How a module's own names begin.
struct Names<'a> {
    module: &'a ModuleName,
    /// All files that are read.
    files: &'a ModuleFiles,
    /// Whether the settings were taken over.
    has_settings: bool,
}

impl Names<'_> {
    /// The module's name in small letters.
    fn id(&self) -> String {
        self.module.as_str().to_lowercase()
    }

    /// What stands in the name of a class behind the module's namespace and a part below it.
    fn own<'c>(&self, class: &'c str, below: &str) -> Option<&'c str> {
        class.strip_prefix(&self.module.namespace()).and_then(|rest| rest.strip_prefix(below))
    }

    /// What names a job or an observer: `name`, and `id` and `class` where they do not follow from it.
    fn handler(
        &self,
        id: &SpannedText,
        class: &SpannedText,
        folder: &'static str,
    ) -> Result<Vec<(String, Value)>, Unsupported> {
        let Some(own) = self.own(&class.value, "\\") else {
            return Err(Unsupported::new(
                format!("`{}` is no class of the module", class.value),
                &class.span,
            ));
        };
        let of_id = id.value.strip_prefix(&self.id()).and_then(|rest| rest.strip_prefix('_'));
        let of_id = of_id.and_then(|rest| SnakeName::new(rest).ok());
        let short = own.rsplit('\\').next().unwrap_or(own);
        let name = of_id.clone().or_else(|| SnakeName::new(snake(short)).ok());
        let Some(name) = name else {
            return Err(Unsupported::new(format!("no name can be made of `{}`", class.value), &class.span));
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

/// A table of the spec, or a key of one.
struct Entry {
    /// `[csp]`, or `[[cron]]`, of which there may be several.
    table: &'static str,
    is_list: bool,
    /// Its keys.
    values: Vec<(String, Value)>,
    at: Range<usize>,
}

/// Why a file cannot be said.
struct Unsupported {
    what: String,
    at: Range<usize>,
}

impl Unsupported {
    fn new(what: impl Into<String>, at: &Range<usize>) -> Self {
        Self { what: what.into(), at: at.clone() }
    }
}

/// The value of an attribute that has to be there.
fn needed<'a>(element: &'a Element, name: &str) -> Result<&'a SpannedText, Unsupported> {
    let unsaid = || Unsupported::new(format!("<{}> has no `{name}`", element.name.value), &element.name.span);
    element.attribute(name).ok_or_else(unsaid)
}

impl Artifact {
    /// The files that it is about.
    pub(super) fn paths(&self) -> impl Iterator<Item = &'static str> {
        [self.path].into_iter().chain(self.beside)
    }

    /// The outline with what the file says; none if there is no such file. `compile` makes the module of an outline, and
    /// `place` is where a file is from the module's root.
    ///
    /// # Errors
    /// The first thing that cannot be said.
    pub(super) fn carry(
        &self,
        files: &ModuleFiles,
        outline: &Outline,
        module: &ModuleName,
        place: impl Fn(&str) -> String,
        compile: impl Fn(&Outline) -> Compilation,
    ) -> Result<Option<Outline>, Box<Diagnostic>> {
        let Some(document) = files.tables.get(self.path) else { return Ok(None) };
        let refuse = |unsaid: Unsupported| Box::new(self.refusal(&unsaid));
        let root = &document.root;
        let names = Names { module, files, has_settings: outline.json.get("settings").is_some() };
        let entries = (self.read)(root, &names).map_err(refuse)?;
        if entries.is_empty() {
            return Err(refuse(Unsupported::new("it declares nothing", &root.name.span)));
        }
        let mut trial = outline.clone();
        add(&mut trial, entries, comments(document));
        let compiled = compile(&trial);
        for path in self.paths() {
            let made =
                compiled.tree.iter().find(|(made, _)| made.as_str() == place(path)).map(|(_, file)| file);
            let there = files.tables.get(path).map(|document| &document.root);
            let unsaid = match (there, made) {
                (None, None) => None,
                (None, Some(_)) => {
                    Some(Unsupported::new(format!("a spec makes {path} too"), &root.name.span))
                }
                (Some(there), None) => Some(Unsupported::new(why_not(&compiled), &there.name.span)),
                (Some(there), Some(made)) => {
                    equivalence::difference(there, &made.contents, self.normal, self.may_differ)
                }
            };
            if let Some(unsaid) = unsaid {
                return Err(refuse(unsaid));
            }
        }
        Ok(Some(trial))
    }

    fn refusal(&self, unsaid: &Unsupported) -> Diagnostic {
        Diagnostic::new(Rule::NotCarried, format!("{} is left alone: {}", self.path, unsaid.what))
            .at(unsaid.at.clone())
            .reason(
                "a spec makes whole files: of one in which it cannot say everything nothing is taken over",
            )
            .help(self.help)
    }
}

/// Why a file was not made.
fn why_not(compiled: &Compilation) -> String {
    let mut errors = compiled.report.diagnostics.iter().filter(|it| it.level == Level::Error);
    errors.next().map_or_else(|| "a spec makes no such file of it".to_owned(), |it| it.message.clone())
}

/// All comments of a file, so that none is lost.
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

/// Puts tables into an outline, with the comments before the first.
fn add(outline: &mut Outline, entries: Vec<Entry>, comments: Vec<String>) {
    let mut comments = Some(comments).filter(|comments| !comments.is_empty());
    for entry in entries {
        let table = format!("/{}", entry.table);
        let route = if entry.is_list {
            if outline.json.pointer(&table).is_none() {
                outline.put(&table, Some(entry.at.clone()), entry.at.clone(), json!([]));
            }
            let count = outline.json.pointer(&table).and_then(Value::as_array).map_or(0, Vec::len);
            format!("{table}/{count}")
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
            outline.put(&format!("{route}/{key}"), None, entry.at.clone(), value);
        }
    }
}
