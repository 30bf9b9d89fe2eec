//! Many specs in one call.

use std::{fs, path::Path};

use super::{SPEC, magespec};

fn add(dir: &Path, folder: &str, module: &str) {
    fs::create_dir_all(dir.join(folder)).unwrap();
    fs::write(dir.join(folder).join("integration.toml"), SPEC.replace("Acme_Orders", module)).unwrap();
}

#[test]
fn a_directory_is_every_spec_below_it_that_git_does_not_ignore() {
    let dir = tempfile::tempdir().unwrap();
    for (folder, module) in [("b", "Acme_Bb"), ("a/deep", "Acme_Aa"), ("vendor/x", "Acme_Vendor")] {
        add(dir.path(), folder, module);
    }
    fs::write(dir.path().join(".gitignore"), "/vendor\n").unwrap();
    let built = magespec(dir.path(), &["build", "."]);
    assert_eq!((built.status, built.stderr.as_str()), (0, "2 specs\n"));
    let modules: Vec<&str> = built.stdout.lines().filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(modules, ["Acme_Aa in a/deep", "Acme_Bb in b"]);
    assert!(!dir.path().join("vendor/x/registration.php").exists());
    let twice = magespec(dir.path(), &["check", "b", "./b/integration.toml", "--format", "short"]);
    assert_eq!((twice.status, twice.stdout.contains("duplicate")), (0, false));
    add(dir.path(), ".hidden", "Acme_Hidden");
    assert!(magespec(dir.path(), &["build", "."]).stdout.contains("Acme_Hidden in .hidden"));
    assert_eq!(magespec(dir.path(), &["check", "a", "b", "b/integration.toml"]).status, 0);
    assert_eq!(magespec(dir.path(), &["diff", ".", "--exit-code"]).status, 0);
}

#[test]
fn git_info_exclude_hides_nothing_and_ignore_does() {
    let dir = tempfile::tempdir().unwrap();
    add(dir.path(), "a", "Acme_Aa");
    add(dir.path(), "b", "Acme_Bb");
    fs::create_dir_all(dir.path().join(".git/info")).unwrap();
    fs::write(dir.path().join(".git/info/exclude"), "/a\n").unwrap();
    assert_eq!(magespec(dir.path(), &["build", "."]).stderr, "2 specs\n");
    fs::write(dir.path().join(".ignore"), "/b\n").unwrap();
    fs::remove_file(dir.path().join("a/registration.php")).unwrap();
    fs::remove_file(dir.path().join("b/registration.php")).unwrap();
    let built = magespec(dir.path(), &["build", "."]).stdout;
    assert!(built.contains("Acme_Aa") && !built.contains("Acme_Bb"), "{built}");
}

/// `bin/magento` keeps one of two commands with the same name, but the modules may be for different shops.
#[test]
fn two_specs_with_the_same_commands_are_a_warning() {
    let bridge = include_str!("../../examples/erp-bridge/integration.toml");
    let dir = tempfile::tempdir().unwrap();
    for (folder, module) in [("a", "Acme_ErpBridge"), ("b", "Acme_Other")] {
        fs::create_dir_all(dir.path().join(folder)).unwrap();
        fs::write(dir.path().join(folder).join("integration.toml"), bridge.replace("Acme_ErpBridge", module))
            .unwrap();
    }
    let checked = magespec(dir.path(), &["check", ".", "--format", "short"]);
    assert_eq!(checked.status, 0, "{}", checked.stdout);
    let found: Vec<&str> = checked.stdout.lines().filter(|line| line.contains("name-taken")).collect();
    assert!(
        found.len() == 2
            && found[0]
                .contains("warning[name-taken]: b/integration.toml also has the commands `acme:webhooks:…`"),
        "{found:?}"
    );
    assert_eq!(magespec(dir.path(), &["check", ".", "--deny", "warnings"]).status, 1);
    let relaxed = format!("{bridge}\n[rules]\nname-taken = \"allow\"\n");
    fs::write(dir.path().join("a/integration.toml"), relaxed).unwrap();
    let checked = magespec(dir.path(), &["check", ".", "--format", "short"]).stdout;
    assert_eq!(checked.matches("name-taken").count(), 1, "{checked}");
}

#[test]
fn two_specs_of_one_module_are_an_error() {
    let dir = tempfile::tempdir().unwrap();
    add(dir.path(), "a", "Acme_Orders");
    add(dir.path(), "b", "Acme_Orders");
    add(dir.path(), "c", "Acme_Other");
    let checked = magespec(dir.path(), &["check", ".", "--format", "short"]);
    assert_eq!(checked.status, 1);
    assert_eq!(
        checked.stdout,
        "a/integration.toml:2:8: error[duplicate-module]: b/integration.toml also defines the module `Acme_Orders`\n\
         b/integration.toml:2:8: error[duplicate-module]: a/integration.toml also defines the module `Acme_Orders`\n"
    );
    for further in ["b2", "b3", "b4"] {
        add(dir.path(), further, "Acme_Orders");
    }
    let many = magespec(dir.path(), &["check", "."]).stdout;
    assert!(
        many.contains("b/integration.toml, b2/integration.toml and 2 more also define the module"),
        "{many}"
    );
    assert!(many.contains("backups and git worktrees"), "{many}");
    for further in ["b2", "b3", "b4"] {
        fs::remove_dir_all(dir.path().join(further)).unwrap();
    }
    let built = magespec(dir.path(), &["build", "."]);
    assert_eq!(built.status, 1);
    assert!(built.stderr.ends_with("3 specs, 2 not built\n"), "{}", built.stderr);
    assert!(!dir.path().join("a/registration.php").exists());
    assert!(dir.path().join("c/registration.php").exists());
}

#[test]
fn a_conflict_in_one_does_not_stop_the_others() {
    let dir = tempfile::tempdir().unwrap();
    add(dir.path(), "a", "Acme_Aa");
    add(dir.path(), "b", "Acme_Bb");
    fs::write(dir.path().join("a/composer.json"), "{}").unwrap();
    let built = magespec(dir.path(), &["build", "."]);
    assert_eq!(built.status, 1);
    assert!(built.stderr.contains("nothing was written to a:"), "{}", built.stderr);
    assert!(dir.path().join("b/registration.php").exists());
    // With its directory in front, a file is that of one spec alone.
    fs::write(dir.path().join("b/composer.json"), "{}").unwrap();
    assert_eq!(magespec(dir.path(), &["build", ".", "--force", "a/composer.json"]).status, 1);
    assert_ne!(fs::read_to_string(dir.path().join("a/composer.json")).unwrap(), "{}");
    assert_eq!(fs::read_to_string(dir.path().join("b/composer.json")).unwrap(), "{}");
}

#[test]
fn a_thousand_specs_are_reported_in_order() {
    let dir = tempfile::tempdir().unwrap();
    for at in 0..1000 {
        add(dir.path(), &format!("{at:04}"), &format!("Acme_M{at:04}"));
    }
    let built = magespec(dir.path(), &["build", "."]);
    assert_eq!((built.status, built.stderr.as_str()), (0, "1000 specs\n"));
    let modules = built.stdout.lines().filter(|line| !line.starts_with(' '));
    assert!(modules.enumerate().all(|(at, line)| line == format!("Acme_M{at:04} in {at:04}")));
    assert_eq!(magespec(dir.path(), &["build", "--check", "."]).status, 0);
}

#[test]
fn json_says_what_came_of_each() {
    let dir = tempfile::tempdir().unwrap();
    for (folder, module) in [("a", "Acme_Aa"), ("b", "Acme_Bb"), ("c", "Acme_Cc")] {
        add(dir.path(), folder, module);
    }
    magespec(dir.path(), &["build", "a"]);
    fs::write(dir.path().join("b/composer.json"), "{}").unwrap();
    let results = |arguments: &[&str]| {
        let built = magespec(dir.path(), &[&["build", "--format", "json", "."], arguments].concat());
        let document: serde_json::Value = serde_json::from_str(&built.stdout).unwrap();
        let specs = document["specs"].as_array().unwrap().clone();
        let results: Vec<String> =
            specs.iter().map(|spec| spec["result"].as_str().unwrap().to_owned()).collect();
        (built.status, results, document)
    };
    let (status, found, document) = results(&["--check"]);
    assert_eq!(
        (status, found.as_slice()),
        (2, ["unchanged", "conflict", "differs"].map(str::to_owned).as_slice())
    );
    let file = &document["specs"][1]["files"][1];
    assert_eq!((file["path"].as_str(), file["status"].as_str()), (Some("composer.json"), Some("in-the-way")));
    let (status, found, _) = results(&[]);
    assert_eq!(
        (status, found.as_slice()),
        (1, ["unchanged", "conflict", "written"].map(str::to_owned).as_slice())
    );
}

#[test]
fn a_path_from_the_root_says_too_little_where_there_are_several() {
    let dir = tempfile::tempdir().unwrap();
    for (folder, module) in [("a", "Acme_Aa"), ("b", "Acme_Bb")] {
        add(dir.path(), folder, module);
        fs::write(dir.path().join(folder).join("composer.json"), "{}").unwrap();
    }
    let refused = magespec(dir.path(), &["build", ".", "--force", "composer.json"]);
    assert_eq!(refused.status, 1);
    assert!(refused.stderr.contains("include the directory in the path"), "{}", refused.stderr);
    assert_eq!(fs::read_to_string(dir.path().join("a/composer.json")).unwrap(), "{}");
    assert!(
        magespec(dir.path(), &["build", "."])
            .stderr
            .contains("  magespec build a/integration.toml --force composer.json\n")
    );
}
