//! Whole modules: what a spec with everything makes.

mod any;
mod tiers;
mod values;
mod webhooks;

use magespec::{emit::can_be_made, tree::Ownership};

use crate::support::made::{WIDE, code, made, text, tiers};

/// Text as HTML, as in the comments of settings.
fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Otherwise `build` would refuse to delete its own files.
#[test]
fn managed_files_lie_where_files_can_be_deleted() {
    for (release, tree) in tiers() {
        for (path, file) in tree.iter().filter(|(_, file)| file.ownership == Ownership::Managed) {
            assert!(can_be_made(None)(path, &file.contents), "{release}: {path}");
        }
    }
}
