//! Entities, data interfaces and services.

use std::{collections::BTreeMap, path::Path};

use super::sheet::{History, Releases, Sheet, short, short_of};
use crate::tables;

pub(super) fn sheets(folder: &Path, history: &History) -> [Sheet; 3] {
    [entities(folder, history), types(folder, history), services(folder, history)]
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
            &row["event_prefix"],
            &row["event_object"],
            service,
            data,
            &row["is_abstract_model"],
        ];
        sheet.line(columns, &history.of(&row), history);
    }
    sheet
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

fn services(folder: &Path, history: &History) -> Sheet {
    let mut classes: BTreeMap<String, Vec<(String, Releases)>> = BTreeMap::new();
    for row in tables::read(&folder.join("services.csv")) {
        let [parameters, returned] = ["params", "return"].map(|column| short_of(&row["class"], &row[column]));
        let text = [&row["method"], parameters.replace(", ", ";").as_str(), &returned].join("\t");
        classes.entry(row["class"].clone()).or_default().push((text, history.of(&row)));
    }
    let mut routes: BTreeMap<(String, String), Releases> = BTreeMap::new();
    for row in tables::read(&folder.join("webapi/history.csv")) {
        let [path, method, _] = tables::route(&row);
        let route = format!("@{method} {path}\t{}", row["service_method"]);
        routes.entry((row["class"].clone(), route)).or_default().extend(history.of(&row));
    }
    for ((class, route), releases) in routes {
        // Of bundled vendors' classes the methods are not known.
        if let Some(lines) = classes.get_mut(&class) {
            lines.push((route, releases));
        }
    }
    let head =
        "class, then: method\ttype $parameter = default;…\treturns\treleases, or @route\tmethod\treleases";
    let mut sheet = Sheet::new("services", head);
    for (class, lines) in classes {
        sheet.heading(&short(&class));
        let all = history.order.iter().copied().collect();
        for (text, releases) in lines {
            sheet.below([&text], &releases, &all);
        }
    }
    sheet
}
