//! Doc comments open with a noun or a verb, so that their first line says what the item is or does.

use crate::support::files::{contents, project};

const FOLDERS: [&str; 4] = ["src", "tests", "benches", "fuzz/fuzz_targets"];

/// Words that open a question or a condition instead.
const OPENINGS: [&str; 11] =
    ["What", "How", "Who", "Where", "Why", "Whether", "Which", "That", "Those", "If", "None"];

/// First lines of doc comments that open with one of the words. Their other lines, such as an `# Errors` section, may.
fn misopened(text: &str) -> Vec<&str> {
    let is_comment = |line: &str| ["///", "//!"].iter().any(|mark| line.trim_start().starts_with(mark));
    let mut was_comment = false;
    let first = text.lines().filter(|line| {
        let is_first = is_comment(line) && !was_comment;
        was_comment = is_comment(line);
        is_first
    });
    let opens = |line: &&str| {
        let word = line.trim_start()[3..].split_whitespace().next();
        word.is_some_and(|word| OPENINGS.contains(&word.trim_end_matches(['.', ':', ','])))
    };
    first.filter(opens).collect()
}

#[test]
fn doc_comments_open_with_a_noun_or_a_verb() {
    let mut files = 0;
    let mut wrong = Vec::new();
    for folder in FOLDERS {
        for (path, text) in contents(&project(folder)).into_iter().filter(|(path, _)| path.ends_with(".rs")) {
            files += 1;
            let text = String::from_utf8(text).unwrap();
            let lines = misopened(&text).into_iter();
            wrong.extend(lines.map(|line| format!("{folder}/{path}: {}", line.trim())));
        }
    }
    assert!(files > 300, "{files} files are read");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_doc_comment_that_opens_otherwise_is_found() {
    let count = |text| misopened(text).len();
    assert_eq!(count("//! What it is.\n\n    /// If so.\n    fn a() {}\n/// None.\n"), 3);
    assert_eq!(count("/// Reads it.\n///\n/// # Errors\n///\n/// If it is absent.\n"), 0);
    assert_eq!(count("// What it is.\n/// Whatever.\n\n///\n/// `None`\n"), 0);
}
