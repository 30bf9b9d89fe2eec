//! The examples of the pages of rules about existing modules: the bad one triggers the rule, the good one does not.

use magespec::diag::{Family, Rule};

use crate::support::modules::{findings, imported, module};

#[test]
fn examples_do_what_they_say() {
    let rules: Vec<Rule> = Rule::ALL.iter().copied().filter(|rule| rule.family() == Family::Import).collect();
    assert!(rules.len() > 10);
    for rule in rules {
        for (heading, expected) in [("Bad", true), ("Good", false)] {
            let files = files(rule.page(), heading);
            let files: Vec<(&str, &str)> =
                files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
            let dir = module(&files);
            let imported = imported(dir.path(), None);
            let found = findings(&imported);
            let is_found = found.iter().any(|(_, finding)| finding.rule == rule);
            assert_eq!(is_found, expected, "{rule}, {heading}: {found:#?}");
        }
    }
}

/// The files of an example: a comment with a path starts each one of XML.
fn files(page: &str, heading: &str) -> Vec<(String, String)> {
    let (_, section) = page.split_once(&format!("\n## {heading}\n")).unwrap();
    let (_, block) = section.split_once("```").unwrap();
    let (language, block) = block.split_once('\n').unwrap();
    let block = block.split("```").next().unwrap();
    match language {
        "json" => vec![("composer.json".to_owned(), block.to_owned())],
        "php" => vec![("registration.php".to_owned(), block.to_owned())],
        _ => block
            .split("<!-- ")
            .skip(1)
            .map(|file| {
                let (path, text) = file.split_once(" -->\n").unwrap();
                (path.to_owned(), text.to_owned())
            })
            .collect(),
    }
}
