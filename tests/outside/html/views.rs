//! Both views show the right text, on a screen and on paper.

use serde_json::{Value, json};

use super::browser::{ask, picture, print, without_policy};
use crate::{
    need::{Need, trials},
    support::html::{each_status, page},
};

trials! {
    [Need::Browser] =>
        both_views_show_the_lines,
        it_can_be_walked_by_keyboard_and_heard,
        it_can_be_seen_and_printed,
        folded_files_are_printed;
}

/// Before and after the other view is chosen: each table that can be seen, its class and its cells.
const VIEWS: &str = r#"() => {
    const seen = () => [...document.querySelectorAll("table")].filter(table => table.checkVisibility()).map(
        table => [table.className.split(" ")[0], [...table.tBodies].flatMap(
            body => [...body.rows].map(row => [...row.cells].map(cell => cell.innerText)))]);
    const choose = name => [...document.querySelectorAll("label")].find(it => it.innerText === name).click();
    const unified = seen();
    choose("Side by side");
    const sideBySide = seen();
    choose("Unified");
    return { unified, sideBySide, again: seen() };
}"#;

const END: &str = "\\ No newline at end of file";

fn both_views_show_the_lines() {
    let shown = ask(&page(&[each_status()]), VIEWS);
    let created = format!("a & b\n{END}");
    let unified = json!([
        [
            "unified",
            [
                ["@@ -1,3 +1,3 @@"],
                ["1", "1", "", "one"],
                ["2", "", "removed", "two <b>"],
                ["", "2", "added", "2 <b>"],
                ["3", "3", "", "three"],
            ]
        ],
        ["unified", [["@@ -0,0 +1 @@"], ["", "1", "added", created]]],
        ["unified", [["@@ -1 +0,0 @@"], ["1", "", "removed", "gone"]]],
        ["unified", [["@@ -1 +1 @@"], ["1", "", "removed", "mine␍"], ["", "1", "added", "made"]]],
        ["unified", [["@@ -0,0 +1 @@"], ["", "1", "added", "x"]]],
    ]);
    assert_eq!(shown["unified"], unified);
    assert_eq!(shown["again"], unified);
    let side_by_side = json!([
        [
            "side-by-side",
            [
                ["@@ -1,3 +1,3 @@"],
                ["1", "", "one", "1", "", "one"],
                ["2", "removed", "two <b>", "2", "added", "2 <b>"],
                ["3", "", "three", "3", "", "three"],
            ]
        ],
        ["side-by-side", [["@@ -0,0 +1 @@"], ["", "1", "added", created]]],
        ["side-by-side", [["@@ -1 +0,0 @@"], ["1", "removed", "gone", ""]]],
        ["side-by-side", [["@@ -1 +1 @@"], ["1", "removed", "mine␍", "1", "added", "made"]]],
        ["side-by-side", [["@@ -0,0 +1 @@"], ["", "1", "added", "x"]]],
    ]);
    assert_eq!(shown["sideBySide"], side_by_side);
}

fn it_can_be_walked_by_keyboard_and_heard() {
    let script = r#"() => ({
        language: document.documentElement.lang,
        headings: [...document.querySelectorAll("h1, h2, h3")].map(it => it.tagName + " " + it.innerText),
        landmarks: [...document.querySelectorAll("header, nav, main")].map(it => it.tagName),
        links: [...document.links].map(it => document.querySelector(it.getAttribute("href")) !== null),
        focusable: [...document.querySelectorAll("a[href], input, summary")].filter(
            it => { it.focus(); return document.activeElement !== it; }).length,
        captions: [...document.querySelectorAll("table")].every(it => it.caption.innerText.length > 0),
        scopes: [...document.querySelectorAll("th")].every(it => it.scope.length > 0),
        ids: new Set([...document.querySelectorAll("[id]")].map(it => it.id)).size
            === document.querySelectorAll("[id]").length,
        wide: document.documentElement.scrollWidth <= innerWidth,
    })"#;
    let heard = ask(&page(&[each_status()]), script);
    let headings = [
        "H1 Changes to Acme_Orders",
        "H2 Files",
        "H2 Acme_Orders in app/code/Acme/Orders",
        "H3 a/changed.xml",
        "H3 a/created.xml",
        "H3 deleted.xml",
        "H3 edited.xml",
        "H3 empty.txt",
        "H3 etc",
    ];
    let expected = json!({
        "language": "en",
        "headings": headings,
        "landmarks": ["HEADER", "NAV", "MAIN"],
        "links": [true, true, true, true, true, true, true],
        "focusable": 0,
        "captions": true,
        "scopes": true,
        "ids": true,
        "wide": true,
    });
    assert_eq!(heard, expected);
}

fn it_can_be_seen_and_printed() {
    let page = page(&[each_status()]);
    let light = picture(&page, &[]);
    assert!(light.starts_with(b"\x89PNG") && light.len() > 10_000, "{} bytes", light.len());
    assert!(light != picture(&page, &["--blink-settings=preferredColorScheme=0"]), "dark is as light");
    // The policy lets the style sheet through. A busy machine may take a picture before the last stroke; one without style
    // is never the same.
    let is_same = || picture(&page, &[]) == picture(&without_policy(&page), &[]);
    assert!((0..6).any(|_| is_same()), "the policy changes the picture");
    let pdf = print(&page);
    assert!(pdf.starts_with(b"%PDF") && pdf.len() > 10_000, "{} bytes", pdf.len());
}

/// Files that are folded on the screen are unfolded on paper.
fn folded_files_are_printed() {
    let page = page(&[each_status()]);
    let folded = page.replace("<details open>", "<details>");
    let script = r#"() => [...document.querySelectorAll("table.unified")].map(it => it.checkVisibility({
        contentVisibilityAuto: true }) && it.getBoundingClientRect().height > 0)"#;
    assert_eq!(ask(&folded, script), Value::from(vec![false; 5]));
    let paper = folded.replace("@media print", "@media all");
    assert_eq!(ask(&paper, script), Value::from(vec![true; 5]));
}
