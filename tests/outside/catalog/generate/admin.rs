//! The configuration and the menu of the Admin.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::sheet::{History, Releases, Sheet, short};
use crate::catalog::tables::{self, Row};

pub(super) fn sheets(folder: &Path, history: &History) -> [Sheet; 4] {
    [config(folder, history), paths(folder, history), menu(folder, history), models(folder, history)]
}

/// Groups within groups are left out: a setting is `section/group/field`.
fn config(folder: &Path, history: &History) -> Sheet {
    let rows = tables::read(&folder.join("config.csv"));
    let of_kind = |kind: &str, columns: [&str; 6]| -> BTreeMap<[String; 6], Releases> {
        let rows: Vec<Row> = rows.iter().filter(|row| row["kind"] == kind).cloned().collect();
        history.states(&rows, |row| columns.map(|column| row.get(column).cloned().unwrap_or_default()))
    };
    let tabs = of_kind("tab", ["path", "label", "module", "", "", ""]);
    let sections = of_kind("section", ["path", "label", "module", "tab", "resource", "show_in"]);
    let groups = of_kind("group", ["path", "module", "show_in", "", "", ""]);
    let head = "@tab\tlabel\tmodule\treleases, or section\tlabel\tmodule\ttab\tresource\tshown in\treleases, \
                then: group\tmodule\tshown in\treleases";
    let mut sheet = Sheet::new("config", head);
    for ([tab, label, module, ..], releases) in &tabs {
        sheet.line([&format!("@{tab}"), label, &short(module)], releases, history);
    }
    let all = history.order.iter().copied().collect();
    let ids: BTreeSet<&String> = sections.keys().map(|[id, ..]| id).collect();
    for id in ids {
        for (section, releases) in sections.iter().filter(|([section, ..], _)| section == id) {
            let [id, label, module, tab, resource, shown] = section;
            sheet.line([id, label, &short(module), tab, resource, shown], releases, history);
        }
        for ([path, module, shown, ..], releases) in &groups {
            match path.split_once('/') {
                Some((section, group)) if section == id && !group.contains('/') => {
                    sheet.below([group, &short(module), shown], releases, &all);
                }
                _ => {}
            }
        }
    }
    sheet
}

/// Paths of core's fields and paths where they store their values: `section/group/field`, by group.
fn paths(folder: &Path, history: &History) -> Sheet {
    let mut fields: BTreeMap<[String; 3], Releases> = BTreeMap::new();
    for row in tables::read(&folder.join("config_fields.csv")) {
        for path in ["path", "config_path"].map(|column| &row[column]) {
            let steps: Vec<&str> = path.split('/').collect();
            if let [section, group, field] = steps[..] {
                let key = [format!("{section}/{group}"), row["module"].clone(), field.to_owned()];
                fields.entry(key).or_default().extend(history.of(&row));
            }
        }
    }
    let mut groups: BTreeMap<&str, BTreeMap<(&str, &Releases), Vec<&str>>> = BTreeMap::new();
    for ([group, module, field], releases) in &fields {
        groups.entry(group).or_default().entry((module, releases)).or_default().push(field);
    }
    let mut sheet = Sheet::new("paths", "section/group, then: field …\tmodule\treleases");
    let all = history.order.iter().copied().collect();
    for (group, states) in groups {
        sheet.heading(group);
        for ((module, releases), fields) in states {
            sheet.below([&fields.join(" "), &short(module)], releases, &all);
        }
    }
    sheet
}

fn menu(folder: &Path, history: &History) -> Sheet {
    let mut sheet = Sheet::new("menu", "id\ttitle\tparent\tmodule, if it is another\treleases");
    let rows = tables::read(&folder.join("menu.csv"));
    let states = history.states(&rows, |row| {
        let named_after = row["id"].split("::").next().unwrap();
        let module = if row["module"] == named_after { "" } else { &row["module"] };
        [&row["id"], &row["title"], &row["parent"], module].map(str::to_owned)
    });
    for ([id, title, parent, module], releases) in &states {
        sheet.line([id, title, parent, &short(module)], releases, history);
    }
    sheet
}

/// Source and backend models of core.
fn models(folder: &Path, history: &History) -> Sheet {
    let mut sheet = Sheet::new("models", "class\treleases");
    let mut rows = tables::read(&folder.join("source_models.csv"));
    rows.retain(|row| matches!(row["kind"].as_str(), "source_model" | "backend_model"));
    let mut classes: BTreeMap<String, Releases> = BTreeMap::new();
    for row in &rows {
        classes.entry(short(&row["class"])).or_default().extend(history.of(row));
    }
    for (class, releases) in &classes {
        sheet.line([class], releases, history);
    }
    sheet
}
