//! Whole modules that specs make.

use std::{fs, path::PathBuf};

use magespec::{
    Compilation,
    catalog::Catalog,
    compile,
    diag::{Level, Source},
    tree::Tree,
};

use super::files::project;

/// A spec with every kind of thing in it, and hostile text wherever text is free.
pub(crate) const WIDE: &str = include_str!("wide.toml");

/// Compiles the spec, which has no finding worse than a note.
#[track_caller]
pub(crate) fn made(spec: &str) -> Tree {
    let compilation = compile(Source::new("integration.toml", spec), Catalog::bundled());
    let worse = compilation.report.diagnostics.iter().filter(|finding| finding.level != Level::Note);
    assert_eq!(worse.collect::<Vec<_>>(), Vec::<&magespec::diag::Diagnostic>::new());
    compilation.tree
}

pub(crate) fn written(tree: &Tree) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, file) in tree.iter() {
        let path = dir.path().join(path.as_str());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &file.contents).unwrap();
    }
    dir
}

pub(crate) fn text(tree: &Tree, path: &str) -> String {
    let (_, file) =
        tree.iter().find(|(made, _)| made.as_str() == path).unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8(file.contents.clone()).unwrap()
}

/// The wide spec for other releases, without what they do not have.
fn for_target(target: &str, has_webhooks: bool) -> String {
    let mut tables: Vec<String> = WIDE.split("\n[").map(str::to_owned).collect();
    tables.retain(|table| !table.starts_with("csp]"));
    if !has_webhooks {
        tables.retain(|table| !table.starts_with("webhooks]") && !table.starts_with("[webhook]]"));
    }
    let rules = "\n[rules]\ntarget-always-resets = \"allow\"\n";
    tables.join("\n[").replace(">=2.4.4 <2.4.9", target) + rules
}

pub(crate) fn code(tree: &Tree) -> String {
    let files = tree.iter().filter(|(path, _)| path.as_str().ends_with(".php"));
    files.map(|(path, _)| text(tree, path.as_str())).collect()
}

pub(crate) fn tiers() -> [(&'static str, Tree); 4] {
    [
        ("2.4.7", made(WIDE)),
        ("2.3.7", made(&for_target(">=2.3.0 <2.4.4", true))),
        ("2.2.10", made(&for_target(">=2.1.0 <2.3", false))),
        ("2.0.0", made(&for_target("2.0.0", false))),
    ]
}

/// The examples of the repository, each with its folder.
pub(crate) fn examples() -> Vec<(PathBuf, Compilation)> {
    let entries = fs::read_dir(project("examples")).unwrap().map(|entry| entry.unwrap().path());
    let mut dirs: Vec<PathBuf> = entries.filter(|dir| dir.join("integration.toml").is_file()).collect();
    dirs.sort();
    assert_eq!(dirs.len(), 9);
    let compiled = |dir: PathBuf| {
        let text = fs::read_to_string(dir.join("integration.toml")).unwrap();
        let compilation = compile(Source::new("integration.toml", text), Catalog::bundled());
        (dir, compilation)
    };
    dirs.into_iter().map(compiled).collect()
}
