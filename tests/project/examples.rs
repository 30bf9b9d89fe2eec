//! The examples: built in place, without a finding that is more than a note, and accepted by an independent judge.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use magespec::{
    Compilation,
    catalog::Catalog,
    compile,
    diag::{Level, Source},
    tree::{LOCK_FILE, Lock},
};

fn examples() -> Vec<(PathBuf, Compilation)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut dirs: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    dirs.sort();
    assert_eq!(dirs.len(), 9);
    let compiled = |dir: PathBuf| {
        let text = fs::read_to_string(dir.join("integration.toml")).unwrap();
        let compilation = compile(Source::new("integration.toml", text), Catalog::bundled());
        (dir, compilation)
    };
    dirs.into_iter().map(compiled).collect()
}

#[test]
fn examples_are_what_their_specs_make() {
    for (dir, compilation) in examples() {
        let worse = compilation.report.diagnostics.iter().filter(|finding| finding.level != Level::Note);
        assert_eq!(worse.collect::<Vec<_>>(), Vec::<&magespec::diag::Diagnostic>::new());
        let lock = fs::read_to_string(dir.join(LOCK_FILE)).unwrap();
        let made = Lock::of(&compilation.tree, &Lock::parse(&lock).unwrap()).render();
        assert!(lock == made, "{}/{LOCK_FILE}: run `magespec build`", dir.display());
        for (path, file) in compilation.tree.iter() {
            let found = fs::read(dir.join(path.as_str())).unwrap();
            assert!(found == file.contents, "{}/{path}: run `magespec build`", dir.display());
        }
    }
}

#[test]
fn the_judge_accepts_the_examples_for_the_oldest_and_the_newest_release() {
    let Some(judge) = crate::support::shared::path("judge/judge") else { return };
    for (dir, compilation) in examples() {
        let platform = compilation.module.unwrap().platform;
        for release in [platform.oldest, platform.newest] {
            let judged =
                Command::new(&judge).arg(&dir).args(["--magento", &release.to_string()]).output().unwrap();
            let said = String::from_utf8_lossy(&judged.stdout);
            println!("{} on {release}: {said}", dir.display());
            assert!(judged.status.success(), "{} on {release}: {said}", dir.display());
        }
    }
}
