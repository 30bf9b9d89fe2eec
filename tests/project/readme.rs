//! The README says what is so.

/// The commands of the `console` blocks, in their order in one empty directory, print what stands below them.
#[test]
fn the_tour_is_real() {
    let dir = tempfile::tempdir().unwrap();
    assert!(crate::support::console::assert_real("README.md", dir.path()) > 5);
}

#[test]
fn it_fits_a_sitting() {
    let lines = include_str!("../../README.md").lines().count();
    assert!(lines <= 250, "the README has {lines} lines");
}
