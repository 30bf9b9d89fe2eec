//! Runs of `magespec plan`.

use std::{fs, path::Path};

use serde_json::Value;

use super::command::{Ran, SPEC, magespec, project};

/// Two integrations in releases of which each compares as it should.
pub(crate) fn spec() -> String {
    SPEC.replace("2.4.2", ">=2.4.6 <2.4.6-p12")
        + r#"
[[integration]]
name = "Acme Shop"
email = "shop@acme.com"
endpoint_url = "https://shop.acme.com/token"
identity_link_url = "https://shop.acme.com/login"
resources = ["Magento_Customer::manage"]
"#
}

pub(crate) fn write(dir: &Path, spec: &str) {
    fs::write(dir.join("integration.toml"), spec).unwrap();
}

/// A directory with a module that was built.
pub(crate) fn built(spec: &str) -> tempfile::TempDir {
    let dir = project();
    write(dir.path(), spec);
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
    dir
}

pub(crate) fn plan(dir: &Path, arguments: &[&str]) -> Ran {
    magespec(dir, &[&["plan"], arguments].concat())
}

pub(crate) fn json(dir: &Path, arguments: &[&str]) -> Value {
    let ran = plan(dir, &[&["--format", "json"], arguments].concat());
    serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr))
}

/// `Acme Shop: reset`, of all integrations.
pub(crate) fn actions(dir: &Path, arguments: &[&str]) -> Vec<String> {
    let document = json(dir, arguments);
    let all = document["integrations"].as_array().unwrap().iter();
    all.map(|it| format!("{}: {}", it["name"].as_str().unwrap(), it["action"].as_str().unwrap())).collect()
}

/// An e-mail address, a removed URL, a resource and a name changed.
pub(crate) fn changed() -> String {
    spec()
        .replace("shop@acme.com", "it@acme.com")
        .replace("endpoint_url = \"https://shop.acme.com/token\"\n", "")
        .replace("identity_link_url = \"https://shop.acme.com/login\"\n", "")
        .replace("Magento_Customer::manage", "Magento_Customer::manage\", \"Magento_Cms::page")
        .replace("Acme Warehouse", "Acme Depot")
}
