//! Changed files of a module, by the commands that they need.

use std::collections::BTreeSet;

use super::caches;

/// Changed files by the commands that they need, named from the module's folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs {
    /// Files that only `setup:upgrade` applies to the database.
    pub upgrade: Vec<String>,
    /// PHP and dependency injection, which production mode compiles.
    pub compile: Vec<String>,
    /// Cached files.
    pub flush: Vec<String>,
    /// Cache types that hold them.
    pub types: BTreeSet<&'static str>,
    is_code_new: bool,
    is_magento_new: bool,
}

impl Needs {
    /// Sorts changed files; `paths` are named from the module's folder.
    #[must_use]
    pub fn of(paths: &[&str]) -> Self {
        let those = |is_it: fn(&str) -> bool| {
            paths.iter().filter(|path| is_it(path)).map(|path| (*path).to_owned()).collect()
        };
        Self {
            upgrade: those(needs_upgrade),
            compile: those(needs_compile),
            flush: those(|path| !caches::types(path).is_empty()),
            types: paths.iter().flat_map(|path| caches::types(path)).copied().collect(),
            is_code_new: false,
            is_magento_new: false,
        }
    }

    /// Needs of a new module that has code.
    #[must_use]
    pub fn of_new_code() -> Self {
        Self { is_code_new: true, ..Self::default() }
    }

    /// Needs of any module after an upgrade of Magento.
    #[must_use]
    pub fn of_new_magento() -> Self {
        Self { is_magento_new: true, ..Self::default() }
    }

    /// Returns true if Magento itself changed.
    #[must_use]
    pub fn is_magento_new(&self) -> bool {
        self.is_magento_new
    }

    /// Returns true if code has to be generated anew.
    #[must_use]
    pub fn compiles(&self) -> bool {
        self.is_code_new || self.is_magento_new || !self.compile.is_empty()
    }

    /// Returns true if the database has to be updated.
    #[must_use]
    pub fn upgrades(&self) -> bool {
        self.is_magento_new || !self.upgrade.is_empty()
    }
}

fn needs_upgrade(path: &str) -> bool {
    matches!(
        path,
        "registration.php" | "etc/module.xml" | "etc/integration.xml" | "etc/acl.xml" | "etc/db_schema.xml"
    ) || path.starts_with("etc/integration/")
        || path.starts_with("Setup/")
}

fn needs_compile(path: &str) -> bool {
    let is_php = path.ends_with(".php") && path != "registration.php" && !path.starts_with("Test/");
    is_php || path.ends_with("di.xml")
}
