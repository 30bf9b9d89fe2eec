//! The page of `magespec review`: its parts are found, read and printed.

use std::fs;

use serde_json::json;

use super::browser::{ask_with, picture, print};
use crate::{
    need::{Need, trials},
    support::command::{SPEC, magespec, project},
};

trials! {
    [Need::Browser] => a_review_can_be_read_at_any_width, a_review_has_a_dark_side_and_paper;
}

/// Review of a module that gains a permission and loses an integration.
fn page() -> String {
    let dir = project();
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
    let spec = SPEC.replace("actions_view\"", "actions_view\", \"Magento_Catalog::catalog/**\"");
    let spec = spec.replace("Acme Warehouse", "Acme <b>Depot</b>");
    fs::write(dir.path().join("integration.toml"), spec).unwrap();
    magespec(dir.path(), &["review", "--format", "html"]).stdout
}

fn a_review_can_be_read_at_any_width() {
    let script = r#"() => ({
        headings: [...document.querySelectorAll("main h2")].map(it => it.innerText),
        levels: [...document.querySelectorAll("h1, h2, h3, h4, h5")].map(it => +it.tagName[1]).every(
            (level, at, all) => at === 0 ? level === 1 : level <= all[at - 1] + 1),
        landmarks: [...document.querySelectorAll("header, nav, main")].map(it => it.tagName),
        links: [...document.links].every(it => document.querySelector(it.getAttribute("href")) !== null),
        ids: new Set([...document.querySelectorAll("[id]")].map(it => it.id)).size
            === document.querySelectorAll("[id]").length,
        names: document.querySelector("article h4").innerText.includes("Acme <b>Depot</b>"),
        folded: [...document.querySelectorAll("details.folded h4")].map(it => it.innerText),
        wide: document.documentElement.scrollWidth <= innerWidth,
    })"#;
    let expected = json!({
        "headings": ["Plan", "For other systems", "Access", "Findings", "Changes"],
        "levels": true,
        "landmarks": ["HEADER", "NAV", "MAIN"],
        "links": true,
        "ids": true,
        "names": true,
        "folded": ["README.md", "integration.lock"],
        "wide": true,
    });
    let page = page();
    for size in ["--window-size=1280,900", "--window-size=400,900"] {
        assert_eq!(ask_with(&page, script, &[size]), expected, "{size}");
    }
}

fn a_review_has_a_dark_side_and_paper() {
    let page = page();
    let light = picture(&page, &[]);
    assert!(light != picture(&page, &["--blink-settings=preferredColorScheme=0"]), "dark is as light");
    let pdf = print(&page);
    assert!(pdf.starts_with(b"%PDF") && pdf.len() > 10_000, "{} bytes", pdf.len());
}
