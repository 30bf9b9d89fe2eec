//! Webhooks of a module that magespec generated, imported with their delivery.

use std::fs;

use magespec::diag::Rule;

use super::{built, magespec, spec_of};
use crate::support::{
    files::{contents, project},
    modules::{findings, imported},
};

#[test]
fn generated_webhooks_come_back_with_their_delivery() {
    for example in ["erp-bridge", "erp-bridge-2.3"] {
        let spec = fs::read_to_string(project("examples").join(example).join("integration.toml")).unwrap();
        let dir = built(&spec);
        let mut before = contents(dir.path());
        let told = imported(dir.path(), None);
        let refused: Vec<_> =
            findings(&told).into_iter().filter(|(_, it)| it.rule == Rule::NotCarried).collect();
        assert!(refused.is_empty(), "{refused:#?}");
        let spec = told.spec.unwrap();
        for line in
            ["second_secret = \"webhooks/second_secret\"", "notify_minutes = 30", "per_environment = true"]
        {
            assert!(spec.contains(line), "{line}: {spec}");
        }
        assert!(spec.contains("unmanaged = [\"README.md\"]"), "{spec}");
        magespec(dir.path(), &["import", "--in-place"]);
        magespec(dir.path(), &["build"]);
        let mut after = contents(dir.path());
        for tree in [&mut before, &mut after] {
            tree.retain(|path, _| {
                !path.as_str().starts_with("integration.")
                    && !matches!(path.as_str(), "README.md" | "composer.json")
            });
        }
        for (path, file) in &before {
            assert!(after.get(path) == Some(file), "{path}");
        }
    }
}

#[test]
fn webhooks_in_another_form_stay_in_their_files() {
    let dir = built(include_str!("../../../examples/erp-bridge/integration.toml"));
    let sender = dir.path().join("Model/Webhook/Sender.php");
    let own = fs::read_to_string(&sender).unwrap().replace("$this->config->", "$this->settings->");
    fs::write(&sender, own).unwrap();
    let spec = spec_of(dir.path());
    assert!(!spec.contains("[webhooks]"), "{spec}");
}
