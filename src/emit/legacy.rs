//! The form of 2.0: the pair `etc/integration/{config,api}.xml`, and the setup scripts that process it.

use minijinja::{Value, context};

use super::{
    integration::{resources, settings},
    template::{self, Template},
    xml::Element,
};
use crate::model::{Integration, Module};

pub(super) fn config(module: &Module) -> Option<String> {
    let integrations =
        module.integrations.iter().map(|integration| named(integration).children(settings(integration)));
    pair(module, "urn:magento:module:Magento_Integration:etc/integration/config.xsd", integrations.collect())
}

pub(super) fn api(module: &Module) -> Option<String> {
    let granted = module.integrations.iter().filter(|integration| !integration.resources.is_empty());
    let integrations = granted.map(|integration| named(integration).children(resources(integration)));
    pair(module, "urn:magento:module:Magento_Integration:etc/integration/api.xsd", integrations.collect())
}

fn named(integration: &Integration) -> Element<'_> {
    Element::new("integration").attribute("name", integration.name.as_str())
}

fn pair(module: &Module, schema: &'static str, integrations: Vec<Element<'_>>) -> Option<String> {
    if !module.platform.is_legacy() || integrations.is_empty() {
        return None;
    }
    Element::root("integrations", schema).children(integrations).into_file(module)
}

/// Runs when the module is first installed (FACTS §1).
pub(super) fn install_data(module: &Module) -> Option<String> {
    setup_script(module, "InstallData", "InstallDataInterface", "install")
}

/// Runs whenever `setup_version` was raised, so that a change of the pair takes effect (FACTS §1).
pub(super) fn upgrade_data(module: &Module) -> Option<String> {
    setup_script(module, "UpgradeData", "UpgradeDataInterface", "upgrade")
}

fn setup_script(module: &Module, class: &str, interface: &str, method: &str) -> Option<String> {
    if !module.platform.is_legacy() {
        return None;
    }
    let names: Vec<Value> = module.integrations.iter().map(|it| Value::from(it.name.as_str())).collect();
    template::render(module, Template::SetupData, context! { class, interface, method, names })
}
