//! The events that core dispatches, against the tables.

use std::collections::BTreeSet;

use magespec::{
    catalog::{Catalog, Caution, Dispatch, Event, EventKind, ReleaseSet, Transaction},
    names::MagentoVersion,
};

use super::{
    generate::{events::transactions, sheet::History},
    tables,
};
use crate::need::{Need, shared, trials};

trials! {
    [Need::Shared("magento")] =>
        events_of_every_release_are_the_tables,
        cautions_agree_with_the_notes_of_the_table;
}

fn versions(releases: ReleaseSet) -> BTreeSet<MagentoVersion> {
    releases.iter().map(|id| Catalog::bundled().release(id).version).collect()
}

/// A dispatch as the CSV file has it, but for its releases.
fn columns(event: &Event, dispatch: &Dispatch) -> [String; 7] {
    let keys = dispatch.data.iter().map(|key| match key.php_type.as_str() {
        "" => key.name.to_owned(),
        php_type => format!("{}:{php_type}", key.name),
    });
    let kind = match dispatch.kind {
        EventKind::Literal => "literal",
        EventKind::Model => "model",
        EventKind::Collection => "collection",
        EventKind::EntityManager => "entity_manager",
        EventKind::Pattern => "pattern",
    };
    let in_transaction = match dispatch.transaction {
        Transaction::Inside => "yes",
        Transaction::Caller => "caller",
        Transaction::Outside => "no",
    };
    let data = keys.collect::<Vec<_>>().join("; ");
    [&event.name, kind, &dispatch.class, dispatch.method, &data, in_transaction, dispatch.origin]
        .map(str::to_owned)
}

fn events_of_every_release_are_the_tables() {
    let folder = shared("magento");
    let history = History::new(&folder);
    let mut expected: BTreeSet<([String; 7], MagentoVersion)> = BTreeSet::new();
    for row in tables::events(&folder) {
        for (in_transaction, releases) in transactions(&row, &history) {
            let columns = [
                &row["event"],
                &row["kind"],
                &row["class"],
                &row["method"],
                &row["data"],
                in_transaction,
                &row["origin"],
            ];
            let columns = columns.map(str::to_owned);
            expected.extend(releases.into_iter().map(|release| (columns.clone(), release)));
        }
    }
    let mut found = BTreeSet::new();
    for event in Catalog::bundled().events().iter() {
        assert!(!event.dispatches.is_empty() && !event.modules(event.releases()).is_empty());
        for dispatch in &event.dispatches {
            let columns = columns(event, dispatch);
            found.extend(versions(dispatch.releases).into_iter().map(|release| (columns.clone(), release)));
        }
    }
    assert!(expected.len() > 100_000, "{}", expected.len());
    assert_eq!(expected.symmetric_difference(&found).next(), None);
}

fn cautions_agree_with_the_notes_of_the_table() {
    let folder = shared("magento");
    let catalog = Catalog::bundled();
    let of = |name: &str| {
        let event = catalog.events().find(name).unwrap_or_else(|| panic!("{name}"));
        catalog.cautions(event, catalog.all()).into_iter().map(|(caution, _)| caution).collect::<Vec<_>>()
    };
    let mut checked = 0;
    for row in tables::events(&folder) {
        for (note, caution) in [
            ("PENDING", Caution::CommitMayBeMissing),
            ("not fired when the model has no data changes", Caution::OnlyWhenChanged),
            ("default of every AbstractModel", Caution::SharedByModels),
            ("storefront form only", Caution::StorefrontOnly),
            ("not in 2.0-2.1: the class declares", Caution::NotStockOfOrders),
        ] {
            let is_save = row["event"].contains("_save_");
            let concerned =
                (caution != Caution::NotStockOfOrders || is_save) && row["note"].starts_with(note);
            if concerned {
                checked += 1;
                assert!(of(&row["event"]).contains(&caution), "{} {note}", row["event"]);
            }
        }
    }
    assert!(checked > 70, "{checked}");
}
