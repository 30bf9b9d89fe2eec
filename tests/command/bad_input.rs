//! Input that no one meant: each ends with 1, says why, writes nothing.

use std::{
    fs::{self, File},
    io::Write as _,
    os::unix::fs::symlink,
    process::Stdio,
};

use super::{SPEC, command, files, magespec, project, ran};

/// Checks and builds the text; both fail, and say `expected`.
#[track_caller]
fn refused(text: &[u8], expected: &str) {
    let dir = project();
    fs::write(dir.path().join("integration.toml"), text).unwrap();
    let checked = magespec(dir.path(), &["check"]);
    assert_eq!(checked.status, 1, "{}", checked.stdout);
    assert!(checked.stdout.contains(expected), "{}", checked.stdout);
    let built = magespec(dir.path(), &["build"]);
    assert_eq!(built.status, 1);
    assert!(built.stderr.contains(expected), "{}", built.stderr);
    assert_eq!(files(dir.path()), Vec::<String>::new());
}

#[test]
fn text_that_is_no_spec() {
    refused(b"", "the table `[module]` is missing");
    refused(b"\xff\xfe[\0m\0", "the file is UTF-16");
    refused(b"[module]\nname = \"a\xe4\"\n", "invalid UTF-8: byte 0xE4");
    refused(format!("a = {}", "[".repeat(10_000)).as_bytes(), "error[toml-syntax]");
    refused(format!("[{}a]\n", "a.".repeat(10_000)).as_bytes(), "error[toml-syntax]");
    refused(
        format!("a = {}1{}", "{ a = ".repeat(10_000), "}".repeat(10_000)).as_bytes(),
        "error[toml-syntax]",
    );
    refused(SPEC.replace("version =", "name =").as_bytes(), "`name` is set twice");
    for value in ["99999999999999999999", "nan", "inf", "2026-01-01T00:00:00Z", "07:32:00", "[[]]"] {
        refused(SPEC.replace("\"1.0.0\"", value).as_bytes(), "error[wrong-type]");
    }
}

#[test]
fn a_hundred_megabytes() {
    let dir = project();
    let mut file = File::create(dir.path().join("integration.toml")).unwrap();
    let line = [b'#'; 1 << 20];
    (0..100).for_each(|_| file.write_all(&line).unwrap());
    let checked = magespec(dir.path(), &["check"]);
    assert_eq!(checked.status, 1);
    assert!(checked.stdout.contains("larger than 4 MiB"), "{}", checked.stdout);
}

#[test]
fn pipes_and_devices() {
    let dir = project();
    fs::remove_file(dir.path().join("integration.toml")).unwrap();
    let pipe = |name: &str| {
        assert!(std::process::Command::new("mkfifo").arg(dir.path().join(name)).status().unwrap().success());
    };
    pipe("integration.toml");
    for arguments in [&["check"][..], &["build"], &["check", "/dev/zero"], &["plan"], &["access"], &["diff"]]
    {
        let ran = magespec(dir.path(), arguments);
        let said = ran.stdout + &ran.stderr;
        assert!(ran.status == 1 && said.contains("it is not a regular file"), "{arguments:?}: {said}");
    }
    fs::remove_file(dir.path().join("integration.toml")).unwrap();
    fs::write(dir.path().join("integration.toml"), SPEC).unwrap();
    pipe("integration.lock");
    let built = magespec(dir.path(), &["build"]);
    assert!(built.status == 1 && built.stderr.contains("is not a regular file"), "{}", built.stderr);
    pipe("shop.catalog");
    for catalog in ["/dev/zero", "shop.catalog"] {
        let ran = magespec(dir.path(), &["check", "--catalog", catalog]);
        assert!(ran.status == 1 && ran.stderr.contains("it is not a regular file"), "{}", ran.stderr);
    }
    let ran = magespec(dir.path(), &["calls", "/dev/zero"]);
    assert!(ran.status == 1 && ran.stderr.contains("it is not a regular file"), "{}", ran.stderr);
}

/// A module's file of two gigabytes, read with half of that.
#[test]
fn files_of_a_module_are_not_read_whole_to_find_it() {
    let dir = project();
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
    fs::remove_file(dir.path().join("integration.toml")).unwrap();
    File::create(dir.path().join("etc/integration.xml")).unwrap().set_len(2 << 30).unwrap();
    for arguments in ["check .", "import . --stdout"] {
        let line = format!("ulimit -v 1000000; exec {} {arguments}", env!("CARGO_BIN_EXE_magespec"));
        let shell = std::process::Command::new("sh").args(["-c", &line]).current_dir(dir.path()).output();
        let ran = ran(shell.unwrap());
        let said = ran.stdout + &ran.stderr;
        assert!(ran.status == 1 && said.contains("it is larger than 1 MiB"), "{arguments}: {said}");
    }
}

#[test]
fn a_git_that_never_ends() {
    let dir = project();
    let path = dir.path().join("git");
    let run = |script: &str| {
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        assert!(std::process::Command::new("chmod").arg("+x").arg(&path).status().unwrap().success());
        let path = format!("{}:{}", dir.path().display(), std::env::var("PATH").unwrap());
        ran(command(dir.path(), &["plan", "--from", "git:HEAD"]).env("PATH", path).output().unwrap())
    };
    let printed = run("exec yes");
    assert_eq!((printed.status, printed.stdout.as_str()), (1, ""));
    assert_eq!(printed.stderr, "error: unknown git revision `HEAD`: it is larger than 1 MiB\n");
    let said = run("yes >&2; exit 1");
    assert!(
        said.status == 1 && said.stderr.starts_with("error: unknown git revision `HEAD`"),
        "{}",
        said.stderr
    );
    let large = run("case $* in *blob*) exec yes;; *cat-file*) echo blob;; esac");
    assert_eq!(large.stderr, "error: cannot read git:HEAD:integration.toml: it is larger than 4 MiB\n");
}

#[test]
fn a_lock_that_lists_too_many_files() {
    let dir = project();
    let entry = |at: usize| format!("\"etc/{at}.xml\" = {{ sha256 = \"\", kind = \"managed\" }}\n");
    let lock = format!("version = 1\n[files]\n{}", (0..300_000).map(entry).collect::<String>());
    fs::write(dir.path().join("integration.lock"), lock).unwrap();
    let built = magespec(dir.path(), &["build"]);
    assert!(
        built.status == 1 && built.stderr.contains("it lists more than 100000 files"),
        "{}",
        built.stderr
    );
}

#[test]
fn files_that_cannot_be_read() {
    let dir = project();
    let checked = magespec(dir.path(), &["check", "nowhere.toml"]);
    assert_eq!(checked.status, 1);
    assert!(checked.stdout.contains("error[unreadable-file]"), "{}", checked.stdout);
    assert!(checked.stdout.contains("no such file"), "{}", checked.stdout);
    fs::create_dir(dir.path().join("empty")).unwrap();
    let checked = magespec(dir.path(), &["check", "empty"]);
    assert_eq!(
        (checked.status, checked.stderr.as_str()),
        (1, "error: no integration.toml found in `empty`\n")
    );
}

#[test]
fn byte_order_marks_and_windows_line_ends_are_fine() {
    let plain = project();
    magespec(plain.path(), &["build"]);
    let dir = project();
    fs::write(dir.path().join("integration.toml"), format!("\u{feff}{}", SPEC.replace('\n', "\r\n")))
        .unwrap();
    let checked = magespec(dir.path(), &["check"]);
    assert_eq!((checked.status, checked.stdout.as_str()), (0, ""));
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
    for file in files(plain.path()) {
        assert_eq!(
            fs::read(plain.path().join(&file)).unwrap(),
            fs::read(dir.path().join(&file)).unwrap(),
            "{file}"
        );
    }
}

#[test]
fn standard_input_is_a_spec_too() {
    let dir = tempfile::tempdir().unwrap();
    let mut child = command(dir.path(), &["check", "-", "--format", "short"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(SPEC.replace("actions_view", "nope").as_bytes()).unwrap();
    let checked = ran(child.wait_with_output().unwrap());
    assert_eq!(checked.status, 1);
    assert!(checked.stdout.starts_with("<stdin>:12:14: error[unknown-resource]"), "{}", checked.stdout);
}

#[test]
fn standard_input_is_read_once() {
    let dir = tempfile::tempdir().unwrap();
    let checked = magespec(dir.path(), &["check", "-", "-"]);
    assert_eq!(checked.status, 1);
    assert!(checked.stderr.contains("cannot read standard input twice"), "{}", checked.stderr);
}

#[test]
fn many_findings_are_shown_in_part_and_listed_in_full() {
    let dir = project();
    let keys: String = (0..300).map(|at| format!("k{at} = 1\n")).collect();
    let spec = SPEC.replace("\"Magento_Sales::actions_view\"", "\"Magento_Sales::nope\"");
    fs::write(dir.path().join("integration.toml"), format!("{spec}{keys}")).unwrap();
    let checked = magespec(dir.path(), &["check"]);
    assert_eq!(checked.stdout.matches("error[").count(), 200);
    assert!(
        checked
            .stdout
            .ends_with("… and 101 more in integration.toml; `magespec check --format short` lists all\n\n")
    );
    assert!(checked.stderr.starts_with("301 errors"), "{}", checked.stderr);
    assert_eq!(magespec(dir.path(), &["check", "--format", "short"]).stdout.lines().count(), 301);
}

#[test]
fn places_far_apart_are_shown_without_what_is_between() {
    let dir = project();
    let between: String = (0..300).map(|at| format!("# {at}\n")).collect();
    let second = SPEC[SPEC.find("[[integration]]").unwrap()..].to_owned();
    fs::write(dir.path().join("integration.toml"), format!("{SPEC}{between}{second}")).unwrap();
    let checked = magespec(dir.path(), &["check"]);
    assert!(checked.stdout.contains("error[duplicate-integration]"), "{}", checked.stdout);
    assert!(checked.stdout.contains("the other one"), "{}", checked.stdout);
    assert!(checked.stdout.lines().count() < 40, "{}", checked.stdout);
}

#[test]
fn output_roots_that_cannot_be_written() {
    let dir = project();
    fs::write(dir.path().join("file"), "mine").unwrap();
    let built = magespec(dir.path(), &["build", "--out", "file"]);
    assert_eq!(built.status, 1);
    assert!(built.stderr.contains("to file: it is a file, or below a file"), "{}", built.stderr);
    let built = magespec(dir.path(), &["build", "--out", "file/below"]);
    assert_eq!(built.status, 1);
    assert!(built.stderr.contains("to file/below: it is a file, or below a file"), "{}", built.stderr);
    assert_eq!(fs::read_to_string(dir.path().join("file")).unwrap(), "mine");
}

#[test]
fn symbolic_links_are_not_followed() {
    let outside = tempfile::tempdir().unwrap();
    let victim = outside.path().join("victim");
    fs::write(&victim, "precious").unwrap();
    for (link, target) in
        [("composer.json", victim.as_path()), ("etc", outside.path()), ("integration.lock", victim.as_path())]
    {
        let dir = project();
        symlink(target, dir.path().join(link)).unwrap();
        let built = magespec(dir.path(), &["build", "--force"]);
        assert_eq!(built.status, 1, "{link}: {}", built.stdout);
        assert!(built.stderr.contains(&format!("{link} is a symbolic link")), "{}", built.stderr);
        assert_eq!(files(dir.path()), [link]);
        assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
        assert_eq!(files(outside.path()), ["victim"]);
    }
}

#[test]
fn a_directory_in_place_of_a_file_is_never_removed() {
    let dir = project();
    fs::create_dir_all(dir.path().join("composer.json/mine")).unwrap();
    let built = magespec(dir.path(), &["build", "--force"]);
    assert_eq!(built.status, 1);
    assert!(built.stderr.contains("composer.json is a directory"), "{}", built.stderr);
    assert!(dir.path().join("composer.json/mine").is_dir());
}

#[test]
fn a_day_that_is_none() {
    let dir = project();
    for wrong in ["abc", "-1", "99999999999999999", "1.5"] {
        let ran = ran(command(dir.path(), &["check"]).env("SOURCE_DATE_EPOCH", wrong).output().unwrap());
        assert_eq!(ran.status, 1);
        assert!(ran.stderr.contains(&format!("SOURCE_DATE_EPOCH is `{wrong}`")), "{}", ran.stderr);
    }
}
