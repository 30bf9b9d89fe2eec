//! Validators that others made accept the documents that `openapi` and `asyncapi` print: openapi-spec-validator of PyPI, and
//! the JSON Schema of AsyncAPI in @asyncapi/specs of npm.

use std::{fs, process::Command};

use magespec::describe::Covered;
use serde_json::Value;

use crate::{
    need::{Need, trials, validator},
    support::{
        documents::{
            ERP_BRIDGE, METHODS, QUEUED, asyncapi, calling, calling_all, module, open_routes, openapi, own,
        },
        made::WIDE,
    },
};

const OPENAPI: &str = "python/bin/openapi-spec-validator";
const ASYNCAPI: &str = "node_modules/@asyncapi/specs/schemas/3.0.0-without-$id.json";

trials! {
    [Need::Validator(OPENAPI)] =>
        openapi_of_modules_is_valid, openapi_of_queued_calls_is_valid, openapi_of_every_route_is_valid,
        openapi_of_methods_is_valid;
    [Need::Validator(ASYNCAPI)] => asyncapi_of_modules_is_valid;
}

/// Fails on a document that is no OpenAPI 3.1.
#[track_caller]
fn assert_openapi(document: &Value) {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("openapi.json");
    fs::write(&file, document.to_string()).unwrap();
    let ran = Command::new(validator(OPENAPI)).args(["--schema", "3.1.0"]).arg(&file).output().unwrap();
    assert!(
        ran.status.success(),
        "{}{}",
        String::from_utf8_lossy(&ran.stdout),
        String::from_utf8_lossy(&ran.stderr)
    );
}

/// Fails on a document that is no AsyncAPI 3.0.
#[track_caller]
fn assert_asyncapi(document: &Value) {
    let schema: Value = serde_json::from_str(&fs::read_to_string(validator(ASYNCAPI)).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> =
        validator.iter_errors(document).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert_eq!(faults, Vec::<String>::new());
}

fn openapi_of_modules_is_valid() {
    for spec in [ERP_BRIDGE, WIDE] {
        for covered in [Covered::Own, Covered::Called] {
            assert_openapi(&openapi(&module(spec), covered));
        }
    }
}

fn openapi_of_queued_calls_is_valid() {
    assert_openapi(&openapi(&calling("2.4.7", QUEUED), Covered::Called));
}

fn openapi_of_every_route_is_valid() {
    assert_openapi(&openapi(&calling_all(&open_routes()), Covered::Called));
}

fn openapi_of_methods_is_valid() {
    assert_openapi(&own(METHODS));
}

fn asyncapi_of_modules_is_valid() {
    assert_asyncapi(&asyncapi(ERP_BRIDGE));
    assert_asyncapi(&asyncapi(WIDE));
}
