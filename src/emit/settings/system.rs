//! `etc/adminhtml/system.xml`.

use super::backend;
use crate::{
    emit::xml::XmlElement,
    model::{Choice, ConfigElement, Dependency, Group, Module, Section, Setting, SettingKind, Shown, Tab},
};

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    let settings = module.settings.as_ref()?;
    let tabs = settings.tabs.iter().map(tab);
    let sections = settings.sections.iter().map(|it| section(module, it));
    XmlElement::root("config", "urn:magento:module:Magento_Config:etc/system_file.xsd")
        .children([XmlElement::new("system").children(tabs.chain(sections))])
        .into_file(module)
}

fn tab(tab: &Tab) -> XmlElement<'_> {
    let mut element = XmlElement::new("tab").attribute("id", &tab.id).attribute("translate", "label");
    if let Some(place) = tab.sort_order {
        element = element.attribute("sortOrder", place.to_string());
    }
    if let Some(class) = &tab.class {
        element = element.attribute("class", class);
    }
    element.children([XmlElement::new("label").text(tab.label.as_str())])
}

fn section<'a>(module: &Module, section: &'a Section) -> XmlElement<'a> {
    let element = XmlElement::new("section").attribute("id", &section.id);
    let element = titled(element, section.label.as_deref(), section.label.is_some());
    shown(element, section.shown)
        .children(section.label.iter().map(|label| XmlElement::new("label").text(label.as_str())))
        .children(section.elements.iter().map(further))
        .children(section.groups.iter().map(|it| group(module, it)))
}

fn group<'a>(module: &Module, group: &'a Group) -> XmlElement<'a> {
    let element = XmlElement::new("group").attribute("id", &group.id);
    let element = titled(element, group.label.as_deref(), !group.is_bare);
    let element = extending(shown(element, group.shown), group.extends.as_deref());
    // Expanded on the first visit.
    let expanded = || XmlElement::new("attribute").attribute("type", "expanded").text("1");
    element
        .children(group.label.iter().map(|label| XmlElement::new("label").text(label.as_str())))
        .children(group.is_expanded.then(expanded))
        .children(group.elements.iter().map(further))
        .children(depends(&group.depends))
        .children(group.settings.iter().map(|setting| field(module, setting)))
        .children(group.groups.iter().map(|it| self::group(module, it)))
}

/// Adds the attributes of what the module declares itself.
fn titled<'a>(element: XmlElement<'a>, label: Option<&str>, is_own: bool) -> XmlElement<'a> {
    let element = if label.is_some() { element.attribute("translate", "label") } else { element };
    if is_own { element.attribute("type", "text") } else { element }
}

fn extending<'a>(element: XmlElement<'a>, extends: Option<&'a str>) -> XmlElement<'a> {
    match extends {
        Some(other) => element.attribute("extends", other),
        None => element,
    }
}

fn field<'a>(module: &Module, setting: &'a Setting) -> XmlElement<'a> {
    let mut element = XmlElement::new("field").attribute("id", &setting.field);
    let texts = [("label", setting.title.is_some()), ("comment", setting.comment.is_some())];
    let translated: Vec<&str> =
        texts.into_iter().filter(|(_, is_given)| *is_given).map(|(name, _)| name).collect();
    if !translated.is_empty() {
        element = element.attribute("translate", translated.join(" "));
    }
    if let Some(kind) = &setting.element {
        element = element.attribute("type", kind);
    }
    element = extending(shown(element, setting.shown), setting.extends.as_deref());
    if setting.can_restore && module.platform.restores_defaults() {
        element = element.attribute("canRestore", "1");
    }
    let text = |name, text: Option<String>| text.map(|text| XmlElement::new(name).text(text));
    let yes_or_no =
        (setting.kind == SettingKind::Flag).then(|| r"Magento\Config\Model\Config\Source\Yesno".to_owned());
    // The form posts nothing for an empty multiselect (docs/magento/settings.md#multiselect).
    let may_be_empty = matches!(setting.kind, SettingKind::Multiselect(_)) && !setting.is_required;
    let children = [
        text("label", setting.title.clone()),
        text("comment", setting.comment.clone()),
        text("validate", setting.validate.clone().or_else(|| validation(setting))),
        text("source_model", setting.source_model.clone().or(yes_or_no)),
        text("backend_model", backend::of(module, setting)),
        text("can_be_empty", setting.can_be_empty.unwrap_or(may_be_empty).then(|| "1".to_owned())),
        options(&setting.kind),
        depends(&setting.depends),
    ];
    element.children(children.into_iter().flatten()).children(setting.elements.iter().map(further))
}

fn shown(mut element: XmlElement<'_>, shown: Shown) -> XmlElement<'_> {
    if let Some(place) = shown.sort_order {
        element = element.attribute("sortOrder", place.to_string());
    }
    if shown.is_advanced {
        element = element.attribute("advanced", "true");
    }
    let names = ["showInDefault", "showInWebsite", "showInStore"];
    let scopes = shown.scopes.into_iter().flat_map(|scopes| names.into_iter().zip(scopes));
    scopes.fold(element, |element, (name, yes)| element.attribute(name, if yes { "1" } else { "0" }))
}

fn further(element: &ConfigElement) -> XmlElement<'_> {
    let made = XmlElement::new(element.name);
    let made = element.attributes.iter().fold(made, |made, (name, value)| made.attribute(name, value));
    let made = made.children(element.children.iter().map(further));
    match &element.text {
        Some(text) => made.text(text.as_str()),
        None => made,
    }
}

/// Validation classes of `mage/validation.js`.
fn validation(setting: &Setting) -> Option<String> {
    let mut classes: Vec<String> = Vec::new();
    if setting.is_required {
        classes.push("required-entry".to_owned());
    }
    match setting.kind {
        SettingKind::Url => classes.push("validate-url".to_owned()),
        SettingKind::Email => classes.push("validate-email".to_owned()),
        SettingKind::Number { min, max } => {
            let bound = |bound: Option<i32>| bound.map_or_else(String::new, |bound| bound.to_string());
            // "Digits" excludes negative numbers.
            let kind = if min.is_some_and(|min| min >= 0) { "digits" } else { "number" };
            classes.push(format!("validate-{kind}"));
            if min.is_some() || max.is_some() {
                classes.push(format!("validate-{kind}-range"));
                classes.push(format!("{kind}-range-{}-{}", bound(min), bound(max)));
            }
        }
        _ => {}
    }
    (!classes.is_empty()).then(|| classes.join(" "))
}

fn options(kind: &SettingKind) -> Option<XmlElement<'_>> {
    let options = kind.options()?.iter().map(|Choice { value, label }| {
        XmlElement::new("option").attribute("label", label).text(value.as_str())
    });
    Some(XmlElement::new("options").children(options))
}

fn depends(conditions: &[Dependency]) -> Option<XmlElement<'_>> {
    let field = |condition: &'_ Dependency| {
        let mut field = XmlElement::new("field").attribute("id", condition.id.clone());
        // The values have no comma, or there is only one.
        if condition.values.len() > 1 {
            field = field.attribute("separator", ",");
        }
        if condition.is_negative {
            field = field.attribute("negative", "1");
        }
        field.text(condition.values.join(","))
    };
    (!conditions.is_empty()).then(|| XmlElement::new("depends").children(conditions.iter().map(field)))
}
