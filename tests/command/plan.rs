use std::{fs, path::Path};

use serde_json::Value;

use super::{magespec, project};
use crate::support::plan::{actions, built, changed, json, plan, spec, write};

#[test]
fn a_module_that_is_not_there_yet_is_created() {
    let dir = project();
    write(dir.path(), &spec());
    assert_eq!(actions(dir.path(), &[]), ["Acme Shop: create", "Acme Warehouse: create"]);
    let document = json(dir.path(), &[]);
    let commands: Vec<&Value> =
        document["steps"].as_array().unwrap().iter().map(|step| &step["command"]).collect();
    assert_eq!(
        commands,
        [
            "maintenance:enable",
            "module:enable Acme_Orders",
            "setup:upgrade",
            "setup:di:compile",
            "cache:flush",
            "maintenance:disable"
        ]
    );
    let modes = document["steps"].as_array().unwrap().iter().map(|step| step["mode"].clone());
    let production = Value::from("production");
    let (all, only) = (Value::Null, &production);
    assert_eq!(
        modes.collect::<Vec<_>>(),
        [only.clone(), all.clone(), all.clone(), only.clone(), all, only.clone()]
    );
    assert_eq!(plan(dir.path(), &[]).status, 0);
    assert_eq!(plan(dir.path(), &["--exit-code"]).status, 2);
    let human = plan(dir.path(), &[]).stdout;
    assert!(human.ends_with("Plan: 2 to create.\n"), "{human}");
    let note = "The files on disk are assumed to be installed";
    assert!(!human.contains(note), "{human}");
    assert!(plan(built(&spec()).path(), &[]).stdout.contains(note));
}

/// Its PHP may have created the integration that the spec declares.
#[test]
fn a_module_whose_php_creates_integrations_promises_nothing() {
    let dir = project();
    write(dir.path(), &spec());
    let old = dir.path().join("old");
    fs::create_dir_all(old.join("etc")).unwrap();
    fs::create_dir_all(old.join("Setup")).unwrap();
    fs::write(old.join("etc/module.xml"), "<config><module name=\"Acme_Orders\"/></config>").unwrap();
    let code = "<?php\n$this->manager->processConfigBasedIntegrations($all);\n";
    fs::write(old.join("Setup/InstallData.php"), code).unwrap();
    let unknown = ["Acme Shop: unknown", "Acme Warehouse: unknown"];
    assert_eq!(actions(dir.path(), &["--from", "old"]), unknown);
    let document = json(dir.path(), &["--from", "old"]);
    let place = &document["integrations"][0]["reasons"][0]["before"];
    assert_eq!(place, "Setup/InstallData.php:2 creates integrations itself");
    fs::create_dir(dir.path().join("Setup")).unwrap();
    fs::rename(old.join("Setup/InstallData.php"), dir.path().join("Setup/InstallData.php")).unwrap();
    fs::remove_dir_all(old).unwrap();
    assert_eq!(actions(dir.path(), &[]), unknown);
    assert_eq!(actions(dir.path(), &["--upgrade", "2.4.6", "2.4.7"]), unknown);
}

#[test]
fn what_is_built_is_kept() {
    let dir = built(&spec());
    let ran = plan(dir.path(), &["--exit-code"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    assert!(ran.stdout.ends_with("Plan: 2 to keep.\n") && !ran.stdout.contains("To apply"), "{}", ran.stdout);
    // Order, an entry listed twice, an ancestor that is granted anyway.
    let resources =
        "\"Magento_Customer::customer\", \"Magento_Customer::manage\", \"Magento_Customer::manage\"";
    write(dir.path(), &spec().replace("\"Magento_Customer::manage\"", resources));
    let ran = plan(dir.path(), &["--exit-code"]);
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    assert!(!ran.stdout.contains("bin/magento setup:upgrade"), "nothing would come of it: {}", ran.stdout);
}

#[test]
fn people_read_what_forces_a_reset_and_what_to_do() {
    let dir = built(&spec());
    write(dir.path(), &changed());
    let ran = plan(dir.path(), &[]);
    assert_eq!(ran.status, 0);
    insta::assert_snapshot!("human", ran.stdout);
    insta::assert_snapshot!("findings", ran.stderr);
    insta::assert_snapshot!("markdown", plan(dir.path(), &["--format", "markdown"]).stdout);
    let coloured = magespec(dir.path(), &["--color", "always", "plan"]).stdout;
    assert!(coloured.contains("\u{1b}[31m-/+"), "{coloured}");
}

#[test]
fn json_has_exactly_what_it_promises() {
    let dir = built(&spec());
    write(dir.path(), &changed());
    let document = json(dir.path(), &[]);
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&document), ["version", "integrations", "breaks", "missing", "steps", "notes"]);
    assert_eq!(
        actions(dir.path(), &[]),
        ["Acme Depot: create", "Acme Shop: reset", "Acme Warehouse: orphan"]
    );
    let shop = &document["integrations"][1];
    assert_eq!(
        keys(shop),
        ["name", "module", "not_verified", "action", "actions", "reasons", "permissions", "routes"]
    );
    let reason = &shop["reasons"][0];
    assert_eq!(keys(reason), ["code", "attribute", "before", "after", "releases", "message", "remedy"]);
    let of = |key: &str| reason[key].as_str().unwrap();
    assert_eq!((of("code"), of("attribute")), ("attribute-changed", "email"));
    assert_eq!((of("before"), of("after")), ("shop@acme.com", "it@acme.com"));
    assert_eq!(reason["releases"], serde_json::json!(["2.4.6..2.4.6-p11"]));
    assert!(of("remedy").contains("re-authorise") && of("remedy").contains("--keep-credentials"));
    for delta in [&shop["permissions"], &shop["routes"]] {
        assert_eq!(keys(delta), ["gained", "lost"]);
    }
    let gained = shop["permissions"]["gained"].as_array().unwrap().iter();
    let gained: Vec<&str> = gained.map(|it| it["id"].as_str().unwrap()).collect();
    assert_eq!(
        gained,
        ["Magento_Backend::content", "Magento_Backend::content_elements", "Magento_Cms::page"]
    );
    assert_eq!(keys(&shop["routes"]["gained"][0]), ["method", "path", "releases"]);
    assert_eq!(keys(&document["steps"][0]), ["module", "command", "files", "message", "mode"]);
    let upgrade = &document["steps"][1];
    assert_eq!(upgrade["files"], serde_json::json!(["etc/integration.xml", "etc/module.xml"]));
    let message = "applies it to the database; in production mode, add --keep-generated";
    assert_eq!(upgrade["message"], message);
}

#[test]
fn a_removed_url_is_ignored_and_a_case_stops() {
    let dir = built(&spec());
    let without = spec().replace("endpoint_url = \"https://shop.acme.com/token\"\n", "");
    write(dir.path(), &without);
    assert_eq!(actions(dir.path(), &[]), ["Acme Shop: ignored", "Acme Warehouse: keep"]);
    assert_eq!(plan(dir.path(), &["--exit-code"]).status, 2);
    write(dir.path(), &spec().replace("Acme Shop", "ACME shop"));
    let ran = plan(dir.path(), &[]);
    assert!(ran.stdout.contains("  x integration \"ACME shop\""), "{}", ran.stdout);
    assert!(ran.stdout.contains("To do: keep the old spelling"), "{}", ran.stdout);
    assert!(ran.stdout.contains("Plan: 1 to stop setup:upgrade, "), "{}", ran.stdout);
    assert!(!ran.stdout.contains("To apply the plan, run:"), "{}", ran.stdout);
    assert_eq!(ran.status, 1);
    let place = "error[upgrade-stops]: setup:upgrade stops at `ACME shop`\n  --> integration.toml:";
    assert!(ran.stderr.contains(place), "{}", ran.stderr);
}

#[test]
fn files_that_do_not_parse_are_an_error_and_no_guess() {
    let dir = built(&spec());
    fs::write(dir.path().join("etc/integration.xml"), "<config><integration name=\"A\">").unwrap();
    let ran = plan(dir.path(), &[]);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    assert!(
        ran.stderr.contains("error[xml-unreadable]") && ran.stderr.contains("etc/integration.xml:1:"),
        "{}",
        ran.stderr
    );
}

#[test]
fn the_older_state_can_be_a_spec_or_a_module() {
    let old = built(&spec());
    let dir = project();
    write(dir.path(), &changed());
    let expected = ["Acme Depot: create", "Acme Shop: reset", "Acme Warehouse: orphan"];
    let [module, spec] =
        ["", "integration.toml"].map(|path| old.path().join(path).to_str().unwrap().to_owned());
    assert_eq!(actions(dir.path(), &["--from", &module]), expected);
    assert_eq!(actions(dir.path(), &["--from", &spec]), expected);
    let missing = plan(dir.path(), &["--from", "nowhere.toml"]);
    assert!(missing.status == 1 && missing.stderr.contains("cannot read nowhere.toml"), "{}", missing.stderr);
    fs::create_dir(dir.path().join("empty")).unwrap();
    let empty = plan(dir.path(), &["--from", "empty"]);
    assert!(empty.status == 1 && empty.stderr.contains("empty"), "{}", empty.stderr);
    fs::write(dir.path().join("broken.toml"), "[module]\nname = 1\n").unwrap();
    let broken = plan(dir.path(), &["--from", "broken.toml"]);
    assert!(broken.status == 1 && broken.stderr.contains("broken.toml:2:8"), "{}", broken.stderr);
    fs::copy(dir.path().join("integration.toml"), dir.path().join("other.toml")).unwrap();
    for module in ["Aa", "Bb"] {
        let place = dir.path().join("old").join(module);
        fs::create_dir_all(place.join("etc")).unwrap();
        fs::write(place.join("registration.php"), "<?php\n").unwrap();
        let declared = format!("<config><module name=\"Acme_{module}\"/></config>");
        fs::write(place.join("etc/module.xml"), declared).unwrap();
        fs::write(place.join("etc/integration.xml"), "<config/>").unwrap();
    }
    let modules = plan(dir.path(), &["--from", "old"]);
    assert_eq!(modules.stderr, "error: found several modules in old; name one:\n  old/Aa\n  old/Bb\n");
    let several = plan(dir.path(), &["integration.toml", &spec, "--from", "other.toml"]);
    assert!(several.status == 1 && several.stderr.contains("name one"), "{}", several.stderr);
}

#[test]
fn an_upgrade_of_magento_is_foreseen() {
    let dir = project();
    write(dir.path(), &spec().replace("Magento_Customer::manage", "Magento_Sales::create"));
    let human = plan(dir.path(), &["--upgrade", "2.4.7-p3", "2.4.7-p4"]).stdout;
    assert!(human.contains("Acme_Orders in 2.4.7-p4, after an upgrade from 2.4.7-p3"), "{human}");
    assert!(
        human.contains("- route POST /V1/orders\n") && human.contains("# Magento itself changed"),
        "{human}"
    );
    assert!(human.contains(" will be kept, with fewer routes: "), "{human}");
    assert!(human.contains("(1 with fewer routes)."), "{human}");
    let moved = spec().replace("Magento_Customer::manage", "Magento_Paypal::paypal");
    write(dir.path(), &moved);
    assert_eq!(
        actions(dir.path(), &["--upgrade", "2.4.7", "2.4.8"]),
        ["Acme Shop: reset", "Acme Warehouse: keep"]
    );
    for (from, to) in [("2.4.8", "2.4.7"), ("2.4.7", "2.4.7")] {
        let ran = plan(dir.path(), &["--upgrade", from, to]);
        assert_eq!(ran.status, 1);
        assert!(ran.stderr.contains(&format!("{to} is not newer than {from}: ")), "{}", ran.stderr);
    }
    let beyond = plan(dir.path(), &["--upgrade", "2.4.7", "2.4.8"]);
    assert_eq!(beyond.status, 0);
    assert!(
        beyond.stderr.contains("warning: 2.4.8 is not in the target of Acme_Orders: "),
        "{}",
        beyond.stderr
    );
    let unknown = ["--upgrade", "2.4.7-p11", "2.9.0"];
    let planned = plan(dir.path(), &unknown);
    let document = json(dir.path(), &unknown);
    let markdown = plan(dir.path(), &[&unknown[..], &["--format", "markdown"]].concat()).stdout;
    let notes =
        ["2.4.7-p11 is not in the catalog; using 2.4.7-p10", "2.9.0 is not in the catalog; using 2.4.9"];
    for (at, note) in notes.iter().enumerate() {
        assert!(
            planned.status == 0 && planned.stderr.contains(&format!("note: {note}\n")),
            "{}",
            planned.stderr
        );
        assert!(markdown.contains(&format!("\n{}.\n", note.replacen('.', "\\.", 1))), "{markdown}");
        assert_eq!(document["notes"][at], serde_json::json!({ "module": "Acme_Orders", "message": note }));
    }
}

#[test]
fn releases_that_always_reset_are_reported_once() {
    let faulty = spec().replace(">=2.4.6 <2.4.6-p12", ">=2.2.6 <2.2.10");
    let faulty = faulty.replace("Magento_Sales::actions_view", "Magento_Sales::ship");
    let dir = built(&faulty);
    let human = plan(dir.path(), &[]).stdout;
    assert_eq!(human.matches("every setup:upgrade resets").count(), 1, "{human}");
    let lines = "  # Acme Shop will be reset in 2.2.6..2.2.7: Magento deletes its row and creates a new one; its key, secret and \
                 tokens are lost\n  # Acme Shop will be kept in 2.2.8..2.2.9: its status, key, secret and tokens do not change\n";
    assert!(human.contains(lines), "{human}");
    assert!(human.ends_with("Plan: 2 to reset because of a Magento bug.\n"), "{human}");
    let reset = plan(dir.path(), &["--format", "markdown"]);
    assert!(!reset.stderr.contains("warning[reset]"), "the spec does not cause it: {}", reset.stderr);
}

#[test]
fn risks_can_be_denied_and_allowed() {
    let dir = built(&spec());
    for (rules, status, told) in [
        ("reset = \"deny\"", 1, "error[reset]"),
        ("orphan = \"deny\"", 1, "error[orphan]"),
        ("permissions-grow = \"deny\"", 1, "error[permissions-grow]"),
        ("permissions-grow = \"warn\"", 0, "warning[permissions-grow]"),
        ("reset = \"allow\"\norphan = \"allow\"", 0, ""),
    ] {
        write(dir.path(), &format!("{}\n[rules]\n{rules}\n", changed()));
        let ran = plan(dir.path(), &[]);
        assert_eq!(ran.status, status, "{rules}: {}", ran.stderr);
        assert!(
            ran.stderr.contains(told) && ran.stderr.is_empty() == told.is_empty(),
            "{rules}: {}",
            ran.stderr
        );
        assert!(ran.stdout.contains("-/+ integration \"Acme Shop\""), "the plan is shown all the same");
    }
}

#[test]
fn the_pair_is_updated_in_place() {
    let legacy = spec().replace("version = \"1.0.0\"", "version = \"1.0.0\"\nformat = \"legacy\"");
    let dir = built(&legacy);
    assert_eq!(actions(dir.path(), &[]), ["Acme Shop: keep", "Acme Warehouse: keep"]);
    write(dir.path(), &legacy.replace("shop@acme.com", "it@acme.com"));
    let ran = plan(dir.path(), &[]);
    assert!(
        ran.stdout.contains("  ~ integration \"Acme Shop\"") && !ran.stdout.contains("To do:"),
        "{}",
        ran.stdout
    );
    assert!(ran.stdout.contains("bin/magento setup:di:compile"), "the data patch is PHP: {}", ran.stdout);
}

#[test]
fn a_file_of_the_users_own_is_not_what_is_planned() {
    let dir = built(&spec());
    write(dir.path(), &format!("{}\n[files]\nunmanaged = [\"etc/integration.xml\"]\n", spec()));
    let ran = plan(dir.path(), &[]);
    assert!(ran.stderr.contains("etc/integration.xml is unmanaged"), "{}", ran.stderr);
}

#[test]
fn examples_are_kept_as_they_are() {
    let document = json(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"), &["."]);
    let integrations = document["integrations"].as_array().unwrap();
    assert!(integrations.len() > 5);
    for integration in integrations {
        // One of them is for releases that always reset.
        let reasons = integration["reasons"].as_array().unwrap();
        assert!(reasons.iter().all(|reason| reason["code"] == "always-resets"), "{integration:#}");
    }
    assert_eq!(document["steps"], serde_json::json!([]));
}
