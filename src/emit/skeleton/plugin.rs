//! Plugin that renames, updates and deletes integrations in `setup:upgrade` (docs/magento/setup-upgrade.md#keep-by-plugin),
//! and its unit test. It is the same in every module except for the namespace: etc/di.xml lists the integrations.

use minijinja::context;

use crate::{
    catalog::behaviour,
    emit::template::{self, Template},
    model::{Integration, Keep, Module},
};

/// Class below the module's namespace.
pub(super) const CLASS: &str = r"Plugin\ProcessIntegrations";

pub(in crate::emit) fn class(module: &Module) -> Option<String> {
    render(module, Template::ProcessIntegrations)
}

pub(in crate::emit) fn test(module: &Module) -> Option<String> {
    module.platform.has_unit_tests().then(|| render(module, Template::ProcessIntegrationsTest))?
}

fn render(module: &Module, template: Template) -> Option<String> {
    let is_consolidated = !behaviour::is_legacy(module.platform.newest);
    module.has_plugin().then(|| template::php(module, template, context! { is_consolidated }))?
}

/// Value that tells the class when to keep credentials; none if Magento decides, or never resets.
pub(super) fn kept(module: &Module, integration: &Integration) -> Option<&'static str> {
    match integration.keep {
        _ if module.platform.is_legacy => None,
        Keep::Never => None,
        Keep::UnlessPermissionsGrow => Some("unless-permissions-grow"),
        Keep::Always => Some("always"),
    }
}
