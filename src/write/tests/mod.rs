//! Tests that stop the writer at every step.

#[cfg(unix)]
mod single;

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
    tree::{Disk, File, JOURNAL_FILE, LOCK_FILE, Ledger, Lock, Ownership, Tree, TreePath},
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
    let lock = Lock::of(tree);
    compare(tree, || &lock, &Ledger::read(&disk).unwrap(), &disk, &|_, _| true).unwrap()
}

fn build(tree: &Tree, root: &Utf8Path) -> Result<(), super::WriteError> {
    Writer::open(root, |_| {}).unwrap().apply(&changes(tree, root))
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
    // The journal, then each file, then each directory is flushed, then comes the first rename.
    let folders = ["etc/deep", "etc/deep/er", "etc", "Model"].len();
    let staging = 1 + 3 + folders + [".", "etc", "etc/deep", "etc/deep/er", "Model"].len();
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

/// Files of other programs with names like ours: one as old versions of magespec had, one without a right checksum, and
/// one for another file.
const STRANGE: [&str; 3] =
    [".a.php.magespec-staged", "etc/.x.xml.magespec-0123456789abcdef", ".b.php.magespec-0123456789abcdef"];

#[test]
fn staged_files_of_others_stay() {
    for kind in [fault::Kind::Crash, fault::Kind::Error] {
        at_every_step(kind, |root, _, new, at| {
            STRANGE.iter().for_each(|path| fs::write(root.join(path), "theirs").unwrap());
            build(new, root).unwrap();
            for path in STRANGE {
                assert_eq!(fs::read_to_string(root.join(path)).unwrap(), "theirs", "{at}: {path}");
            }
        });
    }
}

#[test]
fn a_file_with_the_name_of_the_journal_stays() {
    let [old, new, _] = trees();
    let dir = tempfile::tempdir().unwrap();
    let root = Utf8Path::from_path(dir.path()).unwrap();
    build(&old, root).unwrap();
    let changes = changes(&new, root);
    fs::write(root.join(JOURNAL_FILE), "theirs").unwrap();
    let error = Ledger::read(&Disk::open(root).unwrap()).unwrap_err();
    assert!(error.to_string().contains("was not written by magespec"), "{error}");
    Writer::open(root, |_| {}).unwrap().apply(&changes).unwrap_err();
    assert_eq!(fs::read_to_string(root.join(JOURNAL_FILE)).unwrap(), "theirs");
    fs::remove_file(root.join(JOURNAL_FILE)).unwrap();
    assert_eq!(on_disk(root), texts(&old));
}

#[test]
fn directories_of_git_are_no_output_roots() {
    let dir = tempfile::tempdir().unwrap();
    let root = Utf8Path::from_path(dir.path()).unwrap();
    fs::create_dir(root.join(".git")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(".git", root.join("linked")).unwrap();
    let linked = ["linked", "linked/hooks"].into_iter().filter(|_| cfg!(unix));
    for path in [".git", ".git/hooks", ".GIT/x", "git~1/x"].into_iter().chain(linked) {
        let error = Writer::open(&root.join(path), |_| {}).unwrap_err();
        assert!(error.to_string().contains("inside a .git directory"), "{path}: {error}");
    }
    assert_eq!(fs::read_dir(root.join(".git")).unwrap().count(), 0);
    assert_eq!(fs::read_dir(root).unwrap().count(), 2);
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
