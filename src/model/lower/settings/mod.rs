//! `[settings]` and `[[setting]]`.

mod field;
mod group;

use super::{Lowering, labels};
use crate::{
    model::{ConfigElement, Dependency, Group, Scope, Section, Settings, Shown, Tab},
    names::{Label, Line, SettingPath, Text},
    spec::settings::{self as spec, ShownIn},
};

/// Default tab of a section.
const TAB: &str = "service";

impl Lowering<'_> {
    pub(super) fn settings(&self) -> Option<Settings> {
        let settings = self.spec.settings.as_ref()?;
        let short = self.short(settings);
        let long = settings.sections().iter().map(|section| self.long(settings, section));
        let tab = |tab: &spec::Tab| Tab {
            id: tab.id.to_string(),
            label: tab.label.to_string(),
            sort_order: tab.sort_order,
            class: given(tab.class.as_ref()),
        };
        let tabs = settings.tabs().iter().map(tab).collect();
        Some(Settings { tabs, sections: short.into_iter().chain(long).collect() })
    }

    /// Returns the section of the short form.
    fn short(&self, settings: &spec::Settings) -> Option<Section> {
        let id = self.spec.short_section()?;
        let own = settings.label.as_ref().zip(self.spec.config_resource());
        let groups = self.groups(settings, &id, own.is_some(), &settings.groups);
        let Some((label, resource)) = own else {
            return Some(Section { id, label: None, shown: Shown::default(), elements: Vec::new(), groups });
        };
        let tab = settings.tab_id().map_or(TAB, |tab| tab.as_str());
        Some(Section {
            id,
            label: Some(label.to_string()),
            shown: Shown {
                sort_order: Some(settings.sort_order.map_or(500, i64::from)),
                scopes: Some(scopes(widest(&groups))),
                is_advanced: false,
            },
            elements: vec![element("tab", tab), element("resource", resource.to_string())],
            groups,
        })
    }

    fn long(&self, settings: &spec::Settings, section: &spec::Section) -> Section {
        let label = given(section.label.as_ref());
        let groups = self.groups(settings, section.id.as_str(), label.is_some(), &section.groups);
        let by_settings = section.tab.as_ref().map(|_| scopes(widest(&groups)));
        let texts = [
            ("class", given(section.class.as_ref())),
            ("tab", section.tab.as_ref().map(ToString::to_string)),
            ("header_css", given(section.header_css.as_ref())),
            ("resource", section.resource.as_ref().map(ToString::to_string)),
            ("frontend_model", section.frontend_model.as_ref().map(ToString::to_string)),
        ];
        let elements = texts.into_iter().filter_map(|(name, text)| Some(element(name, text?)));
        Section {
            id: section.id.to_string(),
            label,
            shown: Shown {
                sort_order: section.sort_order,
                scopes: section.show_in.as_deref().map(ShownIn::flags).or(by_settings),
                is_advanced: section.advanced,
            },
            elements: elements.chain(section.include.iter().map(included)).collect(),
            groups,
        }
    }

    /// Returns the conditions under which something in a group of the section is shown.
    fn depends<'c>(
        &self,
        section: &str,
        conditions: impl IntoIterator<Item = (&'c SettingPath, &'c spec::ShowCondition)>,
        group: Option<&str>,
    ) -> Vec<Dependency> {
        let depends = conditions.into_iter().map(|(on, condition)| {
            let (of, path) = self.spec.target_of(section, on);
            let id = if of == section { relative(path, group) } else { format!("{of}/{path}") };
            let values = condition.values().iter().map(ToString::to_string).collect();
            Dependency { id, values, is_negative: condition.is_negative() }
        });
        depends.collect()
    }
}

/// Names a setting in `<depends>` of another: by its field alone within the group if it has the three letters that
/// system_file.xsd requires, otherwise by `*` for the section (`Magento_Config:
/// Model/Config/Structure/Mapper/Helper/RelativePathConverter.php`).
fn relative(on: &str, from: Option<&str>) -> String {
    match on.rsplit_once('/') {
        Some((group, field)) if Some(group) == from && field.len() >= 3 => field.to_owned(),
        _ => format!("*/{on}"),
    }
}

fn widest(groups: &[Group]) -> Scope {
    groups.iter().map(Group::scope).max().unwrap_or(Scope::Global)
}

fn scopes(scope: Scope) -> [bool; 3] {
    [true, scope >= Scope::Website, scope >= Scope::Store]
}

/// Text of a label; `None` if it is empty.
fn given(label: Option<&Label>) -> Option<String> {
    label.map(ToString::to_string).filter(|label| !label.is_empty())
}

fn element(name: &'static str, text: impl Into<String>) -> ConfigElement {
    ConfigElement { name, attributes: Vec::new(), text: Some(text.into()), children: Vec::new() }
}

fn included(file: &crate::names::ModuleFile) -> ConfigElement {
    ConfigElement {
        name: "include",
        attributes: vec![("path", file.to_string())],
        text: None,
        children: Vec::new(),
    }
}

/// Comment as HTML, which the Admin renders without escaping it.
fn comment(text: Option<&Line>, html: Option<&Text>) -> Option<String> {
    let escaped = |text: &Line| text.as_str().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    html.map(ToString::to_string).or_else(|| text.map(escaped))
}

fn flag(yes: bool) -> String {
    u8::from(yes).to_string()
}
