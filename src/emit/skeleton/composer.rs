//! `composer.json`.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    emit::json,
    model::{Author, Module},
    names::ModuleVersion,
};

#[derive(Serialize)]
struct ComposerJson<'a> {
    name: &'a str,
    description: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    keywords: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    homepage: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<&'a Value>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    authors: &'a [Author],
    require: Requires<'a>,
    autoload: Value,
    #[serde(flatten)]
    further: BTreeMap<&'a str, &'a Value>,
}

/// Requirements: `php` first, then the packages by name.
#[derive(Serialize)]
struct Requires<'a> {
    php: &'a str,
    #[serde(flatten)]
    packages: &'a BTreeMap<String, String>,
}

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    json::render(&document(module)?)
}

/// Renders the document in the layout of the existing one.
pub(in crate::emit) fn emit_onto(module: &Module, existing: &str) -> Option<String> {
    json::onto(existing, &document(module)?)
}

fn document(module: &Module) -> Option<Value> {
    let further = module.composer.iter().filter(|(key, _)| *key != "autoload");
    let further = further.map(|(key, value)| (key.as_str(), value));
    let package = ComposerJson {
        name: module.package.as_str(),
        description: &module.description,
        kind: "magento2-module",
        version: module.version.as_ref().map(ModuleVersion::as_str),
        keywords: &module.keywords,
        homepage: module.homepage.as_deref(),
        license: module.license.as_ref(),
        authors: &module.authors,
        require: Requires { php: &module.platform.php, packages: &module.require },
        autoload: autoload(module),
        further: further.collect(),
    };
    let mut document = serde_json::to_value(&package).ok()?;
    if let Some(releases) = module.platform.mage_os.as_ref().and_then(|it| it.strip_prefix("Mage-OS ")) {
        unite(&mut document, &json!({ "extra": { "mage-os": releases } }));
    }
    Some(document)
}

/// Autoloading of the module, merged with that of the spec.
fn autoload(module: &Module) -> Value {
    let folder = module.source.as_ref().map(|source| format!("{source}/")).unwrap_or_default();
    let mut autoload = json!({
        "files": [format!("{folder}registration.php")],
        "psr-4": { format!("{}\\", module.name.namespace()): folder },
    });
    if let Some(further) = module.composer.get("autoload") {
        unite(&mut autoload, further);
    }
    autoload
}

/// Merges tables and lists, keeping existing values.
fn unite(value: &mut Value, further: &Value) {
    match (value, further) {
        (Value::Object(members), Value::Object(further)) => {
            for (key, more) in further {
                match members.get_mut(key) {
                    Some(value) => unite(value, more),
                    None => {
                        members.insert(key.clone(), more.clone());
                    }
                }
            }
        }
        (Value::Array(items), Value::Array(further)) => {
            for more in further {
                if !items.contains(more) {
                    items.push(more.clone());
                }
            }
        }
        _ => {}
    }
}
