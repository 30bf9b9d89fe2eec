//! Files far larger than any that is generated.

use magespec::diff::{Cut, LineKind, count};

use super::{build, changes, directory, tree};

/// Every tenth line of 100,000 differs: all of them are found, and no other.
#[test]
fn large_files_are_compared_line_by_line() {
    let text = |changed: &str| -> String {
        let line = |at: usize| {
            let mark = if at.is_multiple_of(10) { changed } else { "same" };
            format!("<resource name=\"Vendor_Module::resource_{at:06}\" note=\"{mark}\"/>\n")
        };
        (0..100_000).map(line).collect()
    };
    let (_dir, root) = directory();
    build(&tree([("big.xml", text("old").as_bytes())]), &root);
    let changes = changes(&tree([("big.xml", text("new").as_bytes())]), &root);
    let hunks = changes.files[0].hunks(Cut { context: 1, marks_words: true });
    assert_eq!((hunks.len(), count(&hunks)), (10_000, (10_000, 10_000)));
    assert!(
        hunks
            .iter()
            .flat_map(|hunk| &hunk.lines)
            .any(|line| line.kind == LineKind::Added && line.pieces.len() > 1)
    );
}
