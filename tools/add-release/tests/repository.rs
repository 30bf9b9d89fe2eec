//! The tables of the repository, and the command in it.

use camino::Utf8Path;

use crate::tables::{Tables, read};

#[test]
fn unchanged_tables_are_written_as_they_are() {
    let folder = Utf8Path::new(crate::TABLES);
    let tables = Tables::read(folder).unwrap();
    let texts = tables.texts();
    assert_eq!(texts.len(), 18);
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

#[test]
fn the_command_is_an_alias_that_is_not_shipped() {
    let folder = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = read(&folder.join(".cargo/config.toml")).unwrap();
    assert!(config.contains("add-release = \"run --quiet --example add-release --\""), "{config}");
    let manifest: toml::Table = read(&folder.join("Cargo.toml")).unwrap().parse().unwrap();
    let excluded = manifest["package"]["exclude"].as_array().unwrap();
    assert!(excluded.iter().any(|folder| folder.as_str() == Some("tools")), "{excluded:?}");
}
