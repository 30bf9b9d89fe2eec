//! Sections of settings, given or by default.

use super::{Setting, ShownIn};
use crate::{names::SettingPath, spec::Spec};

impl Spec {
    /// Returns the id of the section of the short form; `None` if `[settings]` describes none.
    #[must_use]
    pub fn short_section(&self) -> Option<String> {
        let settings = self.settings.as_ref()?;
        let id = settings.section_id().map(ToString::to_string);
        id.or_else(|| settings.label.is_some().then(|| self.module.name.id()))
    }

    /// Returns the id of the section that contains the setting.
    #[must_use]
    pub fn section_of(&self, setting: &Setting) -> String {
        if let Some(section) = &setting.section {
            return section.to_string();
        }
        let only = || match self.settings.as_ref().map(super::Settings::sections) {
            Some([only]) => Some(only.id.to_string()),
            _ => None,
        };
        self.short_section().or_else(only).unwrap_or_else(|| self.module.name.id())
    }

    /// Returns the path of the setting's value.
    #[must_use]
    pub fn path_of(&self, setting: &Setting) -> String {
        let path = || format!("{}/{}", self.section_of(setting), setting.path);
        setting.config_path.as_ref().map_or_else(path, ToString::to_string)
    }

    /// Returns the setting with the path in the section.
    #[must_use]
    pub fn setting_in(&self, section: &str, path: &str) -> Option<(usize, &Setting)> {
        let mut settings = self.setting.iter().enumerate();
        settings.find(|(_, setting)| setting.path.as_str() == path && self.section_of(setting) == section)
    }

    /// Returns the section and the path of a setting that one in `section` depends on: a path in that section, or one
    /// that begins with another section.
    #[must_use]
    pub fn target_of<'a>(&self, section: &'a str, on: &'a SettingPath) -> (&'a str, &'a str) {
        let on = on.as_str();
        let here = (section, on);
        match on.split_once('/') {
            Some((other, path)) if path.contains('/') && self.setting_in(section, on).is_none() => {
                let is_group = |path: &str| path.split('/').next() == Some(other);
                let mut here_too = self
                    .setting
                    .iter()
                    .filter(|it| is_group(it.path.as_str()) && self.section_of(it) == section);
                if here_too.next().is_some() && self.setting_in(other, path).is_none() {
                    here
                } else {
                    (other, path)
                }
            }
            _ => here,
        }
    }
}

impl ShownIn {
    /// Returns which of the scopes are listed, outermost first.
    #[must_use]
    pub fn flags(listed: &[Self]) -> [bool; 3] {
        [Self::Default, Self::Website, Self::Store].map(|scope| listed.contains(&scope))
    }
}
