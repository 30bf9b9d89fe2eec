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

/// Suffix, method and transaction of the events of the EntityManager (`framework/EntityManager/Operation`).
const ENTITY_MANAGER: [(&str, &str, Transaction); 6] = [
    ("load_before", "execute", Transaction::Outside),
    ("load_after", "execute", Transaction::Outside),
    ("save_before", "execute", Transaction::Inside),
    ("save_after", "execute", Transaction::Inside),
    ("delete_before", "execute", Transaction::Inside),
    ("delete_after", "execute", Transaction::Inside),
];

/// All events that start with a prefix. The events of a model also carry it as `object`.
pub(super) fn members(
    prefix: &'static str,
    kind: EventKind,
    object: &'static str,
    class: &str,
    releases: ReleaseSet,
) -> Vec<(String, Dispatch)> {
    let (origin, events) = match kind {
        EventKind::EntityManager => ("framework", &ENTITY_MANAGER[..]),
        _ => ("model", &MODEL[..]),
    };
    let member = |&(suffix, method, transaction): &(&str, &'static str, Transaction)| {
        let data = match (kind, suffix) {
            (EventKind::EntityManager, "load_before") => vec![key("identifier", ""), key("entity", class)],
            (EventKind::EntityManager, _) => vec![key("entity", class)],
            (_, "load_before") => {
                let mut data = vec![
                    key("object", class),
                    key("field", "string"),
                    key("value", "int"),
                    key("data_object", class),
                ];
                data.extend((object != "object").then(|| key(object, class)));
                data
            }
            _ => vec![key("data_object", class), key(object, class)],
        };
        let class = class.to_owned();
        let dispatch = Dispatch { class, method, kind, origin, transaction, data, releases };
        (format!("{prefix}_{suffix}"), dispatch)
    };
    events.iter().map(member).collect()
}

fn key(name: &'static str, php_type: &str) -> DataKey {
    DataKey { name, php_type: DocType::new(php_type) }
}
