//! Single files, specs with their changes, and first locks, stopped at every step.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    panic::{AssertUnwindSafe, catch_unwind},
};

use camino::Utf8Path;

use super::{build, changes, on_disk, texts, trees};
use crate::{
    tree::{Disk, File, JOURNAL_FILE, LOCK_FILE, Ledger, Lock, Ownership, Tree, TreePath},
    write::{Created, WriteError, Writer, create, create_with_folder, fault, publish, publish_cache},
};

/// Runs an operation in a prepared directory with a fault at each of its steps in turn, and passes the directory to
/// `then`.
fn at_every_step(
    prepare: impl Fn(&Utf8Path),
    run: impl Fn(&Utf8Path) -> Result<(), WriteError>,
    then: impl Fn(&Utf8Path, &str),
) {
    for kind in [fault::Kind::Crash, fault::Kind::Error] {
        for step in 0.. {
            let dir = tempfile::tempdir().unwrap();
            let root = Utf8Path::from_path(dir.path()).unwrap();
            prepare(root);
            fault::after(step, kind);
            let ran = catch_unwind(AssertUnwindSafe(|| run(root)));
            if fault::end() {
                ran.unwrap().unwrap();
                assert!(step > 2, "{step}");
                break;
            }
            then(root, &format!("{kind:?} at step {step}"));
        }
    }
}

fn text(path: impl AsRef<std::path::Path>) -> Option<String> {
    fs::read_to_string(path).ok()
}

#[test]
fn a_created_file_is_whole_or_absent_and_the_next_run_creates_it() {
    let run = |root: &Utf8Path| create(&root.join("a.toml"), b"new", |_| {}).map(drop);
    at_every_step(
        |_| {},
        run,
        |root, at| {
            assert!(matches!(text(root.join("a.toml")).as_deref(), None | Some("new")), "{at}");
            run(root).unwrap();
            assert_eq!(text(root.join("a.toml")).as_deref(), Some("new"), "{at}");
            assert_eq!(fs::read_dir(root).unwrap().count(), 1, "{at}");
        },
    );
}

#[test]
fn a_published_file_is_old_or_new() {
    let run = |root: &Utf8Path| publish(&root.join("a.catalog"), b"new", |_| {});
    at_every_step(
        |root| fs::write(root.join("a.catalog"), "old").unwrap(),
        run,
        |root, at| {
            assert!(matches!(text(root.join("a.catalog")).as_deref(), Some("old" | "new")), "{at}");
            run(root).unwrap();
            assert_eq!(text(root.join("a.catalog")).as_deref(), Some("new"), "{at}");
            assert_eq!(fs::read_dir(root).unwrap().count(), 1, "{at}");
        },
    );
}

#[test]
fn nothing_is_created_over_another_file() {
    let dir = tempfile::tempdir().unwrap();
    let root = Utf8Path::from_path(dir.path()).unwrap();
    let path = root.join("a.toml");
    fs::write(&path, "theirs").unwrap();
    create(&path, b"new", |_| {}).unwrap_err();
    assert_eq!(text(&path).as_deref(), Some("theirs"));
    assert_eq!(create(&path, b"theirs", |_| {}).unwrap(), Created::Same);
    std::os::unix::fs::symlink("nowhere", root.join("link")).unwrap();
    create(&root.join("link"), b"new", |_| {}).unwrap_err();
    create_with_folder(&root.join("a.toml/x/b.toml"), b"new", |_| {}).unwrap_err();
    create_with_folder(&root.join("x/y/b.toml"), b"new", |_| {}).unwrap();
    create_with_folder(&root.join(".git/hooks/b.toml"), b"new", |_| {}).unwrap_err();
    assert!(!root.join(".git").exists());
    assert_eq!(fs::read_dir(root).unwrap().count(), 3);
}

/// The spec and the files of a build belong together: a failure while they are staged changes neither.
#[test]
fn an_edited_spec_is_old_or_new_and_the_next_run_completes_it() {
    let [old, new, _] = trees();
    let run = |root: &Utf8Path| {
        let writer = Writer::open(&root.join("out"), |_| {}).unwrap();
        writer.with_edit(&root.join("link.toml"), "new")?.apply(&changes(&new, &root.join("out")))
    };
    at_every_step(
        |root| {
            build(&old, &root.join("out")).unwrap();
            fs::write(root.join("spec.toml"), "\u{feff}old").unwrap();
            std::os::unix::fs::symlink("spec.toml", root.join("link.toml")).unwrap();
        },
        run,
        |root, at| {
            let found = text(root.join("spec.toml")).unwrap();
            assert!(["\u{feff}old", "\u{feff}new"].contains(&found.as_str()), "{at}");
            if found.ends_with("old") {
                let mut files = on_disk(&root.join("out"));
                files.retain(|path, _| !path.contains(".magespec-"));
                assert_eq!(files, texts(&old), "{at}");
            }
            run(root).unwrap();
            assert_eq!(text(root.join("spec.toml")).as_deref(), Some("\u{feff}new"), "{at}");
            assert_eq!(on_disk(&root.join("out")), texts(&new), "{at}");
            assert_eq!(fs::read_dir(root).unwrap().count(), 3, "{at}");
        },
    );
}

fn lock() -> String {
    let mut tree = Tree::default();
    let file = File { contents: b"theirs".to_vec(), ownership: Ownership::Managed };
    tree.insert(TreePath::new("etc/x.xml").unwrap(), file);
    Lock::of(&tree).render()
}

#[test]
fn a_first_spec_and_lock_are_both_there_or_neither() {
    let run = |root: &Utf8Path| {
        Writer::open(root, |_| {}).unwrap().adopt("a.toml", b"spec", lock().as_bytes()).map(drop)
    };
    at_every_step(
        |root| {
            fs::create_dir(root.join("etc")).unwrap();
            fs::write(root.join("etc/x.xml"), "theirs").unwrap();
        },
        run,
        |root, at| {
            let spec = text(root.join("a.toml"));
            assert!(matches!(spec.as_deref(), None | Some("spec")), "{at}");
            let ledger = Ledger::read(&Disk::open(root).unwrap()).unwrap();
            let claims = ledger.interrupted.map_or_else(|| ledger.lock.render(), |it| it.lock);
            if spec.is_some() {
                assert_eq!(claims, lock(), "{at}: a build knows the files");
            } else {
                assert!(text(root.join(LOCK_FILE)).is_none(), "{at}");
            }
            run(root).unwrap();
            assert_eq!(text(root.join("a.toml")).as_deref(), Some("spec"), "{at}");
            assert_eq!(text(root.join(LOCK_FILE)), Some(lock()), "{at}");
            assert_eq!(fs::read_dir(root).unwrap().count(), 3, "{at}");
        },
    );
}

#[test]
fn modes_never_loosen() {
    let [old, new, _] = trees();
    let mode = |path: &Utf8Path| fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777;
    let secret = |root: &Utf8Path| root.join("a.php");
    at_every_step(
        |root| {
            build(&old, root).unwrap();
            fs::set_permissions(secret(root), fs::Permissions::from_mode(0o600)).unwrap();
            fs::set_permissions(root.join("etc/x.xml"), fs::Permissions::from_mode(0o640)).unwrap();
        },
        |root| build(&new, root),
        |root, at| {
            for entry in fs::read_dir(root).unwrap().map(|entry| entry.unwrap()) {
                let name = entry.file_name().into_string().unwrap();
                let path = root.join(&name);
                if name.contains("a.php") {
                    assert_eq!(mode(&path), 0o600, "{at}: {name}");
                }
            }
            build(&new, root).unwrap();
            assert_eq!((mode(&secret(root)), mode(&root.join("etc/x.xml"))), (0o600, 0o640), "{at}");
        },
    );
    let dir = tempfile::tempdir().unwrap();
    let root = Utf8Path::from_path(dir.path()).unwrap();
    build(&old, root).unwrap();
    fs::set_permissions(secret(root), fs::Permissions::from_mode(0o600)).unwrap();
    Writer::open(root, |_| {}).unwrap().report(&TreePath::new("a.php").unwrap(), b"<<<<<<< ").unwrap();
    assert_eq!(mode(&root.join("a.php.rej")), 0o600);
}

#[test]
fn a_removal_leaves_nothing_once_it_is_completed() {
    let [old, ..] = trees();
    let none = Tree::default();
    let run = |root: &Utf8Path| {
        let place = root.join("vendor/module");
        if !place.join(LOCK_FILE).exists() {
            return Ok(());
        }
        Writer::open(&place, |_| {}).unwrap().clear(&changes(&none, &place))
    };
    at_every_step(
        |root| build(&old, &root.join("vendor/module")).unwrap(),
        run,
        |root, at| {
            run(root).unwrap();
            let place = root.join("vendor/module");
            let left = if place.exists() { on_disk(&place).len() } else { 0 };
            assert_eq!(left, 0, "{at}");
            assert!(!place.join(LOCK_FILE).exists(), "{at}");
        },
    );
    let dir = tempfile::tempdir().unwrap();
    let root = Utf8Path::from_path(dir.path()).unwrap();
    build(&old, &root.join("vendor/module")).unwrap();
    run(root).unwrap();
    assert!(!root.join("vendor").exists());
}

/// Makes something at a path.
type Make<'a> = &'a dyn Fn(&Utf8Path);

/// Whatever has a name that magespec wants to read stays, and the error says what it is.
#[test]
fn what_is_not_a_readable_file_stays() {
    let [old, ..] = trees();
    let dir = tempfile::tempdir().unwrap();
    let root = &Utf8Path::from_path(dir.path()).unwrap().join("module");
    build(&old, root).unwrap();
    let outside = root.with_file_name("outside");
    fs::write(&outside, "theirs").unwrap();
    let fifo = |path: &Utf8Path| {
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    let directory = |path: &Utf8Path| fs::create_dir(path).unwrap();
    let link = |path: &Utf8Path| std::os::unix::fs::symlink(&outside, path).unwrap();
    let dangling = |path: &Utf8Path| std::os::unix::fs::symlink("nowhere", path).unwrap();
    let things: [(Make<'_>, _); 4] = [
        (&fifo, "it is not a regular file"),
        (&directory, "it is a directory"),
        (&link, ""),
        (&dangling, "a file of that name is there"),
    ];
    let writer = || Writer::open(root, |_| {}).unwrap();
    for (thing, reason) in things {
        for name in ["a.toml", JOURNAL_FILE, "a.php.rej"] {
            let path = root.join(name);
            thing(&path);
            let kind = fs::symlink_metadata(&path).unwrap().file_type();
            let error = match name {
                "a.toml" => create(&path, b"new", |_| {}).unwrap_err(),
                JOURNAL_FILE => {
                    let lock = fs::read(root.join(LOCK_FILE)).unwrap();
                    writer().adopt("b.toml", b"spec", &lock).unwrap_err()
                }
                _ => writer().report(&TreePath::new("a.php").unwrap(), b"<<<<<<< ").unwrap_err(),
            };
            assert!(error.to_string().contains(reason), "{name}: {error}");
            assert_eq!(fs::symlink_metadata(&path).unwrap().file_type(), kind, "{name}");
            if kind.is_dir() { fs::remove_dir(&path).unwrap() } else { fs::remove_file(&path).unwrap() }
        }
    }
    assert_eq!(text(&outside).as_deref(), Some("theirs"));
    assert_eq!(on_disk(root), texts(&old));
}

/// A rename would replace a pipe or a device, such as /dev/null.
#[test]
fn only_files_are_replaced() {
    let dir = tempfile::tempdir().unwrap();
    let root = Utf8Path::from_path(dir.path()).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(root.join("pipe")).status().unwrap().success());
    std::os::unix::fs::symlink("pipe", root.join("link")).unwrap();
    std::os::unix::fs::symlink("nowhere", root.join("dangling")).unwrap();
    fs::create_dir(root.join("folder")).unwrap();
    let kinds = || {
        ["pipe", "link", "dangling", "folder"]
            .map(|name| fs::symlink_metadata(root.join(name)).unwrap().file_type())
    };
    let before = kinds();
    for (name, reason) in [
        ("pipe", "it is not a regular file"),
        ("link", "it is not a regular file"),
        ("dangling", "it is not a regular file"),
        ("folder", "it is a directory"),
    ] {
        let published = publish(&root.join(name), b"new", |_| {}).unwrap_err();
        assert!(published.to_string().ends_with(reason), "{name}: {published}");
        publish_cache(&root.join(name), b"new").unwrap_err();
    }
    assert_eq!(kinds(), before);
    assert_eq!(fs::read_dir(root).unwrap().count(), 4);
}

#[test]
fn a_spec_that_cannot_be_read_is_not_edited() {
    let dir = tempfile::tempdir().unwrap();
    let root = Utf8Path::from_path(dir.path()).unwrap();
    let edit =
        |name: &str| Writer::open(root, |_| {}).unwrap().with_edit(&root.join(name), "new").unwrap_err();
    fs::create_dir(root.join("folder.toml")).unwrap();
    assert!(edit("folder.toml").to_string().starts_with("cannot read "));
    assert!(edit("folder.toml").to_string().ends_with(": it is a directory"));
    assert!(edit("missing.toml").to_string().contains("cannot write "));
}

/// Number of operations on the disk.
fn operations(run: impl Fn(&Utf8Path) -> Result<(), WriteError>) -> usize {
    for step in 0.. {
        let dir = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(dir.path()).unwrap();
        fs::write(root.join("a.toml"), "old").unwrap();
        fault::after(step, fault::Kind::Error);
        let ran = run(root);
        if fault::end() {
            ran.unwrap();
            return step;
        }
    }
    unreachable!()
}

#[test]
fn what_need_not_be_flushed_is_not() {
    let [tree, ..] = trees();
    let unsynced = |root: &Utf8Path| Writer::open(&root.join("out"), |_| {}).unwrap().without_sync();
    let built = operations(|root| unsynced(root).apply(&changes(&tree, &root.join("out"))));
    let edited = operations(|root| {
        let writer = unsynced(root).with_edit(&root.join("a.toml"), "new")?;
        writer.apply(&changes(&tree, &root.join("out")))
    });
    assert_eq!(edited - built, ["create", "rename"].len());
    let published = operations(|root| publish(&root.join("a.toml"), b"new", |_| {}));
    let cached = operations(|root| publish_cache(&root.join("a.toml"), b"new"));
    assert_eq!(published - cached, ["sync"].len());
}
