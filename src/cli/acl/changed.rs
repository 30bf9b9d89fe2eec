//! Changes between two ACL trees, in each format.

use std::{collections::BTreeMap, sync::Arc};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::{
    catalog::{AclChange, AclChanged, AclTable, Catalog, ReleaseId},
    cli::output::{List, csv_row},
    diag::render::versioned,
};

/// Comparison of two releases.
pub(in crate::cli) struct AclComparison<'a> {
    catalog: &'a Catalog,
    acl: Arc<AclTable>,
    from: ReleaseId,
    to: ReleaseId,
}

impl<'a> AclComparison<'a> {
    pub(in crate::cli) fn new(catalog: &'a Catalog, from: ReleaseId, to: ReleaseId) -> Self {
        Self { catalog, acl: catalog.shipped_acl([from, to].into_iter().collect()), from, to }
    }

    fn versions(&self) -> [String; 2] {
        [self.from, self.to].map(|release| self.catalog.runs([release].into_iter().collect()).concat())
    }

    fn changes(&self) -> Vec<AclChanged<'_>> {
        self.acl.changes(self.from, self.to)
    }

    /// Changes for documents.
    pub(in crate::cli) fn json_changes(&self) -> Vec<JsonAclChange<'_>> {
        let changes = self.changes().into_iter();
        changes
            .map(|it| {
                let [from, to] = before_and_after(&it.change);
                JsonAclChange { change: it.change.word(), id: it.id, title: it.title, from, to }
            })
            .collect()
    }
}

/// Changes of the ACL.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct JsonAclChanges<'a> {
    /// Release before.
    from: String,
    /// Release after.
    to: String,
    /// Releases among them whose ACL was not read from their code, below `deduced` and `assumed`.
    not_verified: BTreeMap<String, Vec<String>>,
    /// Changes, by kind and id.
    changes: Vec<JsonAclChange<'a>>,
}

/// Change of an ACL resource.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct JsonAclChange<'a> {
    /// Kind of the change.
    #[schemars(extend("enum" = ["added", "removed", "moved", "renamed", "disabled", "enabled"]))]
    change: &'static str,
    /// Id of the resource.
    id: &'a str,
    /// Title of the resource.
    title: &'a str,
    /// Parent before, or the title before if it was renamed; otherwise null.
    from: Option<&'a str>,
    /// Parent after, the title after if it was renamed, or the id that replaces a removed resource; otherwise null.
    to: Option<&'a str>,
}

/// Previous and current value.
fn before_and_after<'a>(change: &AclChange<'a>) -> [Option<&'a str>; 2] {
    match *change {
        AclChange::Added { parent } => [None, parent],
        AclChange::Removed { now } => [None, now],
        AclChange::Moved { from, to } => [from, to],
        AclChange::Renamed { from, to } => [Some(from), Some(to)],
        AclChange::SwitchedOff | AclChange::SwitchedOn => [None, None],
    }
}

fn in_words(change: &AclChange<'_>) -> String {
    let parent = |id: Option<&str>| id.unwrap_or("no parent").to_owned();
    match *change {
        AclChange::Added { parent: None } => "as a root".to_owned(),
        AclChange::Added { parent: Some(id) } => format!("below {id}"),
        AclChange::Removed { now: Some(id) } => format!("now {id}"),
        AclChange::Moved { from, to } => format!("from {} to {}", parent(from), parent(to)),
        AclChange::Renamed { from, .. } => format!("was \"{from}\""),
        AclChange::Removed { now: None } | AclChange::SwitchedOff | AclChange::SwitchedOn => String::new(),
    }
}

impl List for AclComparison<'_> {
    fn human(&self) -> String {
        let changes = self.changes();
        if changes.is_empty() {
            let [from, to] = self.versions();
            return format!("the ACL is the same in {from} and {to}\n");
        }
        let line = |it: &AclChanged<'_>| {
            let words = in_words(&it.change);
            format!("{:<9}{}  \"{}\" {words}", it.change.word(), it.id, it.title).trim_end().to_owned() + "\n"
        };
        changes.iter().map(line).collect()
    }

    fn json(&self) -> Value {
        let [from, to] = self.versions();
        versioned(&JsonAclChanges {
            from,
            to,
            not_verified: self.catalog.unverified_runs([self.from, self.to].into_iter().collect()),
            changes: self.json_changes(),
        })
    }

    fn csv(&self) -> String {
        let row = |it: &AclChanged<'_>| {
            let [from, to] = before_and_after(&it.change).map(Option::unwrap_or_default);
            csv_row([it.change.word(), it.id, it.title, from, to])
        };
        let head = csv_row(["change", "id", "title", "from", "to"]);
        [head].into_iter().chain(self.changes().iter().map(row)).collect()
    }
}
