//! What a module declares beside its integrations, as tables of a spec: of each file all or nothing. A reader says what it
//! can, the spec with that is compiled, and only if what it makes says the same as the file that is there is it taken over.

mod crontab;
mod csp;
mod events;
mod whole;

use std::ops::Range;

use serde_json::{Value, json};

use super::{
    Text,
    format::xml::{Document, Element, Node},
    outline::Outline,
};
use crate::{
    Compilation,
    diag::{Diagnostic, Level, Rule},
    names::ModuleName,
    tree::Ownership,
};

/// A file that a spec can say.
#[derive(Clone, Copy)]
pub(super) struct Artifact {
    /// From the module's folder.
    pub(super) path: &'static str,
    read: fn(&Element, &Names<'_>) -> Result<Vec<Entry>, Unsaid>,
    /// What another name of it is to Magento: elements and attributes in which the two may differ.
    may_differ: &'static [(&'static str, &'static str)],
    /// How a spec says it.
    help: &'static str,
}

/// Every file that is read, the smallest first.
pub(super) const ARTIFACTS: &[Artifact] = &[
    // By its id another module can replace a value; whose it is the value says itself.
    Artifact {
        path: "etc/csp_whitelist.xml",
        read: csp::read,
        may_differ: &[("value", "id")],
        help: "it stays as it is; [csp] says hosts by directive",
    },
    Artifact { path: "etc/crontab.xml", read: crontab::read, may_differ: &[], help: crontab::HELP },
    events("etc/events.xml", |root, names| events::read(root, names, "global")),
    events("etc/frontend/events.xml", |root, names| events::read(root, names, "frontend")),
    events("etc/adminhtml/events.xml", |root, names| events::read(root, names, "adminhtml")),
    events("etc/crontab/events.xml", |root, names| events::read(root, names, "crontab")),
    events("etc/webapi_rest/events.xml", |root, names| events::read(root, names, "webapi_rest")),
    events("etc/webapi_soap/events.xml", |root, names| events::read(root, names, "webapi_soap")),
    events("etc/graphql/events.xml", |root, names| events::read(root, names, "graphql")),
];

const fn events(
    path: &'static str,
    read: fn(&Element, &Names<'_>) -> Result<Vec<Entry>, Unsaid>,
) -> Artifact {
    Artifact { path, read, may_differ: &[], help: events::HELP }
}

/// How a module's own names begin.
struct Names<'a> {
    module: &'a ModuleName,
}

impl Names<'_> {
    /// The name behind the module's own in small letters: `pull_stock` of `acme_erpbridge_pull_stock`.
    fn own(&self, name: &Text, what: &str) -> Result<Text, Unsaid> {
        let id = self.module.as_str().to_lowercase();
        let own = name.value.strip_prefix(&id).and_then(|rest| rest.strip_prefix('_'));
        let unsaid = || Unsaid::new(format!("{what} `{}` is not named `{id}_…`", name.value), &name.span);
        own.map(|own| Text::new(own, name.span.clone())).ok_or_else(unsaid)
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
struct Unsaid {
    what: String,
    at: Range<usize>,
}

impl Unsaid {
    fn new(what: impl Into<String>, at: &Range<usize>) -> Self {
        Self { what: what.into(), at: at.clone() }
    }
}

/// The value of an attribute that has to be there.
fn needed<'a>(element: &'a Element, name: &str) -> Result<&'a Text, Unsaid> {
    let unsaid = || Unsaid::new(format!("<{}> has no `{name}`", element.name.value), &element.name.span);
    element.attribute(name).ok_or_else(unsaid)
}

impl Artifact {
    /// The outline with what the file says; none if that cannot be said whole, with a finding. `compile` makes the module of an
    /// outline, and `made` is the path of the file from the module's root.
    pub(super) fn carry(
        &self,
        document: &Document,
        outline: &Outline,
        module: &ModuleName,
        made: &str,
        compile: impl Fn(&Outline) -> Compilation,
    ) -> Result<Outline, Box<Diagnostic>> {
        let refuse = |unsaid: Unsaid| Box::new(self.refusal(&unsaid));
        let root = &document.root;
        let entries = (self.read)(root, &Names { module }).map_err(refuse)?;
        if entries.is_empty() {
            return Err(refuse(Unsaid::new("it declares nothing", &root.name.span)));
        }
        let mut trial = outline.clone();
        add(&mut trial, entries, comments(document));
        let compiled = compile(&trial);
        let made = compiled.tree.iter().find(|(path, _)| path.as_str() == made);
        let Some((_, made)) = made.filter(|(_, file)| file.ownership == Ownership::Managed) else {
            let errors = compiled.report.diagnostics.iter().filter(|it| it.level == Level::Error);
            let message = errors.map(|it| it.message.clone()).next();
            let what = message.unwrap_or_else(|| "no release of the target reads it".to_owned());
            return Err(refuse(Unsaid::new(what, &root.name.span)));
        };
        let text = String::from_utf8_lossy(&made.contents);
        match whole::difference(root, &text, self.may_differ) {
            Some(unsaid) => Err(refuse(unsaid)),
            None => Ok(trial),
        }
    }

    fn refusal(&self, unsaid: &Unsaid) -> Diagnostic {
        Diagnostic::new(Rule::NotCarried, format!("{} is left alone: {}", self.path, unsaid.what))
            .at(unsaid.at.clone())
            .reason(
                "a spec makes whole files: of one in which it cannot say everything nothing is taken over",
            )
            .help(self.help)
    }
}

/// All comments of a file, so that none is lost.
fn comments(document: &Document) -> Vec<String> {
    fn within(element: &Element, comments: &mut Vec<String>) {
        for node in &element.children {
            match node {
                Node::Comment { text, .. } => comments.push(text.value.clone()),
                Node::Element(element) => within(element, comments),
                Node::Text(_) => {}
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
        outline.put(&route, Some(entry.at.clone()), entry.at.clone(), json!({}));
        if let Some(comments) = comments.take() {
            outline.notes.before.insert(route.clone(), comments);
        }
        for (key, value) in entry.values {
            outline.put(&format!("{route}/{key}"), None, entry.at.clone(), value);
        }
    }
}
