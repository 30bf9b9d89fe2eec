//! `[settings]` and `[[setting]]`.

use indexmap::IndexMap;

use super::{Lowering, labels};
use crate::{
    model::{Choice, Group, Scope, Section, Setting, SettingKind, Settings},
    names::SettingPath,
    spec::settings as spec,
};

/// Default tab of a section.
const TAB: &str = "service";

impl Lowering<'_> {
    pub(super) fn settings(&self) -> Option<Settings> {
        let section = self.spec.settings.as_ref()?;
        let id = section.section.as_ref().map_or_else(|| self.spec.module.name.id(), ToString::to_string);
        let own = section.label.as_ref().zip(self.spec.config_resource()).map(|(label, resource)| Section {
            label: label.to_string(),
            tab: section.tab.as_ref().map_or_else(|| TAB.to_owned(), ToString::to_string),
            sort_order: section.sort_order.unwrap_or(500),
            resource,
            menu: section.menu.clone(),
        });
        let mut groups: IndexMap<&str, Vec<Setting>> = IndexMap::new();
        for (setting, getter) in self.spec.setting.iter().zip(self.spec.getters()) {
            groups.entry(setting.path.group()).or_default().push(lowered(&id, setting, getter));
        }
        let known = &self.catalog.config().groups;
        let is_foreign = |group: &str| {
            let there = known.releases_of(&format!("{id}/{group}"));
            own.is_none() && (self.target.releases - there).is_empty()
        };
        let label = |group: &str| {
            let given = section.groups.iter().find(|(id, _)| id.as_str() == group);
            given.map_or_else(|| labels::title(group), |(_, label)| label.to_string())
        };
        let groups = groups.into_iter().map(|(id, settings)| {
            let label = (!is_foreign(id)).then(|| label(id));
            Group { id: id.to_owned(), label, settings }
        });
        Some(Settings { groups: groups.collect(), own, section: id })
    }
}

fn lowered(section: &str, setting: &spec::Setting, getter: String) -> Setting {
    let field = setting.path.field();
    let kind = kind(setting);
    let is_number = matches!(kind, SettingKind::Number { .. });
    let range = match kind {
        SettingKind::Number { min: Some(min), max: Some(max) } => Some(format!("From {min} to {max}.")),
        SettingKind::Number { min: Some(min), .. } => Some(format!("At least {min}.")),
        SettingKind::Number { max: Some(max), .. } => Some(format!("At most {max}.")),
        _ => None,
    };
    Setting {
        path: format!("{section}/{}", setting.path),
        field: field.to_owned(),
        label: setting.label.as_ref().map_or_else(|| labels::title(field), ToString::to_string),
        comment: setting.comment.as_ref().map(|comment| html(comment.as_str())).or(range),
        scope: match setting.scope {
            spec::Scope::Global => Scope::Global,
            spec::Scope::Website => Scope::Website,
            spec::Scope::Store => Scope::Store,
        },
        is_required: setting.required.unwrap_or(is_number),
        default: setting.default.as_ref().map(default),
        depends: setting
            .depends
            .iter()
            .map(|(on, value)| (relative(on, &setting.path), scalar(value)))
            .collect(),
        per_environment: setting.per_environment,
        getter,
        kind,
    }
}

/// Text as HTML: the Admin renders comments without escaping them.
fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn kind(setting: &spec::Setting) -> SettingKind {
    let choices = || {
        let options = setting.options.iter();
        options.map(|(value, label)| Choice { value: value.to_string(), label: label.to_string() }).collect()
    };
    match setting.kind {
        spec::SettingType::Yesno => SettingKind::Flag,
        spec::SettingType::Text => SettingKind::Text,
        spec::SettingType::Textarea => SettingKind::Textarea,
        spec::SettingType::Url => SettingKind::Url,
        spec::SettingType::Secret => SettingKind::Secret,
        spec::SettingType::Select => SettingKind::Select(choices()),
        spec::SettingType::Multiselect => SettingKind::Multiselect(choices()),
        spec::SettingType::Number => SettingKind::Number { min: setting.min, max: setting.max },
        spec::SettingType::Email => SettingKind::Email,
    }
}

/// Renders a default for config.xml.
fn default(default: &spec::Default) -> String {
    match default {
        spec::Default::Flag(yes) => u8::from(*yes).to_string(),
        spec::Default::Number(number) => number.to_string(),
        spec::Default::Text(text) => text.clone(),
        spec::Default::Choice(values) => values.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
    }
}

fn scalar(value: &spec::Scalar) -> String {
    match value {
        spec::Scalar::Flag(yes) => u8::from(*yes).to_string(),
        spec::Scalar::Number(number) => number.to_string(),
        spec::Scalar::Text(text) => text.clone(),
    }
}

/// Names a setting in `<depends>` of another: by its field alone within the group if it has the three letters that
/// system_file.xsd requires, otherwise by `*` for the section (`Magento_Config:
/// Model/Config/Structure/Mapper/Helper/RelativePathConverter.php`).
fn relative(on: &SettingPath, from: &SettingPath) -> String {
    if on.group() == from.group() && on.field().len() >= 3 {
        on.field().to_owned()
    } else {
        format!("*/{on}")
    }
}
