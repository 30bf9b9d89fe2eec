//! One change of each kind in each format.

use std::{fs, os::unix::fs::PermissionsExt as _};

use camino::Utf8Path;
use magespec::diff::{
    Comparison,
    render::{
        Layout, human, json as to_json, name_status as names, patch as patch_of, side_by_side as two_columns,
        stat as stat_of,
    },
};

use super::{build, changes, comparison, directory, tree};

const LAYOUT: Layout = Layout { context: 1, width: 60 };

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

fn rendered(render: impl Fn(&[Comparison]) -> String) -> String {
    let (_dir, root) = directory();
    render(&[every_kind(&root)])
}

/// Escape sequences of colours would hide the text in a snapshot.
fn coloured(render: impl Fn(&[Comparison], Layout) -> String) -> String {
    anstream::adapter::strip_str(&rendered(|all| render(all, LAYOUT))).to_string()
}

fn patch_text(all: &[Comparison]) -> String {
    String::from_utf8(patch_of(all, LAYOUT)).unwrap()
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
    insta::assert_snapshot!(coloured(human));
}

#[test]
fn side_by_side() {
    insta::assert_snapshot!(coloured(two_columns));
}

#[test]
fn stat() {
    insta::assert_snapshot!(coloured(stat_of));
}

#[test]
fn name_status() {
    insta::assert_snapshot!(rendered(names));
}

#[test]
fn json() {
    insta::assert_snapshot!(rendered(|all| to_json(all, LAYOUT)));
}

#[test]
fn changed_words_are_marked_in_colour() {
    let (_dir, root) = directory();
    let text = human(&[every_kind(&root)], LAYOUT);
    let (red, green) = ("\u{1b}[7m\u{1b}[31mold", "\u{1b}[7m\u{1b}[32mnew");
    assert!(text.contains(red) && text.contains(green), "{}", text.escape_debug());
}

#[test]
fn files_cannot_play_tricks_on_the_terminal() {
    for render in [human, two_columns] {
        let text = rendered(|all| render(all, LAYOUT));
        assert!(text.contains("mine ␛[31m<U+202E>"), "{text}");
    }
}

#[test]
fn nothing_is_said_of_what_is_as_it_should_be() {
    let (_dir, root) = directory();
    let files = || tree([("same.txt", b"same\n".as_slice())]);
    build(&files(), &root);
    let compared = [comparison(changes(&files(), &root))];
    assert_eq!(patch_text(&compared), "");
    assert_eq!(names(&compared), "");
    assert!(human(&compared, LAYOUT).contains("no file differs"));
    assert_eq!(stat_of(&compared, LAYOUT), " 0 files changed\n");
}
