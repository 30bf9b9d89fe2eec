//! `git apply` and `patch` make of the old tree, byte for byte, what `build` makes of it.

use std::{
    collections::BTreeMap,
    io::Write as _,
    process::{Command, Stdio},
};

use camino::Utf8Path;
use magespec::diff::render::{self, Layout};
use proptest::prelude::*;

use crate::{
    need::{Need, trials},
    support::{
        files::contents,
        trees::{build, changes, comparison, directory, tree},
    },
};

trials! {
    [Need::Program("git"), Need::Program("patch")] =>
        patches_do_what_build_does,
        empty_files_come_and_go,
        bytes_that_are_no_text_are_patched_as_they_are,
        names_are_quoted_as_git_quotes_them;
}

fn apply(program: &str, arguments: &[&str], patch: &[u8], root: &Utf8Path) {
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(root)
        // Not a repository above it, nor its settings.
        .env("GIT_CEILING_DIRECTORIES", root.parent().unwrap())
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(patch).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(
        output.status.success(),
        "{program}: {}{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
        String::from_utf8_lossy(patch)
    );
}

fn assert_patch_is_build(old: &BTreeMap<String, Vec<u8>>, new: &BTreeMap<String, Vec<u8>>, context: usize) {
    let as_tree = |files: &BTreeMap<String, Vec<u8>>| {
        tree(files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())))
    };
    let [(_a, built), (_b, with_git), (_c, with_patch)] = [directory(), directory(), directory()];
    for root in [&built, &with_git, &with_patch] {
        build(&as_tree(old), root);
    }
    let new = as_tree(new);
    let compared = [comparison(changes(&new, &built))];
    let patch = render::patch(&compared, Layout { context, width: 80, unfolds: false });
    build(&new, &built);
    let expected = contents(built.as_std_path());
    if patch.is_empty() {
        assert_eq!(contents(with_git.as_std_path()), expected);
        return;
    }
    let unidiff: &[&str] = if context == 0 { &["apply", "--unidiff-zero", "-"] } else { &["apply", "-"] };
    apply("git", unidiff, &patch, &with_git);
    assert_eq!(contents(with_git.as_std_path()), expected, "git apply");
    apply("patch", &["-p1", "--force", "--no-backup-if-mismatch"], &patch, &with_patch);
    assert_eq!(contents(with_patch.as_std_path()), expected, "patch -p1");
}

fn text() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        4 => "[a-c]{0,3}",
        1 => Just("<resource name=\"A_B::c\"/>".to_owned()),
        1 => "[ \t\rü漢\u{202e}-]{0,4}",
        1 => Just("\\ No newline at end of file".to_owned()),
        1 => Just("--- a/x".to_owned()),
        1 => Just("@@ -1 +1 @@".to_owned()),
    ];
    let end = prop_oneof![5 => Just("\n"), 2 => Just("\r\n")];
    let lines = prop::collection::vec((line, end), 0..12);
    (lines, any::<bool>()).prop_map(|(lines, ends)| {
        let mut text: String = lines.into_iter().flat_map(|(line, end)| [line, end.to_owned()]).collect();
        if !ends {
            text.truncate(text.trim_end_matches(['\r', '\n']).len());
        }
        text.into_bytes()
    })
}

fn files_of_a_tree() -> impl Strategy<Value = BTreeMap<String, Vec<u8>>> {
    let path = prop::sample::select(vec![
        "registration.php",
        "etc/acl.xml",
        "etc/deep er/with space.xml",
        "etc/\"quoted\".xml",
        "i18n/ü 漢.csv",
        "Setup/InstallData.php",
        "-dash",
    ]);
    prop::collection::btree_map(path.prop_map(str::to_owned), text(), 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    fn patches_do_what_build_does(old in files_of_a_tree(), new in files_of_a_tree(), context in 0usize..5) {
        assert_patch_is_build(&old, &new, context);
    }
}

fn empty_files_come_and_go() {
    let empty = BTreeMap::from([("etc/empty".to_owned(), Vec::new())]);
    let full = BTreeMap::from([("etc/empty".to_owned(), b"a\n".to_vec())]);
    let none = BTreeMap::new();
    for (old, new) in [(&none, &empty), (&empty, &none), (&empty, &full), (&full, &empty)] {
        assert_patch_is_build(old, new, 3);
    }
}

fn bytes_that_are_no_text_are_patched_as_they_are() {
    let old = BTreeMap::from([("a".to_owned(), b"x\n\xff\xfe\nz\n".to_vec())]);
    let new = BTreeMap::from([("a".to_owned(), b"x\n\xff\xfd\nz\n".to_vec())]);
    assert_patch_is_build(&old, &new, 3);
}

fn names_are_quoted_as_git_quotes_them() {
    for name in
        ["evil\n::error file=a.php::x", "\u{1b}[31m\t\r\u{7}\u{8}\u{b}\u{c}\"\\", "\u{9b}\u{202e}\u{200b} ü"]
    {
        let (_dir, root) = directory();
        let folder = root.join(name);
        build(&tree([("a b.xml", b"old\n".as_slice()), ("gone", b"x\n")]), &folder);
        let new = tree([("a b.xml", b"new\n".as_slice()), ("empty", b"")]);
        let mut compared = comparison(changes(&new, &folder));
        compared.root = name.into();
        let patch = render::patch(&[compared], Layout { context: 3, width: 80, unfolds: false });
        let text = String::from_utf8(patch.clone()).unwrap();
        assert!(
            text.lines().all(|line| !line.starts_with("::") && !line.contains(['\u{1b}', '\u{9b}'])),
            "{text}"
        );
        apply("git", &["apply", "-"], &patch, &root);
        let found = contents(folder.as_std_path());
        assert_eq!((&found["a b.xml"][..], found["empty"].len()), (b"new\n".as_slice(), 0), "{name:?}");
        assert!(!found.contains_key("gone"));
    }
}
