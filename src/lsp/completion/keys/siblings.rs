//! Keys of a table, which others have to fit.

use serde_json::{Value, json};

use crate::{
    lsp::documents::Draft,
    spec::{Pointer, settings::SettingType},
};

/// Keys that say where the values of a setting come from; a setting has one of them.
const SOURCES: [&str; 3] = ["options", "source_model", "source_service"];

/// Keys that are written in a table.
pub(super) struct Siblings<'d> {
    written: Option<&'d Value>,
    /// Kind of the table: `setting`, `service.method`.
    table: String,
}

impl<'d> Siblings<'d> {
    pub(super) fn of(draft: &'d Draft<'_>, table: &Pointer) -> Self {
        Self { written: draft.json.pointer(table), table: table.names().join(".") }
    }

    /// Returns true if a further key does not contradict what is written.
    pub(super) fn allow(&self, key: &str) -> bool {
        match self.table.as_str() {
            "setting" => {
                let has_source = SOURCES.contains(&key) && SOURCES.iter().any(|it| self.get(it).is_some());
                !has_source && self.kind().is_none_or(|kind| kind.takes(key))
            }
            "service.method" => match key {
                "replaced_by" => self.get("deprecated").is_some(),
                "search" => !self.text("returns").ends_with("[]"),
                _ => true,
            },
            _ => true,
        }
    }

    /// Example of a default that fits the type of its setting; none for other keys, and where the choices of the schema do.
    pub(super) fn example(&self, key: &str) -> Option<Value> {
        if self.table != "setting" || key != "default" {
            return None;
        }
        let option = || self.get("options")?.as_object()?.keys().next().cloned();
        Some(match self.kind()? {
            SettingType::Yesno => return None,
            SettingType::Number => self.get("min").cloned().unwrap_or(json!(1)),
            SettingType::Url => json!("https://erp.example.com"),
            SettingType::Email => json!("erp@example.com"),
            SettingType::Multiselect => json!(Vec::from_iter(option())),
            _ => json!(option().unwrap_or_default()),
        })
    }

    /// Type of the setting.
    fn kind(&self) -> Option<SettingType> {
        serde_json::from_value(self.get("type")?.clone()).ok()
    }

    fn text(&self, key: &str) -> &str {
        self.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    fn get(&self, key: &str) -> Option<&'d Value> {
        self.written?.get(key)
    }
}
