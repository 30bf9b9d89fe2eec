//! Parser of `etc/module.xml`.

use super::input::xml;
use crate::catalog::shop::plain;

/// Content of module.xml.
pub(super) struct ModuleXml {
    pub(super) name: String,
    /// Modules that must load before it.
    pub(super) sequence: Vec<String>,
}

impl ModuleXml {
    /// Parses it as `framework/Module/Declaration/Converter/Dom.php` does.
    ///
    /// # Errors
    /// Describes the fault.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let document = xml(text)?;
        let module = document.root.named("module").next();
        let name = module.and_then(|module| Some((module, plain(&module.attribute("name")?.value))));
        let (module, name) = name.ok_or("it does not name a module")?;
        let modules = module.named("sequence").flat_map(|sequence| sequence.named("module"));
        let names = modules.filter_map(|module| module.attribute("name"));
        let sequence = names.map(|name| plain(&name.value)).collect();
        Ok(Self { name, sequence })
    }
}
