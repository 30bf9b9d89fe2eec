use std::fs;

use super::{SPEC, magespec, project};

fn with_a_mistake() -> tempfile::TempDir {
    let dir = project();
    let spec =
        SPEC.replace("\"Magento_Sales::actions_view\"", "\"Magento_Log::online\", \"Magento_Sales::nöpe\"");
    fs::write(dir.path().join("integration.toml"), spec.replace("Acme Warehouse", "Ä, Wärehouse")).unwrap();
    dir
}

#[test]
fn a_good_spec_says_nothing() {
    let checked = magespec(project().path(), &["check"]);
    assert_eq!((checked.status, checked.stdout.as_str(), checked.stderr.as_str()), (0, "", ""));
}

#[test]
fn short_is_a_line_for_each_finding() {
    let checked = magespec(with_a_mistake().path(), &["check", "--format", "short"]);
    assert_eq!(checked.status, 1);
    assert_eq!(
        checked.stdout,
        "integration.toml:12:14: error[unknown-resource]: `Magento_Log::online` does not exist in 2.4.2..2.4.2-p2\n\
         integration.toml:12:37: error[resource-format]: `Magento_Sales::nöpe` is neither an ACL resource nor a pattern\n"
    );
}

#[test]
fn human_shows_the_line() {
    let checked = magespec(with_a_mistake().path(), &["check"]);
    insta::assert_snapshot!(checked.stdout);
    assert_eq!(checked.stderr, "2 errors; run `magespec explain RULE` for details\n");
}

#[test]
fn json_has_places_and_fixes() {
    let checked = magespec(with_a_mistake().path(), &["check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&checked.stdout).unwrap();
    assert_eq!(json["version"], 1);
    let finding = &json["diagnostics"][0];
    assert_eq!(
        serde_json::json!([
            finding["rule"],
            finding["level"],
            finding["file"],
            finding["line"],
            finding["column"],
            finding["end_line"],
            finding["end_column"]
        ]),
        serde_json::json!(["unknown-resource", "error", "integration.toml", 12, 14, 12, 35])
    );
    assert_eq!(finding["fix"]["replacement"], "\"Magento_Customer::online\"");
    assert_eq!(json["diagnostics"][1]["end_column"], 58, "columns count characters");
}

#[test]
fn sarif_names_rules_and_regions() {
    let checked = magespec(with_a_mistake().path(), &["check", "--format", "sarif"]);
    let sarif: serde_json::Value = serde_json::from_str(&checked.stdout).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let run = &sarif["runs"][0];
    let result = &run["results"][0];
    let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startColumn"], 14);
    assert_eq!(
        result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"],
        "\"Magento_Customer::online\""
    );
}

#[test]
fn github_prints_workflow_commands() {
    let checked = magespec(with_a_mistake().path(), &["check", "--format", "github"]);
    let first = checked.stdout.lines().next().unwrap();
    assert!(
        first.starts_with(
            "::error file=integration.toml,line=12,endLine=12,col=14,endColumn=35,title=unknown-resource::"
        ),
        "{first}"
    );
    assert_eq!(checked.stdout.lines().count(), 2, "line ends are written as %0A");
}

#[test]
fn denied_warnings_are_errors() {
    let dir = project();
    fs::write(dir.path().join("integration.toml"), SPEC.replace("[\"Magento_Sales::actions_view\"]", "[]"))
        .unwrap();
    assert_eq!(magespec(dir.path(), &["check"]).status, 0);
    let denied = magespec(dir.path(), &["check", "--deny", "warnings"]);
    assert_eq!(denied.status, 1);
    assert!(denied.stdout.contains("error[no-resources]"), "{}", denied.stdout);
}

#[test]
fn several_specs_are_reported_in_their_order() {
    let dir = project();
    for name in ["b.toml", "a.toml"] {
        fs::write(dir.path().join(name), SPEC.replace("actions_view", "nope")).unwrap();
    }
    let checked =
        magespec(dir.path(), &["check", "--format", "short", "b.toml", "integration.toml", "a.toml"]);
    let files: Vec<&str> = checked.stdout.lines().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!((checked.status, files), (1, vec!["b.toml", "a.toml"]));
}

#[test]
fn colour_follows_the_flag() {
    let dir = with_a_mistake();
    assert!(!magespec(dir.path(), &["check"]).stdout.contains('\u{1b}'));
    assert!(magespec(dir.path(), &["check", "--color", "always"]).stdout.contains('\u{1b}'));
}

/// A module without a spec is checked where it is named, even if it declares no integration.
#[test]
fn modules_without_integrations_are_checked() {
    let dir = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = dir.path().join("app").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("etc/module.xml", "<config><module name=\"Acme_Menu\"/></config>");
    write(
        "registration.php",
        "<?php ComponentRegistrar::register(ComponentRegistrar::MODULE, 'Acme_Menu', __DIR__);",
    );
    write(
        "etc/adminhtml/menu.xml",
        "<config><menu>\n<add id=\"Acme_Menu::a\" title=\"Acme\" module=\"Acme_Menu\" resource=\"Acme_Menu::a\"/></menu></config>",
    );
    let checked = magespec(&dir.path().join("app"), &["check", "--format", "short", "."]);
    let line = "etc/adminhtml/menu.xml:2:65: error[unknown-resource]: `Acme_Menu::a` does not exist in ";
    assert!(checked.stdout.contains(&format!("\n{line}")), "{}", checked.stdout);
    let checked = magespec(dir.path(), &["check", "--format", "short", "app"]);
    assert_eq!(checked.status, 1);
    assert!(checked.stdout.contains(&format!("\napp/{line}")), "{}", checked.stdout);
}
