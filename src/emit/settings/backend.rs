//! Backend models: they reject values that a setting cannot have, also from `config:set`
//! (docs/magento/settings.md#backend-models).

use minijinja::context;

use crate::{
    emit::template::{self, Template},
    model::{Backend, Choice, ENCRYPTED, Module, Setting, SettingKind, Webhooks},
};

/// Error message of `HttpUrl`.
pub(in crate::emit) const NO_ADDRESS: &str = "\"%1\" is not an http or https address.";
/// Error message of `WholeNumber`.
pub(in crate::emit) const NO_NUMBER: &str = "\"%1\" is not a whole number from %2 to %3.";
/// Error message of `Choice`.
pub(in crate::emit) const NO_OPTION: &str = "\"%1\" is not an option of this setting.";

/// Arguments of a virtual type of a backend model.
pub(in crate::emit) enum Limits<'a> {
    /// Lowest and highest number, and whether the value may be empty.
    Range { min: i32, max: i32, is_optional: bool },
    /// The options, and whether the value may have several of them.
    Choices { options: &'a [Choice], is_multiple: bool },
}

/// Returns the backend model of the setting; `None` if Magento's is enough.
pub(super) fn of(module: &Module, setting: &Setting) -> Option<String> {
    let own = |name: &str| format!(r"{}\Model\Config\Backend\{name}", module.name.namespace());
    match &setting.backend {
        Backend::Derived => {}
        Backend::Plain => return None,
        Backend::Class(class) => return Some(class.clone()),
    }
    match setting.kind {
        SettingKind::Url => Some(own("HttpUrl")),
        SettingKind::Secret if signs(module, setting) => Some(own("SigningSecret")),
        SettingKind::Secret => Some(ENCRYPTED.to_owned()),
        _ => limits(setting).map(|limits| own(&format!(r"{}\{}", base(&limits), setting.suffix()))),
    }
}

/// Virtual types: name, class, and arguments, one for each setting with limits.
pub(in crate::emit) fn virtual_types(module: &Module) -> Vec<(String, String, Limits<'_>)> {
    let settings = module.settings.iter().flat_map(|settings| settings.iter());
    let virtual_type = |setting| {
        let limits = limits(setting)?;
        let class = format!(r"{}\Model\Config\Backend\{}", module.name.namespace(), base(&limits));
        Some((of(module, setting)?, class, limits))
    };
    settings.filter_map(virtual_type).collect()
}

pub(in crate::emit) fn http_url(module: &Module) -> Option<String> {
    module.settings.as_ref().filter(|settings| settings.has_urls())?;
    template::php(module, Template::HttpUrl, context! { message => NO_ADDRESS })
}

pub(in crate::emit) fn whole_number(module: &Module) -> Option<String> {
    module.settings.as_ref().filter(|settings| settings.has_numbers())?;
    template::php(module, Template::WholeNumber, context! { message => NO_NUMBER })
}

pub(in crate::emit) fn choice(module: &Module) -> Option<String> {
    module.settings.as_ref().filter(|settings| settings.has_choices())?;
    template::php(module, Template::Choice, context! { message => NO_OPTION })
}

fn base(limits: &Limits<'_>) -> &'static str {
    match limits {
        Limits::Range { .. } => "WholeNumber",
        Limits::Choices { .. } => "Choice",
    }
}

fn limits(setting: &Setting) -> Option<Limits<'_>> {
    if setting.backend != Backend::Derived {
        return None;
    }
    match &setting.kind {
        SettingKind::Number { min, max } => Some(Limits::Range {
            min: min.unwrap_or(i32::MIN),
            max: max.unwrap_or(i32::MAX),
            is_optional: !setting.is_required,
        }),
        kind => {
            let is_multiple = matches!(kind, SettingKind::Multiselect(_));
            kind.options().map(|options| Limits::Choices { options, is_multiple })
        }
    }
}

/// Returns true for a secret that signs webhooks.
fn signs(module: &Module, setting: &Setting) -> bool {
    module.webhooks.iter().flat_map(Webhooks::secrets).any(|secret| secret.path == setting.path)
}
