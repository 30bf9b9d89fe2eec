//! Resources of other modules in acl.xml: the file is the user's if a generated one would lose what it says of them.

use std::fs;

use magespec::diag::{Level, Rule};

use super::magespec;
use crate::support::modules::{API, CONFIG, findings, finds, imported, legacy, module};

fn with(nodes: &str) -> tempfile::TempDir {
    let acl = format!(
        "<config><acl><resources><resource id=\"Magento_Backend::admin\">{nodes}</resource></resources></acl></config>"
    );
    module(&[("etc/acl.xml", &acl)])
}

/// Imports and builds a module, and checks that acl.xml keeps its bytes.
fn stays(dir: &tempfile::TempDir) {
    let read = || fs::read_to_string(dir.path().join("etc/acl.xml")).unwrap();
    let before = read();
    magespec(dir.path(), &["import", "--in-place"]);
    magespec(dir.path(), &["build"]);
    assert_eq!(read(), before);
}

#[test]
fn a_file_that_changes_other_modules_gets_one_finding_and_stays() {
    let others = "<resource id=\"Magento_Sales::sales\" title=\"S\" sortOrder=\"1\"><resource id=\"Magento_Sales::sales_operation\" title=\"O\"/></resource>";
    let own = "<resource id=\"Acme_ErpBridge::x\" title=\"ERP\"/>";
    for (nodes, message) in [
        (
            format!("{others}{own}"),
            "also declares `Magento_Sales::sales` and one more resource of other modules",
        ),
        (others.to_owned(), "it declares `Magento_Sales::sales` and one more resource of other modules"),
        (
            "<resource id=\"Acme_ErpBridge::x\" title=\"ERP\" disabled=\"true\"/>".to_owned(),
            "`Acme_ErpBridge::x` is disabled",
        ),
    ] {
        let dir = with(&nodes);
        let told = imported(dir.path(), None);
        let reported = findings(&told).into_iter().filter(|(_, it)| it.rule == Rule::NotCarried).count();
        assert_eq!(reported, 1, "{message}");
        let (_, _, finding) = finds(&told, Rule::NotCarried);
        assert!(finding.message.starts_with("etc/acl.xml stays as it is"), "{finding:#?}");
        assert!(finding.message.contains(message), "{finding:#?}");
        stays(&dir);
    }
}

#[test]
fn parents_of_other_vendors_are_kept_as_written() {
    let dir = with(
        "<resource id=\"Magento_Backend::stores\"><resource id=\"Other_Core::base\"><resource id=\"Acme_ErpBridge::x\" title=\"ERP\"/></resource></resource>",
    );
    let told = imported(dir.path(), None);
    let (_, at, finding) = finds(&told, Rule::UnverifiableResource);
    assert_eq!((at, finding.level), ("\"Other_Core::base\"", Level::Warning));
    assert_eq!(told.errors, Vec::<String>::new());
    assert!(told.spec.unwrap().contains("parent = \"Other_Core::base\""));
    stays(&dir);
    // A generated file would make another root of it.
    let spec = dir.path().join("integration.toml");
    let text = fs::read_to_string(&spec).unwrap().replace("\"etc/acl.xml\"", "\"i18n/en_US.csv\"");
    let compiled =
        magespec::compile(magespec::diag::Source::new("x", text), magespec::catalog::Catalog::bundled());
    assert!(compiled.report.diagnostics.iter().any(|it| it.rule == Rule::AclParent));
}

#[test]
fn the_root_in_the_pair_is_said_to_become_a_pattern() {
    let api = API.replace("Magento_Sales::actions_view", "Magento_Backend::all");
    let dir = legacy(&[("etc/integration/config.xml", CONFIG), ("etc/integration/api.xml", &api)]);
    let told = imported(dir.path(), None);
    let said = findings(&told).into_iter().map(|(_, it)| it.message.clone());
    assert!(
        said.into_iter().any(|it| it == "`Magento_Backend::all` becomes `Magento_Backend::admin/**`"),
        "{:#?}",
        findings(&told)
    );
}

#[test]
fn files_that_the_spec_does_not_hold_are_listed_once() {
    let layout = "<page/>";
    let dir = module(&[
        ("etc/db_schema.xml", "<schema/>"),
        (
            "etc/crontab.xml",
            "<config><group id=\"default\"><job name=\"a\" instance=\"A\\B\" method=\"execute\"><schedule>1 * * * *</schedule></job></group></config>",
        ),
        ("i18n/de_DE.csv", "\"a\",\"b\"\n"),
        ("view/frontend/layout/default.xml", layout),
        ("view/frontend/templates/a.phtml", "a"),
    ]);
    let told = imported(dir.path(), None);
    assert_eq!(told.stays, ["etc/db_schema.xml", "i18n/de_DE.csv", "view (2 files)"]);
}
