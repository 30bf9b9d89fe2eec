//! Events that every model or every EntityManager interface has. The table has one line for all of them.

use super::event::{DataKey, Dispatch, EventKind, Transaction};
use crate::catalog::{DocType, ReleaseSet};

/// Suffix, method and transaction of the events of a model (`framework/Model/AbstractModel.php`;
/// docs/magento/events.md#transaction).
const MODEL: [(&str, &str, Transaction); 9] = [
    ("load_before", "_beforeLoad", Transaction::Outside),
    ("load_after", "_afterLoad", Transaction::Outside),
    ("save_before", "beforeSave", Transaction::Inside),
    ("save_after", "afterSave", Transaction::Inside),
    ("save_commit_after", "afterCommitCallback", Transaction::Outside),
    ("delete_before", "beforeDelete", Transaction::Inside),
    ("delete_after", "afterDelete", Transaction::Inside),
    ("delete_commit_after", "afterDeleteCommit", Transaction::Outside),
    ("clear", "clearInstance", Transaction::Outside),
];

/// Suffix, method and transaction of the events of the EntityManager (`framework/EntityManager/Operation`); models have
/// all these suffixes, too.
const ENTITY_MANAGER: [(&str, &str, Transaction); 6] = [
    ("load_before", "execute", Transaction::Outside),
    ("load_after", "execute", Transaction::Outside),
    ("save_before", "execute", Transaction::Inside),
    ("save_after", "execute", Transaction::Inside),
    ("delete_before", "execute", Transaction::Inside),
    ("delete_after", "execute", Transaction::Inside),
];

/// Suffix, method and transaction of an event of a family.
pub(super) type Member = &'static (&'static str, &'static str, Transaction);

/// Events of a family.
pub(super) fn members(kind: EventKind) -> impl Iterator<Item = Member> {
    if kind == EventKind::EntityManager { ENTITY_MANAGER.iter() } else { MODEL.iter() }
}

/// Starts of the families that may have the event.
pub(super) fn starts(event: &str) -> impl Iterator<Item = &str> {
    MODEL.iter().filter_map(|(suffix, ..)| event.strip_suffix(suffix)?.strip_suffix('_'))
}

/// Dispatch of an event of a family. The events of a model also carry it as `object`.
pub(super) fn dispatch(
    &(suffix, method, transaction): Member,
    kind: EventKind,
    object: &'static str,
    class: String,
    releases: ReleaseSet,
) -> Dispatch {
    let origin = if kind == EventKind::EntityManager { "framework" } else { "model" };
    let class_key = |name| key(name, &class);
    let data = match (kind, suffix) {
        (EventKind::EntityManager, "load_before") => vec![key("identifier", ""), class_key("entity")],
        (EventKind::EntityManager, _) => vec![class_key("entity")],
        (_, "load_before") => {
            let mut data = vec![
                class_key("object"),
                key("field", "string"),
                key("value", "int"),
                class_key("data_object"),
            ];
            data.extend((object != "object").then(|| class_key(object)));
            data
        }
        _ => vec![class_key("data_object"), class_key(object)],
    };
    Dispatch { class, method, kind, origin, transaction, data, releases }
}

fn key(name: &'static str, php_type: &str) -> DataKey {
    DataKey { name, php_type: DocType::new(php_type) }
}
