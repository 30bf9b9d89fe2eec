//! `Cargo.toml` alone names the owner, the repository and the version: everywhere else they follow, and
//! `MAGESPEC_UPDATE=1 cargo test --test project release` rewrites them.

use std::{fs, path::Path};

use regex_lite::Regex;

use crate::support::generated::assert_current;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Folders and files whose text may name them.
const PLACES: [&str; 13] = [
    ".ci",
    ".github",
    ".pre-commit-hooks.yaml",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.toml",
    "README.md",
    "action.yml",
    "dist-workspace.toml",
    "docs",
    "packaging",
    "pyproject.toml",
    "src",
];
const HOME: &str = env!("CARGO_PKG_REPOSITORY");

/// Owner and name of the repository.
fn repository() -> (&'static str, &'static str) {
    let (_, path) = HOME.split_once("github.com/").expect("on GitHub");
    path.split_once('/').unwrap()
}

/// The text with the owner, the repository and the version of `Cargo.toml`.
fn current(text: &str) -> String {
    let (owner, name) = repository();
    let home = format!("{owner}/{name}");
    if !["/magespec", "homebrew-tap", "magespec=", "magespec:", "rev: "].iter().any(|it| text.contains(it)) {
        return text.to_owned();
    }
    let named = [
        (r"(github\.com[/:]|ghcr\.io/|githubusercontent\.com/)[\w.-]+/magespec\b", format!("${{1}}{home}")),
        (r"(uses: |--repo )[\w.-]+/magespec\b", format!("${{1}}{home}")),
        (r"[\w.-]+/(homebrew-tap\b|tap/magespec\b)", format!("{owner}/${{1}}")),
        (r"(rev: |/magespec@)v\d[\w.-]*", format!("${{1}}v{VERSION}")),
        (r"(magespec(?:==|:))\d[\w.-]*\d", format!("${{1}}{VERSION}")),
    ];
    named.iter().fold(text.to_owned(), |text, (pattern, with)| {
        Regex::new(pattern).unwrap().replace_all(&text, with.as_str()).into_owned()
    })
}

fn texts(place: &Path, found: &mut Vec<(String, String)>) {
    if place.is_dir() {
        for entry in fs::read_dir(place).unwrap() {
            texts(&entry.unwrap().path(), found);
        }
    } else if let Ok(text) = fs::read_to_string(place) {
        let path = place.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().to_str().unwrap().to_owned();
        found.push((path, text));
    }
}

#[test]
fn one_place_names_the_owner_and_the_version() {
    let mut found = Vec::new();
    PLACES.iter().for_each(|place| texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join(place), &mut found));
    assert!(found.len() > 300, "the repository is here");
    for (path, text) in &found {
        assert_current(path, &current(text));
    }
    let names = |text: &str| found.iter().any(|(_, it)| it.contains(text));
    assert!(
        names(&format!("rev: v{VERSION}")) && names(&format!("uses: {}/magespec@v{VERSION}", repository().0))
    );
}

#[test]
fn the_owner_is_spelled_in_known_ways_only() {
    let owner = repository().0;
    let mut found = Vec::new();
    PLACES.iter().for_each(|place| texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join(place), &mut found));
    let word = Regex::new(&format!(r"\b{owner}\b")).unwrap();
    for (path, text) in found.iter().filter(|(_, text)| text.contains(owner)) {
        // Where another owner is put in, no old one may stay.
        let moved = current(text).replace(&format!("{owner}/"), "");
        assert!(!word.is_match(&moved), "{path} names {owner} in a way that `current` does not know");
    }
}

#[test]
fn another_owner_and_version_replace_the_old_ones() {
    let old = "uses: someone/magespec@v9.9.9\nrev: v9.9.9-rc.1\nhttps://github.com/someone/magespec/releases\n\
        ghcr.io/someone/magespec:9.9.9\nmagespec==9.9.9\nbrew install someone/tap/magespec\nmagespec/magespec\n";
    let (owner, _) = repository();
    let new = format!(
        "uses: {owner}/magespec@v{VERSION}\nrev: v{VERSION}\nhttps://github.com/{owner}/magespec/releases\n\
        ghcr.io/{owner}/magespec:{VERSION}\nmagespec=={VERSION}\nbrew install {owner}/tap/magespec\nmagespec/magespec\n"
    );
    assert_eq!(current(old), new);
}

#[test]
fn the_hooks_install_the_wheel_of_this_version() {
    let shim: toml::Table = fs::read_to_string("pyproject.toml").unwrap().parse().unwrap();
    let text = shim["project"]["dependencies"].as_array().unwrap()[0].as_str();
    assert_eq!(text, Some(format!("magespec=={VERSION}").as_str()));
    assert_eq!(shim["project"]["version"].as_str(), Some(VERSION));
}
