//! Import of `etc/adminhtml/system.xml`, with the defaults in `etc/config.xml`.

use serde_json::{Value, json};

use super::{Entry, Names, Reading, Unsupported, needed};
use crate::{
    parsers::{SpannedText, xml::Element},
    spec::pointer,
};

pub(super) const PATH: &str = "etc/adminhtml/system.xml";

pub(super) const CONFIG: &str = "etc/config.xml";

/// Sections of the file.
pub(super) fn sections(root: &Element) -> impl Iterator<Item = &Element> {
    root.named("system").flat_map(|system| system.named("section"))
}

pub(super) fn read(root: &Element, names: &Names<'_>) -> Reading {
    let mut reading = Reading::default();
    let Some(section) = sections(root).nth(names.section) else { return reading };
    if let Some(second) = sections(root).nth(1) {
        reading.unsupported.push(Unsupported::new("it has more than one section", &second.name.span));
    }
    let Some(id) = reading.keep(needed(section, "id")) else { return reading };
    let mut settings = Entry::table("settings", &section.name.span);
    let is_own = section.named("label").next().is_some();
    if id.value != names.module.id() || !is_own {
        settings.put(pointer!["section"], id.value.as_str(), &id.span);
    }
    // Without a label it is another module's section, which says the rest itself.
    if is_own {
        home(root, section, &mut settings);
    }
    settings.put(pointer!["groups"], json!({}), &section.name.span);
    let defaults = names.files.tables.get(CONFIG).and_then(|config| config.root.named("default").next());
    let defaults = defaults.and_then(|it| it.named(&id.value).next());
    let mut entries = Vec::new();
    for group in sorted(section, "group") {
        let Some(path) = reading.keep(needed(group, "id")) else { continue };
        let label = group.named("label").next().filter(|_| group.named("field").next().is_some());
        if let Some(label) = label.map(Element::text) {
            settings.put_at_key(pointer!["groups", path.value], &path.span, label.trimmed(), &label.span);
        }
        let defaults = defaults.and_then(|it| it.named(&path.value).next());
        for field in sorted(group, "field") {
            let Some(id) = reading.keep(needed(field, "id")) else { continue };
            if !is_own && field.attribute("type").is_none() {
                // Changes a field that another module has.
                reading.keep(needed(field, "type"));
                continue;
            }
            let default = defaults.and_then(|it| it.named(&id.value).next());
            let place = Place { section, group, field, path: format!("{}/{}", path.value, id.value) };
            entries.push(place.setting(default, &mut reading));
        }
    }
    reading.entries.push(settings);
    reading.entries.append(&mut entries);
    reading
}

/// Adds the keys of the module's own section.
fn home(root: &Element, section: &Element, settings: &mut Entry) {
    let own_tabs: Vec<&Element> = root.named("system").flat_map(|system| system.named("tab")).collect();
    for key in ["label", "tab", "resource"] {
        let text = section.named(key).next().map(Element::text);
        let is_own = |text: &SpannedText| {
            key == "tab"
                && own_tabs.iter().any(|tab| tab.attribute("id").is_some_and(|id| id.value == text.trimmed()))
        };
        if let Some(text) = text.filter(|text| !is_own(text)) {
            settings.put(pointer![key], text.trimmed(), &text.span);
        }
    }
    let place = section.attribute("sortOrder");
    if let Some((place, span)) = place.and_then(|it| Some((it.trimmed().parse::<i32>().ok()?, &it.span))) {
        settings.put(pointer!["sort_order"], place, span);
    }
}

/// Field with its group and section.
struct Place<'a> {
    section: &'a Element,
    group: &'a Element,
    field: &'a Element,
    /// Group and field.
    path: String,
}

impl Place<'_> {
    fn setting(&self, default: Option<&Element>, reading: &mut Reading) -> Entry {
        let field = self.field;
        let tag = &field.name.span;
        let mut entry = Entry::item("setting", tag);
        let id = field.attribute("id").map_or(tag, |id| &id.span);
        entry.put(pointer!["path"], self.path.as_str(), id);
        let classes = field.named("validate").next().map(Element::text);
        let (classes, validate) = classes
            .as_ref()
            .map_or((Vec::new(), tag), |it| (it.value.split_whitespace().collect(), &it.span));
        let kind = self.kind(&classes, reading);
        entry.put(pointer!["type"], kind, field.attribute("type").map_or(tag, |kind| &kind.span));
        for key in ["label", "comment"] {
            if let Some(text) = field.named(key).next().map(Element::text) {
                let shown = if key == "comment" { plain(text.trimmed()) } else { text.trimmed().to_owned() };
                entry.put(pointer![key], shown, &text.span);
            }
        }
        let is_text = matches!(kind, "text" | "textarea");
        let default = default.map(Element::text).filter(|it| is_text || !it.trimmed().is_empty());
        if let Some(default) = default.filter(|it| self.is_comparable(kind, &classes, it.trimmed())) {
            entry.put(pointer!["default"], typed(kind, default.trimmed()), &default.span);
        }
        if let Some(scope) = scope(field) {
            entry.put(pointer!["scope"], scope, tag);
        }
        let is_required = classes.contains(&"required-entry");
        if is_required || kind == "number" {
            entry.put(pointer!["required"], is_required, validate);
        }
        let (min, max) = range(&classes).unwrap_or_default();
        for (key, limit) in [("min", min), ("max", max)] {
            if let Some(limit) = limit {
                entry.put(pointer![key], limit, validate);
            }
        }
        if kind == "multiselect" && field.named("options").next().is_none() {
            // Its source model has them.
            entry.put(pointer!["options"], json!({ "any": "Any" }), tag);
        }
        self.options(&mut entry);
        self.depends(&mut entry);
        entry
    }

    /// Returns true if the default can be compared with the field: options of a source model are not in the file, and
    /// a number may have a fraction.
    fn is_comparable(&self, kind: &str, classes: &[&str], default: &str) -> bool {
        match kind {
            "multiselect" => self.field.named("options").next().is_some(),
            "number" => classes.contains(&"validate-digits") || default.parse::<i32>().is_ok(),
            _ => true,
        }
    }

    fn options(&self, entry: &mut Entry) {
        let options: Vec<&Element> =
            self.field.named("options").flat_map(|options| options.named("option")).collect();
        if let Some(first) = options.first() {
            entry.put(pointer!["options"], json!({}), &first.name.span);
        }
        for option in options {
            let Some(label) = option.attribute("label") else { continue };
            let value = option.text();
            entry.put_at_key(
                pointer!["options", value.trimmed()],
                &value.span,
                label.value.as_str(),
                &label.span,
            );
        }
    }

    fn depends(&self, entry: &mut Entry) {
        let depends = self.field.named("depends").flat_map(|depends| depends.named("field"));
        let mut is_empty = true;
        for on in depends {
            let Some((path, other)) = self.other(on) else { continue };
            if std::mem::take(&mut is_empty) {
                entry.put(pointer!["depends"], json!({}), &on.name.span);
            }
            let kind = other.map_or("text", |other| kind(other, &[]).unwrap_or("text"));
            // The form compares one value.
            let kind = if kind == "multiselect" { "text" } else { kind };
            let value = on.text();
            entry.put_at_key(
                pointer!["depends", path],
                &on.name.span,
                typed(kind, value.trimmed()),
                &value.span,
            );
        }
    }

    /// Path of the field that another one depends on, and the field; none if it is not in the file but may be in
    /// another module's.
    fn other(&self, on: &Element) -> Option<(String, Option<&Element>)> {
        let is = |element: &Element, id: &str| element.attribute("id").is_some_and(|it| it.value == id);
        let steps: Vec<&str> = on.attribute("id")?.value.split('/').collect();
        let (group, field) = match steps.as_slice() {
            [field] | ["*", "*", field] => (Some(self.group), *field),
            [section, group, field] if *section == "*" || is(self.section, section) => {
                (self.section.named("group").find(|it| is(it, group)), *field)
            }
            _ => return None,
        };
        let is_own = self.section.named("label").next().is_some();
        let is_other = |it: &&Element| is(it, field) && (is_own || it.attribute("type").is_some());
        let other = group.and_then(|group| group.named("field").find(is_other));
        let extends = |element: &Element| {
            element.attribute("extends").is_some() || element.named("include").next().is_some()
        };
        let is_whole = is_own && !extends(self.section) && group.is_none_or(|group| !extends(group));
        let of = match (group, steps.as_slice()) {
            (Some(group), _) => group.attribute("id")?.value.as_str(),
            (None, [_, group, _]) => group,
            _ => return None,
        };
        (other.is_some() || is_whole).then(|| (format!("{of}/{field}"), other))
    }

    /// Type of the setting; text, if the spec has no such type.
    fn kind(&self, classes: &[&str], reading: &mut Reading) -> &'static str {
        match kind(self.field, classes) {
            Ok(kind @ ("select" | "multiselect")) if self.field.named("options").next().is_none() => {
                let what =
                    format!("`{}` has no options in the file, and a spec names no source model", self.path);
                reading.unsupported.push(Unsupported::new(what, &self.field.name.span));
                if kind == "select" { "text" } else { kind }
            }
            Ok(kind) => kind,
            Err(unsupported) => {
                reading.unsupported.push(unsupported);
                "text"
            }
        }
    }
}

/// Text of a comment, which is HTML. One with markup stays as it is, and the comparison then finds a difference.
fn plain(html: &str) -> String {
    html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Type of the setting that generates such a field, as a guess that the comparison confirms.
fn kind(field: &Element, classes: &[&str]) -> Result<&'static str, Unsupported> {
    let source = field.named("source_model").next().map(|it| it.text().trimmed().to_owned());
    let kind = needed(field, "type")?;
    Ok(match kind.value.as_str() {
        "select" if source.as_deref().is_some_and(|it| it.ends_with(r"\Source\Yesno")) => "yesno",
        "select" => "select",
        "multiselect" => "multiselect",
        "obscure" => "secret",
        "textarea" => "textarea",
        "text" if classes.contains(&"validate-email") => "email",
        "text" if classes.contains(&"validate-url") => "url",
        "text" if classes.iter().any(|it| is_of_number(it)) => "number",
        "text" => "text",
        other => {
            let what = format!("a spec has no setting for fields of type `{other}`");
            return Err(Unsupported::new(what, &kind.span));
        }
    })
}

fn is_of_number(class: &str) -> bool {
    matches!(class, "validate-digits" | "validate-number")
        || class.starts_with("digits-range-")
        || class.starts_with("number-range-")
}

/// Parses `digits-range-1-60`.
pub(super) fn range(classes: &[&str]) -> Option<(Option<i32>, Option<i32>)> {
    let of = |class: &&str| {
        let behind = class.strip_prefix("digits-range-").or_else(|| class.strip_prefix("number-range-"))?;
        // A negative number starts with its own minus.
        let at = behind.char_indices().skip(1).find(|(_, c)| *c == '-').map_or(0, |(at, _)| at);
        let (min, max) = behind.split_at(at);
        Some((min.parse().ok(), max.strip_prefix('-').and_then(|max| max.parse().ok())))
    };
    classes.iter().find_map(of)
}

fn typed(kind: &str, text: &str) -> Value {
    match (kind, text, text.parse::<i32>()) {
        ("yesno", "0" | "1", _) => json!(text == "1"),
        ("number", _, Ok(number)) => json!(number),
        ("multiselect", ..) => json!(text.split(',').collect::<Vec<_>>()),
        _ => json!(text),
    }
}

/// Scope of the field; none for the default.
fn scope(element: &Element) -> Option<&'static str> {
    let is_shown = |name| element.attribute(name).is_some_and(|it| it.trimmed() == "1");
    match (is_shown("showInWebsite"), is_shown("showInStore")) {
        (_, true) => Some("store"),
        (true, false) => None,
        (false, false) => Some("global"),
    }
}

/// Elements in the order in which Magento shows them.
fn sorted<'a>(element: &'a Element, name: &'static str) -> Vec<&'a Element> {
    let mut sorted: Vec<&Element> = element.named(name).collect();
    sorted.sort_by_key(|it| {
        it.attribute("sortOrder").and_then(|it| it.trimmed().parse::<i64>().ok()).unwrap_or(0)
    });
    sorted
}
