//! PHP code of a root: where the classes of Magento are.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Root, versions::composer_json};

/// Prefix of the modules whose classes are read.
const MAGENTO: &str = "Magento_";

/// Directories with the packages of the framework, besides that of a checkout.
const VENDORS: [&str; 2] = ["vendor/magento", "vendor/mage-os"];

/// The framework in a checkout.
const IN_CHECKOUT: &str = "lib/internal/Magento/Framework";

impl Root {
    /// Returns true for a module of the vendor Magento. Bundled modules of others only declare things in XML.
    pub(crate) fn is_own(module: &str) -> bool {
        module.starts_with(MAGENTO)
    }

    /// Namespaces of Magento's own code with their directories.
    pub(crate) fn namespaces(&self) -> Vec<(String, Utf8PathBuf)> {
        let own = self.modules.iter().filter(|module| Self::is_own(&module.name));
        let modules = own.map(|module| (module.name.replacen('_', "\\", 1), self.path.join(&module.dir)));
        modules.chain(self.framework_namespaces()).collect()
    }

    fn framework_namespaces(&self) -> Vec<(String, Utf8PathBuf)> {
        let mut found = Vec::new();
        for vendor in VENDORS {
            let entries = self.path.join(vendor).read_dir_utf8().into_iter().flatten().flatten();
            for dir in entries.map(|entry| entry.path().to_owned()) {
                if dir.file_name().is_none_or(|name| !name.starts_with("framework")) {
                    continue;
                }
                let package = composer_json(&dir.join("composer.json")).unwrap_or_default();
                let autoload = package.pointer("/autoload/psr-4").and_then(|it| it.as_object()).cloned();
                for (namespace, below) in autoload.into_iter().flatten() {
                    let below = below.as_str().unwrap_or_default();
                    found.push((
                        namespace.trim_end_matches('\\').to_owned(),
                        dir.join(below.trim_end_matches('/')),
                    ));
                }
            }
        }
        let checkout = self.path.join(IN_CHECKOUT);
        found.extend(checkout.is_dir().then(|| ("Magento\\Framework".to_owned(), checkout)));
        found
    }

    /// Classes below `Api/Data` of Magento's own modules.
    pub(crate) fn data_classes(&self) -> BTreeSet<String> {
        let mut classes = BTreeSet::new();
        for (namespace, dir) in self.namespaces() {
            for file in php_files(&dir.join("Api/Data")) {
                let below = file.strip_prefix(&dir).unwrap_or(&file).with_extension("");
                classes.insert(format!("{namespace}\\{}", below.as_str().replace('/', "\\")));
            }
        }
        classes
    }
}

/// PHP files below a directory, without tests.
pub(crate) fn php_files(dir: &Utf8Path) -> Vec<Utf8PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![dir.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in dir.read_dir_utf8().into_iter().flatten().flatten() {
            let path = entry.path().to_owned();
            match path.file_name() {
                Some("Test" | "Tests" | "tests") => {}
                _ if path.is_dir() => open.push(path),
                _ if path.extension() == Some("php") => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    files
}
