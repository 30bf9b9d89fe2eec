//! The lock is a claim: it alone deletes and overwrites nothing.

use std::{fs, path::Path};

use camino::Utf8Path;
use magespec::tree::{File, Lock, Ownership, Tree, TreePath, sha256};

use super::{Ran, magespec, project};

const MINE: &str = "<?php // mine\n";

fn build(dir: &Path, arguments: &[&str]) -> Ran {
    magespec(dir, &[&["build"], arguments].concat())
}

fn write(dir: &Path, path: &str, text: &str) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Adds a managed file to the lock, with the hashes of its lines or without.
fn claim(dir: &Path, path: &str, text: &str, with_lines: bool) {
    let lock = dir.join("integration.lock");
    let before = fs::read_to_string(&lock).unwrap();
    let mut tree = Tree::default();
    let file = File { contents: text.into(), ownership: Ownership::Managed };
    tree.insert(TreePath::new(path).unwrap(), file);
    let claimed = Lock::of(&tree).render();
    let claimed = claimed.split_once("[files]\n").unwrap().1.trim_end();
    let (bare, _) = claimed.split_once(", lines").unwrap();
    let entry = if with_lines { claimed.to_owned() } else { format!("{bare} }}") };
    let after = before.replacen("[files]\n", &format!("[files]\n{entry}\n"), 1);
    fs::write(lock, after).unwrap();
}

#[test]
fn a_file_that_the_lock_lists_is_deleted_only_where_magespec_makes_files_and_with_its_lines() {
    for (path, with_lines) in [
        ("Model/Mine.php", true),
        ("vendor/acme/other/etc/acl.xml", true),
        ("src/etc/acl.xml", true),
        (".env", true),
        ("etc/webapi.xml", false),
        ("README.md.bak", false),
    ] {
        let dir = project();
        assert_eq!(build(dir.path(), &[]).status, 0);
        write(dir.path(), path, MINE);
        claim(dir.path(), path, MINE, with_lines);
        for arguments in [&[][..], &["--force"], &["--force", path], &["--merge"]] {
            let refused = build(dir.path(), arguments);
            let expected = format!("  {path}: integration.lock lists it, but magespec did not write it\n");
            assert!(refused.stderr.contains(&expected), "{path} {arguments:?}: {}", refused.stderr);
            let offers_force = refused.stderr.contains("--force");
            assert_eq!(offers_force, arguments.len() == 2, "{arguments:?}: {}", refused.stderr);
            assert_eq!(fs::read_to_string(dir.path().join(path)).unwrap(), MINE, "{path} {arguments:?}");
        }
        assert_eq!(build(dir.path(), &["--keep", path]).status, 0);
        assert_eq!(fs::read_to_string(dir.path().join(path)).unwrap(), MINE, "{path}");
        assert_eq!(build(dir.path(), &["--check"]).status, 0);
    }
}

#[test]
fn a_file_that_the_lock_lists_without_its_lines_is_not_overwritten() {
    let dir = project();
    write(dir.path(), "etc/module.xml", MINE);
    let lock = format!(
        "version = 1\n[files]\n\"etc/module.xml\" = {{ sha256 = \"{}\", kind = \"managed\" }}\n",
        sha256(MINE.as_bytes())
    );
    write(dir.path(), "integration.lock", &lock);
    assert_eq!(build(dir.path(), &[]).status, 1);
    assert_eq!(fs::read_to_string(dir.path().join("etc/module.xml")).unwrap(), MINE);
    assert_eq!(build(dir.path(), &["--force", "etc/module.xml"]).status, 0);
}

#[test]
fn files_of_an_earlier_source_are_deleted() {
    let dir = project();
    let spec = dir.path().join("integration.toml");
    let text = fs::read_to_string(&spec).unwrap();
    let in_folder =
        |folder: &str| text.replacen("[module]\n", &format!("[module]\nsource = \"{folder}\"\n"), 1);
    fs::write(&spec, in_folder("src")).unwrap();
    assert_eq!(build(dir.path(), &[]).status, 0);
    fs::write(&spec, in_folder("lib")).unwrap();
    let moved = build(dir.path(), &[]);
    assert_eq!(moved.status, 0, "{}", moved.stderr);
    assert!(!dir.path().join("src").exists());
    assert!(Utf8Path::from_path(dir.path()).unwrap().join("lib/etc/module.xml").is_file());
}

#[test]
fn force_without_files_deletes_no_edit() {
    let dir = project();
    let spec = dir.path().join("integration.toml");
    let text = fs::read_to_string(&spec).unwrap();
    fs::write(&spec, text.replace("2.4.2", "2.0.*")).unwrap();
    assert_eq!(build(dir.path(), &[]).status, 0);
    let edited = fs::read_to_string(dir.path().join("Setup/InstallData.php")).unwrap() + "// mine\n";
    write(dir.path(), "Setup/InstallData.php", &edited);
    fs::write(&spec, &text).unwrap();
    assert_eq!(build(dir.path(), &["--force"]).status, 1);
    assert_eq!(fs::read_to_string(dir.path().join("Setup/InstallData.php")).unwrap(), edited);
    assert_eq!(build(dir.path(), &["--force", "Setup/InstallData.php"]).status, 0);
    assert!(!dir.path().join("Setup").exists());
}
