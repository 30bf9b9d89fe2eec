//! One change of each kind in each format.

use std::{fs, os::unix::fs::PermissionsExt as _};

use camino::Utf8Path;
use magespec::diff::{
    Comparison,
    render::{self, Layout},
};

use super::{build, changes, comparison, directory, tree};

const LAYOUT: Layout = Layout { context: 1, width: 60, unfolds: false };

/// A root in which a file is created, one changed, one deleted, one edited by hand, one in the way, one behind a link
/// and one as it should be.
fn every_kind(root: &Utf8Path) -> Comparison {
    let same: &[u8] = b"same\n";
    build(
        &tree([
            ("changed.xml", b"<a>\n  <b name=\"old\"/>\r\n  <c/>\n</a>\n".as_slice()),
            ("deleted.php", b"<?php\n"),
            ("edited.xml", b"one\ntwo\n"),
            ("same.txt", same),
        ]),
        root,
    );
    fs::set_permissions(root.join("deleted.php"), fs::Permissions::from_mode(0o755)).unwrap();
    fs::write(root.join("edited.xml"), "one\ntwo\nmine \u{1b}[31m\u{202e}\n").unwrap();
    fs::write(root.join("foreign.json"), "{}").unwrap();
    fs::create_dir(root.join("elsewhere")).unwrap();
    std::os::unix::fs::symlink("elsewhere", root.join("linked")).unwrap();
    let new = tree([
        ("changed.xml", b"<a>\n  <b name=\"new\"/>\n  <c/>\n</a>".as_slice()),
        (
            "created 漢.xml",
            "漢字漢字漢字漢字漢字漢字漢字漢字 and 🧑‍🌾 in a line that is longer than its column\n".as_bytes(),
        ),
        ("edited.xml", b"one\n2\n"),
        ("foreign.json", b"{\n}\n"),
        ("linked/file.txt", b"x\n"),
        ("same.txt", same),
    ]);
    comparison(changes(&new, root))
}

fn rendered(format: impl Fn(&[Comparison]) -> String) -> String {
    let (_dir, root) = directory();
    format(&[every_kind(&root)])
}

/// Escape sequences of colours would hide the text in a snapshot.
fn coloured(format: impl Fn(&[Comparison], Layout) -> String) -> String {
    anstream::adapter::strip_str(&rendered(|all| format(all, LAYOUT))).to_string()
}

fn patch_text(all: &[Comparison]) -> String {
    String::from_utf8(render::patch(all, LAYOUT)).unwrap()
}

/// The lock's change holds hashes of everything: it has a test of its own.
fn without_lock(patch: &str) -> &str {
    patch.split("diff --git a/integration.lock").next().unwrap()
}

#[test]
fn patch() {
    insta::assert_snapshot!(without_lock(&rendered(patch_text)));
}

#[test]
fn the_patch_has_the_lock_too() {
    assert!(rendered(patch_text).contains("--- a/integration.lock\n+++ b/integration.lock\n@@"));
}

#[test]
fn human() {
    insta::assert_snapshot!(coloured(render::human));
}

#[test]
fn side_by_side() {
    insta::assert_snapshot!(coloured(render::side_by_side));
}

#[test]
fn stat() {
    insta::assert_snapshot!(coloured(render::stat));
}

#[test]
fn name_status() {
    insta::assert_snapshot!(rendered(render::name_status));
}

#[test]
fn json() {
    insta::assert_snapshot!(rendered(|all| render::json(all, LAYOUT)));
}

#[test]
fn changed_words_are_marked_in_colour() {
    let (_dir, root) = directory();
    let text = render::human(&[every_kind(&root)], LAYOUT);
    let (red, green) = ("\u{1b}[7m\u{1b}[31mold", "\u{1b}[7m\u{1b}[32mnew");
    assert!(text.contains(red) && text.contains(green), "{}", text.escape_debug());
}

#[test]
fn files_cannot_play_tricks_on_the_terminal() {
    for format in [render::human, render::side_by_side] {
        let text = rendered(|all| format(all, LAYOUT));
        assert!(text.contains("mine ␛[31m<U+202E>"), "{text}");
    }
}

#[test]
fn unchanged_files_are_not_listed() {
    let (_dir, root) = directory();
    let files = || tree([("same.txt", b"same\n".as_slice())]);
    build(&files(), &root);
    let compared = [comparison(changes(&files(), &root))];
    assert_eq!(patch_text(&compared), "");
    assert_eq!(render::name_status(&compared), "");
    assert!(render::human(&compared, LAYOUT).contains("no file differs"));
    assert_eq!(render::stat(&compared, LAYOUT), " 0 files changed\n");
}
