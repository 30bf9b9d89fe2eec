//! The reference module: its spec makes it, byte for byte but for the wording of doc blocks and of README.md.

use std::{collections::BTreeSet, fs, path::Path};

use magespec::tree::{Ownership, Tree};

use crate::{
    need::{Need, shared, trials},
    support::{files::contents, made::made},
};

trials! {
    [Need::Shared("reference")] =>
        the_reference_is_what_its_spec_makes, seeded_are_the_classes_that_the_user_continues;
}

fn compiled(dir: &Path) -> Tree {
    made(&fs::read_to_string(dir.join("integration.toml")).unwrap())
}

fn paths(dir: &Path) -> BTreeSet<String> {
    contents(dir).into_keys().collect()
}

fn the_reference_is_what_its_spec_makes() {
    let reference = shared("reference");
    let tree = compiled(&reference);
    let made: BTreeSet<String> = tree.paths().map(ToString::to_string).collect();
    assert_eq!(made, paths(&reference.join("Acme_ErpBridge")));
    for (path, file) in tree.iter().filter(|(path, _)| path.as_str() != "README.md") {
        let folder = if file.ownership == Ownership::Seeded { "seeds" } else { "Acme_ErpBridge" };
        let expected = fs::read_to_string(reference.join(folder).join(path.as_str())).unwrap();
        let made = String::from_utf8_lossy(&file.contents);
        if path.as_str().ends_with(".php") {
            assert_eq!(without_wording(&made), without_wording(&expected), "{path}");
        } else {
            assert_eq!(made, expected, "{path}");
        }
    }
}

/// The lines of a PHP file. Of the doc blocks, only tags with their types and names stay.
fn without_wording(php: &str) -> Vec<String> {
    let line = |line: &str| {
        let Some(doc) = line.trim_start().strip_prefix("* ") else { return Some(line.to_owned()) };
        let words: Vec<&str> = doc.split_whitespace().collect();
        let kept = match words.first().copied().unwrap_or_default() {
            "@param" => 3,
            "@return" | "@var" | "@throws" | "@dataProvider" => 2,
            tag if tag.starts_with('@') => 1,
            _ => return None,
        };
        Some(words.into_iter().take(kept).collect::<Vec<_>>().join(" "))
    };
    php.lines().filter_map(line).collect()
}

fn seeded_are_the_classes_that_the_user_continues() {
    let reference = shared("reference");
    let tree = compiled(&reference);
    let seeded = tree.iter().filter(|(_, file)| file.ownership == Ownership::Seeded);
    let seeded: BTreeSet<String> = seeded.map(|(path, _)| path.to_string()).collect();
    assert_eq!(seeded, paths(&reference.join("seeds")));
}
