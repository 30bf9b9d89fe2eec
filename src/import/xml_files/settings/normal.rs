//! Forms of what a file says, for the comparison of a file with the one that a spec generates.

use super::parts::{absolute, class, is_yes, line};
use crate::parsers::{
    SpannedText,
    xml::{Element, XmlAttribute, XmlNode},
};

/// Normalizes system.xml: what Magento reads as the same becomes the same, and what it ignores is removed.
pub(in crate::import::xml_files) fn system(root: &Element) -> Element {
    normal(root, &[], "")
}

/// Elements that Magento reads as absent if they are empty.
const OPTIONAL: [&str; 21] = [
    "label",
    "comment",
    "tooltip",
    "hint",
    "validate",
    "frontend_class",
    "frontend_model",
    "backend_model",
    "source_model",
    "config_path",
    "if_module_enabled",
    "button_label",
    "button_url",
    "more_url",
    "demo_url",
    "class",
    "header_css",
    "fieldset_css",
    "depends",
    "options",
    "requires",
];

fn normal(element: &Element, node: &[&str], parent: &str) -> Element {
    let mut normal = element.clone();
    let name = element.name.value.as_str();
    let is_box = matches!(name, "section" | "group");
    let is_field = name == "field" && parent == "group";
    let id = element.attribute("id").map_or("", |id| id.value.as_str());
    let inner: Vec<&str> = match name {
        "section" | "group" => node.iter().copied().chain([id]).collect(),
        "field" if is_field => node.iter().copied().chain([id]).collect(),
        _ => node.to_vec(),
    };
    normal.attributes.retain(|attribute| !is_nothing(attribute, is_box));
    for attribute in &mut normal.attributes {
        let value = &mut attribute.value.value;
        match attribute.name.as_str() {
            "sortOrder" => {
                *value = value.trim().parse::<f64>().map_or_else(|_| value.clone(), |it| it.to_string())
            }
            "canRestore" | "negative" | "scope_info" | "showInDefault" | "showInWebsite" | "showInStore"
            | "advanced" => "1".clone_into(value),
            "includeEmptyValueOption" => {
                let is_yes = matches!(value.trim(), "true" | "1");
                *value = is_yes.to_string();
            }
            "id" if name == "field" && !is_field => {
                if let Some(path) = absolute(node, value) {
                    *value = path;
                }
            }
            _ => {}
        }
    }
    let is_own = is_box && element.named("label").any(|label| !label.text().trimmed().is_empty())
        || is_field && element.attribute("type").is_some();
    if is_own && name != "section" && normal.attribute("sortOrder").is_none() {
        // Without one it is 0 (`Magento_Config: Model/Config/Structure/Mapper/Sorting.php`).
        let value = SpannedText::new("0", element.name.span.clone());
        normal.attributes.push(XmlAttribute { name: "sortOrder".to_owned(), value });
    }
    if name == "field" && parent == "requires" {
        // Magento reads its id alone.
        normal.children.clear();
    } else if name == "field" && !is_field {
        values(&mut normal);
    }
    normal.children.retain(|child| !matches!(child, XmlNode::Element(child) if is_absent(child)));
    for child in &mut normal.children {
        match child {
            XmlNode::Element(child) => {
                *child = self::normal(child, &inner, name);
            }
            XmlNode::Text(text) => one_form(name, text),
            XmlNode::Comment { .. } => {}
        }
    }
    if name == "comment" {
        model(&mut normal);
    }
    normal
}

fn is_nothing(attribute: &XmlAttribute, is_box: bool) -> bool {
    match attribute.name.as_str() {
        "canRestore" => is_box || !is_yes(&attribute.value),
        "type" => is_box,
        "showInDefault" | "showInWebsite" | "showInStore" | "negative" => !is_yes(&attribute.value),
        "advanced" => !matches!(attribute.value.trimmed(), "true" | "1"),
        "sortOrder" | "class" | "separator" => attribute.value.value.is_empty(),
        _ => false,
    }
}

fn is_absent(element: &Element) -> bool {
    let name = element.name.value.as_str();
    let is_empty = element.elements().next().is_none() && element.text().trimmed().is_empty();
    match name {
        "comment" => is_empty && element.attribute("model").is_none(),
        "can_be_empty" | "hide_in_single_store_mode" | "clone_fields" => !is_yes(&element.text()),
        "attribute" => {
            element.attribute("type").is_some_and(|kind| kind.value == "expanded") && !is_yes(&element.text())
        }
        _ => is_empty && OPTIONAL.contains(&name),
    }
}

fn one_form(name: &str, text: &mut SpannedText) {
    match name {
        "frontend_model" | "backend_model" | "source_model" | "model" | "clone_model" | "source_service" => {
            text.value = class(&text.value).to_owned();
        }
        "can_be_empty" | "hide_in_single_store_mode" | "clone_fields" => "1".clone_into(&mut text.value),
        "label" | "validate" | "frontend_class" | "class" => text.value = line(&text.value),
        _ => {}
    }
}

/// Writes the values of a condition with one separator.
fn values(condition: &mut Element) {
    let Some(separator) = condition.attribute("separator").map(|it| it.value.clone()) else { return };
    condition.attributes.retain(|attribute| attribute.name != "separator");
    for child in &mut condition.children {
        if let XmlNode::Text(text) = child {
            text.value = text.value.trim().replace(&separator, ",");
        }
    }
}

/// Writes the class that makes a comment as an attribute.
fn model(comment: &mut Element) {
    let Some(class) = comment.named("model").next().map(Element::text) else {
        for attribute in comment.attributes.iter_mut().filter(|it| it.name == "model") {
            attribute.value.value = class(&attribute.value.value).to_owned();
        }
        return;
    };
    comment.children.clear();
    let value = SpannedText::new(class.trimmed(), class.span.clone());
    comment.attributes.push(XmlAttribute { name: "model".to_owned(), value });
}

/// Normalizes config.xml: Magento reads texts, and of attributes only the backend model
/// (`framework/App/Config/Initial/Converter.php`).
pub(in crate::import::xml_files) fn config(root: &Element) -> Element {
    let mut normal = root.clone();
    normal
        .attributes
        .retain(|attribute| attribute.name == "backend_model" && !attribute.value.value.is_empty());
    for attribute in &mut normal.attributes {
        attribute.value.value = class(&attribute.value.value).to_owned();
    }
    normal.children = merged(&normal);
    for child in &mut normal.children {
        if let XmlNode::Element(child) = child {
            *child = config(child);
        }
    }
    let is_empty = |element: &Element| element.children.is_empty() && element.attributes.is_empty();
    // A scope without values.
    normal.children.retain(|child| {
        !matches!(child, XmlNode::Element(child)
            if is_empty(child) && matches!(child.name.value.as_str(), "default" | "websites" | "stores"))
    });
    normal
}

/// Children with those of one name merged, as Magento merges them: of texts, the last counts.
fn merged(element: &Element) -> Vec<XmlNode> {
    let mut merged: Vec<XmlNode> = Vec::new();
    for node in &element.children {
        let XmlNode::Element(child) = node else {
            merged.push(node.clone());
            continue;
        };
        let same = merged.iter_mut().find_map(|other| match other {
            XmlNode::Element(other) if other.name.value == child.name.value => Some(other),
            _ => None,
        });
        match same {
            None => merged.push(node.clone()),
            Some(other) if child.elements().next().is_some() => other.children.extend(child.children.clone()),
            Some(other) => *other = child.clone(),
        }
    }
    merged
}
