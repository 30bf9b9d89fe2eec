//! Observers: events.xml of all areas.

use std::collections::{BTreeMap, BTreeSet};

use magespec::diag::Failure;

use super::blocks::short;
use crate::{root::Root, tables::Observer};

/// Areas by their letter in the table.
const AREAS: [(&str, &str); 7] = [
    ("", "events.xml"),
    ("a", "adminhtml/events.xml"),
    ("c", "crontab/events.xml"),
    ("f", "frontend/events.xml"),
    ("g", "graphql/events.xml"),
    ("r", "webapi_rest/events.xml"),
    ("s", "webapi_soap/events.xml"),
];

/// Observers of Magento's own modules, each with the module that declares it first.
///
/// # Errors
/// Fails if a file cannot be parsed.
pub(crate) fn observers(root: &Root) -> Result<BTreeSet<Observer>, Failure> {
    let mut found: BTreeMap<[String; 3], &str> = BTreeMap::new();
    for (area, name) in AREAS {
        for file in root.files(name)?.iter().filter(|file| Root::is_own(file.module)) {
            for event in file.root.named("event") {
                let Some(name) = event.attribute("name") else { continue };
                // One without a class only turns off that of another area.
                let declared =
                    event.named("observer").filter(|observer| observer.attribute("instance").is_some());
                for observer in declared.filter_map(|observer| observer.attribute("name")) {
                    let key = [name.value.to_lowercase(), observer.value.clone(), area.to_owned()];
                    found.entry(key).or_insert(file.module);
                }
            }
        }
    }
    let observer = |([event, name, area], module): ([String; 3], &str)| [event, name, short(module), area];
    Ok(found.into_iter().map(observer).collect())
}
