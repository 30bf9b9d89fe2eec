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
    let in_group = |id: &str, group: &str| {
        let setting = format!("[[setting]]\npath = \"{id}/acme\"\ntype = \"yesno\"\n");
        format!("[settings]\nsection = \"sales\"\ngroups = {{ {group} = \"Acme\" }}\n{setting}")
    };
    finds(Rule::SettingTaken, &in_group("general", "«general»"));
    passes(&in_group("acme_erp", "acme_erp"));
    passes(&section("label = \"Acme ERP\"\nsection = \"acme_erp\""));
    passes("[settings]\nsection = \"sales\"\n[[setting]]\npath = \"general/acme\"\ntype = \"yesno\"\n");
}

#[test]
fn the_resource_of_the_settings_is_there() {
    let of = |resource: &str| section(&format!("label = \"Acme ERP\"\nresource = {resource}"));
    finds(Rule::UnknownResource, &of("«\"Magento_Sales::no_such\"»"));
    finds(Rule::UnknownResource, &of("«\"Acme_ErpBridge::erp\"»"));
    finds(Rule::UnverifiableResource, &of("«\"Other_Module::erp\"»"));
    passes(&of("\"Magento_Sales::sales\""));
    let own = "[[acl]]\nid = \"Acme_ErpBridge::erp\"\ntitle = \"ERP\"\nparent = \"Magento_Config::config\"\n";
    passes(&(of("\"Acme_ErpBridge::erp\"") + own));
}
