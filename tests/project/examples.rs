//! The examples: built in place, without a finding that is more than a note.

use std::fs;

use magespec::{
    diag::Level,
    tree::{LOCK_FILE, Lock},
};

use crate::support::made::examples;

#[test]
fn examples_are_what_their_specs_make() {
    for (dir, compilation) in examples() {
        let worse = compilation.report.diagnostics.iter().filter(|finding| finding.level != Level::Note);
        assert_eq!(worse.collect::<Vec<_>>(), Vec::<&magespec::diag::Diagnostic>::new());
        let lock = fs::read_to_string(dir.join(LOCK_FILE)).unwrap();
        let made = Lock::of(&compilation.tree).after(&Lock::parse(&lock).unwrap()).render();
        assert!(lock == made, "{}/{LOCK_FILE}: run `magespec build`", dir.display());
        for (path, file) in compilation.tree.iter() {
            let found = fs::read(dir.join(path.as_str())).unwrap();
            assert!(found == file.contents, "{}/{path}: run `magespec build`", dir.display());
        }
    }
}
