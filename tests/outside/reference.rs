//! The reference module: its spec makes it, byte for byte.

use std::{collections::BTreeSet, fs, path::Path};

use magespec::tree::{Ownership, Tree};

use crate::{
    need::{Need, shared, trials},
    support::{files::contents, made::made},
};

trials! {
    [Need::Shared("reference")] =>
        the_reference_is_what_its_spec_makes, seeded_are_the_classes_that_someone_goes_on_with;
}

fn compiled(dir: &Path) -> Tree {
    made(&fs::read_to_string(dir.join("integration.toml")).unwrap())
}

fn paths(dir: &Path) -> BTreeSet<String> {
    contents(dir).into_keys().collect()
}

fn the_reference_is_what_its_spec_makes() {
    let reference = shared("reference");
    let tree = compiled(&reference);
    let made: BTreeSet<String> = tree.paths().map(ToString::to_string).collect();
    assert_eq!(made, paths(&reference.join("Acme_ErpBridge")));
    for (path, file) in tree.iter().filter(|(path, _)| path.as_str() != "README.md") {
        let folder = if file.ownership == Ownership::Seeded { "seeds" } else { "Acme_ErpBridge" };
        let expected = fs::read_to_string(reference.join(folder).join(path.as_str())).unwrap();
        assert_eq!(String::from_utf8_lossy(&file.contents), expected, "{path}");
    }
}

fn seeded_are_the_classes_that_someone_goes_on_with() {
    let reference = shared("reference");
    let tree = compiled(&reference);
    let seeded = tree.iter().filter(|(_, file)| file.ownership == Ownership::Seeded);
    let seeded: BTreeSet<String> = seeded.map(|(path, _)| path.to_string()).collect();
    assert_eq!(seeded, paths(&reference.join("seeds")));
}
