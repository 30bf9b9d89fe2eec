//! Outline of a spec: its values, their places in the module's files, and comments.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use serde_json::{Map, Value, json};

use super::{acl::OwnAcl, composer::ImportedPackage};
use crate::{
    module::{DeclaredXml, XmlIntegration},
    names::AclId,
    parsers::SpannedText,
    spec::{Document, Pointer, Spans, Spot, pointer},
};

/// Spec under construction.
#[derive(Debug, Clone, Default)]
pub(super) struct Outline {
    pub(super) json: Value,
    pub(super) spans: Spans,
    pub(super) notes: Notes,
}

/// Comments of a spec, by the route of the commented value.
#[derive(Debug, Clone, Default)]
pub(super) struct Notes {
    /// At the top.
    pub(super) head: Vec<String>,
    /// On separate lines before the value.
    pub(super) before: BTreeMap<Pointer, Vec<String>>,
    /// On the same line.
    pub(super) behind: BTreeMap<Pointer, String>,
    /// At the end of the list at the route.
    pub(super) last: BTreeMap<Pointer, Vec<String>>,
    /// List items that are written as comments, with the reason.
    pub(super) rejected: BTreeMap<Pointer, String>,
}

/// Pattern for all resources.
pub(super) const EVERYTHING: &str = "Magento_Backend::admin/**";

/// Placeholder for a missing address, so that the rest can be checked.
pub(super) const NO_EMAIL: &str = "none@example.invalid";

impl Outline {
    /// Builds the outline of a module for a target.
    pub(super) fn of(
        declared: &DeclaredXml,
        integrations: &[&XmlIntegration],
        name: &SpannedText,
        acl: &OwnAcl,
        package: &ImportedPackage,
        target: &str,
    ) -> Self {
        let mut outline = Self { json: Value::Object(Map::new()), ..Self::default() };
        outline.module(declared, name, package);
        outline.put(&pointer!["target"], Some(declared.tag.clone()), declared.tag.clone(), json!({}));
        let asked = package.span_of(&pointer!["require"]).unwrap_or_else(|| declared.tag.clone());
        outline.put(&pointer!["target", "magento"], None, asked, json!(target));
        outline.put(&pointer!["integration"], None, declared.tag.clone(), json!([]));
        for (at, integration) in integrations.iter().enumerate() {
            outline.integration(&pointer!["integration", at], integration);
        }
        if !acl.entries.is_empty() {
            outline.put(&pointer!["acl"], None, declared.tag.clone(), json!([]));
            for (at, entry) in acl.entries.iter().enumerate() {
                outline.acl(&pointer!["acl", at], entry, 100);
            }
        }
        outline
    }

    /// Converts the outline to a document that can be checked.
    pub(super) fn document(&self) -> Document {
        Document { json: self.json.clone(), spans: self.spans.clone() }
    }

    /// Copy that compiles despite faults elsewhere: placeholders replace the integrations, the package and the places of
    /// resources.
    pub(super) fn without_faults(&self) -> Self {
        let module = &self.json["module"];
        let mut reduced = Map::new();
        let mut own = json!({ "name": module["name"], "description": "None", "version": "1.0.0" });
        if let Some(source) = module.get("source") {
            own["source"] = source.clone();
        }
        reduced.insert("module".to_owned(), own);
        reduced.insert("target".to_owned(), self.json["target"].clone());
        reduced.insert("integration".to_owned(), json!([{ "name": "None", "email": NO_EMAIL }]));
        let mut ids: BTreeSet<&str> = BTreeSet::new();
        let mut open: Vec<&Value> = self.json["acl"].as_array().into_iter().flatten().collect();
        while let Some(entry) = open.pop() {
            ids.extend(
                entry["id"]
                    .as_str()
                    .filter(|id| AclId::new(*id).is_ok_and(|id| module["name"] == id.module())),
            );
            open.extend(entry["children"].as_array().into_iter().flatten());
        }
        let acl: Vec<Value> =
            ids.iter().map(|id| json!({ "id": id, "title": "None", "parent": AclId::ADMIN })).collect();
        if !acl.is_empty() {
            reduced.insert("acl".to_owned(), Value::Array(acl));
        }
        for (table, value) in self.json.as_object().into_iter().flatten() {
            reduced.entry(table.clone()).or_insert_with(|| value.clone());
        }
        Self { json: Value::Object(reduced), ..Self::default() }
    }

    /// Adds a value and its place. The parent must exist; nested values get the same place.
    pub(super) fn put(
        &mut self,
        route: &Pointer,
        key: Option<Range<usize>>,
        span: Range<usize>,
        value: Value,
    ) {
        self.place(route, key, &span, &value);
        let Some((parent, step)) = route.parent().zip(route.last()) else { return };
        match self.json.pointer_mut(&parent) {
            Some(Value::Object(members)) => {
                members.insert(step, value);
            }
            Some(Value::Array(items)) => items.push(value),
            _ => {}
        }
    }

    fn place(&mut self, route: &Pointer, key: Option<Range<usize>>, span: &Range<usize>, value: &Value) {
        self.spans.insert(
            route.clone(),
            Spot { key, value: span.clone(), kind: kind(value), written: None, removal: None },
        );
        match value {
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(at, item)| self.place(&route.key(at), None, span, item));
            }
            Value::Object(members) => {
                members.iter().for_each(|(key, member)| self.place(&route.key(key), None, span, member));
            }
            _ => {}
        }
    }

    /// Adds a value whose parts have places of their own, by their route below it.
    pub(super) fn put_parts(
        &mut self,
        route: &Pointer,
        span: Range<usize>,
        value: &Value,
        parts: Vec<(Pointer, &Value, Range<usize>)>,
    ) {
        self.put(route, None, span, value.clone());
        for (step, part, span) in parts {
            let spot = Spot { key: None, value: span, kind: kind(part), written: None, removal: None };
            self.spans.insert(route.join(&step), spot);
        }
    }

    pub(super) fn put_text(&mut self, route: &Pointer, text: &SpannedText) {
        self.put(route, None, text.span.clone(), json!(text.value));
    }

    fn module(&mut self, declared: &DeclaredXml, name: &SpannedText, package: &ImportedPackage) {
        self.put(&pointer!["module"], Some(declared.tag.clone()), declared.tag.clone(), json!({}));
        self.put_text(&pointer!["module", "name"], name);
        self.put_text(&pointer!["module", "description"], &package.description);
        for (key, value, span) in &package.values {
            self.put_parts(&pointer!["module", key], span.clone(), value, package.parts(key, value));
        }
        if let Some(source) = &package.source {
            self.put(&pointer!["module", "source"], None, declared.tag.clone(), json!(source));
        }
    }

    fn integration(&mut self, route: &Pointer, integration: &XmlIntegration) {
        let tag = integration.tag.clone();
        self.put(route, Some(tag.clone()), tag.clone(), json!({}));
        self.put_text(&route.key("name"), &integration.name);
        if !integration.comments.is_empty() {
            self.notes.before.insert(route.clone(), integration.comments.clone());
        }
        let email = integration.email.as_ref().filter(|email| !email.trimmed().is_empty());
        let missing = || SpannedText::new(NO_EMAIL, tag.clone());
        self.put_text(&route.key("email"), &email.map_or_else(missing, trimmed));
        for (key, url) in [
            ("endpoint_url", &integration.endpoint_url),
            ("identity_link_url", &integration.identity_link_url),
        ] {
            if let Some(url) = url.as_ref().filter(|url| !url.trimmed().is_empty()) {
                let key = route.key(key);
                self.put_text(&key, &trimmed(url));
            }
        }
        let Some(listed) = &integration.resources_tag else { return };
        let everything = integration.grants_everything();
        let route = route.key("resources");
        self.put(&route, Some(listed.clone()), listed.clone(), json!([]));
        for (at, resource) in integration.resources.iter().enumerate() {
            let route = route.key(at);
            let id = if everything {
                SpannedText::new(EVERYTHING, resource.id.span.clone())
            } else {
                resource.id.clone()
            };
            self.put_text(&route, &id);
            if !resource.comments.is_empty() {
                self.notes.before.insert(route.clone(), resource.comments.clone());
            }
            if let Some(comment) = &resource.behind {
                self.notes.behind.insert(route, comment.clone());
            }
        }
        if !integration.last_comments.is_empty() {
            self.notes.last.insert(route, integration.last_comments.clone());
        }
    }

    fn acl(&mut self, route: &Pointer, entry: &super::acl::ImportedResource, default: i32) {
        let tag = entry.tag.clone();
        self.put(route, Some(tag.clone()), tag.clone(), json!({}));
        if !entry.comments.is_empty() {
            self.notes.before.insert(route.clone(), entry.comments.clone());
        }
        self.put_text(&route.key("id"), &entry.id);
        self.put_text(&route.key("title"), &entry.title);
        if let Some(parent) = &entry.parent {
            self.put_text(&route.key("parent"), parent);
        }
        if !entry.parents.is_empty() {
            self.put(&route.key("parents"), None, tag.clone(), json!([]));
        }
        for (at, parent) in entry.parents.iter().enumerate() {
            let route = route.key("parents").key(at);
            self.put(&route, None, parent.id.span.clone(), json!({}));
            self.put_text(&route.key("id"), &parent.id);
            if let Some(title) = &parent.title {
                self.put_text(&route.key("title"), title);
            }
            if let Some((order, span)) = &parent.sort_order {
                self.put(&route.key("sort_order"), None, span.clone(), json!(order));
            }
        }
        if entry.sort_order.0 != default {
            let (order, span) = entry.sort_order.clone();
            self.put(&route.key("sort_order"), None, span, json!(order));
        }
        if !entry.children.is_empty() {
            self.put(&route.key("children"), None, tag, json!([]));
        }
        for ((at, child), place) in entry.children.iter().enumerate().zip((10..).step_by(10)) {
            self.acl(&route.key("children").key(at), child, place);
        }
    }
}

/// Name of the value's type, with an article.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Array(_) => "a list",
        Value::Object(_) => "a table",
        Value::String(_) => "text",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::Null => "nothing",
    }
}

fn trimmed(text: &SpannedText) -> SpannedText {
    SpannedText::new(text.trimmed(), text.span.clone())
}
