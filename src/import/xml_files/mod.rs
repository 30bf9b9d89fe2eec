//! The files beside integrations in terms of a spec. Import takes each file completely or not at all: the spec is
//! compiled with what a reader returns, and the file counts as imported only if the generated one is equivalent. The
//! rules check some files through a sketch, for which a reader converts as much as a spec can express.

mod crontab;
mod csp;
mod entry;
mod equivalence;
mod events;
mod existing_services;
mod menu;
mod settings;
mod system;
mod webapi;
mod webhooks;

use serde_json::json;

use self::entry::{Entry, Reading, Unsupported, needed};
pub(super) use self::webhooks::GeneratedWebhooks;
use super::outline::Outline;
use crate::{
    Compilation, check,
    diag::{Diagnostic, Level, Rule},
    module::ModuleFiles,
    names::{HandlerClass, ModuleName, SnakeName},
    parsers::{
        SpannedText,
        php::PhpClass,
        xml::{Element, XmlDocument, XmlNode},
    },
    spec::pointer,
};

/// Number of sections in system.xml. A spec has one.
pub(super) fn sections(files: &ModuleFiles) -> usize {
    files.tables.get(system::PATH).map_or(0, |document| system::sections(&document.root).count())
}

/// Kind of file that a spec can express.
#[derive(Clone, Copy)]
pub(super) struct XmlFile {
    /// Path in the module.
    pub(super) path: &'static str,
    read: fn(&Element, &Names<'_>) -> Reading,
    /// Reader for what the first cannot express.
    otherwise: Option<fn(&Element, &Names<'_>) -> Reading>,
    /// Converts as much as a spec can express, for the rules; none if the file has rules of its own.
    sketch: Option<fn(&Element, &Names<'_>) -> Reading>,
    /// Elements and attributes that may differ from the generated file.
    may_differ: &'static [(&'static str, &'static str)],
    /// Removes everything that Magento ignores.
    normal: fn(&Element) -> Element,
    /// Help text about the supported content.
    help: &'static str,
}

/// Returns true if the file at `path` in the module says what the generated one says, in whatever layout.
pub(super) fn is_same(path: &str, there: &Element, made: &[u8]) -> bool {
    let kind = XML_FILES.iter().find(|file| file.path == path);
    let normal = if path == "etc/acl.xml" { without_default_order } else { Element::clone };
    let (normal, may_differ) = kind.map_or((normal, &[][..]), |kind| (kind.normal, kind.may_differ));
    equivalence::difference(there, made, normal, may_differ).is_none()
}

/// Removes the default sort order of resources.
fn without_default_order(element: &Element) -> Element {
    let mut element = element.clone();
    element.attributes.retain(|it| it.name != "sortOrder" || it.value.value != "0");
    for node in &mut element.children {
        if let XmlNode::Element(child) = node {
            *child = without_default_order(child);
        }
    }
    element
}

/// All kinds of files, the menu after the settings that it opens.
pub(super) const XML_FILES: &[XmlFile] = &[
    // The id lets other modules replace a value; the value itself names the owner.
    XmlFile {
        may_differ: &[("value", "id")],
        normal: csp::normal,
        ..plain("etc/csp_whitelist.xml", csp::read, "[csp] supports hosts by directive")
    },
    whole("etc/crontab.xml", |root, names| crontab::read(root, names).into(), crontab::HELP),
    of_events("etc/events.xml", |root, names| events::read(root, names, "global").into()),
    of_events("etc/frontend/events.xml", |root, names| events::read(root, names, "frontend").into()),
    of_events("etc/adminhtml/events.xml", |root, names| events::read(root, names, "adminhtml").into()),
    of_events("etc/crontab/events.xml", |root, names| events::read(root, names, "crontab").into()),
    of_events("etc/webapi_rest/events.xml", |root, names| events::read(root, names, "webapi_rest").into()),
    of_events("etc/webapi_soap/events.xml", |root, names| events::read(root, names, "webapi_soap").into()),
    of_events("etc/graphql/events.xml", |root, names| events::read(root, names, "graphql").into()),
    XmlFile {
        normal: settings::normal::system,
        sketch: Some(system::read),
        ..whole(system::PATH, |root, names| settings::read(root, names).into(), settings::HELP)
    },
    XmlFile {
        normal: settings::normal::config,
        ..whole(
            settings::CONFIG,
            |root, names| settings::config::read(root, names).into(),
            settings::config::HELP,
        )
    },
    XmlFile {
        normal: menu::normal,
        ..whole(menu::PATH, |root, names| menu::read(root, names).into(), menu::HELP)
    },
    XmlFile {
        otherwise: Some(|root, names| existing_services::read(root, names).into()),
        normal: webapi::normal,
        ..whole("etc/webapi.xml", |root, names| webapi::read(root, names).into(), webapi::HELP)
    },
];

const fn plain(path: &'static str, read: fn(&Element, &Names<'_>) -> Reading, help: &'static str) -> XmlFile {
    XmlFile { path, read, otherwise: None, sketch: Some(read), may_differ: &[], normal: Element::clone, help }
}

/// Kind of file that is imported completely or not at all, and has rules of its own.
const fn whole(path: &'static str, read: fn(&Element, &Names<'_>) -> Reading, help: &'static str) -> XmlFile {
    XmlFile { sketch: None, ..plain(path, read, help) }
}

const fn of_events(path: &'static str, read: fn(&Element, &Names<'_>) -> Reading) -> XmlFile {
    XmlFile { normal: events::normal, ..whole(path, read, events::HELP) }
}

/// Names that belong to the module.
struct Names<'a> {
    module: &'a ModuleName,
    /// Files of the module.
    files: &'a ModuleFiles,
    /// Spec so far.
    outline: &'a Outline,
    /// Index of the section in system.xml that becomes the settings.
    section: usize,
}

impl Names<'_> {
    /// Interface in a file of the module.
    fn interface(&self, file: &str) -> Option<&PhpClass> {
        self.files.php_file(file).map(|file| &file.class)
    }

    /// Part of a class name after the module's namespace and `below`.
    fn own<'c>(&self, class: &'c str, below: &str) -> Option<&'c str> {
        class.strip_prefix(&self.module.namespace()).and_then(|rest| rest.strip_prefix(below))
    }

    /// Adds the keys that name a job or an observer: `name`, and `id` and `class` unless they follow from it.
    ///
    /// # Errors
    /// Reports what a spec cannot express.
    fn handler(
        &self,
        entry: &mut Entry,
        id: &SpannedText,
        class: Option<&SpannedText>,
        folder: &'static str,
    ) -> Result<(), Unsupported> {
        let of_id = id.value.strip_prefix(&self.module.id()).and_then(|rest| rest.strip_prefix('_'));
        let of_id = of_id.and_then(|rest| SnakeName::new(rest).ok());
        let short = class.map(|class| class.value.rsplit('\\').next().unwrap_or_default());
        let words = [short.unwrap_or_default(), id.value.as_str()].map(SnakeName::of);
        // One letter is too short for a name.
        let longer = || SnakeName::of(&format!("handler_{}", id.value));
        let name = of_id.clone().or_else(|| words.into_iter().flatten().next()).or_else(longer);
        let name = name.ok_or_else(|| {
            Unsupported::fault(
                format!("the name `{}` has no letter to make a name for the spec of", id.value),
                &id.span,
            )
        })?;
        entry.put(pointer!["name"], name.as_str(), &id.span);
        if of_id.is_none() {
            entry.put(pointer!["id"], id.value.as_str(), &id.span);
        }
        let Some(class) = class else { return Ok(()) };
        let full = class.value.trim_start_matches('\\');
        let own = self.own(full, "\\").filter(|own| HandlerClass::new(*own).is_ok_and(|it| !it.is_full()));
        // Its first version is not written for a class that the module lacks.
        let own = own.filter(|own| !self.files.lacks_class(full) && !check::is_in_generated_folder(own));
        match own {
            Some(own) if !folder.is_empty() && HandlerClass::named(folder, &name).as_str() == own => {}
            Some(own) => entry.put(pointer!["class"], own, &class.span),
            None => entry.put(pointer!["class"], format!("\\{full}"), &class.span),
        }
        Ok(())
    }
}

impl XmlFile {
    /// Returns true for files with settings.
    pub(super) fn is_of_settings(&self) -> bool {
        matches!(self.path, system::PATH | settings::CONFIG)
    }

    /// Adds to the outline as much of the file's content as a spec can express, if the rules of specs check it.
    pub(super) fn sketch(
        &self,
        files: &ModuleFiles,
        outline: &mut Outline,
        module: &ModuleName,
        section: usize,
    ) {
        let Some((sketch, document)) = self.sketch.zip(files.tables.get(self.path)) else { return };
        let reading = sketch(&document.root, &Names { module, files, outline, section });
        add(outline, reading.entries, Vec::new());
    }

    /// Adds the file's content to the outline; nothing if there is no such file. `compile` compiles an outline, `check`
    /// finds its errors at their places in the files, and `place` gives the path of a file from the module's root.
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
        check: impl Fn(&Outline) -> Vec<Diagnostic>,
    ) -> Result<Option<Outline>, Box<Diagnostic>> {
        let Some(document) = files.tables.get(self.path) else { return Ok(None) };
        let mut refused = None;
        for read in [Some(self.read), self.otherwise].into_iter().flatten() {
            let reading = read(&document.root, &Names { module, files, outline, section: 0 });
            match self.trial(reading, document, outline, &place, (&compile, &check)) {
                Ok(trial) => return Ok(trial),
                Err(unsupported) => refused = Some(unsupported),
            }
        }
        refused.map_or(Ok(None), |unsupported| Err(Box::new(self.refusal(&unsupported))))
    }

    /// Adds what was read of a file to the outline, and compares what it compiles to with the file; nothing if it has no
    /// entries.
    ///
    /// # Errors
    /// Reports the first thing that a spec cannot express.
    fn trial(
        &self,
        mut reading: Reading,
        document: &XmlDocument,
        outline: &Outline,
        place: impl Fn(&str) -> String,
        (compile, check): (impl Fn(&Outline) -> Compilation, impl Fn(&Outline) -> Vec<Diagnostic>),
    ) -> Result<Option<Outline>, Unsupported> {
        let root = &document.root;
        let mut trial = outline.clone();
        if !reading.unsupported.is_empty() {
            return Err(reading.unsupported.swap_remove(0));
        }
        if reading.entries.is_empty() {
            return Ok(None);
        }
        add(&mut trial, reading.entries, comments(document));
        let mut compiled = compile(&trial.without_faults());
        if compiled.module.is_none() && relax(&mut trial, &compiled) {
            compiled = compile(&trial.without_faults());
        }
        let place = place(self.path);
        let made = compiled.tree.iter().find(|(made, _)| made.as_str() == place).map(|(_, file)| file);
        let unsupported = match made {
            None => Some(why_not(&compiled, || check(&trial), root)),
            Some(made) => equivalence::difference(root, &made.contents, self.normal, self.may_differ),
        };
        unsupported.map_or(Ok(Some(trial)), Err)
    }

    fn refusal(&self, unsupported: &Unsupported) -> Diagnostic {
        let outlook = if unsupported.is_fault {
            "correct it, and import takes the file over".to_owned()
        } else {
            format!("nothing to do: {}; a later version may support more", self.help)
        };
        Diagnostic::new(Rule::NotCarried, format!("{} stays yours: {}", self.path, unsupported.what))
            .at(unsupported.at.clone())
            .reason(
                "a build writes whole files, so import takes a file over only if the spec would generate all of it",
            )
            .help(outlook)
    }
}

/// Relaxes the rules that keep the spec from being built and can be relaxed: a shop may have what the catalog lacks.
/// Returns true if there are any.
fn relax(trial: &mut Outline, compiled: &Compilation) -> bool {
    let errors = compiled.report.diagnostics.iter().filter(|it| it.level == Level::Error);
    let rules: Vec<Rule> = errors.map(|it| it.rule).filter(|rule| rule.can_be_relaxed()).collect();
    if !rules.is_empty() && trial.json.get("rules").is_none() {
        trial.json["rules"] = json!({});
    }
    for rule in &rules {
        trial.json["rules"][rule.id()] = json!("warn");
    }
    !rules.is_empty()
}

/// Reason why a file is not generated: the first error of the compiled spec, at its place among the findings in the file.
fn why_not(
    compiled: &Compilation,
    findings: impl FnOnce() -> Vec<Diagnostic>,
    root: &Element,
) -> Unsupported {
    let mut errors = compiled.report.diagnostics.iter().filter(|it| it.level == Level::Error);
    let Some(error) = errors.next() else {
        return Unsupported::new("the spec would not generate it", &root.name.span);
    };
    let in_file = findings().into_iter().find(|it| it.rule == error.rule && it.message == error.message);
    let at = in_file.and_then(|it| it.span).unwrap_or_else(|| root.name.span.clone());
    Unsupported::fault(format!("the spec would have an error: {}", error.message), &at)
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
        entry.add_to(outline, comments.take());
    }
}

/// Default of a parameter in a spec; none for null, and for what a spec cannot say.
fn parameter_default(written: &str) -> Option<serde_json::Value> {
    if let Ok(number) = written.parse::<i32>() {
        return Some(json!(number));
    }
    let quoted = ['\'', '"'].iter().find_map(|quote| written.strip_prefix(*quote)?.strip_suffix(*quote));
    if let Some(text) = quoted {
        let is_plain = !text.contains(['\\', '$', '\'', '"', '\n', '\r']);
        return is_plain.then(|| json!(text));
    }
    match written.to_lowercase().as_str() {
        "true" => Some(json!(true)),
        "false" => Some(json!(false)),
        "[]" | "array()" => Some(json!([])),
        _ => None,
    }
}
