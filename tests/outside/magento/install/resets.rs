//! Installing a module whose change resets, orphans or stops at an integration.

use serde_json::json;

use super::{Project, SHOP, SPEC, in_production, install, with_another_email};
use crate::need::trials;

trials! {
    SHOP =>
        a_reset_needs_an_option,
        credentials_are_kept,
        credentials_are_kept_by_a_shop_that_is_slow_after_the_upgrade,
        no_call_is_refused_in_maintenance_mode,
        credentials_are_kept_when_the_upgrade_fails_after_the_reset,
        only_integrations_reset_by_this_upgrade_are_reattached,
        an_upgrade_that_would_stop_is_not_started,
        an_orphan_needs_an_option,
        denied_changes_are_refused;
}

fn a_reset_needs_an_option() {
    let project = Project::active();
    with_another_email(&project);
    let refused = install(&project, &["--yes"]);
    assert_eq!(refused.status, 1);
    assert!(refused.stderr.contains("`Acme Warehouse` will be reset: --yes-reset is required"));
    assert!(
        refused
            .stderr
            .contains("with --keep-credentials, the credentials of a reset integration keep working")
    );
    assert_eq!(project.commands(), Vec::<String>::new());
    let ran = install(&project, &["--yes", "--yes-reset"]);
    assert_eq!(ran.status, 2, "what waits to be authorised is not in step");
    assert!(ran.stdout.contains("Acme Warehouse: reset, "), "{}", ran.stdout);
    assert_eq!(project.commands(), ["setup:upgrade", "cache:flush"]);
    assert_eq!(
        project.sql("SELECT integration_id, consumer_id, status FROM m2_integration"),
        json!([{"integration_id": 2, "consumer_id": 2, "status": 2}])
    );
}

fn credentials_are_kept() {
    let project = Project::active();
    project.spec(&SPEC.replace("actions_view\"", "actions_view\", \"Magento_Sales::ship\""));
    let ran = install(&project, &["--yes", "--yes-reset", "--keep-credentials"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    let reattached = "\nAcme Warehouse: consumer 1 is reattached\ncalls of Acme Warehouse were refused for ";
    assert!(ran.stderr.contains(reattached), "{}", ran.stderr);
    assert!(ran.stdout.ends_with("\nAcme Warehouse: in step, active\n"), "{}", ran.stdout);
    for part in [
        "its key, secret and tokens are restored\n",
        "To do: make sure that it may use the new permissions at once: no one has to re-authorise it.\n",
        "view_preprocessed\n  reattach the earlier consumer to `Acme Warehouse`; until then, its calls are refused\n",
    ] {
        assert!(ran.stdout.contains(part), "{part}\n{}", ran.stdout);
    }
    assert!(!ran.stdout.contains("tokens are lost"), "{}", ran.stdout);
    let kept = json!([{"integration_id": 2, "consumer_id": 1, "status": 1}]);
    assert_eq!(project.sql("SELECT integration_id, consumer_id, status FROM m2_integration"), kept);
    assert_eq!(project.sql("SELECT entity_id FROM m2_oauth_consumer"), json!([{"entity_id": 1}]));
    let ship = "SELECT COUNT(*) AS n FROM m2_authorization_rule WHERE resource_id = 'Magento_Sales::ship'";
    assert_eq!(project.sql(ship), json!([{"n": 1}]));
    project.upgrade();
    assert_eq!(project.sql("SELECT integration_id, consumer_id, status FROM m2_integration"), kept);
}

/// Magento generates its classes anew at the first question after an upgrade.
fn credentials_are_kept_by_a_shop_that_is_slow_after_the_upgrade() {
    let project = Project::active();
    with_another_email(&project);
    project.write(
        "shop/var/on-start.php",
        "<?php if (basename($_SERVER['argv'][0] ?? '') !== 'magento' && !is_file(__DIR__ . '/slow')
            && strpos((string) @file_get_contents(__DIR__ . '/commands'), 'setup:upgrade') !== false) {
            touch(__DIR__ . '/slow');
            sleep(11);
        }",
    );
    let ran = install(&project, &["--yes", "--yes-reset", "--keep-credentials", "--timeout", "10"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(project.path("shop/var/slow").exists());
}

/// Nobody can call a shop that is closed.
fn no_call_is_refused_in_maintenance_mode() {
    let project = Project::active();
    in_production(&project);
    with_another_email(&project);
    let ran = install(&project, &["--yes", "--yes-reset", "--keep-credentials"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("reattach the earlier consumer to `Acme Warehouse`\n"), "{}", ran.stdout);
    for part in [
        "\nAcme Warehouse: consumer 1 is reattached\nno call of Acme Warehouse was refused: the shop is closed and answers ",
        "\nthe shop was closed for ",
    ] {
        assert!(ran.stderr.contains(part), "{part}{}", ran.stderr);
    }
}

/// The reset comes early in setup:upgrade, and much can fail after it.
fn credentials_are_kept_when_the_upgrade_fails_after_the_reset() {
    let project = Project::active();
    with_another_email(&project);
    project.write("shop/var/fails-late", "setup:upgrade");
    let ran = install(&project, &["--yes", "--yes-reset", "--keep-credentials"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("\nAcme Warehouse: consumer 1 is reattached\n"), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("\nto go back: `magespec install --keep-credentials` with the previous spec; "),
        "{}",
        ran.stderr
    );
    assert!(!ran.stderr.contains("also run `bin/magento setup:upgrade`"), "{}", ran.stderr);
    assert_eq!(
        project.sql("SELECT consumer_id, status FROM m2_integration"),
        json!([{"consumer_id": 1, "status": 1}])
    );
}

fn only_integrations_reset_by_this_upgrade_are_reattached() {
    let project = Project::active();
    // Another one was reset before, and nobody has authorised it since.
    project.sql("INSERT INTO m2_oauth_consumer (name, created_at) VALUES ('Integration0', '2020-01-01'), ('Integration8', '2020-01-01')");
    project.sql(
        "INSERT INTO m2_oauth_token (consumer_id, type, token, revoked) VALUES (2, 'access', 'hidden', 0)",
    );
    project.sql("INSERT INTO m2_integration (integration_id, name, email, status, setup_type, consumer_id, created_at) VALUES (8, 'Other', 'o@o.o', 2, 0, 3, '2026-01-01')");
    with_another_email(&project);
    let ran = install(&project, &["--yes", "--yes-reset", "--keep-credentials"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    assert_eq!(
        project.sql("SELECT name, consumer_id, status FROM m2_integration ORDER BY name"),
        json!([
            {"name": "Acme Warehouse", "consumer_id": 1, "status": 1}, {"name": "Other", "consumer_id": 3, "status": 2}
        ])
    );
}

fn an_upgrade_that_would_stop_is_not_started() {
    let project = Project::active();
    project.spec(&SPEC.replace("Acme Warehouse", "ACME Warehouse"));
    let ran = install(&project, &["--yes", "--yes-reset"]);
    assert_eq!(ran.status, 1);
    assert!(
        ran.stderr.contains("setup:upgrade would stop at `ACME Warehouse`; nothing was changed")
            && ran.stderr.contains("error[upgrade-stops]"),
        "{}",
        ran.stderr
    );
    assert!(!ran.stdout.contains("Commands to run:"), "{}", ran.stdout);
    assert_eq!(project.commands(), Vec::<String>::new());
}

fn an_orphan_needs_an_option() {
    let project = Project::active();
    project.spec(&SPEC.replace("Acme Warehouse", "Acme Store"));
    let ran = install(&project, &["--yes"]);
    assert_eq!(ran.status, 1);
    assert!(
        ran.stderr.contains("`Acme Warehouse` will be orphaned: --yes-reset is required"),
        "{}",
        ran.stderr
    );
    let ran = install(&project, &["--yes", "--yes-reset"]);
    assert!(ran.stdout.contains("Acme Warehouse: orphaned, "), "{}", ran.stdout);
}

fn denied_changes_are_refused() {
    let project = Project::active();
    project.spec(&format!("{}reset = \"deny\"\n", SPEC.replace("warehouse@acme.com", "w@acme.com")));
    let ran = install(&project, &["--yes", "--yes-reset"]);
    assert_eq!(ran.status, 1);
    assert!(
        ran.stderr.contains("error[reset]") && ran.stderr.contains("denies this change; nothing was changed"),
        "{}",
        ran.stderr
    );
}
