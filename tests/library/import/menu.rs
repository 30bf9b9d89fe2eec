//! Menus of modules: whatever Magento's schema allows is carried.

use std::fs;

use magespec::diag::Rule;

use super::{magespec, spec_of};
use crate::support::modules::{findings, finds, imported, module};

const MENU: &str = r#"<config><menu>
    <!-- the top -->
    <add id="Acme_ErpBridge::top" title="Acme" module="Acme_ErpBridge" sortOrder="55" resource="Magento_Sales::sales" action=""/>
    <add id="Acme_ErpBridge::below" title="Below &amp; more" translate="title" module="Acme_ErpBridge"
         parent="Acme_ErpBridge::top" action="acme/below-it/index" resource="Magento_Sales::sales" toolTip="What is below"
         target="_blank" dependsOnModule="Magento_Sales" dependsOnConfig="acme/general/enabled"/>
    <add id="Acme_ErpBridge::of_another" title="Theirs" module="Magento_Sales" parent="Acme_Base::nowhere" resource="Magento_Sales::sales"/>
    <update id="Magento_Backend::system_currency" title="Money" sortOrder="7"/>
    <remove id="Magento_Backend::system_design"/>
</menu></config>"#;

#[test]
fn menus_come_over_whole() {
    let dir = module(&[("etc/adminhtml/menu.xml", MENU)]);
    let told = imported(dir.path(), None);
    let left: Vec<_> = findings(&told).into_iter().filter(|(_, it)| it.rule == Rule::NotCarried).collect();
    assert!(left.is_empty(), "{left:#?}");
    let spec = told.spec.unwrap();
    let (_, tables) = spec.split_once("\n# the top\n").unwrap();
    insta::assert_snapshot!(tables);
    magespec(dir.path(), &["import", "--in-place"]);
    magespec(dir.path(), &["build"]);
    let built = fs::read_to_string(dir.path().join("etc/adminhtml/menu.xml")).unwrap();
    for attribute in
        ["toolTip=\"What is below\"", "target=\"_blank\"", "module=\"Magento_Sales\"", "<remove id="]
    {
        assert!(built.contains(attribute), "{built}");
    }
    fs::remove_file(dir.path().join("integration.toml")).unwrap();
    assert_eq!(spec_of(dir.path()).matches("[[menu]]").count(), 5);
}

/// A shop may have what the catalog does not know: the spec relaxes the rule, and the finding stays.
#[test]
fn a_parent_that_magento_lacks_does_not_keep_the_menu_behind() {
    let menu = MENU.replace("Acme_Base::nowhere", "Magento_Backend::sistem");
    let dir = module(&[("etc/adminhtml/menu.xml", &menu)]);
    let told = imported(dir.path(), None);
    finds(&told, Rule::UnknownPlace);
    let spec = told.spec.unwrap();
    assert!(spec.contains("[rules]\nunknown-place = \"warn\"\n"), "{spec}");
    magespec(dir.path(), &["import", "--in-place"]);
    magespec(dir.path(), &["build"]);
}

#[test]
fn what_magento_itself_refuses_stays_with_its_reason() {
    for (from, to, message) in [
        ("<update ", "<change ", "Magento has no <change> in menu.xml"),
        ("sortOrder=\"55\"", "sortOrder=\"first\"", "the sortOrder \"first\" is not a whole number"),
        ("acme/below-it/index", "acme/below/index?x=1", "has a character that Magento's schema refuses"),
        ("title=\"Acme\" ", "", "`title` is missing"),
    ] {
        let dir = module(&[("etc/adminhtml/menu.xml", &MENU.replacen(from, to, 1))]);
        let told = imported(dir.path(), None);
        let (_, _, finding) = finds(&told, Rule::NotCarried);
        assert!(finding.message.contains(message), "{finding:#?}");
        assert!(!told.spec.unwrap().contains("[[menu]]"));
    }
}
