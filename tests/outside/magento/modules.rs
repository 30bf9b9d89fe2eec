//! PHP of a shop's modules that changes integrations, and modules that are new to the shop.

use serde_json::{Value, json};

use super::{Project, SHOP, SPEC};
use crate::need::trials;

trials! {
    SHOP =>
        what_php_of_the_module_may_change_is_unknown,
        patches_that_ran_do_not_run_again,
        php_of_other_modules_concerns_what_it_names,
        a_plugin_of_another_module_concerns_all,
        modules_that_setup_upgrade_enables_are_included,
        resources_of_new_modules_are_included,
        module_enable_disables_other_new_modules,
        production_reads_new_modules_a_run_later;
}

const SERVICE: &str = "<?php\nuse Magento\\Integration\\Api\\IntegrationServiceInterface;\n";

fn planned(project: &Project) -> Value {
    let ran = project.run(&["plan", "--live", "shop", "--format", "json"]);
    serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}{}", ran.stdout, ran.stderr))
}

fn integration<'a>(plan: &'a Value, name: &str) -> &'a Value {
    plan["integrations"].as_array().unwrap().iter().find(|it| it["name"] == name).unwrap()
}

fn enable(project: &Project, name: &str) {
    let enabled = project.command("php").args(["shop/bin/magento", "module:enable", name]).status().unwrap();
    assert!(enabled.success());
}

fn what_php_of_the_module_may_change_is_unknown() {
    let project = Project::active();
    for (path, code, deed) in [
        ("Setup/UpgradeData.php", "$row->setSetupType(2);", "sets setup_type"),
        ("Setup/Recurring.php", "$this->service->create(['name' => 'Ä']);", "creates integrations itself"),
        ("Cron/Sync.php", "$this->service->update($all);", "changes integrations itself"),
    ] {
        let file = format!("shop/app/code/Acme/Orders/{path}");
        project.write(&file, &format!("{SERVICE}{code}\n"));
        let place = format!("{path}:3 {deed}");
        let plan = planned(&project);
        let found = integration(&plan, "Acme Warehouse");
        assert_eq!(
            (&found["action"], &found["reasons"][0]["code"]),
            (&json!("unknown"), &json!("php-interferes"))
        );
        assert_eq!(found["reasons"][0]["before"], json!(place));
        let sentence = format!("the effect of setup:upgrade cannot be known: {place}\n");
        for command in [&["status", "--magento", "shop"][..], &["plan", "--live", "shop"]] {
            let ran = project.run(command);
            assert!(ran.stdout.contains(&sentence), "{}{}", ran.stdout, ran.stderr);
        }
        project.spec(&SPEC.replace("actions_view\"", "actions_view\", \"Magento_Sales::sales\""));
        let ran = project.run(&["install", "--magento", "shop", "--yes"]);
        assert!(ran.stdout.contains(&sentence), "{}{}", ran.stdout, ran.stderr);
        assert!(
            ran.stderr.contains("`Acme Warehouse` may be reset: --yes-reset is required"),
            "{}",
            ran.stderr
        );
        project.spec(SPEC);
        project.write(&file, "<?php\n");
    }
    let json = project.run(&["status", "--magento", "shop", "--format", "json"]).stdout;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["integrations"][0]["doubts"], json!([]));
}

fn patches_that_ran_do_not_run_again() {
    let project = Project::active();
    let patch = format!("{SERVICE}$this->service->delete(7);\n");
    project.write("shop/app/code/Acme/Orders/Setup/Patch/Data/Retire.php", &patch);
    assert_eq!(integration(&planned(&project), "Acme Warehouse")["action"], "unknown");
    project.sql("INSERT INTO m2_patch_list (patch_name) VALUES ('Acme\\Orders\\Setup\\Patch\\Data\\Retire')");
    assert_eq!(integration(&planned(&project), "Acme Warehouse")["action"], "keep");
}

fn php_of_other_modules_concerns_what_it_names() {
    let project = Project::active();
    let creates = |name: &str| format!("{SERVICE}$this->service->create(['name' => '{name}']);\n");
    project.module("Other_Module", &[("Setup/Recurring.php", &creates("Somebody Else"))]);
    enable(&project, "Other_Module");
    assert_eq!(integration(&planned(&project), "Acme Warehouse")["action"], "keep");
    project.module("Other_Module", &[("Setup/Recurring.php", &creates("Acme Warehouse"))]);
    let plan = planned(&project);
    let found = integration(&plan, "Acme Warehouse");
    assert_eq!(found["action"], "unknown");
    assert_eq!(
        found["reasons"][0]["before"],
        "Other_Module: Setup/Recurring.php:3 creates integrations itself"
    );
}

fn a_plugin_of_another_module_concerns_all() {
    let project = Project::active();
    let plugin =
        "<?php\nfunction beforeProcessConfigBasedIntegrations($subject, array $all) { return [$all]; }\n";
    project.module("Other_Module", &[("Plugin/Keep.php", plugin)]);
    enable(&project, "Other_Module");
    assert_eq!(integration(&planned(&project), "Acme Warehouse")["action"], "keep", "nothing declares it");
    let di = "<config><type name=\"Magento\\Integration\\Model\\ConfigBasedIntegrationManager\"><plugin name=\"x\" \
              type=\"Other\\Module\\Plugin\\Keep\"/></type></config>";
    project.module("Other_Module", &[("etc/di.xml", di)]);
    assert_eq!(integration(&planned(&project), "Acme Warehouse")["action"], "unknown");
}

const SHIPS: &str = "<config><integration name=\"Acme Warehouse\"><resources><resource name=\"Magento_Sales::ship\"/>\
                     </resources></integration><integration name=\"Fresh\"><email>f@o.oo</email></integration></config>";

/// Each prediction is what a `setup:upgrade` then does.
fn modules_that_setup_upgrade_enables_are_included() {
    let project = Project::active();
    project.module("Other_Module", &[("etc/integration.xml", SHIPS)]);
    let plan = planned(&project);
    let found = integration(&plan, "Acme Warehouse");
    assert_eq!(
        (&found["action"], &found["reasons"][0]["after"]),
        (&json!("reset"), &json!("Magento_Sales::ship"))
    );
    assert_eq!(integration(&plan, "Fresh")["action"], "create");
    let note = "not listed in app/etc/config.php: Other_Module; setup:upgrade enables every module that is not listed there, \
                and this plan includes them";
    assert_eq!(plan["notes"], json!([{"module": "Acme_Orders", "message": note}]));
    let status = project.run(&["status", "--magento", "shop"]);
    assert!(
        status
            .stdout
            .contains("\nOther_Module: not listed in app/etc/config.php; the next setup:upgrade enables "),
        "{}",
        status.stdout
    );
    assert!(status.stdout.contains("Acme Warehouse: in step"), "{}", status.stdout);
    project.upgrade();
    assert_eq!(
        project.sql("SELECT status FROM m2_integration WHERE name = 'Acme Warehouse'"),
        json!([{"status": 2}])
    );
    assert_eq!(planned(&project)["notes"], json!([]));
}

/// A new module moves a resource below another one, which becomes an ancestor.
fn resources_of_new_modules_are_included() {
    let project = Project::active();
    let acl = "<config><acl><resources><resource id=\"Magento_Backend::admin\"><resource id=\"Other_Module::top\" title=\"Top\">\
               <resource id=\"Other_Module::new\" title=\"New\"/></resource></resource></resources></acl></config>";
    let asks = SHIPS.replace("Magento_Sales::ship", "Other_Module::new");
    project.module("Other_Module", &[("etc/acl.xml", acl), ("etc/integration.xml", &asks)]);
    assert_eq!(integration(&planned(&project), "Acme Warehouse")["action"], "reset");
    project.upgrade();
    assert_eq!(
        project.sql("SELECT status FROM m2_integration WHERE name = 'Acme Warehouse'"),
        json!([{"status": 2}])
    );
}

fn module_enable_disables_other_new_modules() {
    let project = Project::new();
    project.module("Other_Module", &[("etc/integration.xml", SHIPS)]);
    let plan = planned(&project);
    assert_eq!(plan["integrations"].as_array().unwrap().len(), 1, "{plan}");
    let note = "not listed in app/etc/config.php: Other_Module; module:enable lists such modules as disabled, and this plan leaves them \
                out; to enable them, first run `bin/magento module:enable Other_Module`";
    assert_eq!(plan["notes"][0]["message"], note);
    let ran = project.run(&["install", "--magento", "shop", "--yes"]);
    assert!(ran.stdout.contains(note), "{}{}", ran.stdout, ran.stderr);
    assert_eq!(project.sql("SELECT name FROM m2_integration"), json!([{"name": "Acme Warehouse"}]));
}

fn production_reads_new_modules_a_run_later() {
    let project = Project::active();
    project.write("shop/app/etc/env.php", "<?php\nreturn array('MAGE_MODE' => 'production');\n");
    project.module("Other_Module", &[("etc/integration.xml", SHIPS)]);
    project.spec(&SPEC.replace("warehouse@acme.com", "w@acme.com"));
    let plan = planned(&project);
    assert_eq!(plan["integrations"].as_array().unwrap().len(), 1, "{plan}");
    let note = plan["notes"][0]["message"].as_str().unwrap();
    assert!(
        note.contains(
            "setup:upgrade --keep-generated enables every module that is not listed there, but only the "
        ),
        "{note}"
    );
}
