//! Validators that others made: openapi-spec-validator of PyPI, and the JSON Schema of AsyncAPI in @asyncapi/specs of npm.
//! .ci/run installs them.

use std::{fs, process::Command};

use serde_json::Value;

use super::tool;

/// Fails on a document that is no OpenAPI 3.1.
#[track_caller]
pub(crate) fn assert_openapi(document: &Value) {
    let Some(validator) = tool("python/bin/openapi-spec-validator") else { return };
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("openapi.json");
    fs::write(&file, document.to_string()).unwrap();
    let ran = Command::new(validator).args(["--schema", "3.1.0"]).arg(&file).output().unwrap();
    assert!(
        ran.status.success(),
        "{}{}",
        String::from_utf8_lossy(&ran.stdout),
        String::from_utf8_lossy(&ran.stderr)
    );
}

/// Fails on a document that is no AsyncAPI 3.0.
#[track_caller]
pub(crate) fn assert_asyncapi(document: &Value) {
    let Some(schema) = tool("node_modules/@asyncapi/specs/schemas/3.0.0-without-$id.json") else { return };
    let schema: Value = serde_json::from_str(&fs::read_to_string(schema).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> =
        validator.iter_errors(document).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert_eq!(faults, Vec::<String>::new());
}
