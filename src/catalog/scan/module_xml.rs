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
        let module = document.root_element().children().find(|node| node.has_tag_name("module"));
        let name = module.and_then(|module| Some((module, plain(module.attribute("name")?))));
        let (module, name) = name.ok_or("it names no module")?;
        let sequence = module.children().filter(|node| node.has_tag_name("sequence"));
        let modules = sequence.flat_map(|node| node.children()).filter(|node| node.has_tag_name("module"));
        let sequence = modules.filter_map(|node| node.attribute("name")).map(plain).collect();
        Ok(Self { name, sequence })
    }
}
