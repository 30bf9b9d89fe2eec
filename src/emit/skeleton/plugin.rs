//! Plugins that take part in `setup:upgrade`, and their unit tests. One renames, updates and deletes integrations
//! (docs/magento/setup-upgrade.md#keep-by-plugin); it is the same in every module except for the namespace, as etc/di.xml
//! lists the integrations. The other renames ACL resources (docs/magento/setup-upgrade.md#rename-resources).

use minijinja::context;

use crate::{
    catalog::behaviour,
    emit::template::{self, Template},
    model::{Integration, Keep, Module},
};

/// Class below the module's namespace that changes integrations.
pub(super) const CLASS: &str = r"Plugin\ProcessIntegrations";

/// Class below the module's namespace that renames resources.
pub(super) const RENAME_RESOURCES: &str = r"Plugin\RenameResources";

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

pub(in crate::emit) fn rename_resources(module: &Module) -> Option<String> {
    render_renames(module, Template::RenameResources)
}

pub(in crate::emit) fn rename_resources_test(module: &Module) -> Option<String> {
    module.platform.has_unit_tests().then(|| render_renames(module, Template::RenameResourcesTest))?
}

fn render_renames(module: &Module, template: Template) -> Option<String> {
    let resources: Vec<_> = module
        .renames
        .resources
        .iter()
        .map(|it| context! { former => &it.former, present => &it.present })
        .collect();
    let is_legacy = behaviour::is_legacy(module.platform.newest);
    let method =
        if is_legacy { "beforeProcessIntegrationConfig" } else { "beforeProcessConfigBasedIntegrations" };
    let forgets_acl = behaviour::forgets_acl(module.platform.oldest);
    (!resources.is_empty())
        .then(|| template::php(module, template, context! { resources, method, forgets_acl }))?
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
