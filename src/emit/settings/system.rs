//! `etc/adminhtml/system.xml`.

use super::backend;
use crate::{
    emit::xml::XmlElement,
    model::{Choice, Group, Module, Scope, Setting, SettingKind},
};

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    let settings = module.settings.as_ref()?;
    let mut section = XmlElement::new("section").attribute("id", &settings.section);
    let scope = settings.groups.iter().map(Group::scope).max().unwrap_or(Scope::Global);
    if let Some(own) = &settings.own {
        section =
            shown(section.attribute("translate", "label").attribute("type", "text"), own.sort_order, scope)
                .children([
                    XmlElement::new("label").text(own.label.as_str()),
                    XmlElement::new("tab").text(own.tab.as_str()),
                    XmlElement::new("resource").text(own.resource.as_str()),
                ]);
    }
    let groups = settings.groups.iter().zip((10..).step_by(10)).map(|(it, place)| group(module, it, place));
    let section = section.children(groups);
    XmlElement::root("config", "urn:magento:module:Magento_Config:etc/system_file.xsd")
        .children([XmlElement::new("system").children([section])])
        .into_file(module)
}

fn group<'a>(module: &Module, group: &'a Group, place: i32) -> XmlElement<'a> {
    let element = XmlElement::new("group").attribute("id", &group.id);
    let fields = group.settings.iter().zip((10..).step_by(10));
    let fields = fields.map(|(setting, place)| field(module, setting, place));
    let Some(label) = &group.label else { return element.children(fields) };
    shown(element.attribute("translate", "label").attribute("type", "text"), place, group.scope())
        .children([
            XmlElement::new("label").text(label.as_str()),
            // Expanded on the first visit.
            XmlElement::new("attribute").attribute("type", "expanded").text("1"),
        ])
        .children(fields)
}

fn field<'a>(module: &Module, setting: &'a Setting, place: i32) -> XmlElement<'a> {
    let translated = if setting.comment.is_some() { "label comment" } else { "label" };
    let kind = match setting.kind {
        SettingKind::Flag | SettingKind::Select(_) => "select",
        SettingKind::Multiselect(_) => "multiselect",
        SettingKind::Textarea => "textarea",
        SettingKind::Secret => "obscure",
        SettingKind::Text | SettingKind::Url | SettingKind::Number { .. } | SettingKind::Email => "text",
    };
    let element = XmlElement::new("field")
        .attribute("id", &setting.field)
        .attribute("translate", translated)
        .attribute("type", kind);
    let mut element = shown(element, place, setting.scope);
    if setting.kind != SettingKind::Secret && module.platform.restores_defaults() {
        element = element.attribute("canRestore", "1");
    }
    let text = |name, text: Option<String>| text.map(|text| XmlElement::new(name).text(text));
    let source =
        (setting.kind == SettingKind::Flag).then(|| r"Magento\Config\Model\Config\Source\Yesno".to_owned());
    // The form posts nothing for an empty multiselect (docs/magento/settings.md#multiselect).
    let may_be_empty = matches!(setting.kind, SettingKind::Multiselect(_)) && !setting.is_required;
    let children = [
        text("label", Some(setting.label.clone())),
        text("comment", setting.comment.clone()),
        text("validate", validation(setting)),
        text("source_model", source),
        text("backend_model", backend::of(module, setting)),
        text("can_be_empty", may_be_empty.then(|| "1".to_owned())),
        options(&setting.kind),
        depends(setting),
    ];
    element.children(children.into_iter().flatten())
}

fn shown(element: XmlElement<'_>, place: i32, scope: Scope) -> XmlElement<'_> {
    let flag = |yes: bool| if yes { "1" } else { "0" };
    element
        .attribute("sortOrder", place.to_string())
        .attribute("showInDefault", "1")
        .attribute("showInWebsite", flag(scope >= Scope::Website))
        .attribute("showInStore", flag(scope >= Scope::Store))
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

fn depends(setting: &Setting) -> Option<XmlElement<'_>> {
    let fields = setting.depends.iter();
    let fields =
        fields.map(|(path, value)| XmlElement::new("field").attribute("id", path).text(value.as_str()));
    (!setting.depends.is_empty()).then(|| XmlElement::new("depends").children(fields))
}
