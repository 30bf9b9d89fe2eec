//! A newer magespec does not change what a spec makes, unless `CHANGELOG.md` says so.

use std::{fmt::Write as _, fs, path::Path};

use sha2::{Digest as _, Sha256};

use crate::support::{changelog::output_changes, generated::assert_current, made::examples};

const RECORD: &str = "tests/project/outputs.txt";
const HEAD: &str = "\
# What the examples make: the SHA-256 of each spec and of its generated files, and that of \"Output changes\" in
# CHANGELOG.md. When the files of an unchanged spec change, describe the change there, then run
# `MAGESPEC_UPDATE=1 cargo test --test project outputs`.
";

fn digest(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A line of the record per example: its name, the digest of its spec and that of its files.
fn record() -> String {
    let lines = examples().into_iter().map(|(dir, compilation)| {
        let spec = fs::read(dir.join("integration.toml")).unwrap();
        let files: Vec<(&str, &[u8])> =
            compilation.tree.iter().map(|(path, file)| (path.as_str(), file.contents.as_slice())).collect();
        let parts: Vec<&[u8]> =
            files.iter().flat_map(|(path, contents)| [path.as_bytes(), contents]).collect();
        format!("{} {} {}", dir.file_name().unwrap().to_str().unwrap(), digest(&[&spec]), digest(&parts))
    });
    let mut lines: Vec<String> = lines.collect();
    lines.sort();
    lines.join("\n")
}

/// Examples of the new record whose spec is that of the old one, and whose files are not.
fn changed(old: &str, new: &str) -> Vec<String> {
    let fields = |line: &str| -> Option<[String; 3]> {
        line.split(' ').map(str::to_owned).collect::<Vec<_>>().try_into().ok()
    };
    let was: Vec<[String; 3]> =
        old.lines().filter(|line| !line.starts_with('#')).filter_map(fields).collect();
    let is_changed = |[name, spec, files]: &[String; 3]| {
        was.iter().any(|it| it[0] == *name && it[1] == *spec && it[2] != *files)
    };
    new.lines().filter_map(fields).filter(is_changed).map(|[name, ..]| name).collect()
}

#[test]
fn files_of_an_unchanged_spec_change_with_the_changelog_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let changes =
        digest(&[output_changes(&fs::read_to_string(root.join("CHANGELOG.md")).unwrap()).as_bytes()]);
    let old = fs::read_to_string(root.join(RECORD)).unwrap_or_default();
    let new = record();
    let is_described = !old.contains(&format!("Output changes {changes}"));
    let changed = changed(&old, &new);
    assert!(
        changed.is_empty() || is_described,
        "examples/{{{}}} change though their specs do not: say what changes under \"Output changes\" in CHANGELOG.md",
        changed.join(",")
    );
    // Words of the changelog alone leave the record as it is.
    let kept = old.lines().find_map(|line| line.strip_prefix("# Output changes "));
    let changes = if changed.is_empty() { kept.unwrap_or(&changes) } else { &changes };
    assert_current(RECORD, &format!("{HEAD}# Output changes {changes}\n{new}\n"));
}

#[test]
fn a_change_is_one_of_the_files_and_not_of_the_spec() {
    let old = "# Output changes 0\na 1 1\nb 1 1\nc 1 1";
    assert_eq!(changed(old, "a 1 2\nb 2 2\nc 1 1\nd 1 1"), ["a"]);
    assert_eq!(
        output_changes("# C\n\n## Next\n\n### Added\n\n- x\n\n### Output changes\n\n- y\n\n## 1.0\n"),
        "Output changes\n\n- y"
    );
    assert_eq!(output_changes("# C\n\n## Next\n\n- x\n\n## 1.0\n\n### Output changes\n\n- y\n"), "");
}
