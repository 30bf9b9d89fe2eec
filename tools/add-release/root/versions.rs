//! PHP and `magento/framework` of a root.

use camino::Utf8Path;
use magespec::diag::Failure;
use serde_json::Value;

use super::packages::Packages;
use crate::tables::read;

/// Magento's files outside of modules: its composer.json has the PHP versions of the release.
const BASE: &str = "magento2-base";

/// Files with the version of the framework, by the package in each.
const FRAMEWORK: [&str; 3] = [
    "vendor/magento/framework/composer.json",
    "vendor/mage-os/framework/composer.json",
    "lib/internal/Magento/Framework/composer.json",
];

/// Reads a composer.json; null without one.
///
/// # Errors
/// Fails if it is not JSON.
pub(super) fn composer_json(file: &Utf8Path) -> Result<Value, Failure> {
    if !file.is_file() {
        return Ok(Value::Null);
    }
    serde_json::from_str(&read(file)?).map_err(|error| Failure::new(format!("{file} is not JSON: {error}")))
}

/// PHP versions that the release supports.
pub(super) fn php(root: &Utf8Path, packages: &Packages, project: &Value) -> Result<Option<String>, Failure> {
    for vendor in ["magento", "mage-os"] {
        if let Some(php) = packages.get(&format!("{vendor}/{BASE}")).and_then(|base| base.requires("php")) {
            return Ok(Some(php.to_owned()));
        }
        let base = composer_json(&root.join(format!("vendor/{vendor}/{BASE}/composer.json")))?;
        if let Some(php) = required(&base, "php") {
            return Ok(Some(php.to_owned()));
        }
    }
    Ok(required(project, "php").map(str::to_owned))
}

/// Version of `magento/framework`.
pub(super) fn framework(root: &Utf8Path, packages: &Packages) -> Result<Option<String>, Failure> {
    if let Some(package) = packages.get("magento/framework") {
        return Ok(Some(package.version.clone()));
    }
    if let Some(replaced) = packages.get("mage-os/framework").and_then(|it| it.replaces("magento/framework"))
    {
        return Ok(Some(replaced.to_owned()));
    }
    for file in FRAMEWORK {
        let package = composer_json(&root.join(file))?;
        if let Some(version) =
            package.pointer("/replace/magento~1framework").or_else(|| package.get("version"))
        {
            return Ok(version.as_str().map(str::to_owned));
        }
    }
    Ok(None)
}

fn required<'a>(package: &'a Value, name: &str) -> Option<&'a str> {
    package.get("require")?.get(name)?.as_str()
}
