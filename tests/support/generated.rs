//! Files of the repository that are made by the tests: `MAGESPEC_UPDATE=1 cargo test` rewrites them.

use std::{env, fs, path::Path};

/// Fails when the file at `path`, from the root of the repository, is not `expected`; rewrites it when
/// `MAGESPEC_UPDATE` is set.
pub(crate) fn assert_current(path: &str, expected: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if env::var_os("MAGESPEC_UPDATE").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, expected).unwrap();
        return;
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    if found != expected {
        let differing = found.lines().zip(expected.lines()).enumerate().find(|(_, (old, new))| old != new);
        let (at, (old, new)) =
            differing.unwrap_or((found.lines().count().min(expected.lines().count()), ("", "")));
        panic!(
            "{path} is out of date at line {}: run `MAGESPEC_UPDATE=1 cargo test`\n- {old}\n+ {new}",
            at + 1
        );
    }
}
