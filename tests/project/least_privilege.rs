//! docs/least-privilege.md says what is so: its commands print what it shows, and its specs are right.

use crate::support::{
    console::assert_real,
    least_privilege::{resolved, specs},
};

#[test]
fn the_commands_print_what_is_shown() {
    let dir = tempfile::tempdir().unwrap();
    assert!(assert_real("docs/least-privilege.md", dir.path()) >= 4);
}

#[test]
fn the_specs_are_right() {
    let specs = specs();
    assert_eq!(specs.len(), 3);
    specs.iter().for_each(|text| drop(resolved(text)));
}
