use std::fs;

use serde_json::Value;

use super::{Ran, SPEC, magespec, project};

fn described(command: &[&str], spec: &str) -> Ran {
    let dir = project();
    fs::write(dir.path().join("integration.toml"), spec).unwrap();
    magespec(dir.path(), command)
}

const ERP_BRIDGE: &str = include_str!("../../examples/erp-bridge/integration.toml");

#[test]
fn documents_go_to_standard_output() {
    for (command, key, version) in [("openapi", "openapi", "3.1.0"), ("asyncapi", "asyncapi", "3.0.0")] {
        let ran = described(&[command], ERP_BRIDGE);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        let document: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(document[key], version);
        assert_eq!(ran.stdout, described(&[command, "."], ERP_BRIDGE).stdout, "the same twice");
    }
}

#[test]
fn a_spec_with_nothing_to_describe_is_reported() {
    let calls = SPEC.replace("resources = [\"Magento_Sales::actions_view\"]", "calls = [\"GET /V1/orders\"]");
    assert_eq!(described(&["openapi", "--calls"], &calls).status, 0);
    for (command, spec, said) in [
        (&["openapi"][..], calls.as_str(), "has no [[service]]: it has no routes of its own; add --calls"),
        (&["openapi", "--calls"], SPEC, "has no [[service]] and no integration with calls"),
        (&["asyncapi"], SPEC, "has no [[webhook]]"),
        (&["asyncapi"], "[module]\n", "missing"),
    ] {
        let ran = described(command, spec);
        assert_eq!((ran.status, ran.stdout.as_str()), (1, ""), "{command:?}");
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
    }
}
