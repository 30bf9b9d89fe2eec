use magespec::diag::{Level, Rule};

use super::{finds, passes};

const SETTING: &str = "[[setting]]\npath = \"erp/url\"\ntype = \"url\"\n";

fn section(keys: &str) -> String {
    format!("[settings]\n{keys}\n{SETTING}")
}

#[test]
fn unknown_place() {
    let own = |keys: &str| section(&format!("label = \"Acme ERP\"\n{keys}"));
    let finding = finds(Rule::UnknownPlace, &own("tab = «\"services\"»"));
    assert_eq!(finding.help.unwrap(), "did you mean \"service\"?");
    let finding = finds(Rule::UnknownPlace, &own("menu = «\"Magento_Backend::store_settings\"»"));
    assert!(finding.help.unwrap().contains("\"Magento_Backend::stores_settings\""));
    let finding = finds(Rule::UnknownPlace, &own("groups = { «erpp» = \"ERP\" }"));
    assert_eq!(finding.help.unwrap(), "did you mean `erp`?");
    finds(Rule::UnknownPlace, &section("section = «\"saless\"»"));
    let finding = finds(Rule::UnknownPlace, &section("section = «\"zz9_plural\"»"));
    assert_eq!(finding.level, Level::Warning, "another module may bring it");
    passes(&own(
        "tab = \"service\"\nmenu = \"Magento_Backend::stores_settings\"\ngroups = { erp = \"ERP\" }",
    ));
    passes(&section("section = \"sales\""));
}

#[test]
fn setting_taken() {
    let finding = finds(Rule::SettingTaken, &section("label = \"Acme ERP\"\nsection = «\"sales\"»"));
    assert!(finding.message.contains("`sales`"));
    let finding = finds(
        Rule::SettingTaken,
        "[settings]\nsection = \"sales\"\n[[setting]]\npath = «\"general/hide_customer_ip\"»\ntype = \"yesno\"\n",
    );
    assert!(finding.help.unwrap().contains("\"acme/hide_customer_ip\""));
    passes(&section("label = \"Acme ERP\"\nsection = \"acme_erp\""));
    passes("[settings]\nsection = \"sales\"\n[[setting]]\npath = \"general/acme\"\ntype = \"yesno\"\n");
}
