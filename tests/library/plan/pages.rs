//! The examples of the pages of rules about plans: the bad one, where there was the good one before, is what the rule finds.

use std::{fs, process::Command};

use magespec::diag::{Family, Rule};

use crate::support::base::HEAD;

#[test]
fn examples_do_what_they_say() {
    let rules: Vec<Rule> = Rule::ALL.iter().copied().filter(|rule| rule.family() == Family::Plan).collect();
    assert_eq!(rules.len(), 5);
    for rule in rules {
        let (bad, good) = (example(rule, "Bad"), example(rule, "Good"));
        assert!(finds(rule, &good, &bad), "{rule}: the bad one after the good one");
        assert!(!finds(rule, &good, &good), "{rule}: the good one again");
    }
}

fn example(rule: Rule, heading: &str) -> String {
    let (_, section) = rule.page().split_once(&format!("\n## {heading}\n")).unwrap();
    let (_, block) = section.split_once("```toml\n").unwrap();
    let level = if rule.can_be_relaxed() { "warn" } else { "deny" };
    format!("{HEAD}\n{}\n[rules]\n{rule} = \"{level}\"\n", block.split("```").next().unwrap())
}

fn finds(rule: Rule, before: &str, after: &str) -> bool {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("before.toml"), before).unwrap();
    fs::write(dir.path().join("integration.toml"), after).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_magespec"));
    let output = command.args(["plan", "--from", "before.toml"]).current_dir(&dir).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let is_found = said.contains(&format!("[{rule}]"));
    let is_error = is_found && !rule.can_be_relaxed();
    assert_eq!(output.status.code(), Some(i32::from(is_error)), "{said}");
    is_found
}
