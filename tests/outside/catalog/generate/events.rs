//! The events that core dispatches.

use std::{collections::BTreeMap, path::Path};

use super::sheet::{History, Releases, Sheet, short, short_of};
use crate::catalog::tables::{self, Row};

/// Suffix, method and whether it is in a transaction of the events that `AbstractModel` dispatches for each model.
const MODEL: [[&str; 3]; 9] = [
    ["load_before", "_beforeLoad", "no"],
    ["load_after", "_afterLoad", "no"],
    ["save_before", "beforeSave", "yes"],
    ["save_after", "afterSave", "yes"],
    ["save_commit_after", "afterCommitCallback", "no"],
    ["delete_before", "beforeDelete", "yes"],
    ["delete_after", "afterDelete", "yes"],
    ["delete_commit_after", "afterDeleteCommit", "no"],
    ["clear", "clearInstance", "no"],
];

/// The same of the events that the EntityManager dispatches for each interface.
const ENTITY_MANAGER: [[&str; 3]; 6] = [
    ["load_before", "execute", "no"],
    ["load_after", "execute", "no"],
    ["save_before", "execute", "yes"],
    ["save_after", "execute", "yes"],
    ["delete_before", "execute", "yes"],
    ["delete_after", "execute", "yes"],
];

/// Event, kind, origin, in a transaction, method, data.
type State = [String; 6];

pub(super) fn sheets(folder: &Path, history: &History) -> [Sheet; 1] {
    let mut classes: BTreeMap<String, BTreeMap<State, Releases>> = BTreeMap::new();
    for row in tables::events(folder) {
        let states = classes.entry(row["class"].clone()).or_default();
        for (in_transaction, releases) in transactions(&row, history) {
            let state =
                [&row["event"], &row["kind"], &row["origin"], in_transaction, &row["method"], &data(&row)]
                    .map(str::to_owned);
            states.entry(state).or_default().extend(releases);
        }
    }
    let head =
        "class, then: event\tkind\torigin\tin a transaction\tmethod\tkey:type;… (`.` is the class)\treleases";
    let mut sheet = Sheet::new("events", head);
    for (class, states) in classes {
        sheet.heading(&short(&class));
        let all = history.order.iter().copied().collect();
        for (state, releases) in folded(states) {
            sheet.below(state.each_ref().map(String::as_str), &releases, &all);
        }
    }
    [sheet]
}

/// In which releases an event is dispatched inside a transaction: `yes`, `no`, or `caller` where that depends on the
/// caller. `[D]` marks what was deduced from the code.
pub(crate) fn transactions(row: &Row, history: &History) -> Vec<(&'static str, Releases)> {
    let all = history.of(row);
    let split = |these: Releases, inside: &'static str| {
        let parts = [(inside, &all & &these), ("no", &all - &these)];
        parts.into_iter().filter(|(_, releases)| !releases.is_empty()).collect()
    };
    let since =
        |first: &str| history.order.iter().copied().filter(|&it| it >= first.parse().unwrap()).collect();
    match row["in_transaction"].as_str() {
        "yes" | "yes [D]" => vec![("yes", all)],
        "no" | "no [D]" => vec![("no", all)],
        "2.0.0 no; 2.1.0+ yes [D] (plugin TransactionWrapper on CustomerRepositoryInterface)" => {
            split(since("2.1.0"), "yes")
        }
        "no [D] up to 2.4.6-p11; yes from 2.4.7 via OrderService::cancel (OrderMutex)" => {
            split(since("2.4.7"), "yes")
        }
        text if text.starts_with("no [D]; yes for guests placing") => {
            let these = tables::releases_in("2.1.13..2.1.18 2.2.4..2.3.4", &history.known);
            split(history.filled(these), "caller")
        }
        text => {
            assert!(text.starts_with("caller"), "{text}");
            vec![("caller", all)]
        }
    }
}

/// The keys that observers get, with their types.
fn data(row: &Row) -> String {
    let own = |key: &str| match key.split_once(':') {
        Some((key, class)) if class == row["class"] => format!("{key}:."),
        Some((key, php_type)) => format!("{key}:{}", short_of(&row["class"], php_type)),
        None => key.to_owned(),
    };
    let keys = row["data"].split("; ").filter(|key| !key.is_empty());
    keys.map(own).collect::<Vec<_>>().join(";")
}

/// The states, with one `<prefix>_*` for all events of a model or of an interface that the EntityManager saves.
fn folded(mut states: BTreeMap<State, Releases>) -> BTreeMap<State, Releases> {
    let first = |suffix: &str, states: &BTreeMap<State, Releases>| -> Vec<(State, Releases)> {
        let ends = |(state, _): &(&State, &Releases)| state[0].ends_with(suffix);
        states.iter().filter(ends).map(|(state, releases)| (state.clone(), releases.clone())).collect()
    };
    for (state, releases) in first("_save_after", &states) {
        let prefix = state[0].trim_end_matches("_save_after");
        let (origin, suffixes, object) = match state[1].as_str() {
            "model" => {
                let object = state[5].trim_start_matches("data_object:.;").trim_end_matches(":.");
                ("model", &MODEL[..], object)
            }
            "entity_manager" => ("framework", &ENTITY_MANAGER[..], ""),
            _ => continue,
        };
        let member = |[suffix, method, in_transaction]: &[&str; 3]| {
            let data = match (state[1].as_str(), *suffix) {
                ("model", "load_before") if object == "object" => {
                    "object:.;field:string;value:int;data_object:.".to_owned()
                }
                ("model", "load_before") => {
                    format!("object:.;field:string;value:int;data_object:.;{object}:.")
                }
                ("model", _) => format!("data_object:.;{object}:."),
                (_, "load_before") => "identifier;entity:.".to_owned(),
                _ => "entity:.".to_owned(),
            };
            let event = format!("{prefix}_{suffix}");
            [&event, &state[1], origin, in_transaction, method, &data].map(str::to_owned)
        };
        let members: Vec<State> = suffixes.iter().map(member).collect();
        if members.iter().all(|member| states.get(member) == Some(&releases)) {
            members.iter().for_each(|member| drop(states.remove(member)));
            let family = [&format!("{prefix}_*"), &state[1], "", "", "", object].map(str::to_owned);
            states.insert(family, releases);
        }
    }
    states
}
