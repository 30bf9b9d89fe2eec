//! Events whose names are in di.xml: those of grids, and of interfaces that the EntityManager loads and saves.

use std::collections::BTreeSet;

use magespec::{diag::Failure, parsers::xml::Element};

use super::found::Found;
use crate::{root::Root, scan::blocks::short};

const METADATA: &str = "Magento\\Framework\\EntityManager\\MetadataPool";

/// Suffixes of the events of a collection.
const COLLECTION: [&str; 2] = ["_load_before", "_load_after"];

/// Method in the table of collections with a prefix in di.xml.
const IN_DI_XML: &str = "(di.xml argument eventPrefix)";

/// Events of collections whose prefix is an argument in di.xml.
pub(super) fn collections(root: &Root) -> Result<Vec<Found>, Failure> {
    let mut found = Vec::new();
    for file in root.files("di.xml")?.iter().filter(|file| Root::is_own(file.module)) {
        for class in file.root.named("type").chain(file.root.named("virtualType")) {
            let argument = |name: &str| {
                let arguments = class.named("arguments").flat_map(|arguments| arguments.named("argument"));
                let value = arguments.filter(|it| value(it, "name") == name).map(|it| it.text().value).next();
                value.map(|value| value.trim().to_owned())
            };
            let (Some(prefix), Some(object)) = (argument("eventPrefix"), argument("eventObject")) else {
                continue;
            };
            found.extend(COLLECTION.map(|suffix| Found {
                class: value(class, "name").trim_start_matches('\\').to_owned(),
                event: format!("{prefix}{suffix}"),
                kind: "collection",
                method: IN_DI_XML.to_owned(),
                keys: Some(vec![(object.clone(), ".".to_owned())]),
            }));
        }
    }
    Ok(found)
}

/// Lines for all events of each interface with metadata, below the interface.
pub(super) fn entity_managed(root: &Root) -> Result<Vec<(String, [String; 6])>, Failure> {
    let mut names = BTreeSet::new();
    for file in root.files("di.xml")?.iter().filter(|file| Root::is_own(file.module)) {
        let pools =
            file.root.named("type").filter(|it| value(it, "name").trim_start_matches('\\') == METADATA);
        let arguments = pools.flat_map(|it| it.named("arguments")).flat_map(|it| it.named("argument"));
        let metadata = arguments.filter(|it| value(it, "name") == "metadata");
        let items = metadata.flat_map(|it| it.named("item"));
        names.extend(items.map(|item| value(item, "name").trim_start_matches('\\').to_owned()));
    }
    let family = |name: String| {
        let event = format!("{}_*", name.to_lowercase().replace('\\', "_"));
        (short(&name), [&event, "entity_manager", "", "", "", ""].map(str::to_owned))
    };
    Ok(names.into_iter().map(family).collect())
}

fn value<'a>(element: &'a Element, attribute: &str) -> &'a str {
    element.attribute(attribute).map_or("", |text| text.value.as_str())
}
