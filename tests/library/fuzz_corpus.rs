//! The inputs that `fuzz` keeps, replayed: no reader panics, and each place lies in the text.

#[path = "../../fuzz/readers.rs"]
mod readers;

use std::{fs, path::Path};

/// Reads bytes, and panics where something does not hold.
type Reader = fn(&[u8]);

const ALL: [(&str, Reader); 13] = [
    ("xml", readers::xml),
    ("composer", readers::composer),
    ("php", readers::php),
    ("spec", readers::spec),
    ("lock", readers::lock),
    ("log", readers::log),
    ("catalog", readers::catalog),
    ("constraint", readers::constraint),
    ("tables", readers::tables),
    ("module", readers::module),
    ("oauth", readers::oauth),
    ("request", readers::request),
    ("pasted", readers::pasted),
];

#[test]
fn what_was_found_once_is_not_found_again() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, read) in ALL {
        let mut count = 0;
        for entry in fs::read_dir(corpus.join(name)).unwrap() {
            read(&fs::read(entry.unwrap().path()).unwrap());
            count += 1;
        }
        assert!((5..=200).contains(&count), "{name} has {count} inputs: keep a few");
    }
}

/// A cheap stand-in for `cargo fuzz`: each input cut and changed at each place.
#[test]
fn inputs_that_are_cut_or_changed_are_read_as_well() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    // The others take too long for each change.
    let are_quick = ["xml", "composer", "php", "lock", "catalog", "constraint"];
    for (name, read) in ALL.into_iter().filter(|(name, _)| are_quick.contains(name)) {
        for entry in fs::read_dir(corpus.join(name)).unwrap() {
            let bytes = fs::read(entry.unwrap().path()).unwrap();
            for at in 0..bytes.len().min(400) {
                read(&bytes[..at]);
                for byte in [0, b'"', b'<', b'\\', 0xC3] {
                    let mut changed = bytes.clone();
                    changed[at] = byte;
                    read(&changed);
                }
            }
        }
    }
}
