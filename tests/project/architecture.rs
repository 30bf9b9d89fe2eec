//! Dependencies between folders, as docs/architecture.md lists them, and limits for files, folders and type names.

mod source;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use source::{Crate, Names};

use crate::support::files::{contents, project};

/// Folder of `src` to the folders it may use; `lib` is `src/lib.rs`. `model` sees the spec in `lower` alone.
const MAY_USE: &[(&str, &[&str])] = &[
    ("names", &[]),
    ("diag", &[]),
    ("digest", &[]),
    ("interrupt", &[]),
    ("oauth", &["names"]),
    ("deploy", &["names"]),
    ("bounded", &[]),
    ("markup", &["diag"]),
    ("parsers", &["diag", "names"]),
    ("tree", &["bounded", "diag", "digest", "names", "parsers"]),
    ("spec", &["diag", "names"]),
    ("catalog", &["bounded", "diag", "parsers", "names"]),
    ("resolve", &["catalog", "names", "spec"]),
    ("traffic", &["catalog", "diag", "names", "resolve"]),
    ("model", &["catalog", "names", "resolve", "spec"]),
    ("describe", &["catalog", "model", "names"]),
    ("mock", &["bounded", "catalog", "diag", "digest", "interrupt", "model", "names", "oauth", "traffic"]),
    ("emit", &["catalog", "deploy", "markup", "model", "names", "tree"]),
    ("module", &["catalog", "diag", "parsers", "model", "names", "spec", "tree"]),
    ("plan", &["catalog", "deploy", "diag", "emit", "markup", "model", "module", "names", "spec", "tree"]),
    (
        "check",
        &[
            "catalog", "diag", "emit", "parsers", "model", "module", "names", "plan", "resolve", "spec",
            "tree",
        ],
    ),
    ("lib", &["catalog", "check", "diag", "emit", "model", "resolve", "spec", "tree"]),
    ("diff", &["diag", "markup", "tree"]),
    ("write", &["bounded", "diag", "diff", "interrupt", "names", "tree"]),
    (
        "magento",
        &["bounded", "diag", "digest", "interrupt", "model", "module", "names", "oauth", "plan", "write"],
    ),
    (
        "import",
        &[
            "catalog", "check", "diag", "parsers", "lib", "model", "module", "names", "resolve", "spec",
            "tree",
        ],
    ),
    (
        "project",
        &[
            "bounded",
            "catalog",
            "check",
            "deploy",
            "diag",
            "diff",
            "emit",
            "interrupt",
            "lib",
            "magento",
            "model",
            "module",
            "names",
            "plan",
            "resolve",
            "spec",
            "tree",
            "write",
        ],
    ),
    (
        "lsp",
        &[
            "bounded", "catalog", "diag", "diff", "import", "module", "names", "plan", "project", "resolve",
            "spec", "tree",
        ],
    ),
    (
        "cli",
        &[
            "bounded",
            "catalog",
            "check",
            "deploy",
            "describe",
            "diag",
            "diff",
            "digest",
            "emit",
            "parsers",
            "import",
            "interrupt",
            "lib",
            "lsp",
            "magento",
            "markup",
            "mock",
            "model",
            "module",
            "names",
            "oauth",
            "plan",
            "project",
            "resolve",
            "spec",
            "traffic",
            "tree",
            "write",
        ],
    ),
];

#[test]
fn folders_use_only_what_the_picture_allows() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let source = Crate::read();
    let mut wrong = Vec::new();
    for (module, file) in &source.files {
        let room = module.first().map_or("lib", String::as_str);
        let may_use = allowed.get(room).unwrap_or_else(|| panic!("{room} is not in the picture"));
        for used in source.rooms(module) {
            if used != room && !may_use.contains(&used.as_str()) {
                wrong.push(format!("{} uses {used}", file.path.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn rooms_use_rooms_above_them() {
    let order: Vec<&str> = MAY_USE.iter().map(|(room, _)| *room).collect();
    for (at, (room, may_use)) in MAY_USE.iter().enumerate() {
        let below: Vec<_> = may_use.iter().filter(|used| !order[..at].contains(used)).collect();
        assert!(below.is_empty(), "{room} may use {below:?}, which stand below it");
    }
}

/// A file may use its folder's `mod.rs`, which holds what the files of the folder share.
#[test]
fn no_files_need_each_other() {
    let source = Crate::read();
    let used: BTreeMap<&Names, Vec<Names>> = source
        .files
        .keys()
        .map(|module| {
            let used = source.used(module).into_iter();
            (module, used.filter(|used| !module.starts_with(used)).collect())
        })
        .collect();
    let mut circles = Vec::new();
    for module in used.keys() {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&Names> = used[module].iter().collect();
        while let Some(next) = open.pop() {
            if seen.insert(next) {
                open.extend(&used[next]);
            }
        }
        if seen.contains(module) {
            let direct: Vec<String> = used[module].iter().map(|used| used.join("::")).collect();
            circles.push(format!("{}: {}", module.join("::"), direct.join(", ")));
        }
    }
    assert!(circles.is_empty(), "{circles:#?}");
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
    let source = Crate::read();
    let in_model = source.files.keys().filter(|module| module.first().is_some_and(|room| room == "model"));
    let seeing = in_model.filter(|module| source.rooms(module).contains("spec"));
    let elsewhere: Vec<_> =
        seeing.filter(|module| module.get(1).is_none_or(|name| name != "lower")).collect();
    assert_eq!(elsewhere, Vec::<&Names>::new());
}

#[test]
fn emit_does_not_touch_the_disk_and_rules_do_not_print() {
    let words: [(&str, &[&str]); 2] =
        [("emit", &["std::fs", "fs_err", "cap_std"]), ("check", &["print!", "println!", "anstream"])];
    for (room, words) in words {
        for file in Crate::read().files.values().filter(|file| file.path.starts_with(room)) {
            let text = fs::read_to_string(source::root().join(&file.path)).unwrap();
            assert!(words.iter().all(|word| !text.contains(word)), "{}", file.path.display());
        }
    }
}

/// One place writes to the streams, so that no command can print foreign text as it is.
#[test]
fn output_alone_touches_the_streams() {
    for file in Crate::read().files.values().filter(|file| !file.path.starts_with("cli/output")) {
        let text = fs::read_to_string(source::root().join(&file.path)).unwrap();
        let words = ["anstream::std", "io::stdout()", "io::stderr()", "anstream::print", "anstream::eprint"];
        let touched: Vec<_> = words.iter().filter(|word| text.contains(**word)).collect();
        assert!(touched.is_empty(), "{} uses {touched:?}: cli::output has them", file.path.display());
    }
}

#[test]
fn files_of_tests_and_tools_are_small() {
    for folder in ["tests", "tools"] {
        for (path, text) in contents(&project(folder)).into_iter().filter(|(path, _)| path.ends_with(".rs")) {
            let lines = String::from_utf8(text).unwrap().lines().count();
            assert!(lines <= 400, "{folder}/{path} has {lines} lines");
        }
    }
}

#[test]
fn files_are_small_and_folders_are_few() {
    let source = Crate::read();
    let mut folders: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for file in source.files.values() {
        assert!(file.lines <= 400, "{} has {} lines", file.path.display(), file.lines);
        *folders.entry(file.path.parent().map(Path::to_owned).unwrap_or_default()).or_default() += 1;
    }
    folders.retain(|_, files| *files > 12);
    assert!(folders.is_empty(), "folders of more than 12 files: {folders:?}");
}

/// No two files define a type of the same name. There are two exceptions: spec, model and catalog have the same things
/// (`Service` as written, as resolved, and as Magento ships it), and each command has its `Args`.
#[test]
fn a_type_name_stands_for_one_thing() {
    let source = Crate::read();
    let mut files: BTreeMap<&str, Vec<&Path>> = BTreeMap::new();
    for file in source.files.values() {
        file.types.iter().for_each(|name| files.entry(name).or_default().push(&file.path));
    }
    files.retain(|name, files| {
        let are_twins =
            files.iter().all(|file| ["catalog", "model", "spec"].iter().any(|room| file.starts_with(room)));
        files.len() > 1 && !are_twins && *name != "Args"
    });
    assert!(files.is_empty(), "{files:#?}");
}
