//! `[[setting]]`.

use super::{Lowering, comment, element, flag, given, group::attribute, labels, scopes};
use crate::{
    model::{Backend, Choice, ConfigElement, Scope, Setting, SettingKind, Shown},
    names::ElementPath,
    spec::settings::{self as spec, FieldType, SettingType, ShownIn},
};

/// Value of `backend_model` for none.
const NO_MODEL: &str = "none";

impl Lowering<'_> {
    /// Returns a setting; `place` is its position by default.
    pub(super) fn field(
        &self,
        settings: &spec::Settings,
        section: &str,
        setting: &spec::Setting,
        getter: String,
        place: i64,
    ) -> Setting {
        let field = setting.path.field();
        let kind = kind(setting);
        let is_number = matches!(kind, SettingKind::Number { .. });
        let is_secret = kind == SettingKind::Secret;
        let is_typed = setting.kind.is_some();
        let scope = match setting.scope() {
            spec::Scope::Global => Scope::Global,
            spec::Scope::Website => Scope::Website,
            spec::Scope::Store => Scope::Store,
        };
        let label = given(setting.label.as_ref());
        let own = comment(setting.comment.as_ref(), setting.comment_html.as_ref());
        let own = own.or_else(|| range(&kind).filter(|_| setting.comment_model.is_none()));
        let by_default = is_typed && !is_secret && settings.can_restore.unwrap_or(true);
        Setting {
            path: self.spec.path_of(setting),
            field: field.to_owned(),
            label: label.clone().unwrap_or_else(|| labels::title(field)),
            title: match setting.label {
                Some(_) => label,
                None => is_typed.then(|| labels::title(field)),
            },
            comment: own,
            element: element_type(setting),
            scope,
            shown: Shown {
                is_advanced: setting.advanced,
                sort_order: setting.sort_order.or(is_typed.then_some(place)),
                scopes: setting
                    .show_in
                    .as_deref()
                    .map(ShownIn::flags)
                    .or_else(|| is_typed.then(|| scopes(scope))),
            },
            extends: setting.extends.as_ref().map(ToString::to_string),
            can_restore: setting.can_restore.unwrap_or(by_default),
            is_required: setting.required.unwrap_or(is_number),
            validate: setting.validate.as_ref().map(ToString::to_string),
            source_model: setting.source_model.as_ref().map(ToString::to_string),
            backend: match setting.backend_model.as_ref().map(ToString::to_string) {
                None => Backend::Derived,
                Some(class) if class == NO_MODEL => Backend::Plain,
                Some(class) => Backend::Class(class),
            },
            can_be_empty: setting.can_be_empty,
            elements: elements(setting),
            default: setting.default.as_ref().map(default),
            depends: self.depends(section, &setting.depends, Some(setting.path.group())),
            per_environment: setting.per_environment,
            getter,
            kind,
        }
    }
}

/// Comment with the range of a number.
fn range(kind: &SettingKind) -> Option<String> {
    match kind {
        SettingKind::Number { min: Some(min), max: Some(max) } => Some(format!("From {min} to {max}.")),
        SettingKind::Number { min: Some(min), .. } => Some(format!("At least {min}.")),
        SettingKind::Number { max: Some(max), .. } => Some(format!("At most {max}.")),
        _ => None,
    }
}

fn kind(setting: &spec::Setting) -> SettingKind {
    let choices = || {
        let options = setting.options.iter();
        options.map(|(value, label)| Choice { value: value.to_string(), label: label.to_string() }).collect()
    };
    match setting.kind() {
        Some(SettingType::Yesno) => SettingKind::Flag,
        Some(SettingType::Text) => SettingKind::Text,
        Some(SettingType::Textarea) => SettingKind::Textarea,
        Some(SettingType::Url) => SettingKind::Url,
        Some(SettingType::Secret) => SettingKind::Secret,
        Some(SettingType::Select) => SettingKind::Select(choices()),
        Some(SettingType::Multiselect) => SettingKind::Multiselect(choices()),
        Some(SettingType::Number) => SettingKind::Number { min: setting.min, max: setting.max },
        Some(SettingType::Email) => SettingKind::Email,
        _ => SettingKind::Other,
    }
}

/// Type of the form element in system.xml.
fn element_type(setting: &spec::Setting) -> Option<String> {
    let kind = match setting.kind.as_ref()? {
        FieldType::Class(class) => return Some(class.to_string()),
        FieldType::Named(kind) => *kind,
    };
    let name = match kind {
        SettingType::Yesno | SettingType::Select => "select",
        SettingType::Secret | SettingType::Obscure => "obscure",
        SettingType::Text | SettingType::Url | SettingType::Number | SettingType::Email => "text",
        SettingType::Multiselect => "multiselect",
        SettingType::Textarea => "textarea",
        SettingType::Allowspecific => "allowspecific",
        SettingType::Button => "button",
        SettingType::Checkbox => "checkbox",
        SettingType::Checkboxes => "checkboxes",
        SettingType::Date => "date",
        SettingType::Editablemultiselect => "editablemultiselect",
        SettingType::Editor => "editor",
        SettingType::Export => "export",
        SettingType::File => "file",
        SettingType::Hidden => "hidden",
        SettingType::Image => "image",
        SettingType::Import => "import",
        SettingType::Label => "label",
        SettingType::Link => "link",
        SettingType::Multiline => "multiline",
        SettingType::Note => "note",
        SettingType::Password => "password",
        SettingType::Radio => "radio",
        SettingType::Radios => "radios",
        SettingType::Submit => "submit",
        SettingType::Time => "time",
    };
    Some(name.to_owned())
}

fn elements(setting: &spec::Setting) -> Vec<ConfigElement> {
    let texts = [
        ("tooltip", setting.tooltip.as_ref().map(ToString::to_string)),
        ("hint", setting.hint.as_ref().map(ToString::to_string)),
        ("frontend_class", setting.frontend_class.as_ref().map(ToString::to_string)),
        ("frontend_model", setting.frontend_model.as_ref().map(ToString::to_string)),
        ("config_path", setting.config_path.as_ref().map(ToString::to_string)),
        ("if_module_enabled", setting.if_module_enabled.as_ref().map(ToString::to_string)),
        ("button_label", setting.button_label.as_ref().map(ToString::to_string)),
        ("button_url", setting.button_url.as_ref().map(ToString::to_string)),
        ("more_url", setting.more_url.as_ref().map(ToString::to_string)),
        ("demo_url", setting.demo_url.as_ref().map(ToString::to_string)),
        ("hide_in_single_store_mode", setting.hide_in_single_store_mode.map(flag)),
    ];
    let texts = texts.into_iter().filter_map(|(name, text)| Some(element(name, text?)));
    let comment = setting.comment_model.as_ref().map(|class| ConfigElement {
        name: "comment",
        attributes: vec![("model", class.to_string())],
        text: None,
        children: Vec::new(),
    });
    let scope_info = |yes: Option<bool>| yes.map(|yes| ("scope_info", flag(yes)));
    let uploads = setting.upload_dir.as_ref().map(|dir| ConfigElement {
        name: "upload_dir",
        attributes: dir
            .config
            .iter()
            .map(|path| ("config", path.to_string()))
            .chain(scope_info(dir.scope_info))
            .collect(),
        text: Some(dir.path.to_string()),
        children: Vec::new(),
    });
    let base = setting.base_url.as_ref().map(|url| ConfigElement {
        name: "base_url",
        attributes: url
            .kind
            .iter()
            .map(|kind| ("type", kind.to_string()))
            .chain(scope_info(url.scope_info))
            .collect(),
        text: Some(url.path.to_string()),
        children: Vec::new(),
    });
    let service = setting.source_service.as_ref().map(|service| ConfigElement {
        name: "source_service",
        attributes: [("idField", &service.id_field), ("labelField", &service.label_field)]
            .into_iter()
            .filter_map(|(name, field)| Some((name, field.as_ref()?.to_string())))
            .chain(service.include_empty.map(|yes| ("includeEmptyValueOption", yes.to_string())))
            .collect(),
        text: Some(service.class.to_string()),
        children: Vec::new(),
    });
    let requires = setting.requires.as_ref().map(|requires| {
        let named = |name: &'static str, paths: &[ElementPath]| -> Vec<ConfigElement> {
            let one = |path: &ElementPath| ConfigElement {
                name,
                attributes: vec![("id", path.to_string())],
                text: None,
                children: Vec::new(),
            };
            paths.iter().map(one).collect()
        };
        let children = [named("field", &requires.fields), named("group", &requires.groups)].concat();
        ConfigElement { name: "requires", attributes: Vec::new(), text: None, children }
    });
    let attributes = setting.attributes.iter().map(|(kind, text)| attribute(kind.as_str(), text.as_str()));
    let further = [uploads, base, service, requires].into_iter().flatten();
    comment.into_iter().chain(texts).chain(further).chain(attributes).collect()
}

/// Renders a default for config.xml.
fn default(default: &spec::Default) -> String {
    match default {
        spec::Default::Flag(yes) => flag(*yes),
        spec::Default::Number(number) => number.to_string(),
        spec::Default::Text(text) => text.clone(),
        spec::Default::Choice(values) => values.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
    }
}
