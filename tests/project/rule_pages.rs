//! The rules' pages have one form, and their table of contents is made of the rules.

use std::fmt::Write as _;

use crate::support::generated;
use magespec::diag::{Family, Rule};

const SECTIONS: [&str; 5] = ["What it finds", "Why", "Bad", "Good", "What to do"];

#[test]
fn pages_start_with_id_level_and_family() {
    for &rule in Rule::ALL {
        let relaxed = if rule.can_be_relaxed() { " · can be relaxed in `[rules]`" } else { "" };
        let head = format!("# {rule}\n\n{} · {}{relaxed}\n\n## ", rule.level(), rule.family());
        assert!(rule.page().starts_with(&head), "{rule} does not start with:\n{head}");
    }
}

#[test]
fn sections_are_all_there_in_order() {
    for &rule in Rule::ALL {
        let headings: Vec<&str> = sections(rule).into_iter().map(|(heading, _)| heading).collect();
        let length = headings.len().max(SECTIONS.len() - 1);
        assert_eq!(Some(headings.as_slice()), SECTIONS.get(..length), "{rule}");
    }
}

#[test]
fn each_example_is_one_block() {
    for &rule in Rule::ALL {
        for (heading, text) in sections(rule) {
            let is_example = matches!(heading, "Bad" | "Good");
            let languages: &[&str] = match rule.family() {
                _ if rule == Rule::UnreadableFile => &["console"],
                Family::Import => &["xml", "json", "php"],
                _ => &["toml"],
            };
            let fences: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("```")).collect();
            let is_one = matches!(fences.as_slice(), [language, ""] if languages.contains(language));
            assert!(if is_example { is_one } else { fences.is_empty() }, "{rule}, {heading}: {fences:?}");
        }
    }
}

#[test]
fn pages_fit_a_screen() {
    for &rule in Rule::ALL {
        let page = rule.page();
        assert!(page.ends_with('\n') && !page.ends_with("\n\n"), "{rule} ends with one line feed");
        // XML takes more lines than TOML.
        let most = if rule.family() == Family::Import { 50 } else { 40 };
        assert!((15..=most).contains(&page.lines().count()), "{rule} has {} lines", page.lines().count());
        for line in page.lines() {
            assert!(line.chars().count() <= 120, "{rule}: {line}");
            assert_eq!(line.trim_end(), line, "{rule} has white space at the end of a line");
        }
    }
}

#[test]
fn links_lead_to_pages() {
    for &rule in Rule::ALL {
        for link in rule.page().split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let id = link.strip_suffix(".md").unwrap_or_default();
            // `references` follows links to facts.
            let is_fact = link.starts_with("../magento/");
            assert!(is_fact || id.parse::<Rule>().is_ok(), "{rule} links to {link}");
        }
    }
}

#[test]
fn table_of_contents_is_the_one_of_the_rules() {
    generated::assert_current("docs/rules/README.md", &table_of_contents());
}

/// The headings of the page's sections and what stands below them.
fn sections(rule: Rule) -> Vec<(&'static str, &'static str)> {
    rule.page().split("\n## ").skip(1).filter_map(|section| section.split_once('\n')).collect()
}

fn table_of_contents() -> String {
    let mut text = "# Rules\n\n\
        `magespec check` reports these rules; `magespec plan` reports those about plans. An error stops the build; a warning or\n\
        a note does not. Any rule can be set to `\"deny\"` in `[rules]`, and those that can be relaxed also to `\"allow\"` or\n\
        `\"warn\"`. `magespec explain ID` prints a rule's page.\n"
        .to_owned();
    let mut family: Option<Family> = None;
    for &rule in Rule::ALL {
        if family.replace(rule.family()) != Some(rule.family()) {
            let _ = write!(
                text,
                "\n## {}\n\n| rule | level | what it finds | can be relaxed |\n|---|---|---|---|\n",
                rule.family()
            );
        }
        let relaxed = if rule.can_be_relaxed() { "yes" } else { "no" };
        let _ = writeln!(text, "| [{rule}]({rule}.md) | {} | {} | {relaxed} |", rule.level(), rule.title());
    }
    text
}
