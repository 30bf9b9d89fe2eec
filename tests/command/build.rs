use std::{fs, os::unix::fs::PermissionsExt as _, path::Path, time::SystemTime};

use super::{SPEC, command, files, magespec, project};

const GENERATED: [&str; 6] = [
    "README.md",
    "composer.json",
    "etc/integration.xml",
    "etc/module.xml",
    "integration.lock",
    "registration.php",
];

fn times(dir: &Path) -> Vec<SystemTime> {
    GENERATED.iter().map(|file| fs::metadata(dir.join(file)).unwrap().modified().unwrap()).collect()
}

#[test]
fn build_writes_the_module_and_says_so() {
    let dir = project();
    let built = magespec(dir.path(), &["build"]);
    assert_eq!((built.status, built.stderr.as_str()), (0, ""));
    assert_eq!(
        built.stdout,
        "Acme_Orders in .\n  created README.md\n  created composer.json\n  created etc/integration.xml\n  \
         created etc/module.xml\n  created registration.php\n  created integration.lock\n"
    );
    assert_eq!(files(dir.path()), GENERATED);
}

#[test]
fn a_second_build_touches_nothing() {
    let dir = project();
    magespec(dir.path(), &["build"]);
    let before = times(dir.path());
    let built = magespec(dir.path(), &["build"]);
    assert_eq!((built.status, built.stdout.as_str()), (0, "Acme_Orders in .\n  6 files unchanged\n"));
    assert_eq!(times(dir.path()), before);
}

#[test]
fn a_change_of_the_spec_touches_only_what_it_changes() {
    let dir = project();
    magespec(dir.path(), &["build"]);
    fs::set_permissions(dir.path().join("etc/integration.xml"), fs::Permissions::from_mode(0o640)).unwrap();
    let before = times(dir.path());
    fs::write(dir.path().join("integration.toml"), SPEC.replace("warehouse@", "stock@")).unwrap();
    let built = magespec(dir.path(), &["build"]);
    assert!(built.stdout.contains("changed README.md\n  changed etc/integration.xml\n"), "{}", built.stdout);
    let after = times(dir.path());
    for (at, file) in GENERATED.iter().enumerate() {
        let changed = matches!(*file, "README.md" | "etc/integration.xml" | "integration.lock");
        assert_eq!(before[at] != after[at], changed, "{file}");
    }
    let mode = fs::metadata(dir.path().join("etc/integration.xml")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn what_is_no_longer_made_is_deleted_with_its_folder_and_nothing_else() {
    let dir = project();
    fs::write(dir.path().join("integration.toml"), SPEC.replace("2.4.2", "2.0.*")).unwrap();
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
    fs::create_dir_all(dir.path().join("Setup/Mine")).unwrap();
    fs::write(dir.path().join("Setup/Mine/notes.txt"), "mine").unwrap();
    fs::write(dir.path().join("integration.toml"), SPEC).unwrap();
    let built = magespec(dir.path(), &["build"]);
    assert!(built.stdout.contains("deleted Setup/InstallData.php"), "{}", built.stdout);
    let mut expected: Vec<&str> = GENERATED.into();
    expected.insert(0, "Setup/Mine/notes.txt");
    expected.sort_unstable();
    assert_eq!(files(dir.path()), expected);
    assert!(!dir.path().join("etc/integration").exists());
}

#[test]
fn a_hand_edit_stops_everything_until_it_is_forced() {
    let dir = project();
    magespec(dir.path(), &["build"]);
    let edited = dir.path().join("etc/module.xml");
    fs::write(&edited, "mine").unwrap();
    fs::write(dir.path().join("integration.toml"), SPEC.replace("warehouse@", "stock@")).unwrap();
    let integration = fs::read(dir.path().join("etc/integration.xml")).unwrap();
    let built = magespec(dir.path(), &["build"]);
    assert_eq!(built.status, 1);
    assert!(built.stderr.contains("etc/module.xml: edited by hand since the last build"), "{}", built.stderr);
    assert!(built.stderr.contains("--force"), "{}", built.stderr);
    assert_eq!(fs::read_to_string(&edited).unwrap(), "mine");
    assert_eq!(fs::read(dir.path().join("etc/integration.xml")).unwrap(), integration);
    assert_eq!(magespec(dir.path(), &["build", "--force"]).status, 0);
    assert!(fs::read_to_string(&edited).unwrap().starts_with("<?xml"));
}

#[test]
fn a_file_of_someone_else_is_in_the_way_unless_it_is_equal() {
    let dir = project();
    fs::write(dir.path().join("composer.json"), "{}").unwrap();
    let built = magespec(dir.path(), &["build"]);
    assert_eq!(built.status, 1);
    assert!(
        built.stderr.contains("composer.json: exists, but was not written by magespec"),
        "{}",
        built.stderr
    );
    assert_eq!(files(dir.path()), ["composer.json"]);

    let other = project();
    magespec(other.path(), &["build"]);
    fs::remove_file(other.path().join("integration.lock")).unwrap();
    let built = magespec(other.path(), &["build"]);
    assert_eq!((built.status, files(other.path())), (0, GENERATED.map(str::to_owned).to_vec()));
}

#[test]
fn check_and_dry_run_write_nothing() {
    let dir = project();
    let checked = magespec(dir.path(), &["build", "--check"]);
    assert_eq!(checked.status, 2);
    assert!(checked.stdout.contains("created registration.php +"), "{}", checked.stdout);
    assert!(checked.stdout.contains("\n+<?php\n"), "{}", checked.stdout);
    assert_eq!(magespec(dir.path(), &["build", "--dry-run"]).status, 0);
    assert_eq!(files(dir.path()), Vec::<String>::new());
    magespec(dir.path(), &["build"]);
    assert_eq!(magespec(dir.path(), &["build", "--check"]).status, 0);
    fs::remove_file(dir.path().join("registration.php")).unwrap();
    assert_eq!(magespec(dir.path(), &["build", "--check"]).status, 2);
    fs::write(dir.path().join("registration.php"), "<?php // \u{202e}\u{200b}\n::error::x\n").unwrap();
    let checked = magespec(dir.path(), &["build", "--check"]);
    assert_eq!(checked.status, 2);
    assert!(checked.stdout.contains("<?php // <U+202E><U+200B>\n"), "{}", checked.stdout);
    assert!(!checked.stdout.contains(['\u{202e}', '\u{200b}']), "{}", checked.stdout);
}

#[test]
fn a_spec_with_errors_writes_nothing_and_does_not_hide_the_others() {
    let dir = project();
    for (name, text) in [("good", SPEC.to_owned()), ("bad", SPEC.replace("actions_view", "nope"))] {
        fs::create_dir(dir.path().join(name)).unwrap();
        fs::write(dir.path().join(name).join("integration.toml"), text).unwrap();
    }
    let built = magespec(dir.path(), &["build", "bad/integration.toml", "good/integration.toml"]);
    assert_eq!(built.status, 1);
    assert!(built.stderr.contains("error[unknown-resource]"), "{}", built.stderr);
    assert_eq!(files(&dir.path().join("bad")), Vec::<String>::new());
    assert_eq!(files(&dir.path().join("good")), GENERATED);
}

#[test]
fn the_spec_says_where_the_module_goes() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("specs")).unwrap();
    let spec = |name: &str, directory: &str| {
        let key = format!("[module]\ndirectory = \"{directory}\"");
        let text = SPEC.replace("[module]", &key).replace("Acme_Orders", name);
        fs::write(dir.path().join(format!("specs/{name}.toml")), text).unwrap();
    };
    spec("Acme_Orders", "../app/code/Acme/Orders");
    spec("Acme_Stock", "./stock");
    let built = magespec(dir.path(), &["build", "specs/Acme_Orders.toml", "specs/Acme_Stock.toml"]);
    assert_eq!(built.status, 0, "{}", built.stderr);
    assert!(built.stdout.contains("Acme_Orders in app/code/Acme/Orders\n"), "{}", built.stdout);
    assert!(dir.path().join("app/code/Acme/Orders/integration.lock").is_file());
    assert!(dir.path().join("specs/stock/registration.php").is_file());
    let inside = dir.path().join("specs");
    for command in [&["build", "--check"][..], &["diff", "--exit-code"]] {
        let from_inside = magespec(&inside, &[command, &["Acme_Orders.toml"]].concat());
        assert_eq!(from_inside.status, 0, "{}{}", from_inside.stdout, from_inside.stderr);
    }
    let elsewhere = magespec(dir.path(), &["build", "specs/Acme_Orders.toml", "--out", "other"]);
    assert!(elsewhere.stdout.contains("Acme_Orders in other\n"), "{}", elsewhere.stdout);
    spec("Acme_Stock", "../app/code/./Acme/Orders");
    let shared = magespec(dir.path(), &["build", "specs/Acme_Orders.toml", "specs/Acme_Stock.toml"]);
    assert_eq!(shared.status, 1);
    assert!(shared.stderr.contains("write to the same directory"), "{}", shared.stderr);
    for directory in ["/abs", "a/.git/b", "C:/x", ""] {
        spec("Acme_Stock", directory);
        assert_eq!(magespec(dir.path(), &["check", "specs/Acme_Stock.toml"]).status, 1, "{directory}");
    }
}

#[test]
fn a_copy_from_an_earlier_directory_is_reported() {
    let dir = tempfile::tempdir().unwrap();
    let build = |directory: &str, arguments: &[&str]| {
        let key = format!("[module]\ndirectory = \"{directory}\"");
        fs::write(dir.path().join("integration.toml"), SPEC.replace("[module]", &key)).unwrap();
        magespec(dir.path(), &[&["build"], arguments].concat())
    };
    assert_eq!(build("app/code/Acme/Orders", &[]).stderr, "");
    assert_eq!(build("app/code/Acme/Orders", &["--out", "x"]).stderr, "");
    fs::remove_dir_all(dir.path().join("x")).unwrap();
    let moved = build("src", &[]).stderr;
    assert!(moved.starts_with("warning: app/code/Acme/Orders has Acme_Orders too"), "{moved}");
    fs::remove_dir_all(dir.path().join("src")).unwrap();
    fs::remove_dir_all(dir.path().join("app")).unwrap();
    assert_eq!(build("src", &[]).stderr, "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_directory_that_cannot_be_created_is_named() {
    let built = magespec(project().path(), &["build", "--out", "/proc/x/y"]);
    assert_eq!(built.status, 1);
    assert!(
        built.stderr.contains("cannot create /proc/x/y: its file system does not allow"),
        "{}",
        built.stderr
    );
}

#[test]
fn out_names_the_directory_and_two_specs_cannot_share_one() {
    let dir = project();
    let built = magespec(dir.path(), &["build", "--out", "a/b"]);
    assert_eq!((built.status, files(&dir.path().join("a/b"))), (0, GENERATED.map(str::to_owned).to_vec()));
    fs::write(dir.path().join("other.toml"), SPEC).unwrap();
    let built = magespec(dir.path(), &["build", "integration.toml", "other.toml"]);
    assert_eq!(built.status, 1);
    assert!(built.stderr.contains("same directory"), "{}", built.stderr);
}

#[test]
fn a_damaged_lock_is_explained() {
    let dir = project();
    magespec(dir.path(), &["build"]);
    for damage in ["<<<<<<< HEAD", "version = 1\n[files]\n\"../x\" = { sha256 = \"\", kind = \"managed\" }\n"]
    {
        fs::write(dir.path().join("integration.lock"), damage).unwrap();
        let built = magespec(dir.path(), &["build"]);
        assert_eq!(built.status, 1);
        assert!(built.stderr.contains("integration.lock is damaged"), "{}", built.stderr);
    }
    fs::remove_file(dir.path().join("integration.lock")).unwrap();
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
}

#[test]
fn same_spec_same_bytes_wherever_it_stands() {
    let (one, other) = (project(), project());
    magespec(one.path(), &["build"]);
    let spec = one.path().join("integration.toml");
    let out = command(other.path(), &["build", spec.to_str().unwrap(), "--out", "."])
        .env("TZ", "Asia/Tokyo")
        .output();
    assert!(out.unwrap().status.success());
    for file in GENERATED {
        assert_eq!(
            fs::read(one.path().join(file)).unwrap(),
            fs::read(other.path().join(file)).unwrap(),
            "{file}"
        );
    }
}
