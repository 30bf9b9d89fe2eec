//! Plans of integrations that a module keeps, renames and deletes.

use std::fs;

use serde_json::Value;

use super::{SPEC, magespec};

/// Plans a change of a spec against its built files, in a format.
fn planned(before: &str, after: &str, format: &str) -> String {
    let dir = tempfile::tempdir().unwrap();
    let spec = dir.path().join("integration.toml");
    fs::write(&spec, before).unwrap();
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
    fs::write(&spec, after).unwrap();
    let ran = magespec(dir.path(), &["plan", "--format", format]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    ran.stdout
}

fn with(lines: &str) -> String {
    SPEC.replacen("[[integration]]\n", &format!("[[integration]]\n{lines}"), 1)
}

fn name() -> String {
    let line =
        SPEC.lines().skip_while(|line| *line != "[[integration]]").find(|line| line.starts_with("name"));
    line.unwrap().to_owned()
}

const NOTE: &str = "it has to run `setup:di:compile` with the new files first";

#[test]
fn a_change_of_a_kept_integration_is_no_reset() {
    let before = with("keep_credentials = true\nendpoint_url = \"https://acme.com/old\"\n");
    let after = with("keep_credentials = true\nendpoint_url = \"https://acme.com/new\"\n");
    let text = planned(&before, &after, "human");
    assert!(text.contains("its credentials are kept, and the module changes its row in place"), "{text}");
    assert!(
        text.contains("~ endpoint_url = \"https://acme.com/old\" -> \"https://acme.com/new\"\n"),
        "{text}"
    );
    assert!(text.contains("bin/magento setup:upgrade") && !text.contains("re-authorise"), "{text}");
    assert!(text.contains("Plan: 1 to keep (changed in place).") && !text.contains(NOTE), "{text}");
    // The plugin is new.
    let text = planned(&with("endpoint_url = \"https://acme.com/old\"\n"), &after, "human");
    assert!(text.contains(NOTE), "{text}");
}

#[test]
fn a_rename_is_one_line_and_a_retired_integration_another() {
    let renamed = SPEC.replacen(&name(), "name = \"Acme New\"", 1);
    let old = name().replace("name = ", "");
    let former =
        renamed.replacen("[[integration]]\n", &format!("[[integration]]\nrenamed_from = {old}\n"), 1);
    let document: Value = serde_json::from_str(&planned(SPEC, &former, "json")).unwrap();
    let all = document["integrations"].as_array().unwrap();
    assert_eq!((all.len(), &all[0]["action"], &all[0]["name"]), (1, &"rename".into(), &"Acme New".into()));
    assert_eq!(all[0]["reasons"][0]["code"], "renamed-in-place");
    assert!(document["notes"].to_string().contains(NOTE), "{document}");
    let retired = renamed + &format!("\n[retired]\nintegrations = [{old}]\n");
    let text = planned(SPEC, &retired, "markdown");
    assert!(text.contains("will be deleted: its row, key, secret, tokens and permissions"), "{text}");
    assert!(planned(SPEC, &retired, "human").contains("Plan: 1 to delete, 1 to create."), "{text}");
}

#[test]
fn rows_of_two_former_names_are_both_contested() {
    let head = "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\n[target]\nmagento = \"2.4.7\"\n";
    let integration = |name: &str, email: &str, more: &str| {
        format!(
            "[[integration]]\nname = \"{name}\"\nemail = \"{email}\"\nresources = [\"Magento_Sales::ship\"]\n{more}"
        )
    };
    let before = head.to_owned()
        + &integration("Acme ERP", "erp@example.com", "")
        + &integration("Acme CRM", "crm@example.com", "");
    let both = "renamed_from = [\"Acme ERP\", \"Acme CRM\"]\n";
    let after = head.to_owned() + &integration("Acme One", "erp@example.com", both);
    let text = planned(&before, &after, "human");
    assert_eq!(text.matches("it is a former name of `Acme One`, but more than one").count(), 2, "{text}");
    assert!(!text.contains("may have been renamed"), "{text}");
}

#[test]
fn a_job_with_a_former_name_is_noted() {
    let after = SPEC.to_owned()
        + "\n[[cron]]\nname = \"pull_prices\"\nrenamed_from = \"acme_prices\"\nschedule = \"0 3 * * *\"\n";
    let text = planned(SPEC, &after, "human");
    let note = "# setup:upgrade moves the runs and the saved schedule of the job acme_prices to acme_orders_pull_prices";
    assert!(text.contains(note), "{text}");
}
