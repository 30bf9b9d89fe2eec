//! The README says what is so.

mod support;

use std::{env, fmt::Write as _, path::Path, process::Command};

use magespec::diag::Rule;

const README: &str = include_str!("../README.md");

/// The commands of the `console` blocks, in their order in one empty directory, print what stands below them.
#[test]
fn the_tour_is_real() {
    let dir = tempfile::tempdir().unwrap();
    let bin = Path::new(env!("CARGO_BIN_EXE_magespec")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), env::var("PATH").unwrap());
    let mut count = 0;
    for block in README.split("```console\n").skip(1).map(|rest| rest.split("```").next().unwrap()) {
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
    assert!(count > 5);
}

#[test]
fn the_table_of_rules_is_complete() {
    let mut table = String::from("| Rule | Level | Finds |\n|---|---|---|\n");
    for rule in Rule::ALL {
        let id = rule.id();
        let star =
            if rule.can_be_relaxed() && rule.level() == magespec::diag::Level::Error { "*" } else { "" };
        writeln!(table, "| [{id}](docs/rules/{id}.md) | {}{star} | {} |", rule.level(), rule.title())
            .unwrap();
    }
    let (before, rest) = README.split_once("<!-- rules -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- /rules -->").unwrap();
    support::generated::assert_current(
        "README.md",
        &format!("{before}<!-- rules -->\n{table}<!-- /rules -->{after}"),
    );
}
