//! The site of the documentation: `mdbook build` makes it from book.toml and docs/SUMMARY.md.

use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

use crate::support::generated;
use magespec::diag::{Family, Rule};

/// Pages in their order, below their headings.
const GUIDES: [(&str, &[&str]); 4] = [
    (
        "Using magespec",
        &[
            "spec",
            "least-privilege",
            "looking-around",
            "catalog",
            "reviewing",
            "plan",
            "running-shop",
            "editors",
            "json",
            "migrating",
        ],
    ),
    (
        "What is promised and seen",
        &["calling", "mock", "receiving-webhooks", "operating-webhooks", "security", "proven"],
    ),
    (
        "Magento",
        &[
            "magento/README",
            "magento/web-api",
            "magento/resolving-permissions",
            "magento/setup-upgrade",
            "magento/deploying",
            "magento/settings",
            "magento/events",
            "magento/cron",
            "magento/files-and-schemas",
            "magento/database",
            "magento/releases-and-editions",
            "magento/not-established",
        ],
    ),
    ("Working on magespec", &["architecture", "development", "performance"]),
];

fn docs() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/docs"))
}

/// Title of a page: its first heading.
fn title(page: &str) -> String {
    let text = fs::read_to_string(docs().join(page).with_extension("md")).unwrap_or_default();
    text.lines()
        .next()
        .and_then(|line| line.strip_prefix("# "))
        .unwrap_or_else(|| panic!("{page}"))
        .to_owned()
}

fn summary() -> String {
    let mut text = "# Summary\n\n[magespec](README.md)\n".to_owned();
    for (heading, pages) in GUIDES {
        let _ = write!(text, "\n# {heading}\n\n");
        for page in pages {
            let _ = writeln!(text, "- [{}]({page}.md)", title(page));
        }
    }
    text += "\n# Rules\n\n- [All rules](rules/README.md)\n";
    let mut family: Option<Family> = None;
    for &rule in Rule::ALL {
        if family.replace(rule.family()) != Some(rule.family()) {
            let _ = writeln!(text, "- [{}]()", rule.family());
        }
        let _ = writeln!(text, "  - [{rule}](rules/{rule}.md)");
    }
    text
}

#[test]
fn the_summary_is_current() {
    generated::assert_current("docs/SUMMARY.md", &summary());
}

#[test]
fn the_summary_lists_every_page() {
    let summary = summary();
    let listed: BTreeSet<&str> = summary
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|page| !page.is_empty())
        .collect();
    let pages = ["", "magento", "rules"].iter().flat_map(|folder| {
        let entries = fs::read_dir(docs().join(folder)).unwrap().map(|entry| entry.unwrap().file_name());
        let names = entries.map(|name| name.into_string().unwrap()).filter(|name| name.ends_with(".md"));
        names.map(move |name| if folder.is_empty() { name } else { format!("{folder}/{name}") })
    });
    let pages: BTreeSet<String> = pages.filter(|page| page != "SUMMARY.md").collect();
    assert_eq!(pages.iter().map(String::as_str).collect::<BTreeSet<_>>(), listed);
}

#[test]
fn the_site_has_the_name_and_is_ignored_by_git() {
    let root = docs().parent().unwrap();
    let book: toml::Table = fs::read_to_string(root.join("book.toml")).unwrap().parse().unwrap();
    assert_eq!(book["book"]["title"].as_str(), Some("magespec"));
    let place = book["build"]["build-dir"].as_str().unwrap();
    let ignored = fs::read_to_string(root.join(".gitignore")).unwrap();
    assert!(ignored.lines().any(|line| place.starts_with(line.trim_start_matches('/'))), "{place}");
    assert_eq!(book["output"]["html"]["search"]["enable"].as_bool(), Some(true));
}
