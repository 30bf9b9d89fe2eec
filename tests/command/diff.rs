use std::{fs, path::Path};

use super::{SPEC, command, magespec, project, ran};

fn built() -> tempfile::TempDir {
    let dir = project();
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
    dir
}

fn respec(dir: &Path) {
    fs::write(dir.join("integration.toml"), SPEC.replace("warehouse@", "stock@")).unwrap();
}

#[test]
fn the_exit_status_tells_when_asked() {
    let dir = built();
    for arguments in [&["diff"][..], &["diff", "--exit-code"], &["diff", "--quiet"]] {
        assert_eq!(magespec(dir.path(), arguments).status, 0, "{arguments:?}");
    }
    respec(dir.path());
    assert_eq!(magespec(dir.path(), &["diff"]).status, 0);
    assert_eq!(magespec(dir.path(), &["diff", "--exit-code"]).status, 2);
    let quiet = magespec(dir.path(), &["diff", "--quiet"]);
    assert_eq!((quiet.status, quiet.stdout.as_str(), quiet.stderr.as_str()), (2, "", ""));
}

#[test]
fn a_missing_lock_is_a_difference() {
    let dir = built();
    fs::remove_file(dir.path().join("integration.lock")).unwrap();
    let diff = magespec(dir.path(), &["diff", "--exit-code"]);
    assert_eq!(diff.status, 2);
    assert!(
        diff.stdout.starts_with("diff --git a/integration.lock b/integration.lock\nnew file mode 100644\n")
    );
    let human = magespec(dir.path(), &["diff", "--format", "human"]);
    assert_eq!(human.stdout, "integration.lock will be written\nno file differs\n");
}

#[test]
fn paths_are_those_from_here() {
    let dir = project();
    fs::create_dir_all(dir.path().join("a/b")).unwrap();
    fs::rename(dir.path().join("integration.toml"), dir.path().join("a/b/integration.toml")).unwrap();
    let names = |at: &Path, spec: &str| {
        let patch = magespec(at, &["diff", spec]);
        let first = patch.stdout.lines().next().unwrap().to_owned();
        (first, patch.stderr)
    };
    let from_above = names(dir.path(), "a/b/integration.toml");
    assert_eq!(from_above, ("diff --git a/a/b/README.md b/a/b/README.md".to_owned(), String::new()));
    let whole = dir.path().canonicalize().unwrap().join("a/b/integration.toml");
    assert_eq!(names(dir.path(), whole.to_str().unwrap()), from_above);
    let (first, said) = names(&dir.path().join("a"), "../a/b/integration.toml");
    assert_eq!((first.as_str(), said.as_str()), ("diff --git a/b/README.md b/b/README.md", ""));
    fs::create_dir(dir.path().join("c")).unwrap();
    let (first, said) = names(&dir.path().join("c"), "../a/b/integration.toml");
    assert_eq!(first, "diff --git a/README.md b/README.md");
    assert_eq!(said, "../a/b is outside of the current directory: apply the patch there\n");
}

#[test]
fn a_spec_with_errors_has_no_diff_and_does_not_hide_the_others() {
    let dir = project();
    fs::create_dir(dir.path().join("bad")).unwrap();
    let bad = SPEC.replace("actions_view", "nope").replace("Acme_Orders", "Acme_Bad");
    fs::write(dir.path().join("bad/integration.toml"), bad).unwrap();
    let diff = magespec(dir.path(), &["diff", "."]);
    assert_eq!(diff.status, 1);
    assert!(diff.stderr.contains("error[unknown-resource]"), "{}", diff.stderr);
    assert!(diff.stdout.contains("+++ b/registration.php"));
}

#[test]
fn the_pager_is_for_terminals() {
    let dir = project();
    let piped = command(dir.path(), &["diff"]).env("MAGESPEC_PAGER", "false").output().unwrap();
    assert!(ran(piped).stdout.contains("diff --git"));
}

#[test]
fn changes_that_a_patch_cannot_express_are_listed_beside_it() {
    let dir = built();
    fs::remove_file(dir.path().join("README.md")).unwrap();
    fs::create_dir(dir.path().join("README.md")).unwrap();
    let ran = magespec(dir.path(), &["diff", "--exit-code"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("not in the patch: README.md: README.md is a directory"), "{}", ran.stderr);
    let ran = magespec(dir.path(), &["build", "--check"]);
    assert!(
        ran.status == 2
            && ran.stdout.contains("README.md is a directory; move it out of the way: `build` stops here"),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_lock_alone_is_named_in_every_format() {
    let dir = built();
    fs::remove_file(dir.path().join("integration.lock")).unwrap();
    for (format, text) in [
        ("name-status", "M\tintegration.lock\n"),
        ("stat", "integration.lock will be written"),
        ("json", "\"locks\": [\n    \"integration.lock\"\n  ]"),
    ] {
        let diff = magespec(dir.path(), &["diff", "--format", format]);
        assert!(diff.stdout.contains(text), "{}", diff.stdout);
    }
}

#[test]
fn patches_of_several_places_outside_have_none_to_be_applied_in() {
    let dir = tempfile::tempdir().unwrap();
    for (folder, module) in [("a", "Acme_Aa"), ("b", "Acme_Bb")] {
        fs::create_dir(dir.path().join(folder)).unwrap();
        fs::write(dir.path().join(folder).join("integration.toml"), SPEC.replace("Acme_Orders", module))
            .unwrap();
    }
    fs::create_dir(dir.path().join("c")).unwrap();
    let refused = magespec(&dir.path().join("c"), &["diff", "../a", "../b"]);
    assert_eq!((refused.status, refused.stdout.as_str()), (1, ""));
    assert!(refused.stderr.contains("create one patch for each"), "{}", refused.stderr);
}

#[test]
fn numbers_beyond_reason_are_refused() {
    let dir = project();
    for argument in ["--context=9223372036854775808", "--width=100000000000000"] {
        assert_eq!(magespec(dir.path(), &["diff", argument]).status, 1, "{argument}");
    }
    assert_eq!(
        magespec(dir.path(), &["diff", "--context", "65535", "--width", "1", "--format", "side-by-side"])
            .status,
        0
    );
}

#[test]
fn edited_files_that_are_no_longer_generated_are_listed_beside_the_patch() {
    let dir = project();
    fs::write(dir.path().join("integration.toml"), SPEC.replace("2.4.2", "2.0.*")).unwrap();
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
    let edited = dir.path().join("Setup/InstallData.php");
    fs::write(&edited, fs::read_to_string(&edited).unwrap() + "// mine\n").unwrap();
    fs::write(dir.path().join("integration.toml"), SPEC).unwrap();
    let diff = magespec(dir.path(), &["diff"]);
    assert!(!diff.stdout.contains("InstallData.php b/"), "{}", diff.stdout);
    let note = "not in the patch: Setup/InstallData.php: edited by hand since the last build, and the spec no longer \
                generates it\n";
    assert!(diff.stderr.ends_with(note), "{}", diff.stderr);
}

#[test]
fn large_files_are_listed_beside_the_patch() {
    let dir = built();
    fs::write(dir.path().join("README.md"), vec![b'\n'; (16 << 20) + 1]).unwrap();
    let diff = magespec(dir.path(), &["diff"]);
    assert!(!diff.stdout.contains("README.md b/"), "{}", diff.stdout);
    assert_eq!(diff.stderr, "not in the patch: README.md: too large for a diff\n");
}
