//! The command from the outside: what it prints, what it writes, how it ends.

mod access;
mod acl;
mod bad_input;
mod breaks;
mod build;
mod calls;
mod check;
mod crash;
mod describe;
mod diff;
mod help;
mod import;
mod init;
mod many;
mod ownership;
mod plan;
mod routes;
mod seeded;
mod shop;
mod watch;

#[path = "../support/mod.rs"]
mod support;

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use support::files::contents;

const SPEC: &str = r#"[module]
name = "Acme_Orders"
description = "Lets the Acme warehouse read orders"
version = "1.0.0"

[target]
magento = "2.4.3"

[[integration]]
name = "Acme Warehouse"
email = "warehouse@acme.com"
resources = ["Magento_Sales::actions_view"]
"#;

/// How a run ended and what it printed.
struct Ran {
    status: i32,
    stdout: String,
    stderr: String,
}

/// Runs magespec in `dir`.
fn magespec(dir: &Path, arguments: &[&str]) -> Ran {
    ran(command(dir, arguments).output().unwrap())
}

fn command(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_magespec"));
    command.current_dir(dir).args(arguments).stdin(std::process::Stdio::null());
    command
}

fn ran(output: Output) -> Ran {
    Ran {
        status: output.status.code().expect("no signal"),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A directory with `SPEC` as integration.toml.
fn project() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("integration.toml"), SPEC).unwrap();
    dir
}

/// All files below `dir` but the spec, sorted.
fn files(dir: &Path) -> Vec<String> {
    let mut files: Vec<String> = contents(dir).into_keys().collect();
    files.retain(|file| file != "integration.toml");
    files
}
