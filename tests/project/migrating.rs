//! Examples in docs/migrating.md match the output.

use std::fs;

const DOCUMENT: &str = include_str!("../../docs/migrating.md");

/// The files that the document shows, below a line with their path.
fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    let parts: Vec<&str> = DOCUMENT.split("`\n\n```").collect();
    let pairs: Vec<(&str, &str)> = parts.windows(2).map(|pair| (pair[0], pair[1])).collect();
    pairs.into_iter().filter_map(|(before, behind)| {
        let (_, path) = before.rsplit_once("\n`")?;
        let (_, text) = behind.split_once('\n')?;
        Some((path, text.split("```").next()?))
    })
}

#[test]
fn the_migration_is_real() {
    let dir = tempfile::tempdir().unwrap();
    let mut count = 0;
    for (path, text) in files() {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        count += 1;
    }
    assert_eq!(count, 6);
    assert!(crate::support::console::assert_real("docs/migrating.md", dir.path()) > 5);
}
