//! Fields.

use serde_json::{Map, Value, json};

use super::{
    nested::{options, requires, source_service, uploads},
    parts::{self, FieldEntry, ShownScopes, class},
    section::{SectionReading, partial},
};
use crate::{
    import::xml_files::{Entry, Unsupported, needed},
    model::ENCRYPTED,
    parsers::xml::Element,
    spec::pointer,
};

/// Child elements that are text, with their keys.
const TEXTS: [&str; 11] = [
    "tooltip",
    "hint",
    "frontend_class",
    "frontend_model",
    "config_path",
    "if_module_enabled",
    "button_label",
    "button_url",
    "more_url",
    "demo_url",
    "source_model",
];

const OTHERS: [&str; 13] = [
    "label",
    "comment",
    "validate",
    "backend_model",
    "can_be_empty",
    "hide_in_single_store_mode",
    "upload_dir",
    "base_url",
    "options",
    "depends",
    "attribute",
    "requires",
    "source_service",
];

/// Form elements of Magento (`framework/Data/Form/Element/Factory.php` and `Magento_Config: Block/System/Config/Form.php`).
const ELEMENTS: [&str; 22] = [
    "allowspecific",
    "button",
    "checkbox",
    "checkboxes",
    "date",
    "editablemultiselect",
    "editor",
    "export",
    "file",
    "hidden",
    "image",
    "import",
    "label",
    "link",
    "multiline",
    "note",
    "password",
    "radio",
    "radios",
    "submit",
    "time",
    "obscure",
];

const YES_OR_NO: &str = r"Magento\Config\Model\Config\Source\Yesno";

/// Number of fields in a group of the section.
pub(super) fn count(section: &Element, above: &[&str], group: &str) -> usize {
    let step = |element: &Element, id: &str| -> Option<Element> {
        element.named("group").find(|it| it.attribute("id").is_some_and(|it| it.value == id)).cloned()
    };
    let mut element = section.clone();
    for id in above.iter().copied().chain([group]) {
        match step(&element, id) {
            Some(below) => element = below,
            None => return 0,
        }
    }
    element.named("field").count()
}

impl SectionReading<'_> {
    /// Reads a field at a position that the build derives.
    pub(super) fn field(
        &self,
        field: &Element,
        steps: &[&str],
        place: i64,
    ) -> Result<FieldEntry, Unsupported> {
        parts::only_box_attributes(field, &["extends"])?;
        let id = needed(field, "id")?;
        let other = field.elements().find(|it| {
            let name = it.name.value.as_str();
            !TEXTS.contains(&name) && !OTHERS.contains(&name)
        });
        if let Some(other) = other {
            return Err(parts::unknown(other, &other.name.value, "a field"));
        }
        let tag = &field.name.span;
        let mut entry = Entry::item("setting", tag);
        let mut put = |key: &str, value: Value| entry.put(pointer![key], value, tag);
        put("path", json!(format!("{}/{}", steps.join("/"), id.value)));
        let says = |name: &str| field.named(name).next_back().map(|it| it.text().trimmed().to_owned());
        let says = |name: &str| says(name).filter(|text| !text.is_empty());
        let kind = self.kind(field, steps)?;
        if let Some(kind) = &kind {
            put("type", json!(kind.name));
        }
        let label = parts::texts(field, &["label"])?.pop().map(|(_, text)| parts::line(&text.value));
        if label.is_some() || kind.is_some() {
            put("label", json!(label.unwrap_or_default()));
        }
        if let Some((key, value)) = parts::comment(field)? {
            put(key, value);
        }
        let order = parts::sort_order(field)?.or(kind.is_some().then_some(0));
        if let Some(order) = order.filter(|order| kind.is_none() || *order != place) {
            put("sort_order", json!(order));
        }
        let scopes = ShownScopes::of(field);
        match (&kind, scopes.scope()) {
            (None, _) if !scopes.is_given() => {}
            (None, _) if scopes.is_partial() => return Err(partial(field)),
            (Some(_), Some("website")) => {}
            (Some(_), Some(scope)) => put("scope", json!(scope)),
            _ => put("show_in", scopes.listed()),
        }
        let is_secret = kind.as_ref().is_some_and(|kind| kind.name == "secret");
        let restores = field.attribute("canRestore").is_some_and(parts::is_yes);
        if restores != (kind.is_some() && !is_secret && self.restores) {
            put("can_restore", json!(restores));
        }
        let (derived, name) = (kind.as_ref(), kind.as_ref().map_or("", |kind| kind.name.as_str()));
        let is_ours = derived.is_some_and(|kind| kind.is_ours);
        let classes = says("validate");
        let classes: Vec<&str> = classes.iter().flat_map(|it| it.split_whitespace()).collect();
        let is_required = classes.contains(&"required-entry");
        let follows = is_ours
            || name == "email"
            || kind.is_some() && classes.iter().all(|class| *class == "required-entry") && classes.len() < 2;
        if !follows && !classes.is_empty() {
            put("validate", json!(classes.join(" ")));
        } else if is_required || name == "number" {
            put("required", json!(is_required));
        }
        if is_ours && name == "number" {
            let (min, max) = super::super::system::range(&classes).unwrap_or_default();
            [("min", min), ("max", max)].into_iter().for_each(|(key, limit)| {
                if let Some(limit) = limit {
                    put(key, json!(limit));
                }
            });
        }
        let options = options(field)?;
        for (name, text) in parts::texts(field, &TEXTS)? {
            if name != "source_model" || derived.is_none_or(|kind| kind.name != "yesno") {
                put(name, json!(text.value));
            }
        }
        match says("backend_model") {
            Some(_) if is_ours || is_secret => {}
            Some(class) => put("backend_model", json!(class)),
            None if !options.is_empty() => put("backend_model", json!("none")),
            None => {}
        }
        let may_be_empty = field.named("can_be_empty").any(|it| parts::is_yes(&it.text()));
        let by_default = name == "multiselect" && !(follows && is_required);
        if may_be_empty != by_default {
            put("can_be_empty", json!(may_be_empty));
        }
        if field.named("hide_in_single_store_mode").any(|it| parts::is_yes(&it.text())) {
            put("hide_in_single_store_mode", json!(true));
        }
        for (name, known) in [("upload_dir", ["config", "scope_info"]), ("base_url", ["type", "scope_info"])]
        {
            if let Some(element) = field.named(name).next_back() {
                put(name, uploads(element, known)?);
            }
        }
        if !options.is_empty() {
            put("options", Value::Object(options));
        }
        let node: Vec<&str> =
            [self.id()].into_iter().chain(steps.iter().copied()).chain([id.value.as_str()]).collect();
        let depends = self.depends(field, &node)?;
        if !depends.is_empty() {
            put("depends", Value::Object(depends));
        }
        if let Some(service) = field.named("source_service").next_back() {
            put("source_service", source_service(service)?);
        }
        if let Some(requires) = requires(field)? {
            put("requires", requires);
        }
        if parts::is_advanced(field) {
            put("advanced", json!(true));
        }
        if let Some(extends) = field.attribute("extends") {
            put("extends", json!(extends.value));
        }
        let attributes = parts::attributes(field, "")?;
        if !attributes.is_empty() {
            put("attributes", Value::Object(attributes));
        }
        Ok(FieldEntry { entry, section: self.id().to_owned() })
    }

    /// Type of the setting that says the field; `None` for a field without a type.
    fn kind(&self, field: &Element, steps: &[&str]) -> Result<Option<Kind>, Unsupported> {
        let Some(written) = field.attribute("type").filter(|it| !it.trimmed().is_empty()) else {
            return Ok(None);
        };
        let says = |name: &str| field.named(name).next_back().map(|it| class(&it.text().value).to_owned());
        let (source, backend) = (says("source_model"), says("backend_model"));
        let own = format!(r"{}\Model\Config\Backend\", self.names.module.namespace());
        let ours = |name: &str| {
            backend.as_ref().and_then(|it| it.strip_prefix(&own)).is_some_and(|it| {
                it == name || it.strip_prefix(name).is_some_and(|rest| rest.starts_with('\\'))
            })
        };
        let named = |name: &str| Kind { name: name.to_owned(), is_ours: false };
        let generated = |name: &str| Kind { name: name.to_owned(), is_ours: true };
        let classes = field.named("validate").next_back().map(|it| it.text().value).unwrap_or_default();
        let mut classes: Vec<&str> = classes.split_whitespace().collect();
        classes.sort_unstable();
        let is_email =
            matches!(classes.as_slice(), ["validate-email"] | ["required-entry", "validate-email"]);
        Ok(Some(match written.value.as_str() {
            "select" if source.as_deref() == Some(YES_OR_NO) && field.named("options").next().is_none() => {
                named("yesno")
            }
            "select" if ours("Choice") => generated("select"),
            "multiselect" if ours("Choice") => generated("multiselect"),
            "text" if ours("HttpUrl") => generated("url"),
            "text" if ours("WholeNumber") => generated("number"),
            "text" if is_email => named("email"),
            "obscure" if self.is_secret(field, steps, backend.as_deref()) => {
                Kind { name: "secret".to_owned(), is_ours: ours("SigningSecret") }
            }
            kind @ ("select" | "multiselect" | "text" | "textarea") => named(kind),
            kind if ELEMENTS.contains(&kind) || kind.contains('\\') => named(kind),
            other => {
                let what = format!("Magento has no form element `{other}`, so the page with the field fails");
                return Err(Unsupported::new(what, &written.span));
            }
        }))
    }

    /// True for a secret that Magento encrypts, and decrypts when it is read: a `[[setting]]` of type "secret".
    fn is_secret(&self, field: &Element, steps: &[&str], backend: Option<&str>) -> bool {
        let own = format!(r"{}\Model\Config\Backend\SigningSecret", self.names.module.namespace());
        if backend != Some(ENCRYPTED) && backend != Some(own.as_str()) {
            return false;
        }
        let id = field.attribute("id").map_or("", |id| id.value.as_str());
        let path = field.named("config_path").next_back().map(|it| it.text().trimmed().to_owned());
        let path = path.unwrap_or_else(|| format!("{}/{}/{id}", self.id(), steps.join("/")));
        let mut at =
            self.names.files.tables.get(super::CONFIG).and_then(|it| it.root.named("default").next());
        for step in path.split('/') {
            at = at.and_then(|at| at.named(step).next_back());
        }
        at.is_some_and(|it| {
            let model = it.attribute("backend_model").map(|it| class(&it.value).to_owned());
            model.as_deref() == Some(ENCRYPTED) && it.text().value.is_empty()
        })
    }

    /// Conditions of a group or a field at a path.
    pub(super) fn depends(
        &self,
        element: &Element,
        node: &[&str],
    ) -> Result<Map<String, Value>, Unsupported> {
        let mut conditions = Map::new();
        for condition in element.named("depends").flat_map(Element::elements) {
            let tag = &condition.name;
            if tag.value != "field" {
                return Err(parts::unknown(condition, &tag.value, "<depends>"));
            }
            parts::only_attributes(condition, &["id", "separator", "negative"])?;
            let id = needed(condition, "id")?;
            let path = parts::absolute(node, &id.value);
            let path = path.ok_or_else(|| {
                Unsupported::new(format!("`{}` leads to no field, so Magento fails", id.value), &id.span)
            })?;
            let here = path.strip_prefix(self.id()).and_then(|rest| rest.strip_prefix('/'));
            let key = here.filter(|rest| rest.contains('/')).unwrap_or(&path).to_owned();
            let other = self.other(&path);
            let is_flag = other.is_some_and(is_yes_or_no);
            let text = parts::text(condition)?;
            let separator = condition.attribute("separator").map(|it| it.value.as_str());
            let values: Vec<Value> = match separator.filter(|it| !it.is_empty()) {
                Some(separator) => text.value.split(separator).map(|it| scalar(it, is_flag)).collect(),
                None => vec![scalar(&text.value, is_flag)],
            };
            if values.len() > 1 && values.iter().any(|it| it.as_str().is_some_and(|it| it.contains(','))) {
                let what = "a condition has several values, and one of them has a comma";
                return Err(Unsupported::new(what, &text.span));
            }
            let value = match <[Value; 1]>::try_from(values) {
                Ok([one]) => one,
                Err(several) => Value::Array(several),
            };
            let is_negative = condition.attribute("negative").is_some_and(parts::is_yes);
            let value = if is_negative { json!({ "not": value }) } else { value };
            if conditions.insert(key, value).is_some() {
                let what = format!("two conditions name `{}`", id.value);
                return Err(Unsupported::new(what, &id.span));
            }
        }
        Ok(conditions)
    }

    /// Field of this section at a path.
    fn other(&self, path: &str) -> Option<&Element> {
        let mut steps = path.split('/');
        if steps.next() != Some(self.id()) {
            return None;
        }
        let steps: Vec<&str> = steps.collect();
        let (field, groups) = steps.split_last()?;
        let is = |element: &&Element, id: &str| element.attribute("id").is_some_and(|it| it.value == id);
        let group = groups.iter().try_fold(self.section, |at, id| at.named("group").find(|it| is(it, id)))?;
        group.named("field").find(|it| is(it, field))
    }
}

struct Kind {
    name: String,
    /// True if magespec generates the class that checks its values.
    is_ours: bool,
}

fn is_yes_or_no(field: &Element) -> bool {
    field.attribute("type").is_some_and(|kind| kind.value == "select")
        && field.named("source_model").any(|it| class(&it.text().value) == YES_OR_NO)
}

fn scalar(text: &str, is_flag: bool) -> Value {
    match text {
        "0" | "1" if is_flag => json!(text == "1"),
        _ => json!(text),
    }
}
