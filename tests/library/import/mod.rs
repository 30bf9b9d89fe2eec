//! Existing modules: their files, the findings in them, and the equivalent spec.

mod acl;
mod check_forms;
mod check_php;
mod check_repeats;
mod check_settings;
mod check_shapes;
mod check_xml;
mod findings;
mod former;
mod forms;
mod menu;
mod pages;
mod readers;
mod services;
mod settings;
mod spec;
mod tables;
mod webhooks;

use std::{fs, path::Path};

use crate::support::{command, modules::imported};

const DI: &str = "<config><preference for=\"A\" type=\"B\"/></config>";

fn spec_of(dir: &Path) -> String {
    imported(dir, None).spec.unwrap()
}

fn magespec(dir: &Path, arguments: &[&str]) {
    let ran = command::magespec(dir, arguments);
    assert_eq!(ran.status, 0, "{arguments:?}: {}", ran.stderr);
}

/// Builds the spec, then deletes the spec and its lock.
fn built(spec: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("integration.toml"), spec).unwrap();
    magespec(dir.path(), &["build"]);
    fs::remove_file(dir.path().join("integration.toml")).unwrap();
    fs::remove_file(dir.path().join("integration.lock")).unwrap();
    dir
}
