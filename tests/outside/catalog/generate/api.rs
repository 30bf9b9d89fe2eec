//! Entities, data interfaces and services.

use std::{collections::BTreeMap, path::Path};

use magespec::names::MagentoVersion;

use super::sheet::{History, Releases, Sheet, short, short_of};
use crate::catalog::tables::{self, Row};

pub(super) fn sheets(folder: &Path, history: &History) -> [Sheet; 4] {
    [
        entities(folder, history),
        types(folder, history),
        extension_attributes(folder, history),
        services(folder, history),
    ]
}

fn entities(folder: &Path, history: &History) -> Sheet {
    let head =
        "entity\tmodel\tevent prefix\tevent object\tservice\tdata interface\tan AbstractModel\treleases";
    let mut sheet = Sheet::new("entities", head);
    for row in tables::read(&folder.join("entities.csv")) {
        let classes = ["model", "service_interface", "data_interface"].map(|column| short(&row[column]));
        let [model, service, data] = classes.each_ref().map(String::as_str);
        let columns = [
            &row["entity"],
            model,
            event_prefix(&row),
            &row["event_object"],
            service,
            data,
            &row["is_abstract_model"],
        ];
        sheet.line(columns, &history.of(&row), history);
    }
    sheet
}

/// The prefix, without the remark that it is inherited.
pub(crate) fn event_prefix(row: &Row) -> &str {
    row["event_prefix"].split(" (").next().unwrap()
}

fn types(folder: &Path, history: &History) -> Sheet {
    let mut fields: BTreeMap<String, BTreeMap<[String; 2], Releases>> = BTreeMap::new();
    for row in tables::read(&folder.join("models.csv")) {
        let states = fields.entry(row["data_interface"].clone()).or_default();
        let state = [row["field"].clone(), short_of(&row["data_interface"], &row["type"])];
        states.entry(state).or_default().extend(history.of(&row));
    }
    let head = "class\tkind\tin the web API\treleases, then: field\ttype\treleases";
    let mut sheet = Sheet::new("types", head);
    // Those that Magento generates stand with the interface whose extension attributes they are.
    for row in tables::read(&folder.join("types.csv")).iter().filter(|row| row["kind"] != "(generated)") {
        let releases = history.of(row);
        sheet.line([&short(&row["class"]), &row["kind"], &row["used_in_webapi"]], &releases, history);
        for (state, of_field) in fields.remove(&row["class"]).unwrap_or_default() {
            sheet.below(state.each_ref().map(String::as_str), &of_field, &releases);
        }
    }
    assert!(fields.is_empty(), "{fields:?}");
    sheet
}

fn extension_attributes(folder: &Path, history: &History) -> Sheet {
    let mut interfaces: BTreeMap<String, BTreeMap<[String; 3], Releases>> = BTreeMap::new();
    for row in tables::read(&folder.join("extension_attributes.csv")) {
        let state =
            [row["attribute"].clone(), short_of(&row["interface"], &row["type"]), short(&row["module"])];
        let states = interfaces.entry(row["interface"].clone()).or_default();
        states.entry(state).or_default().extend(history.of(&row));
    }
    let head = "interface, then: attribute\ttype\tmodule\treleases";
    let mut sheet = Sheet::new("extension_attributes", head);
    let all = history.order.iter().copied().collect();
    for (interface, attributes) in interfaces {
        sheet.heading(&short(&interface));
        for (state, releases) in attributes {
            sheet.below(state.each_ref().map(String::as_str), &releases, &all);
        }
    }
    sheet
}

fn services(folder: &Path, history: &History) -> Sheet {
    let rows = tables::read(&folder.join("services.csv"));
    let mut lines: BTreeMap<&str, Vec<(String, Releases)>> = BTreeMap::new();
    let mut methods: BTreeMap<Call, Releases> = BTreeMap::new();
    for row in &rows {
        let [parameters, returned] = ["params", "return"].map(|column| short_of(&row["class"], &row[column]));
        let text = [&row["method"], parameters.replace(", ", ";").as_str(), &returned].join("\t");
        lines.entry(&row["class"]).or_default().push((text, history.of(row)));
        let call = (row["class"].clone(), row["method"].clone());
        methods.entry(call).or_default().extend(history.of(row));
    }
    for ((class, line), releases) in routes(folder, &methods) {
        lines.get_mut(class.as_str()).unwrap().push((line, releases));
    }
    let head =
        "class, then: method\ttype $parameter = default;…\treturns\treleases, or @route\tmethod\treleases";
    let mut sheet = Sheet::new("services", head);
    for (class, lines) in lines {
        sheet.heading(&short(class));
        let all = history.order.iter().copied().collect();
        for (text, releases) in lines {
            sheet.below([&text], &releases, &all);
        }
    }
    sheet
}

/// Class and method.
type Call = (String, String);

/// The method that each route calls, by class. `webapi` has it for some releases. For others it is the method of the closest
/// release before that has the route, or else of the next, or the one in `history.csv`, which is the newest, provided that
/// the release has that method. Where the code of a route was not seen, its class is empty: its method is unknown.
fn routes(folder: &Path, methods: &BTreeMap<Call, Releases>) -> BTreeMap<(String, String), Releases> {
    let call = |row: &Row| (row["class"].trim_start_matches('\\').to_owned(), row["service_method"].clone());
    let mut said: BTreeMap<String, BTreeMap<MagentoVersion, Call>> = BTreeMap::new();
    for (release, rows) in tables::webapi(folder) {
        for row in rows {
            if !row["class"].is_empty() {
                said.entry(route(&row)).or_default().insert(release, call(&row));
            }
        }
    }
    let history = History::of_routes(folder);
    let mut routes: BTreeMap<(String, String), Releases> = BTreeMap::new();
    for row in tables::read(&folder.join("webapi/history.csv")) {
        let (route, newest) = (route(&row), call(&row));
        for release in history.of(&row) {
            let said = said.get(&route);
            let before = said.and_then(|said| said.range(..=release).next_back());
            let after = said.and_then(|said| said.range(release..).next());
            let calls = [before, after].into_iter().flatten().map(|(_, call)| call).chain([&newest]);
            let mut there =
                calls.filter(|&call| methods.get(call).is_some_and(|releases| releases.contains(&release)));
            if let Some((class, method)) = there.next() {
                let line = format!("@{route}\t{method}");
                routes.entry((class.clone(), line)).or_default().insert(release);
            }
        }
    }
    routes
}

/// `GET /V1/orders/:id`.
fn route(row: &Row) -> String {
    let [path, method, _] = tables::route(row);
    format!("{method} {path}")
}
