//! Targets of modules that magespec built, and of those that allow too many releases.

use std::fs;

use super::{
    SPEC,
    import::{COMPOSER, INTEGRATION, module, write},
    magespec,
};
use crate::support::files::{copy, project};

/// composer.json allows more releases than the module was built for (103.0.* is 2.4.0 to 2.4.8).
#[test]
fn a_built_module_is_checked_and_imported_for_its_own_target() {
    let dir = tempfile::tempdir().unwrap();
    let needs_2_4_6 = SPEC
        .replace("\"2.4.2\"", "\">=2.4.6 <2.4.9\"")
        .replace("Magento_Sales::actions_view", "Magento_InventoryApi::stock_source_item_assign");
    write(dir.path(), "spec/integration.toml", &needs_2_4_6);
    assert_eq!(magespec(dir.path(), &["build", "spec/integration.toml", "--out", "old"]).status, 0);
    let checked = magespec(dir.path(), &["check", "old", "--format", "short", "--deny", "warnings"]);
    assert_eq!(checked.status, 0, "{}", checked.stdout);
    let imported = || magespec(dir.path(), &["import", "old", "--stdout"]).stdout;
    let spec = imported();
    assert!(
        spec.contains("# from README.md, which magespec generated\nmagento = \">=2.4.6 <2.4.9\"\n"),
        "{spec}"
    );
    assert!(!spec.contains("[files]") && !spec.contains("[rules]"), "{spec}");

    let readme = fs::read_to_string(dir.path().join("old/README.md")).unwrap();
    write(dir.path(), "old/README.md", &(readme.clone() + "\nAsk Jo.\n"));
    let edited = imported();
    assert!(edited.contains(">=2.4.6 <2.4.9") && edited.contains("unmanaged = [\"README.md\"]"), "{edited}");

    write(dir.path(), "old/README.md", "# Orders\n\nFor Magento `2.4.7` (2.4.7) on PHP `*`.\n");
    assert!(imported().contains("magento = \">=2.4.4 <2.4.9\""), "{}", imported());

    write(dir.path(), "old/README.md", &readme);
    let composer = fs::read_to_string(dir.path().join("old/composer.json")).unwrap();
    write(dir.path(), "old/composer.json", &composer.replace("\"103.0.*\"", "\">=103.0.7 <103.0.9\""));
    assert!(imported().contains("magento = \">=2.4.7 <2.4.9\""), "{}", imported());
}

#[test]
fn a_constraint_that_allows_too_much_is_replaced_by_an_exact_one() {
    let dir = tempfile::tempdir().unwrap();
    let other =
        INTEGRATION.replace("Magento_Sales::actions_view", "Magento_InventoryApi::stock_source_item_assign");
    module(dir.path(), "");
    write(dir.path(), "etc/integration.xml", &other);
    write(
        dir.path(),
        "composer.json",
        &COMPOSER.replace(">=102", "103.0.*").replace(">=7.3", "~8.1.0||~8.2.0||~8.3.0"),
    );
    let checked = magespec(dir.path(), &["check", "."]);
    let help =
        "support only 2.4.4-p1..2.4.8-p5: \"magento/framework\": \">=103.0.4-p1 <103.0.9\" in composer.json";
    assert!(checked.stdout.contains(help), "{}{}", checked.stdout, checked.stderr);
}

#[test]
fn edits_of_generated_files_survive_an_import_without_the_lock() {
    let dir = tempfile::tempdir().unwrap();
    copy(&project("examples/erp-bridge"), dir.path());
    for name in ["integration.toml", "integration.lock"] {
        fs::remove_file(dir.path().join(name)).unwrap();
    }
    let read = |path: &str| fs::read_to_string(dir.path().join(path)).unwrap();
    let plugin = "    <type name=\"Magento\\Sales\\Model\\Order\"><plugin name=\"acme\" type=\"Acme\\Plugin\"/></type>\n</config>";
    let edited = [
        ("etc/di.xml", read("etc/di.xml").replace("</config>", plugin)),
        ("README.md", read("README.md") + "\nAsk Jo before you change this.\n"),
    ];
    edited.iter().for_each(|(path, text)| write(dir.path(), path, text));
    let imported = magespec(dir.path(), &["import", "--in-place"]);
    assert_eq!(imported.status, 0, "{}{}", imported.stdout, imported.stderr);
    let built = magespec(dir.path(), &["build"]);
    assert_eq!(built.status, 0, "{}{}", built.stdout, built.stderr);
    for (path, text) in edited {
        assert_eq!(read(path), text, "{path}");
    }
}

/// The plugin that keeps, renames and retires integrations comes back as the keys that made it.
#[test]
fn the_plugin_on_integrations_comes_back_as_keys() {
    let dir = tempfile::tempdir().unwrap();
    copy(&project("examples/environments"), dir.path());
    let written = fs::read_to_string(dir.path().join("integration.toml")).unwrap();
    for name in ["integration.toml", "integration.lock"] {
        fs::remove_file(dir.path().join(name)).unwrap();
    }
    let imported = magespec(dir.path(), &["import", "--in-place"]);
    assert_eq!(imported.status, 0, "{}{}", imported.stdout, imported.stderr);
    let spec = fs::read_to_string(dir.path().join("integration.toml")).unwrap();
    for line in [
        "keep_credentials = \"unless-permissions-grow\"\n",
        "renamed_from = \"Acme Fulfilment Test\"\n",
        "[retired]\nintegrations = [\"Acme Shipping\"]\n",
    ] {
        assert!(written.contains(line) && spec.contains(line), "{line} {spec}");
    }
    assert!(!spec.contains("unmanaged"), "{spec}");
    let built = magespec(dir.path(), &["build", "--check"]);
    assert_eq!(built.status, 0, "{}{}", built.stdout, built.stderr);
}
