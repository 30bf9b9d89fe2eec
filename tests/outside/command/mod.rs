//! The command where files cannot be read or written, on a terminal, and with git.

mod git;

use std::{
    fs::{self, File},
    path::Path,
    process::{Command, Stdio},
};

use crate::{
    need::{Need, trials},
    support::command::{command, files, magespec, project, ran},
};

trials! {
    [Need::NotRoot] => files_that_may_not_be_read, output_roots_that_may_not_be_written;
    [Need::FullDevice] => output_that_cannot_be_written_is_reported;
    [Need::Mount] => a_full_disk_leaves_nothing_half_written;
    [Need::Terminal] => a_complete_init_can_be_repeated, a_fine_check_says_so_on_a_terminal, an_end_of_the_input_is_reported, on_a_terminal_people_read_it_through_their_pager;
    in git;
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) {}

fn files_that_may_not_be_read() {
    let dir = project();
    let spec = dir.path().join("integration.toml");
    set_mode(&spec, 0o000);
    let checked = magespec(dir.path(), &["check"]);
    assert!(checked.stdout.contains("permission denied"), "{}", checked.stdout);
    assert!(checked.stdout.contains("chmod u+r"), "{}", checked.stdout);
}

fn output_roots_that_may_not_be_written() {
    let dir = project();
    let root = dir.path().join("read-only");
    fs::create_dir(&root).unwrap();
    set_mode(&root, 0o555);
    let built = magespec(dir.path(), &["build", "--out", "read-only"]);
    assert_eq!((built.status, files(&root)), (1, Vec::new()));
    assert!(built.stderr.contains("permission denied"), "{}", built.stderr);
}

fn a_full_disk_leaves_nothing_half_written() {
    let dir = project();
    let mount = dir.path().join("small");
    fs::create_dir(&mount).unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=8k", "tmpfs"])
        .arg(&mount)
        .stderr(Stdio::null())
        .status();
    assert!(mounted.unwrap().success());
    let built = magespec(dir.path(), &["build", "--out", "small"]);
    let left = files(&mount);
    let folders = fs::read_dir(&mount).unwrap().count();
    Command::new("umount").arg(&mount).status().unwrap();
    assert_eq!((built.status, left, folders), (1, Vec::new(), 0), "{}", built.stderr);
    assert!(built.stderr.contains("disk is full"), "{}", built.stderr);
}

fn output_that_cannot_be_written_is_reported() {
    let full = File::options().write(true).open("/dev/full").unwrap();
    let dir = project();
    let child = command(dir.path(), &["schema"]).stdout(full).stderr(Stdio::piped()).spawn().unwrap();
    let printed = ran(child.wait_with_output().unwrap());
    assert_eq!(
        (printed.status, printed.stderr.as_str()),
        (1, "error: cannot write the output: the disk is full\n")
    );
}

fn an_end_of_the_input_is_reported() {
    let dir = tempfile::tempdir().unwrap();
    let magespec = env!("CARGO_BIN_EXE_magespec");
    let command = format!("printf '\\004' | script -qec '{magespec} init' /dev/null");
    let output = Command::new("sh").args(["-c", &command]).current_dir(dir.path()).output().unwrap();
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        shown.contains("Module name (Vendor_Module)") && shown.contains("standard input ended"),
        "{shown}"
    );
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

fn a_complete_init_can_be_repeated() {
    let dir = tempfile::tempdir().unwrap();
    let on_a_terminal = |options: &str| {
        let line =
            format!("{} init --name Acme_Erp --email erp@acme.com{options}", env!("CARGO_BIN_EXE_magespec"));
        let mut script = Command::new("script");
        script.args(["-qec", &line, "/dev/null"]).current_dir(dir.path()).stdin(Stdio::null());
        String::from_utf8_lossy(&script.output().unwrap().stdout).into_owned()
    };
    let complete = " --description Orders --integration Erp --target 2.4.7 --resource Magento_Sales::sales";
    for (options, said) in [
        (complete, "wrote integration.toml"),
        (complete, "integration.toml is up to date"),
        ("", "integration.toml exists; `init` does not overwrite files"),
    ] {
        let shown = on_a_terminal(options);
        assert!(shown.contains(said) && !shown.contains("Purpose of the module"), "{shown}");
    }
}

/// A pipe gets findings only.
fn a_fine_check_says_so_on_a_terminal() {
    let dir = project();
    let line = format!("{} check", env!("CARGO_BIN_EXE_magespec"));
    let mut script = Command::new("script");
    script.args(["-qec", &line, "/dev/null"]).current_dir(dir.path()).stdin(Stdio::null());
    let shown = String::from_utf8_lossy(&script.output().unwrap().stdout).into_owned();
    assert!(shown.trim_end().ends_with("1 spec is fine for 2.4.2..2.4.2-p2"), "{shown}");
    assert!(!magespec(dir.path(), &["check"]).stdout.contains("fine"));
}

/// `script` gives the command a terminal.
fn on_a_terminal_people_read_it_through_their_pager() {
    let dir = project();
    let on_a_terminal = |arguments: &str, pager: &str| {
        let line = format!("{} diff {arguments}", env!("CARGO_BIN_EXE_magespec"));
        let run = Command::new("script")
            .args(["-qec", &line, "/dev/null"])
            .current_dir(dir.path())
            .env("MAGESPEC_PAGER", pager)
            .env("TERM", "xterm")
            .env_remove("NO_COLOR")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        String::from_utf8_lossy(&run.stdout).into_owned()
    };
    let paged = on_a_terminal("", "sed s/^/paged:/");
    assert!(paged.starts_with("paged:"), "{paged}");
    assert!(paged.contains("\u{1b}[") && !paged.contains("diff --git"), "{paged}");
    let unpaged = on_a_terminal("--no-pager", "sed s/^/paged:/");
    assert!(!unpaged.contains("paged:") && unpaged.contains("created"), "{unpaged}");
    let without = on_a_terminal("", "no-such-pager");
    assert!(without.contains("registration.php"), "{without}");
}
