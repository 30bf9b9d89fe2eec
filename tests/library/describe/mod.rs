//! The documents for the other side.

mod asyncapi;
mod openapi;
mod validator;

use std::{
    env,
    path::{Path, PathBuf},
};

use magespec::{
    catalog::Catalog,
    compile,
    diag::{Level, Source},
    model::Module,
};
use serde_json::Value;

const ERP_BRIDGE: &str = include_str!("../../../examples/erp-bridge/integration.toml");

/// A spec with every kind of thing in it, and hostile text wherever text is free.
const WIDE: &str = include_str!("../whole/wide.toml");

/// The module of a spec without an error.
#[track_caller]
fn module(spec: &str) -> Module {
    let compilation = compile(Source::new("integration.toml", spec), Catalog::bundled());
    let errors = compilation.report.diagnostics.iter().filter(|finding| finding.level == Level::Error);
    assert_eq!(errors.collect::<Vec<_>>(), Vec::<&magespec::diag::Diagnostic>::new());
    compilation.module.unwrap()
}

/// Every `$ref` of a document points into it.
fn assert_references(document: &Value) {
    fn walk(value: &Value, document: &Value) {
        if let Some(place) = value["$ref"].as_str() {
            let pointer = place.strip_prefix('#').unwrap_or_else(|| panic!("{place}"));
            assert!(document.pointer(pointer).is_some_and(|target| !target.is_null()), "{place}");
        }
        value.as_object().into_iter().flatten().for_each(|(_, value)| walk(value, document));
        value.as_array().into_iter().flatten().for_each(|value| walk(value, document));
    }
    walk(document, document);
}

/// A path below target/validators, or none, with a printed line, where it is absent.
fn tool(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/validators").join(name);
    if path.exists() {
        return Some(path);
    }
    let is_required = env::var("MAGESPEC_SHARED").as_deref() == Ok("required");
    assert!(!is_required || env::var_os("MAGESPEC_OFFLINE").is_some(), "{} is required", path.display());
    println!("skipped: {} is not here", path.display());
    None
}
