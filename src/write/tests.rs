//! Tests that stop the writer at every step.

use std::{
    collections::BTreeMap,
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use camino::Utf8Path;

use super::{Writer, fault};
use crate::{
    diff::{Changes, compare},
    tree::{Disk, File, LOCK_FILE, Ledger, Ownership, Tree, TreePath},
};

/// A user's file in a directory of generated files.
const FOREIGN: &str = "etc/adminhtml/mine.xml";

fn tree(files: &[(&str, &str)]) -> Tree {
    let mut tree = Tree::default();
    for (path, text) in files {
        let file = File { contents: (*text).into(), ownership: Ownership::Managed };
        tree.insert(TreePath::new(*path).unwrap(), file);
    }
    tree
}

/// Trees that share, change, add and drop files and directories.
fn trees() -> [Tree; 3] {
    [
        tree(&[("a.php", "1"), ("etc/x.xml", "1"), ("etc/adminhtml/y.xml", "1"), ("Setup/only.php", "1")]),
        tree(&[("a.php", "2"), ("etc/x.xml", "1"), ("etc/deep/er/z.xml", "2"), ("Model/new.php", "2")]),
        tree(&[("a.php", "3"), ("etc/x.xml", "3"), ("etc/deep/other.xml", "3")]),
    ]
}

fn changes(tree: &Tree, root: &Utf8Path) -> Changes {
    let disk = Disk::open(root).unwrap();
    compare(tree, &Ledger::read(&disk).unwrap(), &disk, &|_, _| true).unwrap()
}

fn build(tree: &Tree, root: &Utf8Path) -> Result<(), super::WriteError> {
    Writer::open(root, || {}).unwrap().apply(&changes(tree, root))
}

/// Reads every file below the root except the lock.
fn on_disk(root: &Utf8Path) -> BTreeMap<String, String> {
    fn walk(dir: &Path, root: &Path, files: &mut BTreeMap<String, String>) {
        for path in fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                walk(&path, root, files);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                files.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut files = BTreeMap::new();
    walk(root.as_std_path(), root.as_std_path(), &mut files);
    files.remove(LOCK_FILE);
    files
}

fn texts(tree: &Tree) -> BTreeMap<String, String> {
    let text = |file: &File| String::from_utf8(file.contents.clone()).unwrap();
    tree.iter().map(|(path, file)| (path.to_string(), text(file))).collect()
}

fn with_foreign(mut files: BTreeMap<String, String>) -> BTreeMap<String, String> {
    files.insert(FOREIGN.to_owned(), "mine".to_owned());
    files
}

/// Asserts that no empty directory is left.
fn empty_folders(root: &Path) -> Vec<PathBuf> {
    let folders = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    folders
        .flat_map(|dir| {
            let below = empty_folders(&dir);
            if fs::read_dir(&dir).unwrap().next().is_none() { vec![dir] } else { below }
        })
        .collect()
}

/// Asserts that each file matches one of the trees, or is missing where one of them does not have it.
fn assert_old_or_new(root: &Utf8Path, old: &Tree, new: &Tree, at: &str) {
    let (old, new) = (texts(old), texts(new));
    let disk = on_disk(root);
    assert_eq!(disk.get(FOREIGN).map(String::as_str), Some("mine"), "{at}");
    for path in old.keys().chain(new.keys()) {
        let found = disk.get(path);
        assert!(found == old.get(path) || found == new.get(path), "{at}: {path} is {found:?}");
    }
}

/// Runs the build of `new` over `old` with a fault at each operation in turn and passes the result to `then`.
fn at_every_step(kind: fault::Kind, then: impl Fn(&Utf8Path, &Tree, &Tree, &str)) -> usize {
    let [old, new, _] = trees();
    for step in 0.. {
        let dir = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(dir.path()).unwrap();
        build(&old, root).unwrap();
        fs::write(root.join(FOREIGN), "mine").unwrap();
        fault::after(step, kind);
        let run = catch_unwind(AssertUnwindSafe(|| build(&new, root)));
        let is_over = fault::end();
        if is_over {
            assert!(matches!(run, Ok(Ok(()))));
            return step;
        }
        then(root, &old, &new, &format!("{kind:?} at step {step}"));
    }
    unreachable!()
}

#[test]
fn after_a_crash_at_any_step_each_file_is_old_or_new_and_the_next_run_completes_it() {
    let steps = at_every_step(fault::Kind::Crash, |root, old, new, at| {
        assert_old_or_new(root, old, new, at);
        build(new, root).unwrap();
        assert_eq!(on_disk(root), with_foreign(texts(new)), "{at}");
        assert!(changes(new, root).is_clean(), "{at}");
        assert_eq!(empty_folders(root.as_std_path()), Vec::<PathBuf>::new(), "{at}");
    });
    assert!(steps > 15, "{steps}");
}

#[test]
fn after_a_crash_another_spec_is_built_as_well() {
    at_every_step(fault::Kind::Crash, |root, _, _, at| {
        let [.., third] = trees();
        let built = build(&third, root);
        assert!(built.is_ok(), "{at}: {built:?}");
        assert_eq!(on_disk(root), with_foreign(texts(&third)), "{at}");
        assert_eq!(empty_folders(root.as_std_path()), Vec::<PathBuf>::new(), "{at}");
    });
}

#[test]
fn a_crash_while_cleaning_up_after_a_crash_harms_nothing() {
    at_every_step(fault::Kind::Crash, |root, _, new, at| {
        let [.., third] = trees();
        for step in 0.. {
            fault::after(step, fault::Kind::Crash);
            let run = catch_unwind(AssertUnwindSafe(|| build(&third, root)));
            if fault::end() {
                run.unwrap().unwrap();
                break;
            }
        }
        assert_eq!(on_disk(root), with_foreign(texts(&third)), "{at}");
        assert!(changes(&third, root).is_clean(), "{at}");
        build(new, root).unwrap();
        assert_eq!(on_disk(root), with_foreign(texts(new)), "{at}");
    });
}

#[test]
fn a_failure_leaves_the_old_tree_or_one_that_the_next_run_completes() {
    at_every_step(fault::Kind::Error, |root, old, new, at| {
        assert_old_or_new(root, old, new, at);
        let built = build(new, root);
        assert!(built.is_ok(), "{at}: {built:?}");
        assert_eq!(on_disk(root), with_foreign(texts(new)), "{at}");
    });
}

#[test]
fn a_failure_while_staging_leaves_everything_as_it_was() {
    let [old, new, _] = trees();
    // The lock, then each file, then the first rename.
    let staging = 1 + 3 + ["etc/deep", "etc/deep/er", "etc", "Model"].len();
    for step in 0..staging {
        let dir = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(dir.path()).unwrap();
        build(&old, root).unwrap();
        let lock = fs::read(root.join(LOCK_FILE)).unwrap();
        fault::after(step, fault::Kind::Error);
        build(&new, root).unwrap_err();
        assert_eq!(on_disk(root), texts(&old), "step {step}");
        assert_eq!(fs::read(root.join(LOCK_FILE)).unwrap(), lock, "step {step}");
        assert_eq!(empty_folders(root.as_std_path()), Vec::<PathBuf>::new(), "step {step}");
    }
}

#[test]
fn an_edit_made_after_a_crash_is_still_a_conflict() {
    at_every_step(fault::Kind::Crash, |root, _, new, at| {
        fs::write(root.join("a.php"), "edited").unwrap();
        assert_eq!(changes(new, root).conflicts().count(), 1, "{at}");
        assert!(build(new, root).is_err(), "{at}");
        assert_eq!(fs::read_to_string(root.join("a.php")).unwrap(), "edited", "{at}");
    });
}

#[test]
fn a_root_that_was_made_for_it_goes_when_nothing_could_be_staged() {
    let [old, ..] = trees();
    let dir = tempfile::tempdir().unwrap();
    let root = Utf8Path::from_path(dir.path()).unwrap().join("a/b");
    fault::after(0, fault::Kind::Error);
    build(&old, &root).unwrap_err();
    assert!(!dir.path().join("a").exists());
}
