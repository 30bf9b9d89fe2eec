//! What the table knows of a dispatch in other releases: the types of its data and the place relative to a transaction, which
//! no scanner reads.

use std::collections::BTreeMap;

use magespec::names::MagentoVersion;

use super::found::Grouped;
use crate::{
    scan::nearness,
    tables::{Columns, Releases, Tables},
};

/// Rows of the table, and dispatches that none of them is about.
pub(super) struct Carried {
    release: MagentoVersion,
    known: BTreeMap<String, Vec<(Columns, Releases)>>,
    pub(super) new: Vec<String>,
}

/// Columns of a row: event, kind, origin, in a transaction, method, data.
type Row = [String; 6];

const EVENT: usize = 0;
const METHOD: usize = 4;
const DATA: usize = 5;

impl Carried {
    pub(super) fn new(tables: &Tables, release: MagentoVersion) -> Self {
        let blocks = tables.sheet("events").into_iter().flat_map(|sheet| &sheet.blocks);
        let lines = |block: &crate::tables::Block| {
            block.below.iter().map(|(columns, releases)| (columns.clone(), releases.clone())).collect()
        };
        let known = blocks.map(|block| (block.id.first().to_owned(), lines(block))).collect();
        Self { release, known, new: Vec::new() }
    }

    /// Rows of a dispatch: those of the nearest release in which the table has it.
    pub(super) fn rows(&mut self, found: &Grouped) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        let mut moved = Vec::new();
        let candidates = self.candidates(found);
        for method in &found.methods {
            let same = candidates.iter().find(|row| row[METHOD].split(' ').any(|word| word == method));
            match same {
                Some(row) => rows.push(row.clone()),
                None => moved.push(method.as_str()),
            }
        }
        if !moved.is_empty() {
            let nearest = candidates.first().cloned();
            if nearest.is_none() {
                self.new.push(format!("{} of {}::{}", found.first.event, found.first.class, moved.join(" ")));
            }
            let mut row = nearest.unwrap_or_else(|| fresh(found));
            row[METHOD] = moved.join(" ");
            rows.push(row);
        }
        rows.dedup();
        rows
    }

    /// Rows of the table for a dispatch of the class with the same keys, the likeliest first.
    fn candidates(&self, found: &Grouped) -> Vec<Row> {
        let lines = self.known.get(&found.first.short_class()).map_or(&[][..], Vec::as_slice);
        let names =
            found.first.keys.as_ref().map(|keys| keys.iter().map(|(name, _)| name.as_str()).collect());
        let mut candidates: Vec<_> = lines
            .iter()
            .filter_map(|(columns, releases)| Some((Row::try_from(columns.0.clone()).ok()?, releases)))
            .filter(|(row, _)| shape(&row[EVENT]) == shape(&found.first.event))
            .filter(|(row, _)| names.as_ref().is_none_or(|names: &Vec<&str>| *names == key_names(&row[DATA])))
            .collect();
        let is_other = |row: &Row| !named_alike(&row[EVENT], &found.first.event);
        candidates.sort_by_key(|(row, releases)| (is_other(row), nearness(self.release, releases)));
        candidates.into_iter().map(|(row, _)| row).collect()
    }
}

/// Row of a dispatch that the table has in no release.
fn fresh(found: &Grouped) -> Row {
    let keys = found.first.keys.iter().flatten().map(|(name, php_type)| match php_type.as_str() {
        "" => name.clone(),
        php_type => format!("{name}:{php_type}"),
    });
    let data = keys.collect::<Vec<_>>().join(";");
    let [event, kind] = [found.first.event.as_str(), found.first.kind];
    let is_collection = kind == "collection";
    let origin = if is_collection { "resource model" } else { origin(&found.first.class) };
    let of_model =
        MODEL.iter().find(|(method, _)| kind == "model" && found.methods.iter().any(|it| it == method));
    let in_transaction =
        of_model.map_or(if is_collection { "no" } else { "caller" }, |(_, in_transaction)| in_transaction);
    [event, kind, origin, in_transaction, "", &data].map(str::to_owned)
}

/// Methods in which every model dispatches events, and whether that is in a transaction
/// (docs/magento/events.md#transaction).
const MODEL: [(&str, &str); 9] = [
    ("_beforeLoad", "no"),
    ("_afterLoad", "no"),
    ("beforeSave", "yes"),
    ("afterSave", "yes"),
    ("afterCommitCallback", "no"),
    ("beforeDelete", "yes"),
    ("afterDelete", "yes"),
    ("afterDeleteCommit", "no"),
    ("clearInstance", "no"),
];

/// Kind of code that a class is, by its namespace.
fn origin(class: &str) -> &'static str {
    let parts: Vec<&str> = class.split('\\').collect();
    match parts.as_slice() {
        [_, "Framework", ..] => "framework",
        [.., "Plugin", _] => "plugin",
        [_, _, "Model", "ResourceModel", ..] => "resource model",
        [_, _, "Controller", "Adminhtml", ..] => "admin controller",
        [_, _, "Controller", ..] => "storefront controller",
        [_, _, "Block", "Adminhtml", ..] => "admin block",
        [_, _, "Block", ..] => "page rendering",
        [_, _, "Observer", ..] => "observer",
        [_, _, "Console", ..] => "console",
        [_, module, ..] if module.ends_with("GraphQl") => "graphql",
        [_, module, ..] if module.ends_with("ImportExport") => "import",
        _ => "model",
    }
}

/// Returns true if the last variable part of a name in the table is that of the code, or its start: `{route}` for
/// `{route_name}`.
fn named_alike(known: &str, found: &str) -> bool {
    found.trim_end_matches('}').starts_with(known.trim_end_matches('}'))
}

/// Name of an event without the names of its variable parts.
fn shape(event: &str) -> Vec<&str> {
    event.split('{').map(|part| part.rsplit_once('}').map_or(part, |(_, text)| text)).collect()
}

fn key_names(data: &str) -> Vec<&str> {
    let keys = data.split(';').filter(|key| !key.is_empty());
    keys.map(|key| key.split_once(':').map_or(key, |(name, _)| name)).collect()
}
