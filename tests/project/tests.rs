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
