//! The `console` blocks of a page.

use std::{env, path::Path, process::Command};

/// Runs the commands of a page's `console` blocks in their order in one empty directory, and compares what they print, to
/// either output, with what stands below them. Says how many there were.
///
/// # Panics
/// When one prints something else.
pub(crate) fn run(page: &str) -> usize {
    let dir = tempfile::tempdir().unwrap();
    let bin = Path::new(env!("CARGO_BIN_EXE_magespec")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), env::var("PATH").unwrap());
    let mut count = 0;
    for block in page.split("```console\n").skip(1).map(|rest| rest.split("```").next().unwrap()) {
        let mut parts = format!("\n{block}").split("\n$ ").map(str::to_owned).collect::<Vec<_>>().into_iter();
        assert_eq!(parts.next().as_deref(), Some(""), "a block starts with a command");
        for part in parts {
            let (command, expected) = part.split_once('\n').unwrap_or((&part, ""));
            let ran = Command::new("sh")
                .args(["-c", &format!("{{ {command}; }} 2>&1")])
                .current_dir(dir.path())
                .env("PATH", &path)
                .output()
                .unwrap();
            assert_eq!(String::from_utf8_lossy(&ran.stdout).trim_end(), expected.trim_end(), "$ {command}");
            count += 1;
        }
    }
    count
}
