//! Name of a module.

use camino::Utf8Path;

use super::{ModuleDir, ModuleFiles, declared_xml::DeclaredXml, join};
use crate::{
    diag::{Diagnostic, Rule},
    names::{ModuleName, capitalized},
    parsers::{decode, xml},
    tree::Disk,
};

/// First valid name in module.xml, registration.php, the namespace or the folder; or the name in module.xml with
/// capitals.
pub(crate) fn of(files: &ModuleFiles, declared: &DeclaredXml, place: &ModuleDir) -> Option<ModuleName> {
    let of_xml = declared.name.as_ref().map(|name| name.value.clone());
    let registered = files.registration.as_ref().map(|registration| registration.name.value.clone());
    let namespace = files.composer.as_ref().and_then(|composer| {
        let roots = composer.value.pointer("/autoload/psr-4")?.as_object()?;
        roots.keys().next().map(|namespace| namespace.trim_end_matches('\\').replace('\\', "_"))
    });
    let folder = place.folder();
    let mut parts = folder.components().rev().map(|part| part.as_str());
    let folder = parts.next().zip(parts.next()).map(|(module, vendor)| format!("{vendor}_{module}"));
    let with_capitals = of_xml.as_deref().map(capitals);
    let all = [of_xml, registered, namespace, with_capitals, folder];
    all.into_iter().flatten().find_map(|name| ModuleName::new(name).ok())
}

/// Finding about an invalid name.
pub(crate) fn refused(files: &ModuleFiles, declared: &DeclaredXml) -> Option<Diagnostic> {
    let Some(name) = &declared.name else {
        if files.unreadable.contains("etc/module.xml") {
            return None;
        }
        return Some(
            Diagnostic::new(Rule::XmlNotAccepted, "etc/module.xml is missing or names no module")
                .reason("Magento identifies a module by this file")
                .help("write <config><module name=\"Vendor_Module\"/></config>"),
        );
    };
    ModuleName::new(name.value.as_str()).is_err().then(|| {
        Diagnostic::new(Rule::ModuleName, format!("`{}` is not a module name", name.value))
            .at(name.span.clone())
            .reason("a module name has two parts joined by an underscore; each starts with a capital and has two or more letters or digits")
            .help("rename it in module.xml, registration.php and composer.json")
    })
}

/// Name in the module.xml of a module.
pub(crate) fn declared(disk: &Disk, place: &ModuleDir) -> Option<String> {
    let bytes = place.read(disk, &join(&place.source, Utf8Path::new("etc/module.xml")))?;
    let document = xml::read(&decode::utf8(&bytes).ok()?, 0).ok()?;
    Some(document.root.named("module").next()?.attribute("name")?.value.clone())
}

fn capitals(name: &str) -> String {
    name.split('_').map(capitalized).collect::<Vec<_>>().join("_")
}
