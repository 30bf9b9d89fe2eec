//! The `console` blocks of a document, run.

use std::{
    env, fs,
    path::Path,
    process::{Command, Stdio},
};

use super::generated;

/// Runs the commands of a document's `console` blocks, in their order, in `dir`. Each has to print what the document shows
/// below it; `MAGESPEC_UPDATE=1` rewrites that. `path` leads to the document from the root of the repository. Returns how
/// many commands there were.
pub(crate) fn assert_real(path: &str, dir: &Path) -> usize {
    let document = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let mut count = 0;
    let mut blocks = document.split("```console\n");
    let mut real = blocks.next().unwrap().to_owned();
    for rest in blocks {
        let (block, after) = rest.split_once("```").unwrap();
        let block = format!("\n{}", block.trim_end());
        let mut parts = block.split("\n$ ");
        assert_eq!(parts.next(), Some(""), "a block starts with a command");
        real += "```console\n";
        for part in parts {
            let command = part.split('\n').next().unwrap();
            let printed = run(command, dir);
            real += &format!("$ {command}\n{}", printed.trim_end());
            real += if printed.trim_end().is_empty() { "" } else { "\n" };
            count += 1;
        }
        real += "```";
        real += after;
    }
    generated::assert_current(path, &real);
    count
}

/// Output of a line of shell, with magespec on the path.
fn run(command: &str, dir: &Path) -> String {
    let bin = Path::new(env!("CARGO_BIN_EXE_magespec")).parent().unwrap();
    let ran = Command::new("sh")
        .args(["-c", &format!("{{ {command}; }} 2>&1")])
        .current_dir(dir)
        .env("PATH", format!("{}:{}", bin.display(), env::var("PATH").unwrap()))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    String::from_utf8_lossy(&ran.stdout).into_owned()
}
