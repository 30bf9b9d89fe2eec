//! Settings of a module, imported with their defaults and their menu entry.

use std::fs;

use magespec::diag::Rule;

use super::{built, magespec, spec_of};
use crate::support::{
    base::base,
    modules::{findings, imported},
};

const SETTINGS: &str = r#"
[[acl]]
id = "Acme_ErpBridge::config"
title = "Acme ERP"
parent = "Magento_Config::config"

[settings]
label = "Acme ERP"
tab = "sales"
sort_order = 30
resource = "Acme_ErpBridge::config"
menu = "Magento_Backend::stores_settings"
groups = { connection = "The connection", other = "Other" }

[[setting]]
path = "connection/enabled"
type = "yesno"
default = false
scope = "store"

[[setting]]
path = "connection/base_url"
type = "url"
comment = "Without a slash at the end."
default = "https://erp.acme.com"
required = true
depends = { "connection/enabled" = true }

[[setting]]
path = "connection/key"
type = "secret"

[[setting]]
path = "connection/stage"
type = "select"
options = { sandbox = "Sandbox", production = "Production" }
default = "sandbox"
depends = { "connection/enabled" = true, "other/name" = "x" }

[[setting]]
path = "connection/retries"
type = "number"
min = -5
max = 60
default = 10
required = false
scope = "global"

[[setting]]
path = "connection/days"
type = "multiselect"
options = { mo = "Monday", tu = "Tuesday" }
default = ["mo", "tu"]

[[setting]]
path = "other/contact"
type = "email"
default = "it@acme.com"

[[setting]]
path = "other/name"
type = "text"

[[setting]]
path = "other/note"
type = "textarea"
"#;

#[test]
fn settings_come_back_with_all_that_is_said_of_them() {
    let dir = built(&(base() + SETTINGS));
    let told = imported(dir.path(), Some(">=2.4.4 <2.4.9"));
    let refused: Vec<_> = findings(&told).into_iter().filter(|(_, it)| it.rule == Rule::NotCarried).collect();
    assert!(refused.is_empty(), "{refused:#?}");
    let spec = told.spec.unwrap();
    let (_, tables) = spec.split_once("\n[settings]\n").unwrap();
    insta::assert_snapshot!(format!("[settings]\n{tables}"));
    let read = |path: &str| fs::read_to_string(dir.path().join(path)).unwrap();
    let before = ["etc/adminhtml/system.xml", "etc/config.xml", "etc/adminhtml/menu.xml", "Model/Config.php"]
        .map(read);
    magespec(dir.path(), &["import", "--in-place", "--target", ">=2.4.4 <2.4.9"]);
    magespec(dir.path(), &["build"]);
    let after = ["etc/adminhtml/system.xml", "etc/config.xml", "etc/adminhtml/menu.xml", "Model/Config.php"]
        .map(read);
    assert_eq!(before, after);
}

#[test]
fn unsupported_settings_stay_with_their_defaults() {
    for (path, from, to, message) in [
        ("etc/adminhtml/system.xml", "type=\"textarea\"", "type=\"file\"", "fields of type `file`"),
        ("etc/adminhtml/system.xml", "validate-email", "validate-emails", "cannot express <validate>"),
        ("etc/adminhtml/system.xml", r"Source\Yesno", r"Source\Enabledisable", "has no options"),
        (
            "etc/adminhtml/system.xml",
            "<tab>sales</tab>",
            "<tab>sales</tab><class>separator-top</class>",
            "cannot express <class>",
        ),
        (
            "etc/adminhtml/system.xml",
            "</section>",
            "</section><section id=\"second\"/>",
            "more than one section",
        ),
        (
            "etc/adminhtml/system.xml",
            "showInDefault=\"1\" showInWebsite=\"1\" showInStore=\"0\" canRestore",
            "showInDefault=\"0\" showInWebsite=\"1\" showInStore=\"0\" canRestore",
            "`showInDefault`",
        ),
        (
            "etc/config.xml",
            "</default>",
            "</default><websites><base/></websites>",
            "cannot express <websites>",
        ),
        (
            "etc/config.xml",
            "<enabled>0</enabled>",
            "<enabled>0</enabled><hidden>1</hidden>",
            "cannot express <hidden>",
        ),
    ] {
        let dir = built(&(base() + SETTINGS));
        let text = fs::read_to_string(dir.path().join(path)).unwrap();
        assert!(text.contains(from), "{from}: {text}");
        fs::write(dir.path().join(path), text.replacen(from, to, 1)).unwrap();
        let told = imported(dir.path(), Some(">=2.4.4 <2.4.9"));
        let all = findings(&told);
        let refused: Vec<&str> = all
            .iter()
            .filter(|(_, it)| it.rule == Rule::NotCarried)
            .map(|(_, it)| it.message.as_str())
            .collect();
        assert!(
            refused
                .iter()
                .any(|it| it.starts_with("etc/adminhtml/system.xml is not imported") && it.contains(message)),
            "{message}: {refused:#?}"
        );
        // The entry that leads to the section does not need it.
        assert_eq!(refused.len(), 1, "{refused:#?}");
        let spec = told.spec.unwrap();
        assert!(!spec.contains("[settings]") && spec.contains("[[menu]]"));
    }
}

#[test]
fn places_are_an_order_and_boxes_show_what_is_in_them() {
    let dir = built(&(base() + SETTINGS));
    let path = dir.path().join("etc/adminhtml/system.xml");
    let text = fs::read_to_string(&path).unwrap();
    let text = text.replace("sortOrder=\"20\"", "sortOrder=\"27\"").replace(" canRestore=\"1\"", "");
    fs::write(&path, text.replace("<attribute type=\"expanded\">1</attribute>", "")).unwrap();
    assert!(spec_of(dir.path()).contains("[settings]"));
}
