//! The plan against the database of a shop.

use serde_json::Value;

use super::{Project, SHOP, SPEC};
use crate::need::trials;

trials! {
    SHOP =>
        what_is_predicted_happens,
        a_manual_integration_is_taken_over,
        what_other_modules_declare_is_no_orphan,
        a_way_needs_a_shop,
        what_was_an_orphan_before_is_a_note,
        an_orphan_is_removed_by_its_ids,
        what_is_to_be_run_is_what_install_runs,
        what_setup_upgrade_does_not_apply_asks_for_none,
        a_plugin_that_the_compiled_code_lacks_is_compiled_first,
        what_several_modules_declare_is_united,
        unchanged_integrations_of_others_are_one_line,
        a_reset_lists_the_url_that_it_deletes,
        names_are_what_the_database_says,
        a_table_of_three_bytes;
}

fn action(project: &Project, name: &str) -> Option<String> {
    let ran = project.run(&["plan", "--live", "shop", "--format", "json"]);
    let json: Value = serde_json::from_str(&ran.stdout).unwrap();
    let all =
        json["integrations"].as_array().or_else(|| json["plans"][0]["integrations"].as_array()).unwrap();
    all.iter().find(|it| it["name"] == name).map(|it| it["action"].as_str().unwrap().to_owned())
}

/// Each prediction is what a `setup:upgrade` then does.
fn what_is_predicted_happens() {
    let project = Project::active();
    assert_eq!(action(&project, "Acme Warehouse").as_deref(), Some("keep"));
    for (from, to, name, predicted, then) in [
        ("\"warehouse@acme.com\"", "\"w@acme.com\"", "Acme Warehouse", "reset", 2),
        ("actions_view\"", "actions_view\", \"Magento_Sales::actions\"", "Acme Warehouse", "keep", 1),
        ("actions_view\"", "ship\"", "Acme Warehouse", "reset", 2),
        ("\"Acme Warehouse\"", "\"Acme Store\"", "Acme Store", "create", 0),
    ] {
        project.activate("Acme Warehouse");
        let spec = project.read("integration.toml").replace(from, to);
        project.spec(&spec);
        assert_eq!(action(&project, name).as_deref(), Some(predicted), "{to}");
        project.run(&["install", "--magento", "shop", "--yes", "--yes-reset"]);
        let statement = format!("SELECT status FROM m2_integration WHERE name = '{name}'");
        assert_eq!(project.sql(&statement)[0]["status"], then, "{to}");
    }
}

fn a_manual_integration_is_taken_over() {
    let project = Project::new();
    project.sql("INSERT INTO m2_integration (name, email, status, setup_type) VALUES ('Acme Warehouse', 'x@y.z', 1, 0)");
    assert_eq!(action(&project, "Acme Warehouse").as_deref(), Some("reset"));
    project.sql("UPDATE m2_integration SET setup_type = 2");
    let ran = project.run(&["plan", "--live", "shop"]);
    let line =
        "setup_type = \"other\" -> \"config\": PHP set setup_type of the row to 2: the module takes it over";
    assert!(ran.stdout.contains(line), "{}{}", ran.stdout, ran.stderr);
}

fn what_other_modules_declare_is_no_orphan() {
    let project = Project::active();
    let other = "<config><integration name=\"Other\"><email>o@o.oo</email></integration></config>";
    project.write("shop/app/code/Magento/Sales/etc/integration.xml", other);
    assert_eq!(action(&project, "Other").as_deref(), Some("create"));
    project.upgrade();
    assert_eq!(action(&project, "Other").as_deref(), Some("keep"));
    project.spec(&SPEC.replace("Acme Warehouse", "Acme Store"));
    assert_eq!(action(&project, "Other").as_deref(), Some("keep"));
    assert_eq!(action(&project, "Acme Warehouse").as_deref(), Some("orphan"));
}

fn a_way_needs_a_shop() {
    let project = Project::new();
    let ran = project.run(&["plan", "--php", "php8.2"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("--php and --timeout need a running shop; add --live ROOT"));
}

/// Its address is that of the new integration, and it is somebody else's all the same.
fn what_was_an_orphan_before_is_a_note() {
    let project = Project::active();
    project.sql("INSERT INTO m2_integration (name, email, status, setup_type) VALUES ('Old Shop', 'store@acme.com', 1, 1)");
    let store = "\n[[integration]]\nname = \"Acme Store\"\nemail = \"store@acme.com\"\nresources = [\"Magento_Sales::ship\"]\n";
    project.spec(&SPEC.replace("\n[rules]", &format!("{store}\n[rules]\norphan = \"deny\"")));
    assert_eq!(action(&project, "Old Shop"), None);
    assert_eq!(action(&project, "Acme Store").as_deref(), Some("create"));
    let ran = project.run(&["plan", "--live", "shop"]);
    assert!(
        ran.stderr.contains("note: `Old Shop` was already orphaned and stays as it is; "),
        "{}",
        ran.stderr
    );
    let ran = project.run(&["install", "--magento", "shop", "--yes"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stderr.contains("note: `Old Shop` was already orphaned"), "{}", ran.stderr);
}

fn an_orphan_is_removed_by_its_ids() {
    let project = Project::active();
    project.spec(&SPEC.replace("Acme Warehouse", "Acme Store"));
    let ran = project.run(&["plan", "--live", "shop"]);
    let statements = "DELETE FROM m2_oauth_consumer WHERE entity_id=1; DELETE FROM m2_authorization_role WHERE user_type='1' AND \
                      user_id=1";
    assert!(ran.stdout.contains(statements), "{}", ran.stdout);
    let ran = project.run(&["plan", "--live", "shop", "--format", "json"]);
    let json: Value = serde_json::from_str(&ran.stdout).unwrap();
    let all = json["integrations"].as_array().unwrap();
    let reason = &all.iter().find(|it| it["action"] == "orphan").unwrap()["reasons"][0];
    assert_eq!((&reason["before"], &reason["after"]), (&"Acme Warehouse".into(), &"Acme Store".into()));
}

/// The commands are those that `install` runs, in the mode of the shop.
fn what_is_to_be_run_is_what_install_runs() {
    let project = Project::new();
    project.write("shop/app/etc/env.php", "<?php\nreturn array('MAGE_MODE' => 'production');\n");
    let planned = |project: &Project| {
        let ran = project.run(&["plan", "--live", "shop", "--format", "json"]);
        let json: Value = serde_json::from_str(&ran.stdout).unwrap();
        let steps = json["steps"].as_array().unwrap().iter();
        steps.map(|step| step["command"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let foreseen = planned(&project);
    assert_eq!(foreseen[0], "maintenance:enable");
    project.run(&["install", "--magento", "shop", "--yes"]);
    assert_eq!(foreseen, project.commands());
    assert_eq!(planned(&project), Vec::<String>::new());
    project.sql("UPDATE m2_integration SET email = 'other@acme.com'");
    assert!(
        planned(&project).contains(&"setup:upgrade --keep-generated".to_owned()),
        "the database is behind"
    );
}

/// The files are in place, and the code was compiled before: `--keep-generated` would leave the plugin out.
fn a_plugin_that_the_compiled_code_lacks_is_compiled_first() {
    let project = Project::active();
    project.write("shop/app/etc/env.php", "<?php\nreturn array('MAGE_MODE' => 'production');\n");
    let kept = SPEC.replace("resources =", "keep_credentials = true\nresources =");
    project.spec(&kept.replace("warehouse@", "w@"));
    assert_eq!(project.run(&["build", "--magento", "shop", "--out", "shop/app/code/Acme/Orders"]).status, 0);
    let planned = || project.run(&["plan", "--live", "shop"]).stdout;
    let note = "`setup:di:compile` with the new files first";
    assert!(planned().contains("magento setup:upgrade --keep-generated") && !planned().contains(note));
    let compiled = |arguments: &str| {
        let class = r#""Acme\\Orders\\Plugin\\ProcessIntegrations""#;
        project.write("shop/var/compiled.json", &format!("{{{class}: {arguments}}}"));
        planned()
    };
    let changed = |file: &str| format!("a plugin, and {file} changed since the code was compiled");
    for (arguments, file) in [
        ("null", "Plugin/ProcessIntegrations.php"),
        (r#"{ "integrations": { "_v_": [] }, "retired": { "_vn_": true } }"#, "etc/di.xml"),
    ] {
        let plan = compiled(arguments);
        assert!(plan.contains(&changed(file)) && plan.contains(note), "{plan}");
        assert!(
            !plan.contains("magento setup:upgrade --keep-generated") && plan.contains("setup:di:compile"),
            "{plan}"
        );
    }
    let plan = compiled(r#"{ "integrations": { "_v_": [{ "name": "Acme Warehouse", "keep": "always" }] } }"#);
    assert!(plan.contains("magento setup:upgrade --keep-generated") && !plan.contains(note), "{plan}");
}

fn what_setup_upgrade_does_not_apply_asks_for_none() {
    let project = Project::new();
    let with_url = SPEC.replace("resources =", "endpoint_url = \"https://acme.com/t\"\nresources =");
    project.spec(&with_url);
    project.run(&["install", "--magento", "shop", "--yes"]);
    project.spec(SPEC);
    let ran = project.run(&["plan", "--live", "shop"]);
    assert!(
        ran.stdout.contains("To remove it now, set `integration.endpoint` to NULL by hand."),
        "{}",
        ran.stdout
    );
    assert!(!ran.stdout.contains("To apply the plan"), "{}", ran.stdout);
    project.write("shop/var/commands", "");
    project.run(&["install", "--magento", "shop", "--yes"]);
    assert_eq!(project.commands(), Vec::<String>::new());
}

/// The collation of the stand-in takes `Zero` for `0`, which no other does.
fn names_are_what_the_database_says() {
    let project = Project::active();
    project.spec(&SPEC.replace("Acme Warehouse", "Acme 0"));
    project.sql("UPDATE m2_integration SET name = 'Acme Zero'");
    assert_eq!(action(&project, "Acme 0").as_deref(), Some("abort"));
    let ran = project.run(&["status", "--magento", "shop"]);
    assert!(
        ran.stdout.contains("the database treats the name as equal to the existing `Acme Zero`"),
        "{}",
        ran.stdout
    );
}

/// The shop's own columns take precedence over those of its release.
fn a_table_of_three_bytes() {
    let project = Project::active();
    let other = "<config><integration name=\"Other 😀\"><email>o@o.oo</email></integration></config>";
    project.write("shop/app/code/Magento/Sales/etc/integration.xml", other);
    assert_eq!(action(&project, "Other 😀").as_deref(), Some("create"));
    project.write("shop/var/charset", "utf8");
    assert_eq!(action(&project, "Other 😀").as_deref(), Some("abort"));
}

/// Another module that is loaded later adds a resource and gives another address.
fn what_several_modules_declare_is_united() {
    let project = Project::active();
    let declare = |email: &str| {
        let text = format!(
            "<config><integration name=\"Acme Warehouse\">{email}<resources><resource name=\"Magento_Sales::ship\"/>\
             <resource name=\"Magento_Sales::no_such\"/></resources></integration></config>"
        );
        project.write("shop/app/code/Magento/Sales/etc/integration.xml", &text);
    };
    for email in ["", "<email>sales@acme.com</email>"] {
        declare(email);
        assert_eq!(action(&project, "Acme Warehouse").as_deref(), Some("reset"), "{email}");
        project.upgrade();
        project.activate("Acme Warehouse");
        assert_eq!(action(&project, "Acme Warehouse").as_deref(), Some("keep"), "{email}");
        let ran = project.run(&["status", "--magento", "shop"]);
        assert!(ran.stdout.ends_with("\nAcme Warehouse: in step, active\n"), "{email} {}", ran.stdout);
    }
    // Without this module's part it is the other's alone.
    project.spec(&SPEC.replace("Acme Warehouse", "Acme Store"));
    let ran = project.run(&["plan", "--live", "shop", "--format", "json"]);
    let json: Value = serde_json::from_str(&ran.stdout).unwrap();
    let all = json["integrations"].as_array().unwrap();
    let shared = all.iter().find(|it| it["name"] == "Acme Warehouse").unwrap();
    assert_eq!(
        (&shared["action"], &shared["reasons"][0]["code"]),
        (&"reset".into(), &"resource-lost".into())
    );
}

fn unchanged_integrations_of_others_are_one_line() {
    let project = Project::active();
    let others = ["Other", "Third"]
        .map(|name| format!("<integration name=\"{name}\"><email>o@o.oo</email></integration>"));
    let text = format!("<config>{}</config>", others.concat());
    project.write("shop/app/code/Magento/Sales/etc/integration.xml", &text);
    project.upgrade();
    let ran = project.run(&["plan", "--live", "shop"]);
    let line = "\n  = 2 integrations of other modules kept: Other, Third\n";
    assert!(ran.stdout.contains(line) && !ran.stdout.contains("\"Other\""), "{}", ran.stdout);
    assert!(ran.stdout.ends_with("Plan: 3 to keep.\n"), "{}", ran.stdout);
    project.sql("UPDATE m2_integration SET email = 'x@o.oo' WHERE name = 'Third'");
    let ran = project.run(&["plan", "--live", "shop"]);
    assert!(ran.stdout.contains("1 integration of other modules kept: Other\n"), "{}", ran.stdout);
    assert!(ran.stdout.contains("-/+ integration \"Third\""), "{}", ran.stdout);
}

/// A URL that was removed before is still in the row until something else resets it.
fn a_reset_lists_the_url_that_it_deletes() {
    let project = Project::active();
    project.sql("UPDATE m2_integration SET endpoint = 'https://old.example'");
    project.spec(&SPEC.replace("warehouse@acme.com", "w@acme.com"));
    let ran = project.run(&["plan", "--live", "shop"]);
    assert!(
        ran.stdout.contains("endpoint_url is no longer declared: the reset deletes `https://old.example`"),
        "{}",
        ran.stdout
    );
    project.run(&["build", "--magento", "shop", "--out", "shop/app/code/Acme/Orders"]);
    let ran = project.run(&["status", "--magento", "shop"]);
    let line = "the shop has https://old.example; the next setup:upgrade resets the integration and deletes this value";
    assert!(ran.stdout.contains(line), "{}", ran.stdout);
}
