//! References lead somewhere: links of Markdown files, paths in the guides for contributors, and references to what
//! Magento does, by page and anchor in docs/magento.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Component, Path, PathBuf},
};

/// Folders and files of the repository whose text may refer to a fact.
const PLACES: [&str; 11] = [
    "src",
    "tests",
    "benches",
    "fuzz",
    "docs",
    "examples",
    "packaging",
    "schema",
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
];
/// Built or found by other tools, not written.
const NOT_WRITTEN: [&str; 4] = ["target", "corpus", "data", "pictures"];
const PAGES: &str = "docs/magento";

/// A page: its anchors, in the order of their lines.
type Pages = BTreeMap<String, Vec<String>>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text files below a folder, or the file itself, by their path from the root.
fn texts(place: &str) -> Vec<(String, String)> {
    let path = root().join(place);
    if path.is_dir() {
        let entries =
            fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let written = entries.filter(|name| !NOT_WRITTEN.contains(&name.as_str()));
        return written.flat_map(|name| texts(&format!("{place}/{name}"))).collect();
    }
    String::from_utf8(fs::read(path).unwrap()).into_iter().map(|text| (place.to_owned(), text)).collect()
}

fn all_texts() -> Vec<(String, String)> {
    let texts: Vec<_> = PLACES.into_iter().flat_map(texts).collect();
    assert!(texts.len() > 300, "the repository is here");
    texts
}

fn anchors(text: &str) -> Vec<String> {
    let ids = text.split("<a id=\"").skip(1).filter_map(|rest| rest.split('"').next());
    ids.filter(|id| *id != "kebab-case").map(str::to_owned).collect()
}

fn pages() -> Pages {
    let page = |(path, text): (String, String)| {
        (path.trim_start_matches("docs/magento/").to_owned(), anchors(&text))
    };
    texts(PAGES).into_iter().map(page).collect()
}

/// The anchors that a page of the documentation has beside the explicit ones: its headings.
fn headings(text: &str) -> BTreeSet<String> {
    let headings =
        text.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let is_kept = |char: &char| char.is_alphanumeric() || [' ', '-', '_'].contains(char);
    headings
        .map(|it| it.to_lowercase().chars().filter(is_kept).collect::<String>().replace(' ', "-"))
        .collect()
}

/// Every `page.md#anchor` of a text that names one of the pages, in a comment or a test; a page may come without an
/// anchor if its folder is named.
fn mentions<'a>(text: &'a str, pages: &Pages) -> Vec<(&'a str, Option<&'a str>)> {
    let mut mentions = Vec::new();
    for (at, _) in text.match_indices(".md") {
        let is_name = |char: char| char.is_ascii_alphanumeric() || char == '-';
        let head = &text[..at];
        let start = head.rfind(|char| !is_name(char)).map_or(0, |before| before + 1);
        let page = &text[start..at + ".md".len()];
        let is_in_folder = head[..start].ends_with("docs/magento/");
        let tail = text[at + ".md".len()..].strip_prefix('#').filter(|tail| tail.starts_with(is_name));
        let anchor = tail.map(|tail| &tail[..tail.find(|char| !is_name(char)).unwrap_or(tail.len())]);
        let is_page = page != "README.md" && pages.contains_key(page);
        if is_in_folder || (is_page && anchor.is_some()) {
            mentions.push((page, anchor));
        }
    }
    mentions
}

/// Mentions in a text that lead nowhere.
fn astray(path: &str, text: &str, pages: &Pages) -> Vec<String> {
    let leads_nowhere = |&(page, anchor): &(&str, Option<&str>)| {
        pages
            .get(page)
            .is_none_or(|anchors| anchor.is_some_and(|anchor| !anchors.iter().any(|it| it == anchor)))
    };
    let mentions = mentions(text, pages).into_iter().filter(leads_nowhere);
    mentions.map(|(page, anchor)| format!("{path}: {page}#{}", anchor.unwrap_or_default())).collect()
}

/// The targets of relative links in Markdown, outside of code.
fn links(text: &str) -> Vec<&str> {
    let prose = text.split("```").step_by(2);
    let targets = prose.flat_map(|prose| prose.split("](").skip(1).filter_map(|rest| rest.split(')').next()));
    targets.filter(|target| !target.contains("://") && !target.contains(char::is_whitespace)).collect()
}

/// The path from the root that a link leads to.
fn resolved(from: &str, target: &str) -> PathBuf {
    let mut path = Path::new(from).parent().unwrap().to_owned();
    for part in Path::new(target).components() {
        match part {
            Component::ParentDir => assert!(path.pop(), "{from} links out of the repository: {target}"),
            part => path.push(part),
        }
    }
    path
}

/// Relative links of a Markdown file that lead to no file, or to no heading or anchor in it.
fn broken(path: &str, text: &str) -> Vec<String> {
    let is_broken = |target: &&str| {
        let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
        let file = root().join(if file.is_empty() { PathBuf::from(path) } else { resolved(path, file) });
        if anchor.is_empty() {
            return !file.exists();
        }
        let Ok(there) = fs::read_to_string(file) else { return true };
        !anchors(&there).iter().any(|it| it == anchor) && !headings(&there).contains(anchor)
    };
    links(text).into_iter().filter(is_broken).map(|target| format!("{path}: {target}")).collect()
}

/// The guides whose paths are tested, and the folders that paths in them start with.
const GUIDES: [&str; 2] = ["docs/development.md", "docs/architecture.md"];
const FOLDERS: [&str; 7] = ["src/", "tests/", "docs/", "schema/", "examples/", "fuzz/", "benches/"];

/// Paths in backticks that do not exist. From a `<placeholder>` or a `*` on, a path may be anything.
fn missing_paths(text: &str) -> Vec<&str> {
    let prose = text.split("```").step_by(2);
    let code = prose.flat_map(|prose| prose.split('`').skip(1).step_by(2));
    let paths = code.filter(|code| {
        FOLDERS.iter().any(|folder| code.starts_with(folder)) && !code.contains(char::is_whitespace)
    });
    let is_missing = |path: &&str| {
        let path = path.split('#').next().unwrap_or_default();
        let certain = match path.split_once(['<', '*']) {
            Some((start, _)) => start.rsplit_once('/').unwrap_or_default().0,
            None => path,
        };
        !root().join(certain).exists()
    };
    paths.filter(is_missing).collect()
}

/// A name of the collections that these pages replaced, before a section sign.
fn names_a_section(text: &str) -> bool {
    ["FACTS", "EVENTS"]
        .iter()
        .any(|name| text.contains(&format!("{name} §")) || text.contains(&format!("{name}.md")))
}

#[test]
fn mentions_lead_to_facts() {
    let pages = pages();
    let texts = all_texts();
    let count: usize = texts.iter().map(|(_, text)| mentions(text, &pages).len()).sum();
    assert!(count > 150, "{count} mentions are found");
    let texts = texts.iter().filter(|(path, _)| !path.ends_with("references.rs"));
    let astray: Vec<_> = texts.flat_map(|(path, text)| astray(path, text, &pages)).collect();
    assert!(astray.is_empty(), "{astray:#?}");
}

#[test]
fn links_lead_to_files_and_headings() {
    let texts: Vec<_> = all_texts().into_iter().filter(|(path, _)| path.ends_with(".md")).collect();
    let count: usize = texts.iter().map(|(_, text)| links(text).len()).sum();
    assert!(count > 250, "{count} links are found");
    let broken: Vec<_> = texts.iter().flat_map(|(path, text)| broken(path, text)).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn paths_in_the_guides_exist() {
    for guide in GUIDES {
        let text = fs::read_to_string(root().join(guide)).unwrap();
        let missing = missing_paths(&text);
        assert!(missing.is_empty(), "{guide}: {missing:#?}");
    }
}

#[test]
fn no_text_names_a_section_of_a_file_outside_the_repository() {
    let texts = all_texts().into_iter().filter(|(path, _)| !path.ends_with("references.rs"));
    let named: Vec<_> = texts.filter(|(_, text)| names_a_section(text)).map(|(path, _)| path).collect();
    assert!(named.is_empty(), "{named:#?}");
}

#[test]
fn the_way_in_lists_every_page() {
    let readme = fs::read_to_string(root().join(PAGES).join("README.md")).unwrap();
    let pages = pages();
    for page in pages.keys().filter(|page| *page != "README.md") {
        assert!(readme.contains(&format!("| [{page}]({page}) |")), "{page}");
    }
    assert!(pages.len() <= 12, "{} pages", pages.len());
}

#[test]
fn anchors_are_unique_and_kebab_case() {
    for (page, anchors) in pages() {
        let distinct: BTreeSet<_> = anchors.iter().collect();
        assert_eq!(distinct.len(), anchors.len(), "{page}: {anchors:?}");
        let is_kebab = |it: &String| {
            !it.starts_with('-')
                && it.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-')
        };
        assert!(anchors.iter().all(is_kebab), "{page}: {anchors:?}");
    }
}

#[test]
fn every_fact_says_how_it_is_known() {
    let open = ["README.md", "not-established.md"];
    let known = ["read in", "executed on", "documented", "deduced"];
    for (path, text) in texts(PAGES).into_iter().filter(|(path, _)| !open.iter().any(|it| path.ends_with(it)))
    {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for fact in text.split("<a id=\"").skip(1) {
            let name = fact.split('"').next().unwrap();
            let evidence: Vec<_> = fact.split("*Releases: ").skip(1).collect();
            assert_eq!(evidence.len(), 1, "{path}#{name}");
            let is_known = known.iter().any(|it| evidence[0].to_lowercase().contains(it));
            assert!(is_known, "{path}#{name}: {}", evidence[0]);
        }
    }
}

#[test]
fn a_reference_that_leads_nowhere_is_found() {
    let pages = pages();
    let wrong = |text| astray("src/x.rs", text, &pages).len();
    assert_eq!(
        wrong("(docs/magento/setup-upgrade.md#always-reset), docs/magento/events.md; cron.md#steps"),
        0
    );
    assert_eq!(wrong("docs/magento/setup-upgrade.md#never-reset"), 1);
    assert_eq!(wrong("docs/magento/settup-upgrade.md"), 1);
    assert_eq!(wrong("cron.md#step"), 1);
    assert_eq!(wrong("plan.md#why"), 0, "that is a page of the guide");
    let links = |text| broken("docs/rules/x.md", text).len();
    assert_eq!(
        links("[a](../magento/cron.md#steps) [b](../magento/README.md#paths) [c](../spec.md) [d](..)"),
        0
    );
    assert_eq!(
        links("[a](../magento/cron.md#step) [b](../magento/crone.md) [c](../magento/README.md#path)"),
        3
    );
    assert_eq!(links("[a](../plan.md#no) [b](../plans.md) [c](https://example.com/no) `a`"), 2);
    assert_eq!(
        missing_paths(
            "`src/lib.rs` `src/check` `docs/rules/<id>.md` `src/catalog/data/*.tsv` `cargo run src/x`"
        ),
        [""; 0]
    );
    assert_eq!(
        missing_paths("`src/libs.rs` `docs/rule/<id>.md` `docs/plan.md#x`"),
        ["src/libs.rs", "docs/rule/<id>.md"]
    );
    let [section, page] = ["FACTS", "EVENTS"].map(|name| format!("see {name}"));
    assert!(names_a_section(&format!("{section} §4")) && names_a_section(&format!("{page}.md")));
}
