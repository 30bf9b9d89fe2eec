//! Declaration for 2.0, which later releases also read: `etc/integration/{config,api}.xml` and the setup scripts that
//! process them.

use minijinja::{Value, context};

use super::integration::{resources, settings};
use crate::{
    emit::{
        GeneratedFile,
        template::{self, Template},
        xml::XmlElement,
    },
    model::{Integration, Module},
    tree::sha256,
};

pub(in crate::emit) fn config(module: &Module) -> Option<String> {
    let integrations =
        module.integrations.iter().map(|integration| named(integration).children(settings(integration)));
    pair(module, "urn:magento:module:Magento_Integration:etc/integration/config.xsd", integrations.collect())
}

pub(in crate::emit) fn api(module: &Module) -> Option<String> {
    let granted = module.integrations.iter().filter(|integration| !integration.resources.is_empty());
    let integrations = granted.map(|integration| named(integration).children(resources(integration)));
    pair(module, "urn:magento:module:Magento_Integration:etc/integration/api.xsd", integrations.collect())
}

fn named(integration: &Integration) -> XmlElement<'_> {
    XmlElement::new("integration").attribute("name", integration.name.as_str())
}

fn pair(module: &Module, schema: &'static str, integrations: Vec<XmlElement<'_>>) -> Option<String> {
    if !module.platform.is_legacy || integrations.is_empty() {
        return None;
    }
    XmlElement::root("integrations", schema).children(integrations).into_file(module)
}

/// Script that runs on the first installation of the module (docs/magento/files-and-schemas.md#legacy-pair).
pub(in crate::emit) fn install_data(module: &Module) -> Option<String> {
    setup_script(module, "InstallData", "InstallDataInterface", "install")
}

/// Script that runs after `setup_version` was raised, so that changes to the pair take effect
/// (docs/magento/files-and-schemas.md#legacy-pair).
pub(in crate::emit) fn upgrade_data(module: &Module) -> Option<String> {
    setup_script(module, "UpgradeData", "UpgradeDataInterface", "upgrade")
}

fn setup_script(module: &Module, class: &str, interface: &str, method: &str) -> Option<String> {
    if !module.platform.is_legacy || module.platform.has_data_patches() {
        return None;
    }
    template::php(module, Template::SetupData, context! { class, interface, method, names => names(module) })
}

/// Data patch that processes the pair from 2.3 on without a `setup_version`. Magento runs each patch class once, so
/// the class name contains a hash of the pair: a change creates a new patch.
pub(in crate::emit) fn data_patch(module: &Module) -> Option<GeneratedFile> {
    if !module.platform.is_legacy || !module.platform.has_data_patches() {
        return None;
    }
    let pair = format!("{}{}", config(module)?, api(module).unwrap_or_default());
    let declared: String = pair.lines().filter(|line| !line.starts_with("<!--")).collect();
    let hash = sha256(declared.as_bytes()).to_uppercase();
    let class = format!("ProcessIntegrations{}", hash.get(..8)?);
    let text =
        template::php(module, Template::DataPatch, context! { class => &class, names => names(module) })?;
    Some(GeneratedFile::managed(format!("Setup/Patch/Data/{class}.php"), text))
}

fn names(module: &Module) -> Vec<Value> {
    module.integrations.iter().map(|it| Value::from(it.name.as_str())).collect()
}
