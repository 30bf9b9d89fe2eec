//! `[config]`, and the defaults of settings.

use super::Lowering;
use crate::{
    model::{ConfigDefault, ConfigDefaults, ENCRYPTED, Setting, SettingKind, Settings},
    spec::settings::{ConfigValue, ConfigValues},
};

impl Lowering<'_> {
    pub(super) fn config(&self, settings: Option<&Settings>) -> ConfigDefaults {
        let config = &self.spec.config;
        let of_settings = settings.into_iter().flat_map(Settings::all).filter_map(of_setting);
        let scopes = |scopes: &indexmap::IndexMap<_, ConfigValues>| {
            scopes.iter().map(|(code, values)| (ToString::to_string(code), given(values).collect())).collect()
        };
        ConfigDefaults {
            default: of_settings.chain(given(&config.default)).collect(),
            websites: scopes(&config.websites),
            stores: scopes(&config.stores),
        }
    }
}

/// Default of a setting. A secret has none, because Magento would "decrypt" a plain one; its backend model makes Magento
/// decrypt stored values (docs/magento/settings.md#secret-fields).
fn of_setting(setting: &Setting) -> Option<ConfigDefault> {
    let path = setting.path.clone();
    match setting.kind {
        SettingKind::Secret => {
            Some(ConfigDefault { path, value: None, backend_model: Some(ENCRYPTED.to_owned()) })
        }
        _ => setting.default.clone().map(|default| ConfigDefault {
            path,
            value: Some(default),
            backend_model: None,
        }),
    }
}

fn given(values: &ConfigValues) -> impl Iterator<Item = ConfigDefault> {
    values.iter().map(|(path, value)| {
        let (value, backend_model) = match value {
            ConfigValue::Value(value) => (Some(value.to_string()), None),
            ConfigValue::Table(backed) => {
                (backed.value.as_ref().map(ToString::to_string), Some(backed.backend_model.to_string()))
            }
        };
        ConfigDefault { path: path.to_string(), value, backend_model }
    })
}
