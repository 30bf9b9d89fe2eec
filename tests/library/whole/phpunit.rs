//! The unit tests of modules pass, against stand-ins of the few interfaces of Magento that they use.

use std::{env, path::Path, process::Command};

use super::{WIDE, made, project, written};

/// Whether PHPUnit is there; where it is not, that is printed.
fn has_phpunit() -> bool {
    let found = Command::new("phpunit").arg("--version").output().is_ok_and(|ran| ran.status.success());
    assert!(found || env::var("MAGESPEC_SHARED").as_deref() != Ok("required"), "phpunit is required");
    if !found {
        println!("skipped: phpunit is not here");
    }
    found
}

fn passes(module: &Path, namespace: &str) {
    let ran = Command::new("phpunit")
        .args(["--no-configuration", "--do-not-cache-result", "--bootstrap"])
        .arg(project("tests/library/whole/stand_ins.php"))
        .arg(module.join("Test/Unit"))
        .envs([("MODULE", module.as_os_str()), ("PREFIX", namespace.as_ref())])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success() && said.contains("OK ("), "{}: {said}", module.display());
}

#[test]
fn unit_tests_of_the_examples_pass() {
    if has_phpunit() {
        passes(&project("examples/erp-bridge"), "Acme\\ErpBridge\\");
        passes(&project("examples/erp-bridge-2.3"), "Acme\\ErpBridge71\\");
    }
}

#[test]
fn unit_tests_of_a_spec_with_everything_pass() {
    if has_phpunit() {
        passes(written(&made(WIDE)).path(), "Acme\\Wide\\");
    }
}
