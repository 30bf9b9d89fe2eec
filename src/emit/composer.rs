//! `composer.json`.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{
    json,
    ser::{PrettyFormatter, Serializer},
};

use crate::model::{Author, Module};

#[derive(Serialize)]
struct Package<'a> {
    name: &'a str,
    description: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    version: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    keywords: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    homepage: Option<&'a str>,
    license: serde_json::Value,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    authors: &'a [Author],
    require: Requires<'a>,
    autoload: serde_json::Value,
}

/// `php` first, then the packages by name.
#[derive(Serialize)]
struct Requires<'a> {
    php: &'a str,
    #[serde(flatten)]
    packages: &'a BTreeMap<String, String>,
}

pub(super) fn emit(module: &Module) -> Option<String> {
    let package = Package {
        name: module.package.as_str(),
        description: &module.description,
        kind: "magento2-module",
        version: module.version.as_str(),
        keywords: &module.keywords,
        homepage: module.homepage.as_deref(),
        license: match module.licenses.as_slice() {
            [license] => json!(license),
            licenses => json!(licenses),
        },
        authors: &module.authors,
        require: Requires { php: &module.platform.php, packages: &module.require },
        autoload: json!({
            "files": ["registration.php"],
            "psr-4": { format!("{}\\", module.name.namespace()): "" },
        }),
    };
    let mut json = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut json, PrettyFormatter::with_indent(b"    "));
    package.serialize(&mut serializer).ok()?;
    json.push(b'\n');
    String::from_utf8(json).ok()
}
