//! `docs/performance.md` has the counts that CI holds.

use std::fs;

fn read(path: &str) -> String {
    fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn counts_are_those_of_ci() {
    let in_ci: Vec<(String, String)> = read(".ci/instructions")
        .lines()
        .filter_map(|line| line.strip_prefix("count \"")?.split_once("\" "))
        .map(|(name, rest)| (name.to_owned(), rest.split(' ').next().unwrap().to_owned()))
        .collect();
    let in_docs: Vec<(String, String)> = read("docs/performance.md")
        .lines()
        .skip_while(|line| !line.starts_with("| Work"))
        .skip(2)
        .map_while(|line| line.strip_prefix("| "))
        .map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            (cells[0].replace('`', ""), cells[2].to_owned())
        })
        .collect();
    assert_eq!(in_ci.len(), 5);
    assert_eq!(in_docs, in_ci);
}
