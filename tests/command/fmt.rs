use std::fs;

use super::{SPEC, calls::fed, magespec};

const UNTIDY: &str = "[module]\nname=\"Acme_Erp\" # why\n\n\n[target]\nmagento = [ \"2.4.7\",\n]\n";
const TIDY: &str = "[module]\nname = \"Acme_Erp\" # why\n\n[target]\nmagento = [\n  \"2.4.7\",\n]\n";

#[test]
fn specs_are_formatted_in_place_and_listed() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = dir.path().join(name).join("integration.toml");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    };
    let (untidy, tidy) = (write("b", UNTIDY), write("a", TIDY));
    let ran = magespec(dir.path(), &["fmt", "--check", "."]);
    assert_eq!((ran.status, &*ran.stdout, &*ran.stderr), (2, "b/integration.toml\n", ""));
    let ran = magespec(dir.path(), &["fmt", "--diff", "."]);
    assert_eq!(ran.status, 2);
    assert!(ran.stdout.starts_with("--- a/b/integration.toml\n+++ b/b/integration.toml\n@@ -1,7 +1,7 @@\n"));
    let lines = ["-name=\"Acme_Erp\" # why", "+name = \"Acme_Erp\" # why", "+  \"2.4.7\","];
    assert!(lines.iter().all(|line| ran.stdout.lines().any(|it| it == *line)), "{}", ran.stdout);
    assert_eq!(fs::read_to_string(&untidy).unwrap(), UNTIDY);
    let ran = magespec(dir.path(), &["fmt", "."]);
    assert_eq!((ran.status, &*ran.stdout, &*ran.stderr), (0, "b/integration.toml\n", ""));
    assert_eq!(fs::read_to_string(&untidy).unwrap(), TIDY);
    let before = fs::metadata(&tidy).unwrap().modified().unwrap();
    let ran = magespec(dir.path(), &["fmt", "."]);
    assert_eq!((ran.status, &*ran.stdout, &*ran.stderr), (0, "", ""));
    assert_eq!(fs::metadata(&tidy).unwrap().modified().unwrap(), before, "not written again");
    assert_eq!(magespec(dir.path(), &["fmt", "--check", "--diff", "."]).status, 0);
}

#[test]
fn standard_input_is_formatted_to_standard_output() {
    let dir = tempfile::tempdir().unwrap();
    let ran = fed(dir.path(), &["fmt", "-"], UNTIDY.as_bytes());
    assert_eq!((ran.status, &*ran.stdout, &*ran.stderr), (0, TIDY, ""));
    let ran = fed(dir.path(), &["fmt", "--check", "-"], UNTIDY.as_bytes());
    assert_eq!((ran.status, &*ran.stdout), (2, "<stdin>\n"));
    assert_eq!(fed(dir.path(), &["fmt", "--check", "-"], SPEC.as_bytes()).status, 0);
}

#[test]
fn faulty_specs_stay_as_they_are() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("integration.toml");
    fs::write(&path, "[module]\nname=\n").unwrap();
    let ran = magespec(dir.path(), &["fmt"]);
    assert_eq!((ran.status, &*ran.stdout), (1, ""));
    assert!(
        ran.stderr.contains("integration.toml:2:6") && ran.stderr.contains("toml-syntax"),
        "{}",
        ran.stderr
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), "[module]\nname=\n");
    let ran = magespec(dir.path(), &["fmt", "nowhere.toml"]);
    assert!(ran.status == 1 && ran.stderr.contains("cannot read nowhere.toml"), "{}", ran.stderr);
    // What `check` refuses is formatted all the same.
    fs::write(&path, "[no]\nsuch=1\n").unwrap();
    assert_eq!(magespec(dir.path(), &["fmt"]).status, 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), "[no]\nsuch = 1\n");
}

#[test]
fn new_specs_are_formatted() {
    let dir = tempfile::tempdir().unwrap();
    let init = ["init", "--name", "Acme_Erp", "--email", "erp@acme.com"];
    assert_eq!(magespec(dir.path(), &init).status, 0, "{}", magespec(dir.path(), &init).stderr);
    let ran = magespec(dir.path(), &["fmt", "--diff"]);
    assert_eq!(ran.stdout, "");
}
