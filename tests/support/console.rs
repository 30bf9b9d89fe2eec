//! The `console` blocks of a document, run.

use std::{env, path::Path, process::Command};

/// Runs the commands of the blocks in their order in `dir`. Each has to print what stands below it. Says how many there
/// were.
pub(crate) fn assert_real(document: &str, dir: &Path) -> usize {
    let bin = Path::new(env!("CARGO_BIN_EXE_magespec")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), env::var("PATH").unwrap());
    let mut count = 0;
    for block in document.split("```console\n").skip(1).map(|rest| rest.split("```").next().unwrap()) {
        let mut parts = format!("\n{block}").split("\n$ ").map(str::to_owned).collect::<Vec<_>>().into_iter();
        assert_eq!(parts.next().as_deref(), Some(""), "a block starts with a command");
        for part in parts {
            let (command, expected) = part.split_once('\n').unwrap_or((&part, ""));
            let ran = Command::new("sh")
                .args(["-c", &format!("{{ {command}; }} 2>&1")])
                .current_dir(dir)
                .env("PATH", &path)
                .output()
                .unwrap();
            assert_eq!(String::from_utf8_lossy(&ran.stdout).trim_end(), expected.trim_end(), "$ {command}");
            count += 1;
        }
    }
    count
}
