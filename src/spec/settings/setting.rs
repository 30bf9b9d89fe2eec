//! `[[setting]]`.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    depends::ShowCondition,
    group::ShownIn,
    kind::{FieldType, SettingType},
    value::{BaseUrl, Default, Prerequisites, SourceService, UploadDir},
};
use crate::{
    names::{
        ConfigId, ConfigKey, DocLine, Label, Line, ModelClass, ModuleName, OptionValue, SettingPath,
        StoredPath, Text, camel,
    },
    spec::{OneOrMore, Spec, table},
};

/// A setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// Group and field. The class Model/Config gets a getter for it: `getBaseUrl`, or `isEnabled` for a "yesno".
    #[schemars(example = &"connection/base_url")]
    pub path: SettingPath,
    /// Path that it had before, with its section, or several, the latest first. `setup:upgrade` moves what was saved there,
    /// in every scope.
    #[serde(default, skip_serializing_if = "OneOrMore::is_empty")]
    #[schemars(example = &"acme_erpbridge/api/url")]
    pub renamed_from: OneOrMore<StoredPath>,
    /// Type of the value, or a form element of Magento. A "secret" is encrypted in the database and never dumped to
    /// config.php. Without a type nothing is derived, and only what is given here is written: as for a field of another
    /// module.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"url")]
    pub kind: Option<FieldType>,
    /// Label. Default: derived from the field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Base URL")]
    pub label: Option<Label>,
    /// Comment below the field. Default: the range of a number, otherwise none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Where the ERP answers, without a slash at the end.")]
    pub comment: Option<Line>,
    /// Default value. A secret has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"https://erp.acme.com")]
    pub default: Option<Default>,
    /// Scope of the value: "global" for one value, "website", or "store" for a value per store view. Default:
    /// "website".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"website")]
    pub scope: Option<Scope>,
    /// True if the form rejects an empty value. Default: false, for numbers true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = true)]
    pub required: Option<bool>,
    /// Lowest number. The getter clamps the stored value to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 1, range(min = i32::MIN, max = i32::MAX))]
    pub min: Option<i32>,
    /// Highest number. The getter clamps the stored value to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 60, range(min = i32::MIN, max = i32::MAX))]
    pub max: Option<i32>,
    /// Options: stored value and label.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(example = serde_json::json!({ "sandbox": "Sandbox", "production": "Production" }))]
    pub options: IndexMap<OptionValue, DocLine>,
    /// Other settings and the values they must have for this one to be shown.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(example = serde_json::json!({ "connection/enabled": true }))]
    pub depends: IndexMap<SettingPath, ShowCondition>,
    /// True if `app:config:dump` writes the value to env.php instead of config.php, which all environments share.
    /// Default: false.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schemars(example = true)]
    pub per_environment: bool,
    /// Id of its section, one of `[[settings.section]]`. Default: the section of the short form, or the only one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"acme_webhooks")]
    pub section: Option<ConfigId>,
    /// Position among its siblings, ascending. Default: 10, 20, 30, … with a type, otherwise none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 10)]
    pub sort_order: Option<i64>,
    /// Scopes whose form shows it, instead of `scope`. Default: by `scope`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!(["default", "website"]))]
    pub show_in: Option<Vec<ShownIn>>,
    /// True if its form offers "Use system value". Default: `can_restore` of `[settings]`; for a secret false.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = false)]
    pub can_restore: Option<bool>,
    /// The comment as HTML, instead of `comment`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"See the <a href=\"https://acme.com/docs\">manual</a>.")]
    pub comment_html: Option<Text>,
    /// Class that makes the comment, instead of `comment`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &r"Acme\ErpBridge\Model\Comment")]
    pub comment_model: Option<ModelClass>,
    /// Text shown beside it when the mouse is over a question mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Ask your account manager.")]
    pub tooltip: Option<Text>,
    /// Text below it, as HTML.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"In seconds.")]
    pub hint: Option<Text>,
    /// Class with its options, instead of `options`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &r"Acme\ErpBridge\Model\Stages")]
    pub source_model: Option<ModelClass>,
    /// Service with its options, instead of `options`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "table::maybe")]
    #[schemars(example = serde_json::json!({ "class": r"Acme\ErpBridge\Api\StageRepositoryInterface", "id_field": "id", "label_field": "name" }))]
    pub source_service: Option<SourceService>,
    /// Class that checks and converts its value. "none" leaves out the derived one. Default: by type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &r"Acme\ErpBridge\Model\Key")]
    pub backend_model: Option<ModelClass>,
    /// Class that renders it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &r"Acme\ErpBridge\Block\Adminhtml\Button")]
    pub frontend_model: Option<ModelClass>,
    /// CSS classes of its form element.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"acme-field")]
    pub frontend_class: Option<Line>,
    /// Validation classes, instead of those that follow from the type, `required`, `min` and `max`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"validate-number validate-greater-than-zero")]
    pub validate: Option<Line>,
    /// True if Magento stores an empty value for a multiselect. Default: unless it is required.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = true)]
    pub can_be_empty: Option<bool>,
    /// Path of its value, if it is not section, group and field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"acme/general/key")]
    pub config_path: Option<ConfigKey>,
    /// Module without which it is hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Magento_Sales")]
    pub if_module_enabled: Option<ModuleName>,
    /// Text on a button.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Test the connection")]
    pub button_label: Option<Line>,
    /// Page that a button opens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"acme_erp/connection/test")]
    pub button_url: Option<Line>,
    /// Address behind the link "Learn More".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"https://acme.com/more")]
    pub more_url: Option<Line>,
    /// Address behind the link "View Demo".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"https://acme.com/demo")]
    pub demo_url: Option<Line>,
    /// Directory for uploaded files.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "table::maybe")]
    #[schemars(example = serde_json::json!({ "path": "acme/logo", "scope_info": true }))]
    pub upload_dir: Option<UploadDir>,
    /// Address of uploaded files.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "table::maybe")]
    #[schemars(example = serde_json::json!({ "path": "acme/logo", "type": "media", "scope_info": true }))]
    pub base_url: Option<BaseUrl>,
    /// True if it is hidden in single-store mode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = true)]
    pub hide_in_single_store_mode: Option<bool>,
    /// Fields and groups that have to be filled in before this one can be enabled.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "table::maybe")]
    #[schemars(example = serde_json::json!({ "fields": ["account/key"], "groups": ["account"] }))]
    pub requires: Option<Prerequisites>,
    /// True if it is marked as advanced.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schemars(example = true)]
    pub advanced: bool,
    /// Field of the configuration, as section, group and field, whose keys it has, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"payment/other/title")]
    pub extends: Option<Line>,
    /// Further values for the class that renders it, by type.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(example = serde_json::json!({ "shared": "1" }))]
    pub attributes: IndexMap<ConfigId, Line>,
}

impl Setting {
    /// Returns the type; `None` if there is none, or the class of a form element.
    #[must_use]
    pub fn kind(&self) -> Option<SettingType> {
        match self.kind {
            Some(FieldType::Named(kind)) => Some(kind),
            _ => None,
        }
    }

    /// Returns true if a class has its options.
    #[must_use]
    pub fn has_source(&self) -> bool {
        self.source_model.is_some() || self.source_service.is_some()
    }

    /// Returns the scope of the value: as given, or the narrowest that shows it.
    #[must_use]
    pub fn scope(&self) -> Scope {
        let shown = self.show_in.as_ref().and_then(|scopes| scopes.iter().max());
        self.scope.unwrap_or(match (shown, &self.show_in) {
            (Some(ShownIn::Store), _) => Scope::Store,
            (Some(ShownIn::Website), _) => Scope::Website,
            (None, None) if self.kind.is_some() => Scope::Website,
            _ => Scope::Global,
        })
    }
}

impl Spec {
    /// Returns the names of the getters, in the order of the settings. They are derived from the field, with the
    /// group in front if several groups have the field, and the section if several sections have both.
    #[must_use]
    pub fn getters(&self) -> Vec<String> {
        let names = |setting: &Setting| {
            let field = camel(setting.path.field());
            let groups: String = setting.path.group().split('/').map(camel).collect();
            let section = setting.section.as_ref().map(|section| camel(section.as_str())).unwrap_or_default();
            [field.clone(), format!("{groups}{field}"), format!("{section}{groups}{field}")]
        };
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        let readable = self.setting.iter().filter(|setting| setting.kind().is_some_and(SettingType::is_read));
        for setting in readable {
            let [field, grouped, _] = names(setting);
            *times.entry(field.clone()).or_default() += 1;
            if grouped != field {
                *times.entry(grouped).or_default() += 1;
            }
        }
        let getter = |setting: &Setting| {
            let [field, grouped, whole] = names(setting);
            let is_taken = |name: &String| times.get(name) > Some(&1);
            let name = match (is_taken(&field), is_taken(&grouped)) {
                (false, _) => field,
                (true, false) => grouped,
                (true, true) => whole,
            };
            let verb = if setting.kind() == Some(SettingType::Yesno) { "is" } else { "get" };
            format!("{verb}{name}")
        };
        self.setting.iter().map(getter).collect()
    }
}

/// Scope of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum Scope {
    /// One value for all.
    Global,
    /// A value per website.
    Website,
    /// A value per store view.
    Store,
}
