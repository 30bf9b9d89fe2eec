//! Import of composer.json.

use std::ops::Range;

use serde_json::{Map, Value, json};

use crate::{
    diag::{Diagnostic, Rule},
    module::{DeclaredXml, composer::SpannedJson},
    names::{Email, Line, ModuleName, PackageName, Requirement},
    parsers::SpannedText,
    spec::{Pointer, pointer},
};

/// Composer package in the terms of a spec.
#[derive(Debug)]
pub(super) struct ImportedPackage {
    pub(super) description: SpannedText,
    /// Other keys of `[module]`, in order: key, value, place.
    pub(super) values: Vec<(String, Value, Range<usize>)>,
    /// Requirements, including `php`.
    pub(super) require: Vec<(String, SpannedText)>,
    /// Content of `[composer]`.
    pub(super) further: Map<String, Value>,
    /// Folder of the module relative to composer.json.
    pub(super) source: Option<String>,
    /// Guessed keys, each with the source of its value.
    pub(super) guessed: Vec<(&'static str, String)>,
    /// Faults of the file.
    pub(super) faults: Vec<Diagnostic>,
    /// Values that change or get lost.
    pub(super) changes: Vec<Diagnostic>,
    json: Option<SpannedJson>,
}

impl ImportedPackage {
    pub(super) fn of(
        json: Option<&SpannedJson>,
        declared: &DeclaredXml,
        name: &ModuleName,
        source: &str,
    ) -> Self {
        let nowhere = || declared.tag.clone();
        let mut package = Self {
            description: SpannedText::new("", nowhere()),
            values: Vec::new(),
            require: Vec::new(),
            further: Map::new(),
            source: (!source.is_empty()).then(|| source.to_owned()),
            guessed: Vec::new(),
            faults: Vec::new(),
            changes: Vec::new(),
            json: json.cloned(),
        };
        package.description = package.text("description").unwrap_or_else(|| {
            let integration =
                declared.integrations.iter().map(|it| it.name.value.as_str()).min().unwrap_or(name.as_str());
            package.guessed.push(("description", "guessed".to_owned()));
            SpannedText::new(format!("Lets {} use this shop", integration.trim()), nowhere())
        });
        if let Some(json) = json {
            package.read(json, name);
            package.autoload(json, name);
        }
        package
    }

    /// Place of a value in composer.json.
    pub(super) fn span_of(&self, route: &Pointer) -> Option<Range<usize>> {
        self.json.as_ref()?.span(route)
    }

    /// Parts of a value with their places, by their route below it. `key` is one of `[module]` or of composer.json.
    pub(super) fn parts<'v>(&self, key: &str, value: &'v Value) -> Vec<(Pointer, &'v Value, Range<usize>)> {
        let key = if key == "package" { "name" } else { key };
        let mut parts = Vec::new();
        let mut open = vec![(Pointer::root(), value)];
        while let Some((route, value)) = open.pop() {
            match value {
                Value::Array(items) => {
                    open.extend(items.iter().enumerate().map(|(at, item)| (route.key(at), item)));
                }
                Value::Object(members) => {
                    open.extend(members.iter().map(|(key, value)| (route.key(key), value)));
                }
                _ => {}
            }
            let span = self.span_of(&pointer![key].join(&route)).filter(|_| route.parent().is_some());
            parts.extend(span.map(|span| (route, value, span)));
        }
        parts
    }

    /// Address of the people behind the package, with the key of composer.json that has it.
    pub(super) fn contact(&self) -> Option<(&str, &'static str)> {
        let json = self.json.as_ref()?;
        let authors = json.value.get("authors").and_then(Value::as_array).map_or(0, Vec::len);
        let support = std::iter::once((pointer!["support", "email"], "support"));
        let places = support.chain((0..authors).map(|at| (pointer!["authors", at, "email"], "authors")));
        places
            .filter_map(|(route, key)| Some((json.text(&route)?, key)))
            .find(|(address, _)| Email::new(*address).is_ok())
    }

    fn text(&self, key: &str) -> Option<SpannedText> {
        let route = pointer![key];
        let json = self.json.as_ref()?;
        let text = json.text(&route).filter(|text| !text.trim().is_empty())?;
        Some(SpannedText::new(text, json.span(&route)?))
    }

    fn read(&mut self, json: &SpannedJson, name: &ModuleName) {
        let members = json.value.as_object().into_iter().flatten();
        for (key, value) in members {
            let route = pointer![key];
            let span = json.span(&route).unwrap_or_default();
            match (key.as_str(), value) {
                ("name", value) if *value == json!(PackageName::from(name).as_str()) => {}
                ("name", _) => self.put("package", value, span),
                ("version" | "license" | "authors" | "homepage" | "keywords", value) => {
                    self.optional(key, value, span);
                }
                ("require", Value::Object(require)) => self.require(json, require),
                ("type", value) if value != "magento2-module" => self.changes.push(
                    Diagnostic::new(
                        Rule::DerivedDiffers,
                        format!("`type` changes from {value} to magento2-module"),
                    )
                    .at(span)
                    .reason(
                        "Composer installs packages of other types where Magento does not look for modules",
                    ),
                ),
                ("description" | "type" | "autoload", _) => {}
                (key, value) => self.further(key, value, span),
            }
        }
        // In the order of the spec's reference.
        let order = ["version", "package", "license", "authors", "homepage", "keywords"];
        self.values.sort_by_key(|(key, ..)| order.iter().position(|other| other == key));
    }

    fn put(&mut self, key: &str, value: &Value, span: Range<usize>) {
        self.values.push((key.to_owned(), value.clone(), span));
    }

    /// Puts a value below `[module]`, or below `[composer]` in a form that `[module]` does not have.
    fn optional(&mut self, key: &str, value: &Value, span: Range<usize>) {
        let is_author = |author: &Value| {
            let has_name = author.get("name").and_then(Value::as_str).is_some();
            let is_key = |key: &String| ["name", "email", "homepage", "role"].contains(&key.as_str());
            has_name && author.as_object().is_some_and(|author| author.keys().all(is_key))
        };
        let is_form = match (key, value) {
            ("authors", Value::Array(authors)) => !authors.is_empty() && authors.iter().all(is_author),
            ("authors", _) => false,
            ("keywords", Value::Array(keywords)) => !keywords.is_empty(),
            _ => true,
        };
        if is_form {
            self.put(key, value, span);
        } else {
            self.further(key, value, span);
        }
    }

    fn require(&mut self, json: &SpannedJson, require: &Map<String, Value>) {
        for (name, constraint) in require {
            let span = json.span(&pointer!["require", name]).unwrap_or_default();
            let constraint = constraint.as_str().unwrap_or_default();
            let is_one = name == "php" || Requirement::new(name.as_str()).is_ok();
            if is_one && Line::new(constraint).is_ok() {
                self.require.push((name.clone(), SpannedText::new(constraint, span)));
            } else {
                let finding =
                    Diagnostic::new(Rule::NotCarried, format!("the requirement `{name}` is not imported"));
                self.changes.push(
                    finding.at(span).reason("Composer accepts only a package with a constraint on one line"),
                );
            }
        }
    }

    fn further(&mut self, key: &str, value: &Value, span: Range<usize>) {
        if is_plain(value) {
            self.further.insert(key.to_owned(), value.clone());
        } else {
            self.changes.push(
                Diagnostic::new(Rule::NotCarried, format!("`{key}` of composer.json is not imported"))
                    .at(span)
                    .reason("a spec cannot hold null and fractional numbers"),
            );
        }
    }

    /// Imports autoload entries other than the module itself.
    fn autoload(&mut self, json: &SpannedJson, name: &ModuleName) {
        let Some(autoload) = json.value.get("autoload").and_then(Value::as_object) else { return };
        let folder = self.source.as_ref().map(|source| format!("{source}/")).unwrap_or_default();
        let registration = format!("{folder}registration.php");
        let namespace = format!("{}\\", name.namespace());
        let mut further = Map::new();
        for (kind, value) in autoload {
            let mut rest = value.clone();
            match (&mut rest, kind.as_str()) {
                (Value::Array(files), "files") => files.retain(|file| *file != json!(registration)),
                (Value::Object(roots), "psr-4") => self.roots(json, roots, &namespace, &folder),
                _ => {}
            }
            let is_empty = matches!(&rest, Value::Array(items) if items.is_empty())
                || matches!(&rest, Value::Object(members) if members.is_empty());
            if !is_empty && is_plain(&rest) {
                further.insert(kind.clone(), rest);
            }
        }
        if !further.is_empty() {
            self.further.insert("autoload".to_owned(), Value::Object(further));
        }
    }

    /// Removes the root of the module itself, and one that was meant to be it.
    fn roots(&mut self, json: &SpannedJson, roots: &mut Map<String, Value>, namespace: &str, folder: &str) {
        roots.retain(|prefix, path| {
            let path = path.as_str().unwrap_or("?").trim_start_matches("./");
            let is_module = path == folder || format!("{path}/") == folder;
            if prefix == namespace && is_module {
                return false;
            }
            if is_module || prefix == namespace {
                let message = format!("the module is mapped as `{prefix}`, but its namespace is `{namespace}`");
                let finding = Diagnostic::new(Rule::NameMismatch, message)
                    .at(json.span(&pointer!["autoload", "psr-4", prefix]))
                    .reason("Magento expects a module's classes in its namespace, and Composer finds them only if psr-4 maps it")
                    .help(format!("write \"{}\": \"{folder}\"", namespace.replace('\\', "\\\\")));
                let mut finding = finding;
                finding.level = crate::diag::Level::Warning;
                self.faults.push(finding);
                // A root that differs in more than case may be a different one that code relies on.
                return prefix != namespace && !prefix.eq_ignore_ascii_case(namespace);
            }
            true
        });
    }
}

/// Returns true if a spec can hold the value.
fn is_plain(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Number(number) => number.as_i64().is_some(),
        Value::Array(items) => items.iter().all(is_plain),
        Value::Object(members) => members.values().all(is_plain),
        Value::Bool(_) | Value::String(_) => true,
    }
}
