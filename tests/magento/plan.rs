//! The plan against the database of a shop.

use serde_json::Value;

use super::{Project, SPEC};

fn action(project: &Project, name: &str) -> Option<String> {
    let ran = project.run(&["plan", "--live", "shop", "--format", "json"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let json: Value = serde_json::from_str(&ran.stdout).unwrap();
    let all =
        json["integrations"].as_array().or_else(|| json["plans"][0]["integrations"].as_array()).unwrap();
    all.iter().find(|it| it["name"] == name).map(|it| it["action"].as_str().unwrap().to_owned())
}

/// Each prediction is what a `setup:upgrade` then does.
#[test]
fn what_is_predicted_happens() {
    let Some(project) = Project::active() else { return };
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

#[test]
fn a_manual_integration_is_taken_over() {
    let Some(project) = Project::new() else { return };
    project.sql("INSERT INTO m2_integration (name, email, status, setup_type) VALUES ('Acme Warehouse', 'x@y.z', 1, 0)");
    assert_eq!(action(&project, "Acme Warehouse").as_deref(), Some("reset"));
}

#[test]
fn what_other_modules_declare_is_no_orphan() {
    let Some(project) = Project::active() else { return };
    let other = "<config><integration name=\"Other\"><email>o@o.oo</email></integration></config>";
    project.write("shop/app/code/Magento/Sales/etc/integration.xml", other);
    assert_eq!(action(&project, "Other").as_deref(), Some("create"));
    project.upgrade();
    assert_eq!(action(&project, "Other").as_deref(), Some("keep"));
    project.spec(&SPEC.replace("Acme Warehouse", "Acme Store"));
    assert_eq!(action(&project, "Other").as_deref(), Some("keep"));
    assert_eq!(action(&project, "Acme Warehouse").as_deref(), Some("orphan"));
}

#[test]
fn a_way_needs_a_shop() {
    let Some(project) = Project::new() else { return };
    let ran = project.run(&["plan", "--php", "php8.2"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("--php and --timeout are ways to a running shop, which --live ROOT names"));
}
