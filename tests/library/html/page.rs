use magespec::diff::Status;

use super::{change, comparison, each_status, page};

/// The page without its style sheet, which says nothing.
fn without_style(page: &str) -> String {
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, rest) = rest.split_once("</style>").unwrap();
    let (before, hash) = head.split_once("'sha256-").unwrap();
    let (_, behind) = hash.split_once('\'').unwrap();
    format!("{before}'sha256-…'{behind}<style>…</style>{rest}")
}

#[test]
fn each_status_has_its_place() {
    insta::assert_snapshot!(without_style(&page(&[each_status()])));
}

#[test]
fn a_page_without_a_difference_says_so() {
    let same = |name| change(name, Status::Unchanged, Some("same\n"), Some("same\n"));
    let page = page(&[comparison("Acme_Orders", "", vec![same("a"), same("b")])]);
    assert!(page.contains("<title>Changes to Acme_Orders: no file differs</title>"));
    assert!(page.contains("<strong>No changes.</strong> 2 files are up to date."));
    assert!(!page.contains("<nav") && !page.contains("<table"), "{page}");
}

#[test]
fn a_lock_that_alone_is_written_is_named() {
    let mut settled = comparison("Acme_Orders", "app", Vec::new());
    assert!(!page(std::slice::from_ref(&settled)).contains("will be written"));
    settled.changes.lock_before = None;
    assert!(page(&[settled]).contains("integration.lock</span> will be written."));
}

#[test]
fn modules_have_sections_of_their_own() {
    let made = |name| change(name, Status::Created, None, Some("x\n"));
    let same = change("c", Status::Unchanged, Some("same\n"), Some("same\n"));
    let page = page(&[
        comparison("Acme_A", "one", vec![made("a")]),
        comparison("Acme_B", "two", vec![made("b")]),
        comparison("Acme_C", "three", vec![same]),
    ]);
    assert!(page.contains("<title>Changes to 3 modules: 2 files differ: 2 created; +2 −0 lines</title>"));
    assert!(page.contains(r##"<a href="#file-2">"##) && page.contains(r#"<article id="file-2""#), "{page}");
    assert!(page.contains("<dt>module without changes</dt><dd>1</dd>"), "{page}");
    assert!(page.contains("Acme_B") && page.contains("two") && !page.contains("Acme_C"), "{page}");
}

#[test]
fn the_same_changes_make_the_same_page() {
    assert_eq!(page(&[each_status()]), page(&[each_status()]));
}

#[test]
fn nothing_is_loaded_and_nothing_is_executed() {
    let page = page(&[each_status()]);
    for never in ["<script", "src=", "url(", "@import", "http://", "https://", "<link", "<form"] {
        assert!(!page.contains(never), "{never}");
    }
    assert!(page.contains("default-src 'none'; style-src 'sha256-"), "{page}");
}

#[test]
fn hidden_characters_are_shown() {
    let page = page(&[comparison(
        "Acme_A",
        "",
        vec![change("a\u{202e}b", Status::Created, None, Some("\u{1b}[31m\u{2066}\r\n"))],
    )]);
    assert!(page.contains("␛[31m&lt;U+2066&gt;␍"), "{page}");
    assert!(page.contains("a&lt;U+202E&gt;b"), "{page}");
    assert!(!page.contains(['\u{1b}', '\u{202e}', '\u{2066}', '\r']));
}
