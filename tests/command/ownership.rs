//! No edit by hand is lost.

use std::{fs, path::Path};

use super::{Ran, files, magespec, project};
use crate::support::files::contents;

const FOOTNOTE: &str = "<!-- mine -->\n";

/// A built module whose etc/module.xml was edited by hand.
fn edited() -> tempfile::TempDir {
    let dir = project();
    magespec(dir.path(), &["build"]);
    append(dir.path(), "etc/module.xml", FOOTNOTE);
    dir
}

fn append(dir: &Path, file: &str, text: &str) {
    let old = read(dir, file);
    fs::write(dir.join(file), old + text).unwrap();
}

fn read(dir: &Path, file: &str) -> String {
    fs::read_to_string(dir.join(file)).unwrap()
}

fn respec(dir: &Path, from: &str, to: &str) {
    let spec = read(dir, "integration.toml");
    assert!(spec.contains(from));
    fs::write(dir.join("integration.toml"), spec.replace(from, to)).unwrap();
}

fn build(dir: &Path, arguments: &[&str]) -> Ran {
    magespec(dir, &[&["build"], arguments].concat())
}

#[test]
fn the_message_shows_the_edit_and_the_ways_out() {
    let dir = edited();
    respec(dir.path(), "actions_view", "create");
    let refused = build(dir.path(), &[]);
    assert_eq!((refused.status, refused.stdout.as_str()), (1, ""));
    // What was done to the file, not what the spec changes in it.
    assert!(refused.stderr.contains("\n </config>\n+<!-- mine -->\n"), "{}", refused.stderr);
    for way in ["--merge", "--keep etc/module.xml", "--force etc/module.xml"] {
        assert!(refused.stderr.contains(&format!("\n  magespec build {way}\n")), "{}", refused.stderr);
    }
    assert!(read(dir.path(), "etc/integration.xml").contains("actions_view"), "nothing was written");
}

#[test]
fn force_takes_what_is_named_and_nothing_else() {
    let dir = edited();
    append(dir.path(), "README.md", "mine\n");
    let refused = build(dir.path(), &["--force", "etc/module.xml"]);
    assert_eq!(refused.status, 1);
    assert!(refused.stderr.contains("README.md") && !refused.stderr.contains("etc/module.xml: it was"));
    assert!(read(dir.path(), "etc/module.xml").ends_with(FOOTNOTE));
    let forced = build(dir.path(), &["--force", "etc/module.xml", "./README.md"]);
    assert_eq!(forced.status, 0);
    assert!(!read(dir.path(), "etc/module.xml").contains("mine"));
}

#[test]
fn files_that_are_not_built_are_a_mistake() {
    let dir = edited();
    for arguments in [&["--force", "etc/modul.xml"][..], &["--keep", "integration.toml"]] {
        let refused = build(dir.path(), arguments);
        assert_eq!(refused.status, 1);
        assert!(refused.stderr.contains("is not a generated file"), "{}", refused.stderr);
    }
    assert!(read(dir.path(), "etc/module.xml").ends_with(FOOTNOTE));
}

#[test]
fn keep_hands_the_file_over_for_good() {
    let dir = edited();
    respec(dir.path(), "[[integration]]", "[[integration]] # the only one");
    let spec = read(dir.path(), "integration.toml");
    let kept = build(dir.path(), &["--keep", "etc/module.xml"]);
    assert_eq!((kept.status, kept.stderr.as_str()), (0, ""));
    assert_eq!(
        read(dir.path(), "integration.toml"),
        format!("{spec}\n[files]\nunmanaged = [\"etc/module.xml\"]\n")
    );
    assert!(read(dir.path(), "etc/module.xml").ends_with(FOOTNOTE));
    assert!(!read(dir.path(), "integration.lock").contains("etc/module.xml"));
    respec(dir.path(), "2.4.2", "2.2.9");
    assert_eq!(build(dir.path(), &[]).status, 0);
    assert!(read(dir.path(), "etc/module.xml").ends_with(FOOTNOTE));
    assert_eq!(build(dir.path(), &["--check"]).status, 0);
}

#[test]
fn keep_and_dry_run_leave_the_spec_alone() {
    let dir = edited();
    let spec = read(dir.path(), "integration.toml");
    assert_eq!(build(dir.path(), &["--keep", "etc/module.xml", "--dry-run"]).status, 0);
    assert_eq!(read(dir.path(), "integration.toml"), spec);
}

#[test]
fn merge_unites_the_edit_and_the_spec() {
    let dir = edited();
    respec(dir.path(), "2.4.2", "2.2.9");
    let merged = build(dir.path(), &["--merge"]);
    let note = "note: still edited by hand: etc/module.xml. `build --check`, and `build` without --merge, stop there until \
                the spec says the same; or stop managing the file: `magespec build --keep etc/module.xml`\n";
    assert_eq!((merged.status, merged.stderr.as_str()), (0, note));
    assert!(merged.stdout.contains("merged etc/module.xml"), "{}", merged.stdout);
    let module = read(dir.path(), "etc/module.xml");
    assert!(module.contains("setup_version=\"1.0.0\"") && module.ends_with(FOOTNOTE), "{module}");
    // The edit is still one, and a further merge has nothing to do.
    assert_eq!(build(dir.path(), &["--check"]).status, 2);
    let again = build(dir.path(), &["--merge"]);
    assert_eq!(
        (again.stdout.as_str(), again.stderr.as_str()),
        ("Acme_Orders in .\n  6 files unchanged\n", note)
    );
    assert_eq!(build(dir.path(), &["--keep", "etc/module.xml"]).status, 0);
    assert_eq!(build(dir.path(), &["--check"]).status, 0, "that is a way out");
}

#[test]
fn what_cannot_be_merged_is_reported_beside_the_file() {
    let dir = edited();
    let theirs = read(dir.path(), "etc/module.xml").replace("Acme_Orders\"", "Acme_Orders\" mine=\"\"");
    fs::write(dir.path().join("etc/module.xml"), &theirs).unwrap();
    respec(dir.path(), "2.4.2", "2.2.9");
    let lock = read(dir.path(), "integration.lock");
    let refused = build(dir.path(), &["--merge"]);
    assert_eq!(refused.status, 1);
    assert!(refused.stderr.contains("etc/module.xml.rej"), "{}", refused.stderr);
    assert_eq!(read(dir.path(), "etc/module.xml"), theirs);
    assert_eq!(read(dir.path(), "integration.lock"), lock);
    let report = read(dir.path(), "etc/module.xml.rej");
    assert!(report.contains("<<<<<<< generated from the spec\n") && report.contains("mine=\"\""), "{report}");
    // Once the lines are as both want them, it merges.
    let united = theirs.replace("Acme_Orders\" mine=\"\"", "Acme_Orders\" setup_version=\"1.0.0\"");
    fs::write(dir.path().join("etc/module.xml"), united).unwrap();
    assert_eq!(build(dir.path(), &["--merge"]).status, 0);
    assert!(read(dir.path(), "etc/module.xml").ends_with(FOOTNOTE));
}

#[test]
fn a_report_overwrites_no_file_of_the_users() {
    let dir = edited();
    let theirs = read(dir.path(), "etc/module.xml").replace("Acme_Orders\"", "Acme_Orders\" mine=\"\"");
    fs::write(dir.path().join("etc/module.xml"), theirs).unwrap();
    fs::write(dir.path().join("etc/module.xml.rej"), "mine").unwrap();
    respec(dir.path(), "2.4.2", "2.2.9");
    let refused = build(dir.path(), &["--merge"]);
    assert_eq!(refused.status, 1);
    assert!(refused.stderr.contains("cannot write etc/module.xml.rej"), "{}", refused.stderr);
    assert_eq!(read(dir.path(), "etc/module.xml.rej"), "mine");
}

#[test]
fn a_lock_without_the_file_cannot_be_merged_from() {
    let dir = edited();
    let lock = read(dir.path(), "integration.lock");
    let without =
        |line: &str| line.split(", lines").next().unwrap().trim_end_matches(" }").to_owned() + " }\n";
    let lines =
        lock.lines().map(|line| if line.contains("sha256") { without(line) } else { format!("{line}\n") });
    fs::write(dir.path().join("integration.lock"), lines.collect::<String>()).unwrap();
    let refused = build(dir.path(), &["--merge"]);
    assert_eq!(refused.status, 1);
    assert!(refused.stderr.contains("does not record the lines of the file"), "{}", refused.stderr);
}

#[test]
fn a_file_that_is_no_longer_made_is_not_deleted_once_it_was_edited() {
    let dir = project();
    respec(dir.path(), "2.4.2", "2.0.*");
    assert_eq!(build(dir.path(), &[]).status, 0);
    append(dir.path(), "Setup/InstallData.php", "// mine\n");
    respec(dir.path(), "2.0.*", "2.4.2");
    let refused = build(dir.path(), &["--merge"]);
    assert_eq!(refused.status, 1);
    assert!(refused.stderr.contains("and the spec no longer generates it"), "{}", refused.stderr);
    assert!(read(dir.path(), "Setup/InstallData.php").ends_with("// mine\n"));
    assert_eq!(build(dir.path(), &["--force", "Setup/InstallData.php"]).status, 0);
    assert!(!dir.path().join("Setup").exists());
}

#[test]
fn the_lock_changes_only_with_a_file() {
    let dir = project();
    build(dir.path(), &[]);
    let lock = read(dir.path(), "integration.lock");
    respec(dir.path(), "[module]", "# a comment\n[module]");
    assert_eq!(build(dir.path(), &[]).stdout, "Acme_Orders in .\n  6 files unchanged\n");
    assert_eq!(read(dir.path(), "integration.lock"), lock);
}

#[test]
fn hostile_locks_reach_nothing_outside() {
    let dir = project();
    let outside = dir.path().join("outside.txt");
    fs::write(&outside, "theirs").unwrap();
    for path in ["../outside.txt", "/etc/hostname", "a/../../outside.txt", "a\\\\..\\\\outside.txt"] {
        let out = dir.path().join("out");
        fs::create_dir_all(&out).unwrap();
        let lock = format!("version = 1\n[files]\n\"{path}\" = {{ sha256 = \"\", kind = \"managed\" }}\n");
        fs::write(out.join("integration.lock"), lock).unwrap();
        let refused = build(dir.path(), &["--out", "out"]);
        assert_eq!(refused.status, 1);
        assert!(refused.stderr.contains("is not a path below the output root"), "{}", refused.stderr);
        assert_eq!(files(&out), ["integration.lock"]);
    }
    assert_eq!(fs::read_to_string(outside).unwrap(), "theirs");
}

#[test]
fn a_file_that_is_no_longer_made_can_be_kept() {
    let dir = project();
    respec(dir.path(), "2.4.2", "2.0.*");
    build(dir.path(), &[]);
    append(dir.path(), "Setup/InstallData.php", "// mine\n");
    respec(dir.path(), "2.0.*", "2.4.2");
    let spec = read(dir.path(), "integration.toml");
    let refused = build(dir.path(), &[]);
    assert!(!refused.stderr.contains("--merge"), "there is nothing to merge with: {}", refused.stderr);
    let ways = "Move the change into the spec; or stop managing the file, or delete it:\n  magespec build --keep \
                Setup/InstallData.php\n  magespec build --force Setup/InstallData.php\n";
    assert!(refused.stderr.ends_with(ways), "{}", refused.stderr);
    append(dir.path(), "etc/module.xml", FOOTNOTE);
    let both = build(dir.path(), &[]);
    let ways = "or merge it, stop managing the file, overwrite it, or delete it:\n  magespec build --merge\n  magespec \
                build --keep Setup/InstallData.php etc/module.xml\n  magespec build --force etc/module.xml\n  magespec \
                build --force Setup/InstallData.php\n";
    assert!(both.stderr.ends_with(ways), "{}", both.stderr);
    assert_eq!(build(dir.path(), &["--force", "etc/module.xml"]).status, 1);
    fs::write(dir.path().join("etc/module.xml"), read(dir.path(), "etc/module.xml").replace(FOOTNOTE, ""))
        .unwrap();
    let kept = build(dir.path(), &["--keep", "Setup/InstallData.php"]);
    assert_eq!(kept.status, 0);
    assert!(
        kept.stderr.starts_with("warning[setup-version]: Setup/InstallData.php never runs"),
        "{}",
        kept.stderr
    );
    assert!(read(dir.path(), "Setup/InstallData.php").ends_with("// mine\n"));
    assert_eq!(read(dir.path(), "integration.toml"), spec, "the spec makes no such file anyway");
    assert_eq!(build(dir.path(), &["--check"]).status, 0);
}

#[test]
fn keep_says_that_it_edits_the_spec() {
    let dir = edited();
    let dry = build(dir.path(), &["--keep", "etc/module.xml", "--dry-run"]);
    assert!(dry.stdout.contains("changed integration.toml, under [files]\n"), "{}", dry.stdout);
    assert!(dry.stdout.contains("+unmanaged = [\"etc/module.xml\"]\n"), "{}", dry.stdout);
    let json = build(dir.path(), &["--keep", "etc/module.xml", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(document["specs"][0]["spec_edited"], true);
}

#[test]
fn ways_out_name_this_spec_and_all_that_was_chosen() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("my mods");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("integration.toml"), super::SPEC).unwrap();
    let arguments = ["build", "my mods/integration.toml", "--out", "out"];
    magespec(dir.path(), &arguments);
    append(&dir.path().join("out"), "etc/module.xml", FOOTNOTE);
    append(&dir.path().join("out"), "README.md", "mine\n");
    let refused = magespec(dir.path(), &[&arguments[..], &["--keep", "README.md"]].concat());
    let lines: Vec<&str> = refused.stderr.lines().filter(|line| line.starts_with("  magespec")).collect();
    assert_eq!(
        lines,
        [
            "  magespec build 'my mods/integration.toml' --out out --merge --keep README.md",
            "  magespec build 'my mods/integration.toml' --out out --keep README.md etc/module.xml",
            "  magespec build 'my mods/integration.toml' --out out --keep README.md --force etc/module.xml",
        ]
    );
}

#[test]
fn a_lock_cannot_make_build_delete_what_is_not_generated() {
    let dir = project();
    build(dir.path(), &[]);
    let lock = read(dir.path(), "integration.lock");
    for path in ["integration.toml", ".git/config", "integration.lock"] {
        fs::create_dir_all(dir.path().join(".git")).unwrap();
        fs::write(dir.path().join(".git/config"), "theirs").unwrap();
        let hash = magespec::tree::sha256(fs::read(dir.path().join(path)).unwrap());
        let entry = format!("[files]\n\"{path}\" = {{ sha256 = \"{hash}\", kind = \"managed\" }}\n");
        fs::write(dir.path().join("integration.lock"), lock.replace("[files]\n", &entry)).unwrap();
        build(dir.path(), &[]);
        assert!(dir.path().join(path).exists(), "{path}");
    }
}

#[test]
fn a_checkout_with_crlf_is_not_an_edit() {
    let dir = project();
    assert_eq!(build(dir.path(), &[]).status, 0);
    for path in files(dir.path()) {
        let text = read(dir.path(), &path);
        fs::write(dir.path().join(path), text.replace('\n', "\r\n")).unwrap();
    }
    let crlf = contents(dir.path());
    let checked = build(dir.path(), &["--check"]);
    assert_eq!((checked.status, checked.stdout.as_str()), (0, "Acme_Orders in .\n  6 files unchanged\n"));
    assert_eq!((build(dir.path(), &[]).status, contents(dir.path())), (0, crlf), "nothing is rewritten");
    // What changes is written as on any system; what was edited stays an edit.
    respec(dir.path(), "actions_view", "create");
    assert_eq!(build(dir.path(), &[]).status, 0);
    let made = read(dir.path(), "etc/integration.xml");
    assert!(made.contains("Magento_Sales::create") && !made.contains('\r'), "{made}");
    assert!(read(dir.path(), "etc/module.xml").contains("\r\n"));
    append(dir.path(), "etc/module.xml", "<!-- mine -->\r\n");
    respec(dir.path(), "name = \"Acme Warehouse\"", "name = \"Acme Depot\"");
    assert_eq!(build(dir.path(), &["--check"]).status, 2);
    assert_eq!(build(dir.path(), &[]).status, 1);
    assert_eq!(build(dir.path(), &["--merge"]).status, 0);
    assert!(read(dir.path(), "etc/module.xml").contains("<!-- mine -->"));
}
