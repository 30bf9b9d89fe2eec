//! Examples in docs/plan.md match the output.

use magespec::plan::Action;

use crate::support;

const DOCUMENT: &str = include_str!("../../../docs/plan.md");

#[test]
fn the_examples_are_real() {
    let dir = tempfile::tempdir().unwrap();
    assert!(support::console::assert_real("docs/plan.md", dir.path()) > 3);
}

#[test]
fn every_sign_is_explained() {
    for action in [
        Action::Keep,
        Action::Ignored,
        Action::Unknown,
        Action::Update,
        Action::Create,
        Action::Orphan,
        Action::Reset,
        Action::Abort,
    ] {
        let row = format!("| `{}` | `{}` |", action.symbol(), action.as_str());
        assert!(DOCUMENT.contains(&row), "{row}");
    }
}
