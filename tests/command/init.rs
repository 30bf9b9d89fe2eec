use std::fs;

use super::magespec;

const FLAGS: [&str; 4] = ["--name", "Acme_ErpBridge", "--email", "erp@acme.com"];

#[test]
fn what_init_writes_compiles() {
    let dir = tempfile::tempdir().unwrap();
    let written = magespec(dir.path(), &[&["init"], FLAGS.as_slice()].concat());
    assert_eq!((written.status, written.stderr.as_str()), (0, ""));
    let checked = magespec(dir.path(), &["check", "--deny", "warnings"]);
    assert_eq!(checked.status, 0, "{}", checked.stdout);
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
}

#[test]
fn flags_are_quoted_as_toml() {
    let dir = tempfile::tempdir().unwrap();
    let odd = "a \"b\" \\ 'c' é";
    let more = [
        "--description",
        odd,
        "--integration",
        odd,
        "--target",
        "2.4.7",
        "--resource",
        "Magento_Cart::manage",
    ];
    assert_eq!(magespec(dir.path(), &[&["init", "x.toml"], FLAGS.as_slice(), &more].concat()).status, 0);
    let text = fs::read_to_string(dir.path().join("x.toml")).unwrap();
    let spec: toml::Table = text.parse().unwrap();
    assert_eq!(spec["module"]["description"].as_str(), Some(odd));
    assert_eq!(spec["integration"][0]["name"].as_str(), Some(odd));
    assert_eq!(spec["integration"][0]["resources"][0].as_str(), Some("Magento_Cart::manage"));
}

#[test]
fn init_overwrites_nothing_and_asks_for_what_is_missing() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("integration.toml"), "mine").unwrap();
    let refused = magespec(dir.path(), &[&["init"], FLAGS.as_slice()].concat());
    assert_eq!(refused.status, 1);
    assert!(refused.stderr.contains("does not overwrite files"), "{}", refused.stderr);
    assert_eq!(fs::read_to_string(dir.path().join("integration.toml")).unwrap(), "mine");

    let asked = magespec(dir.path(), &["init", "new.toml", "--name", "Acme_ErpBridge"]);
    assert_eq!(asked.status, 1);
    assert!(asked.stderr.contains("--email is required"), "{}", asked.stderr);
    assert!(!dir.path().join("new.toml").exists());
    let nowhere = magespec(dir.path(), &[&["init", "nodir/x.toml"], FLAGS.as_slice()].concat());
    assert!(nowhere.stderr.contains("nodir/x.toml: the directory does not exist"), "{}", nowhere.stderr);
    let dash = magespec(dir.path(), &[&["init", "-"], FLAGS.as_slice()].concat());
    assert_eq!((dash.status, dir.path().join("-").exists()), (1, false));
    let wrong = magespec(dir.path(), &["init", "new.toml", "--name", "acme", "--email", "x"]);
    assert_eq!(wrong.status, 1);
    assert!(wrong.stderr.contains("`acme` is not a module name such as"), "{}", wrong.stderr);
}

#[test]
fn documents_are_written_whole_and_replace_what_was_there() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("schema.json");
    for _ in 0..2 {
        let written = magespec(dir.path(), &["schema", "--output", "schema.json"]);
        assert_eq!((written.status, written.stdout.as_str(), written.stderr.as_str()), (0, "", ""));
        assert_eq!(fs::read_to_string(&path).unwrap(), magespec(dir.path(), &["schema"]).stdout);
        fs::write(&path, "old").unwrap();
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    let nowhere = magespec(dir.path(), &["completions", "bash", "-o", "no/where"]);
    assert_eq!(nowhere.stderr, "error: cannot write no/where: the directory does not exist\n");
    let git = magespec(dir.path(), &["man", "-o", ".git/man"]);
    assert!(git.stderr.contains("inside a .git directory"), "{}", git.stderr);
}
