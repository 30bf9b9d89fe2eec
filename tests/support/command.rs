//! Runs of the binary.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use super::files::contents;

pub(crate) const SPEC: &str = r#"[module]
name = "Acme_Orders"
description = "Lets the Acme warehouse read orders"
version = "1.0.0"

[target]
magento = "2.4.2"

[[integration]]
name = "Acme Warehouse"
email = "warehouse@acme.com"
resources = ["Magento_Sales::actions_view"]
"#;

/// Exit status and output of a run.
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs magespec in `dir`.
pub(crate) fn magespec(dir: &Path, arguments: &[&str]) -> Ran {
    ran(command(dir, arguments).output().unwrap())
}

pub(crate) fn command(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_magespec"));
    command.current_dir(dir).args(arguments).stdin(std::process::Stdio::null());
    command
}

/// Runs git in `dir`.
#[track_caller]
pub(crate) fn git(dir: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=A", "-c", "user.email=a@acme.com", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").args(identity).args(arguments).current_dir(dir).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

pub(crate) fn ran(output: Output) -> Ran {
    Ran {
        status: output.status.code().expect("no signal"),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A directory with `SPEC` as integration.toml.
pub(crate) fn project() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("integration.toml"), SPEC).unwrap();
    dir
}

/// All files below `dir` but the spec, sorted.
pub(crate) fn files(dir: &Path) -> Vec<String> {
    let mut files: Vec<String> = contents(dir).into_keys().collect();
    files.retain(|file| file != "integration.toml");
    files
}
