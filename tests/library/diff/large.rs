//! Files far larger than any that is generated.

use magespec::diff::{Comparison, Cut, LineKind, count, render};

use super::{build, changes, directory, tree};

/// A file above the limit is named in every format but a patch and compared in none.
#[test]
fn files_above_the_limit_are_not_compared() {
    let (_dir, root) = directory();
    build(&tree([("big.xml", &b"old"[..])]), &root);
    std::fs::write(root.join("big.xml"), vec![b'\n'; (16 << 20) + 1]).unwrap();
    let changes = changes(&tree([("big.xml", &b"new"[..])]), &root);
    assert_eq!(changes.files[0].hunks(Cut { context: 3, marks_words: true }), []);
    let comparison = Comparison { module: "Acme_Erp".to_owned(), root, earlier: None, changes };
    let layout = render::Layout { context: 3, width: 80, unfolds: false };
    let comparisons = [comparison];
    for page in [
        render::human(&comparisons, layout),
        render::side_by_side(&comparisons, layout),
        render::stat(&comparisons, layout),
        render::html(&comparisons, layout),
    ] {
        assert!(page.contains("too large for a diff") && page.len() < 1 << 20, "{}", page.len());
    }
    assert!(render::json(&comparisons, layout).contains("\"too_large\": true"));
    let patch = String::from_utf8(render::patch(&comparisons, layout)).unwrap();
    assert!(!patch.contains("big.xml b/") && patch.len() < 1 << 20, "{}", patch.len());
}

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
