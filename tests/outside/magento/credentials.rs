//! Credentials of integrations in a shop.

use std::fs;

use serde_json::Value;

use super::{Project, SHOP};
use crate::need::trials;

trials! {
    SHOP =>
        a_second_token_stands_beside_the_first,
        a_key_is_replaced_in_place,
        an_integration_is_activated;
}

/// Runs the command, and returns what it wrote to the file.
fn revealed(project: &Project, arguments: &[&str]) -> Value {
    let _ = fs::remove_file(project.path("keys.json"));
    let options = ["credentials", "--magento", "shop", "--yes", "--reveal", "keys.json"];
    let ran = project.run(&[&options[..], arguments].concat());
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(project.path("keys.json")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    serde_json::from_str(&project.read("keys.json")).unwrap()
}

fn changed(project: &Project, option: &str) {
    let ran = project.run(&["credentials", "--magento", "shop", "--yes", option, "Acme Warehouse"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
}

fn tokens(project: &Project) -> Vec<String> {
    let rows = project.sql("SELECT token FROM m2_oauth_token ORDER BY entity_id");
    rows.as_array().unwrap().iter().map(|row| row["token"].as_str().unwrap().to_owned()).collect()
}

fn a_second_token_stands_beside_the_first() {
    let project = Project::active();
    let first = tokens(&project);
    let keys = revealed(&project, &["--rotate", "Acme Warehouse"]).to_string();
    let both = tokens(&project);
    assert_eq!((both.len(), &both[..1]), (2, &first[..]));
    assert!(keys.contains(&both[1]) && !keys.contains(&first[0]), "{keys}");
    let list = project.run(&["credentials", "--magento", "shop"]).stdout;
    assert!(list.contains("Acme Warehouse: active"), "{list}");
    changed(&project, "--cancel");
    assert_eq!(tokens(&project), first);
    revealed(&project, &["--rotate", "Acme Warehouse"]);
    let both = tokens(&project);
    changed(&project, "--finish");
    assert_eq!(tokens(&project), both[1..]);
    let types = project.sql("SELECT DISTINCT type FROM m2_oauth_token");
    assert_eq!(types[0]["type"], "access");
}

fn a_key_is_replaced_in_place() {
    let project = Project::active();
    let (before, token) = (project.sql("SELECT * FROM m2_oauth_consumer"), tokens(&project));
    let keys = revealed(&project, &["--rotate", "Acme Warehouse", "--in-place"]).to_string();
    let after = project.sql("SELECT * FROM m2_oauth_consumer");
    assert_eq!((&before[0]["entity_id"], &token), (&after[0]["entity_id"], &tokens(&project)));
    for column in ["key", "secret"] {
        assert_ne!(before[0][column], after[0][column]);
        assert!(keys.contains(after[0][column].as_str().unwrap()), "{keys}");
    }
}

fn an_integration_is_activated() {
    let project = Project::active();
    project.sql("DELETE FROM m2_oauth_token");
    project.sql("UPDATE m2_integration SET status = 0");
    let keys = revealed(&project, &["--activate", "Acme Warehouse"]).to_string();
    assert_eq!(project.sql("SELECT status FROM m2_integration")[0]["status"], 1);
    let made = tokens(&project);
    assert!(made.len() == 1 && keys.contains(&made[0]), "{made:?} {keys}");
}
