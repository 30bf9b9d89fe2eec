//! The command with git: patches that it applies, older states that it keeps.

use std::{
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use crate::{
    need::{Need, trials},
    support::{
        command::{files, git, magespec, project},
        plan::{actions, built, changed, plan, spec, write},
    },
};

trials! {
    [Need::Program("git")] =>
        what_diff_shows_is_applied_by_git, the_older_state_can_be_in_git, output_of_git_is_passed_on;
}

fn what_diff_shows_is_applied_by_git() {
    let dir = project();
    let patch = magespec(dir.path(), &["diff"]);
    assert_eq!((patch.status, patch.stderr.as_str()), (0, ""));
    assert!(files(dir.path()).is_empty(), "diff writes nothing");
    let mut git = Command::new("git")
        .args(["apply", "-"])
        .current_dir(dir.path())
        .env("GIT_CEILING_DIRECTORIES", dir.path().parent().unwrap())
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    git.stdin.take().unwrap().write_all(patch.stdout.as_bytes()).unwrap();
    assert!(git.wait().unwrap().success());
    assert_eq!(magespec(dir.path(), &["build", "--check"]).status, 0);
    assert_eq!(magespec(dir.path(), &["diff"]).stdout, "");
}

/// A repository with the module in a folder, whose spec was changed since the commit.
fn repository() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let module = dir.path().join("app/orders");
    fs::create_dir_all(&module).unwrap();
    git(dir.path(), &["init", "--quiet"]);
    write(&module, &spec());
    assert_eq!(magespec(&module, &["build"]).status, 0);
    git(dir.path(), &["add", "."]);
    git(dir.path(), &["commit", "--quiet", "-m", "first"]);
    write(&module, &changed());
    dir
}

fn the_older_state_can_be_in_git() {
    let dir = repository();
    let module = dir.path().join("app/orders");
    let expected = ["Acme Depot: create", "Acme Shop: reset", "Acme Warehouse: orphan"];
    for from in ["git:HEAD", "git:HEAD:integration.toml", "git:HEAD:."] {
        assert_eq!(actions(&module, &["--from", from]), expected, "{from}");
    }
    for from in ["git:HEAD", "git:HEAD:app/orders", "git:HEAD:app/orders/integration.toml"] {
        assert_eq!(actions(dir.path(), &["app/orders", "--from", from]), expected, "{from}");
    }
    let absolute = module.join("integration.toml");
    assert_eq!(actions(Path::new("/"), &[absolute.to_str().unwrap(), "--from", "git:HEAD"]), expected);
    let outside = dir.path().parent().unwrap();
    let from_outside = format!("{}/app/orders", dir.path().file_name().unwrap().to_str().unwrap());
    assert_eq!(actions(outside, &[&from_outside, "--from", "git:HEAD"]), expected);
    let beside = dir.path().join("app");
    assert_eq!(actions(&beside, &["orders", "--from", "git:HEAD:../app/orders"]), expected);
    // A spec that is newer than the revision is all new.
    let newer = dir.path().join("newer");
    fs::create_dir(&newer).unwrap();
    write(&newer, &spec());
    assert_eq!(
        actions(dir.path(), &["newer", "--from", "git:HEAD"]),
        ["Acme Shop: create", "Acme Warehouse: create"]
    );
}

fn output_of_git_is_passed_on() {
    let dir = repository();
    let module = dir.path().join("app/orders");
    for (from, told) in [
        ("git:nosuch", "unknown git revision `nosuch`"),
        ("git:HEAD:nosuch.toml", "there is no nosuch.toml in git:HEAD"),
        ("git:--output=x", "has no revision"),
        ("git:", "has no revision"),
    ] {
        let ran = plan(&module, &["--from", from]);
        assert!(ran.status == 1 && ran.stderr.contains(told), "{from}: {}", ran.stderr);
    }
    let outside = built(&spec());
    let ran = plan(outside.path(), &["--from", "git:HEAD"]);
    assert!(ran.status == 1 && ran.stderr.contains("git"), "{}", ran.stderr);
}
