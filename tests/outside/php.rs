//! Generated PHP parses, means what the spec says, and its unit tests pass against stand-ins of the few interfaces of Magento
//! that it uses.

use std::{fs, path::Path, process::Command};

use magespec::{
    catalog::Catalog, compile, diag::Source, emit::emit, model::Module, names::IntegrationName, tree::Tree,
};
use proptest::prelude::*;

use crate::{
    need::{Need, trials},
    support::{
        any::{accepted, spec},
        files::project,
        made::{WIDE, made, text, tiers, written},
    },
};

trials! {
    [Need::Program("php")] =>
        every_tier_parses, what_is_accepted_parses, php_with_hostile_names_parses_and_means_the_names;
    [Need::Program("phpunit")] => unit_tests_of_the_examples_pass, unit_tests_of_a_spec_with_everything_pass;
}

/// Fails on a file that PHP cannot read.
fn parses(tree: &Tree) {
    let dir = written(tree);
    let files = tree.paths().filter(|path| path.as_str().ends_with(".php"));
    let parse = "foreach (array_slice($argv, 1) as $file) { try { token_get_all(file_get_contents($file), TOKEN_PARSE); } catch (ParseError $e) { echo $file, ': ', $e->getMessage(), ' ', $e->getLine(), ' ', file_get_contents($file); } } echo 'parsed';";
    let parsed = Command::new("php")
        .args(["-r", parse, "--"])
        .args(files.map(|path| path.as_str()))
        .current_dir(&dir)
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&parsed.stdout), "parsed");
}

fn every_tier_parses() {
    tiers().iter().for_each(|(_, tree)| parses(tree));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_global_rejects: 4096, ..ProptestConfig::default() })]

    fn what_is_accepted_parses(spec in spec()) {
        let tree = accepted(&spec);
        prop_assume!(tree.is_some());
        parses(&tree.unwrap());
    }
}

/// A module of 2.0 whose integration and copyright have the name.
fn named(name: &str) -> Module {
    let spec = "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\nversion = \"1.2.0\"\n[target]\nmagento = \"2.0.*\"\n\
                [[integration]]\nname = \"Acme\"\nemail = \"a@b.co\"\nresources = [\"Magento_Sales::sales\"]\n";
    let mut module = compile(Source::new("integration.toml", spec), Catalog::bundled()).module.unwrap();
    module.copyright = Some(name.replace(['\r', '\n'], " "));
    module.integrations[0].name = IntegrationName::new(name).unwrap();
    module
}

fn php_with_hostile_names_parses_and_means_the_names() {
    let name = "it's \\ \"$x\" ?> <?php */ {$y} \\' 🦀\nend\\";
    let tree = emit(&named(name));
    let dir = tempfile::tempdir().unwrap();
    for path in ["registration.php", "Setup/InstallData.php", "Setup/UpgradeData.php"] {
        let file = dir.path().join("file.php");
        fs::write(&file, text(&tree, path)).unwrap();
        let lint = Command::new("php").arg("-l").arg(&file).output().unwrap();
        assert!(lint.status.success(), "{path}: {}", String::from_utf8_lossy(&lint.stdout));
    }
    let script = text(&tree, "Setup/InstallData.php");
    let (_, list) = script.split_once("processIntegrationConfig(").unwrap();
    let (list, _) = list.split_once(");\n").unwrap();
    let output = Command::new("php").arg("-r").arg(format!("echo {list}[0];")).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), name);
}

fn passes(module: &Path, namespace: &str) {
    let ran = Command::new("phpunit")
        .args(["--no-configuration", "--do-not-cache-result", "--bootstrap"])
        .arg(project("tests/outside/stand_ins.php"))
        .arg(module.join("Test/Unit"))
        .envs([("MODULE", module.as_os_str()), ("PREFIX", namespace.as_ref())])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success() && said.contains("OK ("), "{}: {said}", module.display());
}

fn unit_tests_of_the_examples_pass() {
    passes(&project("examples/environments"), "Acme\\Fulfilment\\");
    passes(&project("examples/erp-bridge"), "Acme\\ErpBridge\\");
    passes(&project("examples/erp-bridge-2.3"), "Acme\\ErpBridge71\\");
}

fn unit_tests_of_a_spec_with_everything_pass() {
    passes(written(&made(WIDE)).path(), "Acme\\Wide\\");
}
