//! A module is taken out.

use serde_json::json;

use super::{Project, Ran, SHOP};
use crate::need::trials;

trials! {
    SHOP =>
        the_orphan_is_shown_first,
        only_what_the_lock_owns_is_removed,
        translations_stay,
        other_new_modules_are_named,
        its_folder_goes_if_nothing_else_is_in_it,
        the_integration_goes_with_its_credentials,
        the_integration_can_go_later,
        edits_by_hand_are_not_removed,
        a_step_that_fails_stops_it,
        production_is_closed_and_opened,
        a_spec_with_errors_can_be_uninstalled;
}

const MODULE: &str = "shop/app/code/Acme/Orders";

fn uninstall(project: &Project, options: &[&str]) -> Ran {
    project.run(&[&["uninstall", "--magento", "shop"], options].concat())
}

fn the_orphan_is_shown_first() {
    let project = Project::active();
    for options in [&["--dry-run"][..], &[]] {
        let ran = uninstall(&project, options);
        assert_eq!(ran.status, i32::from(options.is_empty()), "{}", ran.stderr);
        for part in [
            "  delete etc/integration.xml\n",
            "  bin/magento module:disable Acme_Orders  clears generated/code, generated/metadata\n",
            "Acme Warehouse: will be orphaned; its token keeps working, and Admin cannot delete it\n  to remove it, use --delete-integration or run DELETE FROM m2_oauth_consumer WHERE entity_id=1; ",
        ] {
            assert!(ran.stdout.contains(part), "{part}\n{}", ran.stdout);
        }
        assert_eq!(project.commands(), Vec::<String>::new());
        assert!(project.path(MODULE).join("registration.php").exists());
    }
}

fn only_what_the_lock_owns_is_removed() {
    let project = Project::active();
    project.write(&format!("{MODULE}/Model/Mine.php"), "<?php // mine\n");
    let ran = uninstall(&project, &["--yes"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    assert_eq!(project.commands(), ["module:disable Acme_Orders", "cache:flush"]);
    let left: Vec<String> = crate::support::files::contents(&project.path(MODULE)).into_keys().collect();
    assert_eq!(left, ["Model/Mine.php"]);
    assert!(
        ran.stdout.ends_with(
            "or run DELETE FROM m2_oauth_consumer WHERE entity_id=1; DELETE FROM m2_authorization_role WHERE user_type='1' AND \
             user_id=1;\n"
        ),
        "{}", ran.stdout
    );
    assert_eq!(project.sql("SELECT status FROM m2_integration"), json!([{"status": 1}]), "the row stays");
}

fn translations_stay() {
    let project = Project::new();
    let own = "\n[[acl]]\nid = \"Acme_Orders::x\"\ntitle = \"Read\"\nparent = \"Magento_Sales::sales\"\n";
    project.spec(&format!("{}{own}[i18n]\nlocales = [\"de_DE\"]\n", super::SPEC));
    let installed = project.run(&["install", "--magento", "shop", "--yes"]);
    assert_eq!(installed.status, 0, "{}{}", installed.stdout, installed.stderr);
    let file = format!("{MODULE}/i18n/de_DE.csv");
    project.write(&file, "\"Read\",\"Lesen\"\n");
    let ran = uninstall(&project, &["--yes"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("  keep i18n/de_DE.csv, which is yours\n"), "{}", ran.stdout);
    let left: Vec<String> = crate::support::files::contents(&project.path(MODULE)).into_keys().collect();
    assert_eq!(left, ["i18n/de_DE.csv", "integration.lock"]);
    assert_eq!(project.read(&file), "\"Read\",\"Lesen\"\n");
}

fn other_new_modules_are_named() {
    let project = Project::active();
    project.module("Other_New", &[]);
    let ran = uninstall(&project, &["--dry-run"]);
    let note = "not listed in app/etc/config.php: Other_New; module:disable lists such modules as disabled\n";
    assert!(ran.stdout.contains(note), "{}", ran.stdout);
}

fn its_folder_goes_if_nothing_else_is_in_it() {
    let project = Project::active();
    assert_eq!(uninstall(&project, &["--yes"]).status, 0);
    assert!(!project.path("shop/app/code/Acme").exists(), "nothing else of the vendor is there");
    assert!(project.path("shop/app/code").exists());
    let again = uninstall(&project, &["--yes"]);
    assert_eq!(again.status, 1);
    assert!(again.stderr.contains("magespec did not write Acme_Orders in "), "{}", again.stderr);
}

fn the_integration_goes_with_its_credentials() {
    let project = Project::active();
    project
        .sql("INSERT INTO m2_integration (name, email, status, setup_type) VALUES ('Other', 'o@o.o', 1, 1)");
    let ran = uninstall(&project, &["--yes", "--delete-integration"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(
        ran.stdout.contains("Acme Warehouse: will be deleted with its consumer and tokens\n"),
        "{}",
        ran.stdout
    );
    assert_eq!(project.sql("SELECT name FROM m2_integration"), json!([{"name": "Other"}]));
    for table in ["oauth_consumer", "oauth_token", "authorization_rule"] {
        assert_eq!(project.sql(&format!("SELECT * FROM m2_{table}")), json!([]), "{table}");
    }
}

fn the_integration_can_go_later() {
    let project = Project::active();
    assert_eq!(uninstall(&project, &["--yes"]).status, 0);
    let ran = uninstall(&project, &["--yes", "--delete-integration"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.starts_with("Acme_Orders: its files are already removed\n"), "{}", ran.stdout);
    assert_eq!(project.sql("SELECT name FROM m2_integration"), json!([]));
    assert_eq!(uninstall(&project, &["--yes", "--delete-integration"]).status, 1, "nothing is left");
}

fn edits_by_hand_are_not_removed() {
    let project = Project::active();
    let file = format!("{MODULE}/etc/integration.xml");
    project.write(&file, "<config/>");
    let ran = uninstall(&project, &["--yes"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("  etc/integration.xml: edited by hand"), "{}", ran.stderr);
    assert_eq!(project.commands(), Vec::<String>::new());
}

fn a_step_that_fails_stops_it() {
    let project = Project::active();
    project.write("shop/var/fails", "module:disable");
    let ran = uninstall(&project, &["--yes"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("\nstate: no file was removed\n"), "{}", ran.stderr);
    assert!(project.path(MODULE).join("registration.php").exists());
}

fn production_is_closed_and_opened() {
    let project = Project::active();
    project.write("shop/app/etc/env.php", "<?php\nreturn array('MAGE_MODE' => 'production');\n");
    assert_eq!(uninstall(&project, &["--yes"]).status, 0);
    assert_eq!(
        project.commands(),
        [
            "maintenance:enable",
            "module:disable Acme_Orders",
            "setup:di:compile",
            "cache:flush",
            "maintenance:disable"
        ]
    );
}

fn a_spec_with_errors_can_be_uninstalled() {
    let project = Project::active();
    project.spec(&super::SPEC.replace("actions_view", "gone_by_now"));
    assert_eq!(uninstall(&project, &["--yes"]).status, 0);
}
