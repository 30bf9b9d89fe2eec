//! Files that are the user's, or of which a part is.

use std::{fs, path::Path};

use super::{Ran, magespec};

const SPEC: &str = include_str!("../../examples/erp-bridge/integration.toml");

const SEEDS: [&str; 3] = ["Cron/PullStock.php", "Model/OrderExport.php", "Observer/LogPlacedOrder.php"];

fn built() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "integration.toml", SPEC);
    assert_eq!(build(dir.path()).status, 0);
    dir
}

fn build(dir: &Path) -> Ran {
    magespec(dir, &["build"])
}

fn read(dir: &Path, file: &str) -> String {
    fs::read_to_string(dir.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn write(dir: &Path, file: &str, text: &str) {
    fs::write(dir.join(file), text).unwrap();
}

fn respec(dir: &Path, from: &str, to: &str) {
    let spec = read(dir, "integration.toml");
    assert!(spec.contains(from), "{from}");
    write(dir, "integration.toml", &spec.replace(from, to));
}

#[test]
fn seeded_files_are_written_once() {
    let dir = built();
    let dir = dir.path();
    let lock = read(dir, "integration.lock");
    for seed in SEEDS {
        assert!(
            lock.lines().any(|line| line.starts_with(&format!("\"{seed}\"")) && line.contains("seeded")),
            "{seed}"
        );
        write(dir, seed, "<?php // mine\n");
    }
    respec(dir, "Orders as the ERP reads them", "Orders for the ERP");
    let again = build(dir);
    assert_eq!((again.status, again.stderr.as_str()), (0, ""));
    assert!(read(dir, "Api/OrderExportInterface.php").contains("Orders for the ERP"));
    SEEDS.iter().for_each(|seed| assert_eq!(read(dir, seed), "<?php // mine\n", "{seed}"));
}

#[test]
fn seeded_files_that_were_deleted_stay_deleted() {
    let dir = built();
    let dir = dir.path();
    let lock = read(dir, "integration.lock");
    SEEDS.iter().for_each(|seed| fs::remove_file(dir.join(seed)).unwrap());
    assert_eq!(build(dir).status, 0);
    assert_eq!(magespec(dir, &["build", "--check"]).status, 0);
    assert!(SEEDS.iter().all(|seed| !dir.join(seed).exists()));
    assert_eq!(read(dir, "integration.lock"), lock);
}

#[test]
fn what_is_no_longer_declared_stays_with_the_user() {
    let dir = built();
    let dir = dir.path();
    respec(dir, "[[cron]]\nname = \"pull_stock\"\nschedule = \"*/15 * * * *\"\n", "");
    assert_eq!(build(dir).status, 0);
    assert!(dir.join("Cron/PullStock.php").exists());
    assert!(!read(dir, "integration.lock").contains("Cron/PullStock.php"));
    assert!(!read(dir, "etc/crontab.xml").contains("PullStock"));
}

#[test]
fn the_whitelist_keeps_what_it_had() {
    let dir = built();
    let dir = dir.path();
    let file = "etc/db_schema_whitelist.json";
    let with_old =
        read(dir, file).replace("\"topic\": true,", "\"topic\": true,\n            \"channel\": true,");
    write(dir, file, &with_old);
    respec(dir, "Orders as the ERP reads them", "Orders for the ERP");
    assert_eq!(build(dir).status, 0, "it is no edit by hand that would be lost");
    assert!(read(dir, file).contains("\"channel\": true"));
    let before = read(dir, file);
    assert_eq!(build(dir).status, 0);
    assert_eq!(read(dir, file), before);
}

#[test]
fn translations_stay_when_phrases_change() {
    let dir = built();
    let dir = dir.path();
    respec(dir, "[csp]\n", "[i18n]\nlocales = [\"de_DE\"]\n\n[csp]\n");
    assert_eq!(build(dir).status, 0);
    let checked = magespec(dir, &["check"]);
    assert!(checked.stdout.contains("17 phrases are not translated to de_DE"), "{}", checked.stdout);
    let file = "i18n/de_DE.csv";
    let german = read(dir, file)
        .replace("\"Environment\",\"Environment\"", "\"Environment\",\"Umgebung\"")
        .replace("\"Base URL\",\"Base URL\"", "\"Base URL\",\"Adresse\"");
    write(dir, file, &german);
    respec(dir, "label = \"Base URL\"", "label = \"Address\"");
    assert_eq!(build(dir).status, 0);
    let again = magespec(dir, &["check"]);
    assert!(again.stdout.contains("1 phrase is translated to de_DE and no longer used"), "{}", again.stdout);
    let german = read(dir, file);
    for line in ["\"Environment\",\"Umgebung\"\n", "\"Address\",\"Address\"\n", "\"Base URL\",\"Adresse\"\n"]
    {
        assert!(german.contains(line), "{line}{german}");
    }
}
