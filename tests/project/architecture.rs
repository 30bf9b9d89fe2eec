//! Who may use whom, as docs/architecture.md draws it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Folder of `src` to the folders it may use. `model` sees the spec in `lower` alone.
const MAY_USE: &[(&str, &[&str])] = &[
    ("names", &[]),
    ("diag", &[]),
    ("tree", &["diag"]),
    ("formats", &["diag", "names"]),
    ("spec", &["diag", "names"]),
    ("catalog", &["diag", "names"]),
    ("resolve", &["catalog", "names", "spec"]),
    ("traffic", &["catalog", "diag", "names", "resolve"]),
    ("model", &["catalog", "names", "resolve", "spec"]),
    ("describe", &["catalog", "model", "names"]),
    ("emit", &["catalog", "model", "names", "tree"]),
    ("module", &["catalog", "diag", "formats", "model", "names", "spec", "tree"]),
    ("plan", &["catalog", "module", "names"]),
    (
        "check",
        &[
            "catalog", "diag", "emit", "formats", "model", "module", "names", "plan", "resolve", "spec",
            "tree",
        ],
    ),
    ("diff", &["diag", "tree"]),
    ("write", &["diag", "diff", "tree"]),
    ("magento", &["diag", "model", "names"]),
    (
        "import",
        &["catalog", "check", "diag", "formats", "model", "module", "names", "resolve", "spec", "tree"],
    ),
    (
        "project",
        &[
            "catalog", "check", "diag", "diff", "magento", "model", "module", "names", "resolve", "spec",
            "tree",
        ],
    ),
    (
        "cli",
        &[
            "catalog", "check", "describe", "diag", "diff", "emit", "formats", "import", "magento", "model",
            "module", "names", "plan", "project", "resolve", "spec", "traffic", "tree", "write",
        ],
    ),
];

fn files(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The folders that a file names behind `crate::`.
fn uses(file: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(file).unwrap();
    let code: String =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut used = BTreeSet::new();
    for (_, rest) in code.match_indices("crate::").map(|(at, found)| (at, &code[at + found.len()..])) {
        let names = match rest.strip_prefix('{') {
            // A group: the words at its own depth.
            Some(group) => first_words(group),
            None => vec![rest],
        };
        used.extend(
            names.iter().map(|name| name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()),
        );
    }
    used
}

fn first_words(group: &str) -> Vec<&str> {
    let mut depth = 0;
    let mut words = Vec::new();
    let mut start = 0;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                words.push(group[start..at].trim());
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                words.push(group[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    words
}

#[test]
fn folders_use_only_what_the_picture_allows() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut wrong = Vec::new();
    for dir in fs::read_dir(source()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        let folder = dir.file_name().unwrap().to_str().unwrap().to_owned();
        let may_use =
            allowed.get(folder.as_str()).unwrap_or_else(|| panic!("{folder} is not in the picture"));
        for file in files(&dir) {
            for used in uses(&file) {
                let is_folder = allowed.contains_key(used.as_str());
                if is_folder && used != folder && !may_use.contains(&used.as_str()) {
                    wrong.push(format!("{} uses {used}", file.display()));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_picture_is_the_one_in_the_docs() {
    let docs = include_str!("../../docs/architecture.md");
    for (folder, may_use) in MAY_USE {
        let may_use = match may_use {
            [] => "nothing".to_owned(),
            folders if folders.len() == MAY_USE.len() - 1 => "all".to_owned(),
            folders => folders.iter().map(|folder| format!("`{folder}`")).collect::<Vec<_>>().join(", "),
        };
        let row = format!("| `{folder}` | {may_use} |");
        assert!(docs.contains(&row), "docs/architecture.md lacks: {row}");
    }
}

#[test]
fn only_lowering_sees_both_spec_and_model() {
    let model = source().join("model");
    let seeing = files(&model).into_iter().filter(|file| uses(file).contains("spec"));
    let elsewhere: Vec<_> = seeing.filter(|file| !file.starts_with(model.join("lower"))).collect();
    assert_eq!(elsewhere, Vec::<PathBuf>::new());
}

#[test]
fn emit_does_not_touch_the_disk_and_rules_do_not_print() {
    for (folder, words) in
        [("emit", ["std::fs", "fs_err", "cap_std"]), ("check", ["print!", "println!", "anstream"])]
    {
        for file in files(&source().join(folder)) {
            let text = fs::read_to_string(&file).unwrap();
            assert!(words.iter().all(|word| !text.contains(word)), "{}", file.display());
        }
    }
}

#[test]
fn files_are_small() {
    for file in files(&source()) {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= 400, "{} has {lines} lines", file.display());
    }
}
