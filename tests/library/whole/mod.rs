//! Whole modules: what a spec with everything makes.

mod any;
mod phpunit;
mod reference;
mod tiers;
mod values;

use std::{fs, path::Path};

use magespec::{
    catalog::Catalog,
    compile,
    diag::{Level, Source},
    tree::Tree,
};

/// A spec with every kind of thing in it, and hostile text wherever text is free.
const WIDE: &str = include_str!("wide.toml");

/// What the spec makes, of which nothing worse than a note is found.
#[track_caller]
fn made(spec: &str) -> Tree {
    let compilation = compile(Source::new("integration.toml", spec), Catalog::bundled());
    let worse = compilation.report.diagnostics.iter().filter(|finding| finding.level != Level::Note);
    assert_eq!(worse.collect::<Vec<_>>(), Vec::<&magespec::diag::Diagnostic>::new());
    compilation.tree
}

fn written(tree: &Tree) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, file) in tree.iter() {
        let path = dir.path().join(path.as_str());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &file.contents).unwrap();
    }
    dir
}

fn text(tree: &Tree, path: &str) -> String {
    let (_, file) =
        tree.iter().find(|(made, _)| made.as_str() == path).unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8(file.contents.clone()).unwrap()
}

fn project(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
