//! The README says what is so.

mod support;

use std::fmt::Write as _;

use magespec::diag::Rule;

const README: &str = include_str!("../README.md");

/// The commands of the `console` blocks, in their order in one empty directory, print what stands below them.
#[test]
fn the_tour_is_real() {
    let dir = tempfile::tempdir().unwrap();
    assert!(support::console::assert_real(README, dir.path()) > 5);
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
