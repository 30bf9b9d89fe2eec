//! The examples as the last release made them.

use std::{fs, path::Path, process::Command};

use crate::{
    need::{Need, release, trials},
    support::{changelog::output_changes, made::examples},
};

trials! {
    [Need::Program("git"), Need::Release] => files_of_an_unchanged_spec_change_with_the_changelog_only;
}

/// A file of the release, if it has it.
fn released(tag: &str, path: &str) -> Option<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ran =
        Command::new("git").args(["show", &format!("{tag}:{path}")]).current_dir(root).output().unwrap();
    ran.status.success().then_some(ran.stdout)
}

fn files_of_an_unchanged_spec_change_with_the_changelog_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tag = release().unwrap();
    let mut changed = Vec::new();
    for (dir, compilation) in examples() {
        let name = dir.strip_prefix(root).unwrap().to_str().unwrap();
        let spec = fs::read(dir.join("integration.toml")).unwrap();
        if released(&tag, &format!("{name}/integration.toml")).as_ref() != Some(&spec) {
            continue;
        }
        for (path, file) in compilation.tree.iter() {
            let path = format!("{name}/{path}");
            if released(&tag, &path).as_ref() != Some(&file.contents) {
                changed.push(path);
            }
        }
    }
    let changelog = fs::read_to_string(root.join("CHANGELOG.md")).unwrap();
    assert!(
        changed.is_empty() || !output_changes(&changelog).is_empty(),
        "{changed:?} are not as in {tag}: say what changes under \"Output changes\" in CHANGELOG.md"
    );
}
