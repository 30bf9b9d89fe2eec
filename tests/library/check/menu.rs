use magespec::diag::{Level, Rule};

use super::{finds, passes, triggers};

const ENTRY: &str = "[[menu]]\nid = \"Acme_ErpBridge::erp\"\ntitle = \"Acme ERP\"\nparent = \"Magento_Backend::system\"\nresource = \"Magento_Sales::sales\"\n";

/// The entry with another text in one place.
fn entry(from: &str, to: &str) -> String {
    assert!(ENTRY.contains(from));
    ENTRY.replacen(from, to, 1)
}

#[test]
fn a_menu_that_magento_can_build_passes() {
    passes(ENTRY);
    passes(&entry("parent = \"Magento_Backend::system\"\n", "action = \"acme_erp/export-all/index\"\n"));
    passes(
        &(ENTRY.to_owned()
            + "children = [{ id = \"Acme_ErpBridge::a\", title = \"All\", resource = \"Magento_Sales::sales\", target = \"_blank\", depends_on_module = \"Magento_Sales\", depends_on_config = \"a/b\", tooltip = \"All of them\" }]\n"),
    );
    passes("[[menu]]\nid = \"Magento_Backend::system\"\nchange = \"update\"\nsort_order = 1\n");
    passes("[[menu]]\nid = \"Magento_Backend::system\"\nchange = \"remove\"\n");
    passes(
        &(ENTRY.to_owned()
            + &ENTRY.replace("::erp\"", "::b\"").replace("Magento_Backend::system", "Acme_ErpBridge::erp")),
    );
}

#[test]
fn places_in_the_menu_exist() {
    let finding =
        finds(Rule::UnknownPlace, &entry("\"Magento_Backend::system\"", "«\"Magento_Backend::sistem\"»"));
    assert!(finding.help.unwrap().contains("Magento_Backend::system"));
    let finding = finds(Rule::UnknownPlace, &entry("\"Magento_Backend::system\"", "«\"Qwerty_Zuiop::x9\"»"));
    assert_eq!(finding.level, Level::Warning, "another module may bring it");
    finds(Rule::UnknownPlace, &entry("\"Magento_Backend::system\"", "«\"Acme_ErpBridge::erp\"»"));
    finds(
        Rule::UnknownPlace,
        "[[menu]]\nid = «\"Magento_Backend::sistem\"»\nchange = \"update\"\nsort_order = 1\n",
    );
    finds(Rule::UnknownResource, &entry("\"Magento_Sales::sales\"", "«\"Magento_Sales::no_such\"»"));
    let child = |parent: &str| {
        format!(
            "{ENTRY}children = [{{ id = \"Acme_ErpBridge::a\", title = \"All\", resource = \"Magento_Sales::sales\", {parent} }}]\n"
        )
    };
    finds(Rule::InvalidValue, &child("parent = «\"Magento_Backend::system\"»"));
}

#[test]
fn ids_of_menu_entries_are_unique() {
    finds(
        Rule::DeclaredTwice,
        &(ENTRY.to_owned() + &entry("\"Acme_ErpBridge::erp\"", "«\"Acme_ErpBridge::erp\"»")),
    );
    let finding = finds(Rule::NameTaken, &entry("\"Acme_ErpBridge::erp\"", "«\"Magento_Backend::stores\"»"));
    assert!(finding.help.unwrap().contains("change = \"update\""));
    let settings = "[settings]\nlabel = \"Acme ERP\"\nmenu = \"Magento_Backend::stores_settings\"\n[[setting]]\npath = \"erp/url\"\ntype = \"url\"\n";
    finds(
        Rule::DeclaredTwice,
        &(settings.to_owned() + &entry("\"Acme_ErpBridge::erp\"", "«\"Acme_ErpBridge::settings\"»")),
    );
    // The section may be below an entry of the module.
    passes(&(settings.replace("Magento_Backend::stores_settings", "Acme_ErpBridge::erp") + ENTRY));
}

#[test]
fn entries_have_what_the_schema_requires() {
    for key in ["title = \"Acme ERP\"\n", "resource = \"Magento_Sales::sales\"\n"] {
        finds(
            Rule::MissingKey,
            &entry(key, "").replace("\"Acme_ErpBridge::erp\"", "«\"Acme_ErpBridge::erp\"»"),
        );
    }
    finds(
        Rule::InvalidValue,
        "[[menu]]\nid = \"Magento_Backend::system\"\nchange = \"remove\"\nsort_order = «1»\n",
    );
    finds(Rule::InvalidValue, &entry("\"Acme ERP\"", "«\"A\"»"));
    finds(Rule::InvalidValue, &(ENTRY.to_owned() + "action = «\"acme erp\"»\n"));
    assert!(triggers(Rule::InvalidValue, &(ENTRY.to_owned() + "change = \"hide\"\n")));
    let old = "[target]\nmagento = \">=2.1.0 <2.2\"\n";
    assert!(!triggers(Rule::FeatureRelease, &(old.to_owned() + ENTRY)));
    assert!(triggers(Rule::FeatureRelease, &(old.to_owned() + ENTRY + "target = \"_blank\"\n")));
}
