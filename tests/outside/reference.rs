//! The reference module: its spec makes it, byte for byte but for the wording of doc blocks and of README.md.

use std::{collections::BTreeSet, fs, path::Path};

use magespec::tree::{Ownership, Tree};

use crate::{
    need::{Need, shared, trials},
    support::{files::contents, made::made},
};

trials! {
    [Need::Shared("reference")] =>
        the_reference_is_what_its_spec_makes, seeded_are_the_classes_that_the_user_continues;
}

fn compiled(dir: &Path) -> Tree {
    made(&fs::read_to_string(dir.join("integration.toml")).unwrap())
}

fn paths(dir: &Path) -> BTreeSet<String> {
    contents(dir).into_keys().collect()
}

/// Files whose code left the reference on purpose (CHANGELOG, "Output changes"): invalid signing keys are refused, events
/// without a store are recorded, ranges and options are checked where values are saved and read, and no package is required for a resource alone. For
/// these, `examples/erp-bridge` is the reference.
const CHANGED_ON_PURPOSE: [&str; 12] = [
    "Model/Config.php",
    "Model/Config/Backend/Choice.php",
    "Model/Config/Backend/SigningSecret.php",
    "Model/Config/Backend/WholeNumber.php",
    "Model/Webhook/Signer.php",
    "Observer/RecordWebhook.php",
    "Test/Unit/Model/ConfigTest.php",
    "Test/Unit/Model/Webhook/SignerTest.php",
    "composer.json",
    "etc/adminhtml/system.xml",
    "etc/di.xml",
    "i18n/en_US.csv",
];

fn the_reference_is_what_its_spec_makes() {
    let reference = shared("reference");
    let tree = compiled(&reference);
    let module = paths(&reference.join("Acme_ErpBridge"));
    let missing: Vec<&String> =
        module.iter().filter(|path| tree.paths().all(|it| it.as_str() != *path)).collect();
    assert_eq!(missing, Vec::<&String>::new());
    let mut differing = Vec::new();
    for (path, file) in tree.iter().filter(|(path, _)| path.as_str() != "README.md") {
        let folder = if file.ownership == Ownership::Seeded { "seeds" } else { "Acme_ErpBridge" };
        let expected = fs::read_to_string(reference.join(folder).join(path.as_str())).unwrap_or_default();
        let made = String::from_utf8_lossy(&file.contents);
        let is_same = if path.as_str().ends_with(".php") {
            without_wording(&made) == without_wording(&expected)
        } else {
            made == expected
        };
        if !is_same {
            differing.push(path.as_str());
        }
    }
    assert_eq!(differing, CHANGED_ON_PURPOSE);
}

/// The lines of a PHP file. Of the doc blocks, only tags with their types and names stay.
fn without_wording(php: &str) -> Vec<String> {
    let line = |line: &str| {
        let Some(doc) = line.trim_start().strip_prefix("* ") else { return Some(line.to_owned()) };
        let words: Vec<&str> = doc.split_whitespace().collect();
        let kept = match words.first().copied().unwrap_or_default() {
            "@param" => 3,
            "@return" | "@var" | "@throws" | "@dataProvider" => 2,
            tag if tag.starts_with('@') => 1,
            _ => return None,
        };
        Some(words.into_iter().take(kept).collect::<Vec<_>>().join(" "))
    };
    php.lines().filter_map(line).collect()
}

fn seeded_are_the_classes_that_the_user_continues() {
    let reference = shared("reference");
    let tree = compiled(&reference);
    let seeded = tree.iter().filter(|(_, file)| file.ownership == Ownership::Seeded);
    let seeded: BTreeSet<String> = seeded.map(|(path, _)| path.to_string()).collect();
    assert_eq!(seeded, paths(&reference.join("seeds")));
}
