//! The spec that is written.

use magespec::diag::Rule;

use crate::support::modules::{
    COMPOSER, INTEGRATION, MODULE, REGISTRATION, findings, finds, imported, legacy, module,
};

fn spec(files: &[(&str, &str)]) -> String {
    imported(module(files).path(), None).spec.unwrap()
}

#[test]
fn a_plain_module_makes_a_short_spec() {
    assert_eq!(
        spec(&[]),
        r#"#:schema ./integration.schema.json

[module]
name = "Acme_ErpBridge"
description = "Lets the Acme ERP read orders"
version = "1.0.0"
license = "proprietary"
require = { "magento/module-sales" = "103.0.*" }

[target]
# guessed from `php ~8.1.0||~8.2.0||~8.3.0||~8.4.0` in composer.json
magento = ">=2.4.4 <2.4.9"

[[integration]]
name = "Acme ERP"
email = "erp@acme.com"
resources = ["Magento_Sales::actions_view"]

[files]
# remove README.md from this list to get one that documents the permissions
unmanaged = ["README.md"]
"#
    );
}

#[test]
fn comments_stay_where_they_were() {
    let text = INTEGRATION.replace("    <integration", "    <!-- The bridge --><!-- of old -->\n    <integration").replace(
        "<resource name=\"Magento_Sales::actions_view\"/>",
        "<!-- orders -->\n<resource name=\"Magento_Sales::actions_view\"/> <!-- to read -->\n<!-- more to come -->",
    );
    let spec = spec(&[("etc/integration.xml", &text)]);
    let expected = r#"
# The bridge
# of old
[[integration]]
name = "Acme ERP"
email = "erp@acme.com"
resources = [
  # orders
  "Magento_Sales::actions_view", # to read
  # more to come
]
"#;
    assert!(spec.contains(expected), "{spec}");
}

#[test]
fn further_keys_of_composer_json_are_carried() {
    let more = COMPOSER.replace(
        "\"type\":",
        "\"support\": { \"email\": \"a@b.co\", \"deep\": { \"x\": [1, true] } }, \"extra\": { \"null\": null }, \"minimum-stability\": \"dev\", \"type\":",
    );
    let more = more.replace("\"files\": [", "\"classmap\": [\"lib\"], \"files\": [\"functions.php\", ");
    let told = imported(module(&[("composer.json", &more)]).path(), None);
    let spec = told.spec.unwrap();
    let table: toml::Table = spec.parse().unwrap();
    let composer = serde_json::to_value(&table["composer"]).unwrap();
    assert_eq!(
        composer,
        serde_json::json!({
            "support": { "email": "a@b.co", "deep": { "x": [1, true] } },
            "minimum-stability": "dev",
            "autoload": { "classmap": ["lib"], "files": ["functions.php"] },
        })
    );
}

#[test]
fn the_target_is_guessed_or_given() {
    let target = |files: &[(&str, &str)]| {
        let spec = spec(files);
        let line = spec.lines().find(|line| line.starts_with("magento = ")).unwrap();
        line.trim_start_matches("magento = ").trim_matches('"').to_owned()
    };
    let php = |php: &str| {
        COMPOSER
            .replace("~8.1.0||~8.2.0||~8.3.0||~8.4.0", php)
            .replace("103.0.*", "*")
            .replace("100.4.*", "*")
    };
    let old = MODULE.replace("\"Acme_ErpBridge\"", "\"Acme_ErpBridge\" setup_version=\"1.0.0\"");
    for (composer, module, expected) in [
        (php(">=5.6"), old.as_str(), ">=2.1.0 <2.4.9"),
        (php("*"), old.as_str(), ">=2.4.4 <2.4.9"),
        (php("~8.1.0"), MODULE, ">=2.4.4 <2.4.8"),
        (php("~7.1.0"), MODULE, ">=2.3.0 <2.3.7"),
        (php("nonsense"), MODULE, ">=2.4.4 <2.4.9"),
        (
            COMPOSER
                .replace("103.0.*", "^101.0")
                .replace("~8.1.0||~8.2.0||~8.3.0||~8.4.0", "*")
                .replace("100.4.*", "*"),
            old.as_str(),
            ">=2.2.0 <2.3",
        ),
    ] {
        assert_eq!(
            target(&[("composer.json", &composer), ("etc/module.xml", module)]),
            expected,
            "{composer}"
        );
    }
    let given = imported(module(&[]).path(), Some("~2.4.6 <2.4.8")).spec.unwrap();
    assert!(given.contains("[target]\nmagento = \"~2.4.6 <2.4.8\""), "{given}");
}

#[test]
fn setup_version_is_kept_if_it_is_not_derived() {
    let old = |version: &str| {
        let module = format!("\"Acme_ErpBridge\" setup_version=\"{version}\"");
        let php = COMPOSER
            .replace("~8.1.0||~8.2.0||~8.3.0||~8.4.0", ">=5.6")
            .replace("103.0.*", "*")
            .replace("100.4.*", "*");
        spec(&[("etc/module.xml", &MODULE.replace("\"Acme_ErpBridge\"", &module)), ("composer.json", &php)])
    };
    assert!(old("7.0.0").contains("setup_version = \"7.0.0\""));
    assert!(!old("1.0.0").contains("setup_version ="), "{}", old("1.0.0"));
}

#[test]
fn own_resources_are_declared_under_their_parents() {
    let acl = r#"<config><acl><resources><resource id="Magento_Backend::admin">
        <!-- the bridge -->
        <resource id="Acme_ErpBridge::erp" title="Acme ERP" sortOrder="100">
            <resource id="Acme_ErpBridge::sync" title="Sync" sortOrder="10"/>
            <resource id="Acme_ErpBridge::log" title="Log"/>
            <resource id="Acme_ErpBridge::off" title="Off" disabled="true"/>
        </resource>
    </resource></resources></acl></config>"#;
    let spec = spec(&[("etc/acl.xml", acl)]);
    let expected = r#"
# the bridge
[[acl]]
id = "Acme_ErpBridge::erp"
title = "Acme ERP"
parent = "Magento_Backend::admin"
children = [
  { id = "Acme_ErpBridge::sync", title = "Sync" },
  { id = "Acme_ErpBridge::log", title = "Log", sort_order = 0 },
]
"#;
    assert!(spec.contains(expected), "{spec}");
}

#[test]
fn a_registration_that_does_more_is_left_alone() {
    let more = format!("{REGISTRATION}require __DIR__ . '/functions.php';\n");
    assert!(
        spec(&[("registration.php", &more)]).contains("unmanaged = [\"README.md\", \"registration.php\"]")
    );
}

#[test]
fn an_integration_without_an_address_gets_that_of_composer_json_or_a_placeholder() {
    for missing in ["", "<email></email>"] {
        let text = INTEGRATION.replace("<email>erp@acme.com</email>", missing);
        let told = imported(module(&[("etc/integration.xml", &text)]).path(), None);
        assert!(findings(&told).iter().all(|(_, it)| it.rule != Rule::EmailPlaceholder));
        assert_eq!((told.placeholders, told.errors), (vec!["Acme ERP".to_owned()], Vec::new()));
        assert!(told.spec.unwrap().contains("email = \"none@example.invalid\" # a placeholder"));
        let package = COMPOSER.replace(
            "\"license\"",
            "\"authors\": [{ \"name\": \"N\", \"email\": \"bad\" }, { \"name\": \"D\", \"email\": \"dev@acme.com\" }], \"license\"",
        );
        let told =
            imported(module(&[("composer.json", &package), ("etc/integration.xml", &text)]).path(), None);
        assert!(told.placeholders.is_empty());
        assert!(told.spec.unwrap().contains("email = \"dev@acme.com\" # from `authors` in composer.json"));
    }
}

#[test]
fn the_pair_is_taken_over_and_its_script_is_not() {
    let told = imported(legacy(&[]).path(), None);
    let paths: Vec<&str> = told.taken_over.iter().map(|path| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "composer.json",
            "etc/integration/api.xml",
            "etc/integration/config.xml",
            "etc/module.xml",
            "registration.php"
        ]
    );
}

#[test]
fn what_a_spec_refuses_stays_in_composer_json_and_the_rest_is_checked() {
    let bad = COMPOSER
        .replace("\"license\": \"proprietary\"", "\"license\": [\"MIT\", \"(x;y)\"], \"keywords\": [\"a\", 5], \"authors\": [{ \"name\": \"N\", \"email\": \"bad\" }]");
    let unknown = INTEGRATION.replace("actions_view", "nope");
    let told = imported(module(&[("composer.json", &bad), ("etc/integration.xml", &unknown)]).path(), None);
    assert_eq!(finds(&told, Rule::UnknownResource).0, "etc/integration.xml");
    assert_eq!(finds(&told, Rule::WrongType).1, "5");
    let table: toml::Table = told.spec.unwrap().parse().unwrap();
    let module = table["module"].as_table().unwrap();
    let keys = ["license", "keywords", "authors"];
    assert!(!keys.iter().any(|key| module.contains_key(*key)), "{module:?}");
    assert!(keys.iter().all(|key| table["composer"].get(key).is_some()), "{table}");
}

/// The names in registration.php and module.xml must be one, and a composer.json that cannot be read is its owner's.
#[test]
fn what_magento_cannot_read_is_mended_or_left_whole() {
    let small = |text: &str| text.replace("Acme_", "acme_");
    let told = imported(
        module(&[("registration.php", &small(REGISTRATION)), ("etc/module.xml", &small(MODULE))]).path(),
        None,
    );
    let rewritten: Vec<&str> = told.rewritten.iter().map(|path| path.as_str()).collect();
    assert_eq!(rewritten, ["etc/module.xml", "registration.php"]);
    let comma = COMPOSER.replacen('{', "{,", 1);
    assert!(spec(&[("composer.json", &comma)]).contains("\"composer.json\"]"));
    let told = imported(
        module(&[("composer.json", &COMPOSER.replace("\"Lets the Acme ERP read orders\"", "\"\""))]).path(),
        None,
    );
    assert!(told.rewritten.is_empty(), "{:?}", told.rewritten);
}

#[test]
fn licence_headers_in_different_wording_come_over_once() {
    let long = "Copyright © Acme Ltd. All rights reserved. See LICENSE.txt for license details.";
    let module = MODULE.replacen("<config", &format!("<!-- {long} -->\n<config"), 1);
    let integration = INTEGRATION.replacen(
        "<config",
        "<!-- Copyright (c) 2020 Acme -->\n<!-- Read by the warehouse -->\n<config",
        1,
    );
    let spec = spec(&[("etc/module.xml", &module), ("etc/integration.xml", &integration)]);
    assert!(spec.contains(long) && spec.contains("Read by the warehouse"), "{spec}");
    assert_eq!(spec.matches("Copyright").count(), 1, "{spec}");
}
