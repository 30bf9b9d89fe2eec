//! `etc/module.xml`.

use super::input::xml;
use crate::catalog::shop::plain;

/// What it declares.
pub(super) struct ModuleXml {
    pub(super) name: String,
    /// The modules to be loaded before it.
    pub(super) sequence: Vec<String>,
}

impl ModuleXml {
    /// Reads it as `framework/Module/Declaration/Converter/Dom.php` does.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let document = xml(text)?;
        let module = document.root.named("module").next();
        let name = module.and_then(|module| Some((module, plain(&module.attribute("name")?.value))));
        let (module, name) = name.ok_or("it names no module")?;
        let modules = module.named("sequence").flat_map(|sequence| sequence.named("module"));
        let names = modules.filter_map(|module| module.attribute("name"));
        let sequence = names.map(|name| plain(&name.value)).collect();
        Ok(Self { name, sequence })
    }
}
