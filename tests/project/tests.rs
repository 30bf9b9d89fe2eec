//! The tests themselves.

use crate::support::files::{contents, project};

/// Without the harness of Rust `#[test]` drops a function, and nobody misses it.
#[test]
fn tests_of_outside_are_in_its_tables() {
    for (path, text) in contents(&project("tests/outside")) {
        let has_attribute = String::from_utf8_lossy(&text).lines().any(|line| line.trim() == "#[test]");
        assert!(!has_attribute, "{path}: name the function in `trials!`, without #[test]");
    }
}

/// A test that needs what `.ci/run` does not install fails on a bare machine alone.
#[test]
fn ci_installs_what_tests_of_outside_need() {
    let installs = std::fs::read_to_string(project(".ci/run")).unwrap();
    let is_installed = |line: String| installs.lines().any(|it| it.starts_with(&line));
    let mut missing = Vec::new();
    for (path, text) in contents(&project("tests/outside")) {
        let text = String::from_utf8_lossy(&text).into_owned();
        for (need, command) in [("Need::Program(\"", "need"), ("Need::Extension(\"", "php_has")] {
            let names = text.split(need).skip(1).filter_map(|rest| rest.split('"').next());
            let names = names.filter(|name| !is_installed(format!("{command} {name} ")));
            missing.extend(names.map(|name| format!("{path}: {command} {name}")));
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}
