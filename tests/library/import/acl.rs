//! Resources of other modules in acl.xml: those above own ones come over, and others keep the file the user's.

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
        assert!(finding.message.starts_with("etc/acl.xml stays yours"), "{finding:#?}");
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
    let spec = told.spec.unwrap();
    let expected = "parent = \"Other_Core::base\"\nparents = [\n  { id = \"Magento_Backend::stores\" },\n  { id = \"Other_Core::base\" },\n]\n";
    assert!(spec.contains(expected) && !spec.contains("unmanaged = [\"etc/acl.xml"), "{spec}");
    stays(&dir);
    // Without its place, a generated file would make another root of it.
    let text = spec.replace("  { id = \"Other_Core::base\" },\n", "");
    let compiled =
        magespec::compile(magespec::diag::Source::new("x", text), magespec::catalog::Catalog::bundled());
    assert!(compiled.report.diagnostics.iter().any(|it| it.rule == Rule::AclParent));
}

/// Nodes of the generated acl.xml.
fn made(spec: &str) -> String {
    let source = magespec::diag::Source::new("x", spec);
    let compiled = magespec::compile(source, magespec::catalog::Catalog::bundled());
    let path = magespec::tree::TreePath::new("etc/acl.xml").unwrap();
    let file = compiled.tree.get(&path).unwrap_or_else(|| panic!("{:#?}", compiled.report.diagnostics));
    String::from_utf8(file.contents.clone()).unwrap()
}

#[test]
fn titles_and_places_above_own_resources_come_over() {
    let dir = with(
        "<resource id=\"Magento_Sales::sales\" title=\"Sales\" sortOrder=\"20\"><resource id=\"Other_Core::base\" title=\"Other Base\">
           <resource id=\"Other_Core::tools\"><resource id=\"Acme_ErpBridge::x\" title=\"ERP\" sortOrder=\"10\"/></resource>
           <resource id=\"Acme_ErpBridge::y\" title=\"Log\" sortOrder=\"20\"/>
         </resource></resource>",
    );
    let told = imported(dir.path(), None);
    assert_eq!(told.errors, Vec::<String>::new());
    let spec = told.spec.unwrap();
    let expected = "parents = [
  { id = \"Magento_Sales::sales\", title = \"Sales\", sort_order = 20 },
  { id = \"Other_Core::base\", title = \"Other Base\" },
  { id = \"Other_Core::tools\" },
]
";
    assert!(spec.contains(expected), "{spec}");
    assert_eq!(spec.matches("parents").count(), 1, "named once: {spec}");
    let made = made(&spec.replace("files = ", "# "));
    for node in [
        "<resource id=\"Magento_Sales::sales\" title=\"Sales\" translate=\"title\" sortOrder=\"20\">",
        "<resource id=\"Other_Core::base\" title=\"Other Base\" translate=\"title\">",
        "<resource id=\"Other_Core::tools\">",
    ] {
        assert!(made.contains(node), "{made}");
    }
    stays(&dir);
}

#[test]
fn parents_that_do_not_fit_are_findings() {
    let acl = |parents: &str| {
        let dir = with("<resource id=\"Acme_ErpBridge::x\" title=\"ERP\"/>");
        let spec = imported(dir.path(), None).spec.unwrap();
        let spec = spec.replace(
            "parent = \"Magento_Backend::admin\"",
            &format!("parent = \"Magento_Backend::admin\"\nparents = [{parents}]"),
        );
        let source = magespec::diag::Source::new("x", spec);
        let found = magespec::compile(source, magespec::catalog::Catalog::bundled()).report.diagnostics;
        found
            .into_iter()
            .filter(|it| it.level != Level::Note)
            .map(|it| (it.rule, it.message))
            .collect::<Vec<_>>()
    };
    for (parents, rule, message) in [
        (
            "{ id = \"Magento_Sales::sales\" }",
            Rule::AclParent,
            "`Magento_Sales::sales` is not above `Acme_ErpBridge::x`",
        ),
        (
            "{ id = \"Other_Core::base\" }",
            Rule::AclParent,
            "`Other_Core::base` is not above `Acme_ErpBridge::x`",
        ),
        ("{ id = \"Acme_ErpBridge::y\" }", Rule::AclId, "`Acme_ErpBridge::y` is a resource of this module"),
        (
            "{ id = \"Magento_Backend::admin\", title = \"One\" }, { id = \"Magento_Backend::admin\", title = \"Two\" }",
            Rule::AclDuplicate,
            "`Magento_Backend::admin` has another title or position elsewhere in `parents`",
        ),
        (
            "{ id = \"Magento_Sales::slaes\" }",
            Rule::AclParent,
            "`Magento_Sales::slaes` is not above `Acme_ErpBridge::x`",
        ),
    ] {
        assert!(acl(parents).contains(&(rule, message.to_owned())), "{:#?}", acl(parents));
    }
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
