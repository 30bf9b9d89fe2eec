//! Credentials that a reset took away are given back.

use serde_json::json;

use super::{Project, Ran, SHOP, SPEC};
use crate::need::{Need, trials};

trials! {
    SHOP =>
        the_only_one_that_fits_is_attached,
        several_are_listed_and_none_is_guessed,
        what_does_not_fit_is_refused,
        one_that_fits_two_is_not_guessed,
        the_token_of_another_one_is_not_given_to_it,
        what_cannot_have_been_its_own_does_not_fit,
        a_token_that_was_revoked_is_none,
        all_or_none_are_changed,
        a_shop_without_a_reset;
    [SHOP.as_slice(), &[Need::Terminal]].concat() => one_is_chosen_on_a_terminal;
}

fn heal(project: &Project, options: &[&str]) -> Ran {
    project.run(&[&["heal", "--magento", "shop"], options].concat())
}

/// One whose integration was active and then reset.
fn reset() -> Project {
    let project = Project::active();
    project.spec(&SPEC.replace("warehouse@acme.com", "w@acme.com"));
    let ran = project.run(&["install", "--magento", "shop", "--yes", "--yes-reset"]);
    assert!(ran.stdout.contains("Acme Warehouse: reset, "), "{}{}", ran.stdout, ran.stderr);
    project
}

/// Another consumer that may have been its own.
fn with_another_candidate(project: &Project) {
    project.sql("INSERT INTO m2_oauth_consumer (name, key, secret, created_at) VALUES ('Integration0', 'hidden', 'hidden', '2020-01-01 00:00:00')");
    project.sql("INSERT INTO m2_oauth_token (consumer_id, type, token, revoked, created_at) VALUES (3, 'access', 'hidden', 0, '2020-01-02 00:00:00')");
}

const ROW: &str = "SELECT consumer_id, status FROM m2_integration";

fn the_only_one_that_fits_is_attached() {
    let project = reset();
    let untouched = project.sql(ROW);
    let dry = heal(&project, &["--dry-run"]);
    assert_eq!(dry.status, 0, "{}", dry.stderr);
    for part in [
        "Acme Warehouse: consumer 1 will be reattached\n  integration 2 was recreated on ",
        "\n  consumer 1, created on ",
        " for integration 1, now deleted; access token from ",
        "\n  it is the only candidate\n",
    ] {
        assert!(dry.stdout.contains(part), "{part}\n{}", dry.stdout);
    }
    let refused = heal(&project, &[]);
    assert_eq!(refused.status, 1);
    assert!(
        refused.stderr.contains("is required when standard input is not a terminal"),
        "{}",
        refused.stderr
    );
    assert_eq!(project.sql(ROW), untouched);
    let ran = heal(&project, &["--yes"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(project.sql(ROW), json!([{"consumer_id": 1, "status": 1}]));
    assert_eq!(project.sql("SELECT entity_id FROM m2_oauth_consumer"), json!([{"entity_id": 1}]));
    assert_eq!(project.run(&["status", "--magento", "shop"]).status, 0);
}

fn several_are_listed_and_none_is_guessed() {
    let project = reset();
    with_another_candidate(&project);
    let untouched = project.sql(ROW);
    let ran = heal(&project, &["--yes"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stdout.contains("Acme Warehouse: integration 2 was recreated on "), "{}", ran.stdout);
    assert!(
        ran.stdout.contains(
            "  1. consumer 3, created on 2020-01-01 00:00:00 for integration 0, now deleted; access token from 2020-01-02 00:00:00\n"
        ),
        "{}",
        ran.stdout
    );
    assert!(ran.stdout.contains("  2. consumer 1, created on "), "{}", ran.stdout);
    assert!(ran.stderr.contains("--attach \"NAME=ID\" is required"), "{}", ran.stderr);
    assert_eq!(project.sql(ROW), untouched);
    let ran = heal(&project, &["--yes", "--attach", "Acme Warehouse=1"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(project.sql(ROW), json!([{"consumer_id": 1, "status": 1}]));
}

fn one_is_chosen_on_a_terminal() {
    let project = reset();
    with_another_candidate(&project);
    let untouched = project.sql(ROW);
    let none = project.on_a_terminal("heal --magento shop", "\n");
    assert!(
        none.stdout.contains("Which consumer should be attached to `Acme Warehouse`? [1-2, Enter to skip]")
    );
    assert_eq!((none.status, project.sql(ROW)), (1, untouched));
    let chosen = project.on_a_terminal("heal --magento shop", "2\ny\n");
    assert_eq!(chosen.status, 0, "{}", chosen.stdout);
    assert_eq!(project.sql(ROW), json!([{"consumer_id": 1, "status": 1}]));
}

fn what_does_not_fit_is_refused() {
    let project = reset();
    for attach in ["Acme Warehouse=2", "Acme Warehouse=99", "Nobody=1"] {
        let ran = heal(&project, &["--yes", "--attach", attach]);
        assert_eq!(ran.status, 1, "{attach}");
        assert!(ran.stderr.contains("is not a candidate for"), "{}", ran.stderr);
    }
    let ran = heal(&project, &["--attach", "Acme Warehouse"]);
    assert!(
        ran.stderr.contains("expected NAME=ID, an integration's name and a consumer's id"),
        "{}",
        ran.stderr
    );
}

fn one_that_fits_two_is_not_guessed() {
    let project = reset();
    project.sql("INSERT INTO m2_oauth_consumer (name, created_at) VALUES ('Integration9', '2098-01-01')");
    project.sql(
        "INSERT INTO m2_integration (name, email, status, setup_type, consumer_id, created_at) VALUES ('Other', 'o@o.o', 2, 1, 3, '2099-01-01')",
    );
    let untouched = project.sql(ROW);
    let ran = heal(&project, &["--yes"]);
    assert_eq!(ran.status, 1, "{}", ran.stdout);
    assert_eq!(project.sql(ROW), untouched);
}

/// It was never activated itself: the token is of one that is gone, and would open that one's doors to it.
fn the_token_of_another_one_is_not_given_to_it() {
    let project = reset();
    project.sql("DELETE FROM m2_oauth_token");
    project.sql(
        "INSERT INTO m2_oauth_consumer (name, created_at) VALUES ('Integration0', '2020-01-01 00:00:00')",
    );
    project.sql("INSERT INTO m2_oauth_token (consumer_id, type, token, revoked, created_at) VALUES (3, 'access', 'hidden', 0, '2020-01-02 00:00:00')");
    let untouched = project.sql(ROW);
    let ran = heal(&project, &["--yes"]);
    assert_eq!(ran.status, 1, "{}", ran.stdout);
    assert!(ran.stdout.contains("  1. consumer 3, created on 2020-01-01"), "{}", ran.stdout);
    assert!(
        ran.stdout.contains("  its own consumer may have no valid token to restore: consumer 1, created on "),
        "{}",
        ran.stdout
    );
    assert!(ran.stderr.contains("--attach \"NAME=ID\" is required"), "{}", ran.stderr);
    assert_eq!(project.sql(ROW), untouched);
    let ran = heal(&project, &["--yes", "--attach", "Acme Warehouse=3"]);
    assert!(ran.stdout.contains("  chosen from several candidates"), "{}{}", ran.stdout, ran.stderr);
    assert_eq!(project.sql(ROW), json!([{"consumer_id": 3, "status": 1}]));
}

fn what_cannot_have_been_its_own_does_not_fit() {
    let project = reset();
    // One of a row that is there still, and one with a token that was made after the reset.
    for (id, name, token) in [(3, "Integration2", "2020-01-01"), (4, "Integration0", "2099-01-01")] {
        project.sql(&format!(
            "INSERT INTO m2_oauth_consumer (name, created_at) VALUES ('{name}', '2020-01-01 00:00:00')"
        ));
        project.sql(&format!("INSERT INTO m2_oauth_token (consumer_id, type, token, revoked, created_at) VALUES ({id}, 'access', 'hidden{id}', 0, '{token}')"));
    }
    assert_eq!(heal(&project, &["--yes"]).status, 0);
    assert_eq!(project.sql(ROW), json!([{"consumer_id": 1, "status": 1}]));
}

fn a_token_that_was_revoked_is_none() {
    let project = reset();
    project.sql("UPDATE m2_oauth_token SET revoked = 1");
    let ran = heal(&project, &["--yes"]);
    assert_eq!(ran.status, 1);
    assert!(
        ran.stdout.contains("Acme Warehouse: no earlier consumer has a valid access token"),
        "{}",
        ran.stdout
    );
}

fn all_or_none_are_changed() {
    let project = reset();
    project.sql(
        "CREATE TRIGGER stop BEFORE DELETE ON m2_oauth_consumer BEGIN SELECT RAISE(ABORT, 'locked'); END",
    );
    let untouched = project.sql(ROW);
    let ran = heal(&project, &["--yes"]);
    assert_eq!(ran.status, 1);
    assert!(
        ran.stderr.contains("nothing was changed: the shop's database does not answer: ")
            && ran.stderr.contains("locked"),
        "{}",
        ran.stderr
    );
    assert_eq!(project.sql(ROW), untouched);
}

fn a_shop_without_a_reset() {
    let project = Project::active();
    let ran = heal(&project, &["--yes"]);
    assert_eq!(ran.status, 0);
    assert!(ran.stderr.contains("no integration has the status \"Reset\""), "{}", ran.stderr);
}
