//! The Admin's configuration and menu, cron and topics, against the tables.

use std::collections::BTreeSet;

use magespec::{
    catalog::{Catalog, Scopes, VersionedRow, VersionedTable},
    names::MagentoVersion,
};

use super::{generate::sheet::History, tables};
use crate::need::{Need, shared, trials};

trials! {
    [Need::Shared("magento")] =>
        tabs_sections_and_groups_of_every_release_are_the_tables,
        paths_of_every_release_are_the_tables,
        menu_of_every_release_is_the_table,
        models_of_every_release_are_the_table,
        cron_and_topics_of_every_release_are_the_tables;
}

type Found<const N: usize> = BTreeSet<([String; N], MagentoVersion)>;

/// The rows of a table by what `columns` takes of each, in each of its releases.
fn found<'a, T: VersionedRow + 'a, const N: usize>(
    table: &'a VersionedTable<T>,
    columns: impl Fn(&'a T) -> [&'a str; N],
) -> Found<N> {
    let mut found = BTreeSet::new();
    for row in table.iter() {
        for id in row.releases().iter() {
            found.insert((columns(row).map(str::to_owned), Catalog::bundled().release(id).version));
        }
    }
    found
}

/// The same of a CSV file.
fn expected<const N: usize>(
    file: &str,
    is_row: impl Fn(&tables::Row) -> bool,
    columns: [&str; N],
) -> Found<N> {
    let folder = shared("magento");
    let history = History::new(&folder);
    let mut expected = BTreeSet::new();
    for row in tables::read(&folder.join(file)).iter().filter(|row| is_row(row)) {
        let columns = columns.map(|column| row[column].clone());
        expected.extend(history.of(row).into_iter().map(|release| (columns.clone(), release)));
    }
    assert!(expected.len() > 100, "{file} {}", expected.len());
    expected
}

fn scopes(scopes: Scopes) -> &'static str {
    match (scopes.default, scopes.website, scopes.store) {
        (false, false, false) => "",
        (true, false, false) => "d",
        (true, true, false) => "dw",
        (true, false, true) => "ds",
        (false, true, true) => "ws",
        (false, true, false) => "w",
        (false, false, true) => "s",
        (true, true, true) => "dws",
    }
}

fn tabs_sections_and_groups_of_every_release_are_the_tables() {
    let config = Catalog::bundled().config();
    let of_kind = |kind: &'static str| move |row: &tables::Row| row["kind"] == kind;
    let tabs = expected("config.csv", of_kind("tab"), ["path", "label", "module"]);
    assert_eq!(found(&config.tabs, |tab| [tab.id, tab.label, &tab.module]), tabs);
    let columns = ["path", "label", "module", "tab", "resource", "show_in"];
    let sections =
        found(&config.sections, |it| [it.id, it.label, &it.module, it.tab, it.resource, scopes(it.scopes)]);
    assert_eq!(sections, expected("config.csv", of_kind("section"), columns));
    let groups = found(&config.groups, |group| [&group.id, &group.module, scopes(group.scopes)]);
    let is_outer = |row: &tables::Row| row["kind"] == "group" && row["path"].matches('/').count() == 1;
    assert_eq!(groups, expected("config.csv", is_outer, ["path", "module", "show_in"]));
}

fn paths_of_every_release_are_the_tables() {
    let short = |column: &'static str| move |row: &tables::Row| row[column].matches('/').count() == 2;
    let mut paths = expected("config_fields.csv", short("path"), ["path", "module"]);
    paths.extend(expected("config_fields.csv", short("config_path"), ["config_path", "module"]));
    assert_eq!(found(Catalog::bundled().config_paths(), |path| [&path.path, &path.module]), paths);
}

fn menu_of_every_release_is_the_table() {
    let columns = ["id", "title", "parent", "module"];
    let menu = expected("menu.csv", |_| true, columns);
    assert_eq!(found(Catalog::bundled().menu(), |it| [it.id, it.title, it.parent, &it.module]), menu);
}

fn models_of_every_release_are_the_table() {
    let is_model = |row: &tables::Row| matches!(row["kind"].as_str(), "source_model" | "backend_model");
    let models = found(Catalog::bundled().setting_models(), |model| [&model.class]);
    assert_eq!(models, expected("source_models.csv", is_model, ["class"]));
}

fn cron_and_topics_of_every_release_are_the_tables() {
    let catalog = Catalog::bundled();
    let groups = expected("cron_groups.csv", |_| true, ["id", "module"]);
    assert_eq!(found(&catalog.cron().groups, |group| [group.id, &group.module]), groups);
    let jobs = found(&catalog.cron().jobs, |job| [job.group, job.name, &job.module]);
    assert_eq!(jobs, expected("cron_jobs.csv", |_| true, ["group", "name", "module"]));
    let topics = found(catalog.topics(), |topic| [topic.name, &topic.module]);
    assert_eq!(topics, expected("topics.csv", |row| row["kind"] == "topic", ["name", "module"]));
}
