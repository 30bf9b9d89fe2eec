//! The tables of the repository.

use camino::Utf8Path;

use crate::tables::{Tables, read};

#[test]
fn unchanged_tables_are_written_as_they_are() {
    let folder = Utf8Path::new(crate::TABLES);
    let tables = Tables::read(folder).unwrap();
    let texts = tables.texts();
    assert_eq!(texts.len(), 16);
    for (name, text) in texts {
        assert!(read(&folder.join(&name)).unwrap() == text, "{name} is not in its one form");
    }
}

#[test]
fn a_release_that_is_removed_is_in_no_table() {
    let mut tables = Tables::read(Utf8Path::new(crate::TABLES)).unwrap();
    let release = "2.4.7-p8".parse().unwrap();
    assert!(tables.remove(release));
    for (name, text) in tables.texts().into_iter().filter(|(name, _)| name != "mage_os.tsv") {
        assert!(!text.contains("2.4.7-p8"), "{name}");
    }
    assert!(!tables.remove(release));
}
