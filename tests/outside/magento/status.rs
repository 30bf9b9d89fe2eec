//! State of a module in a shop.

use super::{Project, SHOP, SPEC};
use crate::need::trials;

trials! {
    SHOP =>
        a_module_that_is_not_there,
        an_integration_that_is_in_step,
        a_change_of_the_spec_is_a_drift,
        files_that_setup_upgrade_has_not_seen,
        a_url_that_stays,
        a_module_that_is_switched_off,
        a_module_with_another_setup_version,
        a_reset_and_an_orphan,
        names_that_clash,
        json_says_the_same,
        what_php_prints_besides_does_not_hurt,
        a_shop_elsewhere;
}

fn status(project: &Project) -> (i32, String) {
    let ran = project.run(&["status", "--magento", "shop"]);
    assert_eq!(ran.stderr, "");
    (ran.status, ran.stdout)
}

fn a_module_that_is_not_there() {
    let project = Project::new();
    let (code, text) = status(&project);
    assert_eq!(code, 2);
    assert!(text.starts_with("Magento 2.4.7-p3 Community, developer mode, PHP "), "{text}");
    assert!(text.contains("\nAcme_Orders: not installed; "), "{text}");
    assert!(text.ends_with("\nAcme Warehouse: missing, not in the shop\n"), "{text}");
    assert_eq!(project.commands(), Vec::<String>::new());
}

fn an_integration_that_is_in_step() {
    let project = Project::active();
    let (code, text) = status(&project);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("Acme_Orders: installed in "), "{text}");
    assert!(text.ends_with("\nAcme Warehouse: in step, active\n"), "{text}");
    project.sql("UPDATE m2_oauth_token SET revoked = 1");
    assert!(status(&project).1.ends_with("active, but without a valid access token\n"));
    project.sql("UPDATE m2_integration SET status = 0");
    let (code, text) = status(&project);
    assert_eq!(code, 0, "waiting to be activated is no difference");
    assert!(text.contains("Acme Warehouse: in step, inactive: activate it"), "{text}");
}

fn a_change_of_the_spec_is_a_drift() {
    let project = Project::active();
    project.spec(
        &SPEC
            .replace("warehouse@acme.com", "w@acme.com")
            .replace("resources =", "endpoint_url = \"https://acme.com/t\"\nresources =")
            .replace("actions_view", "ship"),
    );
    let (code, text) = status(&project);
    assert_eq!(code, 2);
    let install = "the shop has other module files than this spec generates; run `magespec install`";
    for line in [
        "Acme Warehouse: drifted, active".to_owned(),
        format!("  email: the spec says w@acme.com, the shop has warehouse@acme.com; {install}"),
        format!("  endpoint_url: the spec says https://acme.com/t, the shop has nothing; {install}"),
        format!(
            "  resources: the shop lacks Magento_Sales::ship; it also has Magento_Sales::actions_view; {install}"
        ),
    ] {
        assert!(text.lines().any(|it| it == line), "{line}\n{text}");
    }
}

fn files_that_setup_upgrade_has_not_seen() {
    let project = Project::active();
    project.spec(&SPEC.replace("warehouse@acme.com", "w@acme.com"));
    project.run(&["build", "--magento", "shop", "--out", "shop/app/code/Acme/Orders"]);
    let (code, text) = status(&project);
    assert_eq!(code, 2);
    assert!(text.contains("Acme_Orders: waiting for setup:upgrade in "), "{text}");
    let keeping = "`bin/magento setup:upgrade` resets active integrations, whose key, secret and tokens are lost: run `magespec \
                   install --keep-credentials`, which restores them";
    assert!(text.contains(&format!("its files are up to date: {keeping}\n")), "{text}");
    assert!(!text.contains("run `bin/magento setup:upgrade`"), "{text}");
    project.sql("UPDATE m2_integration SET status = 0");
    let (_, text) = status(&project);
    assert!(text.contains("its files are up to date: run `bin/magento setup:upgrade`\n"), "{text}");
}

fn a_url_that_stays() {
    let project = Project::active();
    project.sql("UPDATE m2_integration SET endpoint = 'https://old.example'");
    let (code, text) = status(&project);
    assert_eq!(code, 2);
    assert!(
        text.contains("endpoint_url: the spec says nothing, the shop has https://old.example; Magento keeps"),
        "{text}"
    );
    assert!(text.contains("Acme_Orders: installed in "), "{text}");
}

fn a_module_that_is_switched_off() {
    let project = Project::active();
    project.command("php").args(["shop/bin/magento", "module:disable", "Acme_Orders"]).status().unwrap();
    let (code, text) = status(&project);
    assert_eq!(code, 2);
    assert!(text.contains("Acme_Orders: disabled in "), "{text}");
    assert_eq!(text.matches("Acme Warehouse: orphaned, ").count(), 1, "{text}");
    assert!(!text.contains("in step"), "{text}");
    assert!(text.contains("its token still works"), "{text}");
}

fn a_module_with_another_setup_version() {
    let project = Project::active();
    let file = "shop/app/code/Acme/Orders/etc/module.xml";
    project.write(
        file,
        &project.read(file).replace("name=\"Acme_Orders\"", "name=\"Acme_Orders\" setup_version=\"2\""),
    );
    assert!(status(&project).1.contains("Acme_Orders: waiting for setup:upgrade in "));
}

fn a_reset_and_an_orphan() {
    let project = Project::active();
    project.spec(&SPEC.replace("warehouse@acme.com", "w@acme.com"));
    project.run(&["build", "--magento", "shop", "--out", "shop/app/code/Acme/Orders"]);
    project.upgrade();
    let (code, text) = status(&project);
    assert_eq!(code, 2);
    assert!(text.contains("Acme Warehouse: reset, Magento recreated it"), "{text}");
    project.spec(&SPEC.replace("Acme Warehouse", "Acme Store"));
    project.run(&["build", "--magento", "shop", "--out", "shop/app/code/Acme/Orders"]);
    project.upgrade();
    let (code, text) = status(&project);
    assert_eq!(code, 0, "who left it behind is not known: {text}");
    assert!(text.contains("Acme Store: in step, inactive"), "{text}");
    assert!(
        text.contains(
            "Acme Warehouse: orphaned, no module declares it; it has no working token, and Admin cannot delete it\n  to \
             remove it: DELETE FROM m2_oauth_consumer WHERE entity_id=2; DELETE FROM m2_authorization_role WHERE \
             user_type='1' AND user_id=2;\n"
        ),
        "{text}"
    );
}

fn names_that_clash() {
    let project = Project::new();
    project.sql("INSERT INTO m2_integration (name, email, status, setup_type) VALUES ('Acme Warehouse', 'x@y.z', 1, 0)");
    let (code, text) = status(&project);
    assert_eq!(code, 2);
    assert!(
        text.contains("Acme Warehouse: drifted, an integration with this name was created in Admin"),
        "{text}"
    );
    let ran = project.run(&["install", "--magento", "shop", "--yes", "--yes-reset"]);
    assert!(ran.stdout.contains("setup_type = \"manual\" -> \"config\""), "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("Acme Warehouse: reset, "), "{}", ran.stdout);
    project.sql("UPDATE m2_integration SET name = 'ACME Wárehouse'");
    let (_, text) = status(&project);
    assert!(
        text.contains("Acme Warehouse: name clash, the database treats the name as equal to the existing `ACME Wárehouse`"),
        "{text}"
    );
}

fn json_says_the_same() {
    let project = Project::active();
    project.sql("UPDATE m2_integration SET email = 'other@acme.com'");
    let ran = project.run(&["status", "--magento", "shop", "--format", "json"]);
    assert_eq!(ran.status, 2);
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!(json["in_step"], false);
    assert_eq!(json["magento"]["version"], "2.4.7-p3");
    assert_eq!(json["module"]["state"], "waiting");
    let integration = &json["integrations"][0];
    assert_eq!(integration["state"], "active");
    assert_eq!(integration["row"]["has_token"], true);
    assert_eq!(
        integration["drift"],
        serde_json::json!([{
            "attribute": "email", "spec": ["warehouse@acme.com"], "shop": ["other@acme.com"], "cause": "database"
        }])
    );
    assert_eq!(
        integration["row"]["granted"],
        serde_json::json!([
            "Magento_Backend::admin",
            "Magento_Sales::actions",
            "Magento_Sales::actions_view",
            "Magento_Sales::sales",
            "Magento_Sales::sales_operation",
            "Magento_Sales::sales_order",
        ])
    );
}

fn what_php_prints_besides_does_not_hurt() {
    let project = Project::active();
    project.write(
        "shop/var/on-start.php",
        "<?php echo \"Warning: {\\\"answer\\\": 1}\\n\"; trigger_error('noise', E_USER_WARNING); file_put_contents('php://stderr', 'more');",
    );
    let (code, text) = status(&project);
    assert_eq!(code, 0, "{text}");
}

fn a_shop_elsewhere() {
    let project = Project::active();
    let root = project.path("shop");
    project.write("elsewhere", &format!("#!/bin/sh\nsed 's#/over/there#{}#' | php\n", root.display()));
    let ran = project.run(&["status", "--magento", "/over/there", "--php", "sh elsewhere"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    for command in ["install", "uninstall"] {
        let ran = project.run(&[command, "--magento", "/over/there", "--php", "sh elsewhere", "--yes"]);
        assert_eq!(ran.status, 1);
        assert!(
            ran.stderr.contains("/over/there is not a directory on this machine: cannot write files there"),
            "{}",
            ran.stderr
        );
    }
    project.write("shop2/app/etc/config.php", "<?php return array();");
    let ran = project.run(&[
        "install",
        "--magento",
        project.path("shop2").to_str().unwrap(),
        "--php",
        "sh elsewhere2",
        "--yes",
    ]);
    assert_eq!(ran.status, 1);
    let other = project.path("shop2");
    project
        .write("elsewhere2", &format!("#!/bin/sh\nsed 's#{}#{}#' | php\n", other.display(), root.display()));
    let ran =
        project.run(&["install", "--magento", other.to_str().unwrap(), "--php", "sh elsewhere2", "--yes"]);
    assert!(ran.stderr.contains("is not the directory that --php sees"), "{}", ran.stderr);
}
