//! The Admin's configuration and menu, cron and topics.

use std::collections::BTreeSet;

use magespec::{
    catalog::{Catalog, ReleaseSet, Scopes, Shop, VersionedRow, VersionedTable},
    names::MagentoVersion,
};

use super::{generate::sheet::History, tables};

type Found<const N: usize> = BTreeSet<([String; N], MagentoVersion)>;

fn in_releases(constraint: &str) -> ReleaseSet {
    Catalog::bundled().resolve(&constraint.parse().unwrap()).unwrap().releases
}

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
) -> Option<Found<N>> {
    let folder = tables::folder()?;
    let history = History::new(&folder);
    let mut expected = BTreeSet::new();
    for row in tables::read(&folder.join(file)).iter().filter(|row| is_row(row)) {
        let columns = columns.map(|column| row[column].clone());
        expected.extend(history.of(row).into_iter().map(|release| (columns.clone(), release)));
    }
    assert!(expected.len() > 100, "{file} {}", expected.len());
    Some(expected)
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

#[test]
fn tabs_sections_and_groups_of_every_release_are_the_tables() {
    let config = Catalog::bundled().config();
    let of_kind = |kind: &'static str| move |row: &tables::Row| row["kind"] == kind;
    let Some(tabs) = expected("config.csv", of_kind("tab"), ["path", "label", "module"]) else { return };
    assert_eq!(found(&config.tabs, |tab| [tab.id, tab.label, &tab.module]), tabs);
    let columns = ["path", "label", "module", "tab", "resource", "show_in"];
    let sections =
        found(&config.sections, |it| [it.id, it.label, &it.module, it.tab, it.resource, scopes(it.scopes)]);
    assert_eq!(Some(sections), expected("config.csv", of_kind("section"), columns));
    let groups = found(&config.groups, |group| [&group.id, &group.module, scopes(group.scopes)]);
    let is_outer = |row: &tables::Row| row["kind"] == "group" && row["path"].matches('/').count() == 1;
    assert_eq!(Some(groups), expected("config.csv", is_outer, ["path", "module", "show_in"]));
}

#[test]
fn paths_of_every_release_are_the_tables() {
    let short = |column: &'static str| move |row: &tables::Row| row[column].matches('/').count() == 2;
    let paths = expected("config_fields.csv", short("path"), ["path", "module"]);
    let Some(mut paths) = paths else { return };
    paths.extend(expected("config_fields.csv", short("config_path"), ["config_path", "module"]).unwrap());
    assert_eq!(found(Catalog::bundled().config_paths(), |path| [&path.path, &path.module]), paths);
}

#[test]
fn menu_of_every_release_is_the_table() {
    let columns = ["id", "title", "parent", "module"];
    let Some(menu) = expected("menu.csv", |_| true, columns) else { return };
    assert_eq!(found(Catalog::bundled().menu(), |it| [it.id, it.title, it.parent, &it.module]), menu);
}

#[test]
fn cron_and_topics_of_every_release_are_the_tables() {
    let catalog = Catalog::bundled();
    let Some(groups) = expected("cron_groups.csv", |_| true, ["id", "module"]) else { return };
    assert_eq!(found(&catalog.cron().groups, |group| [group.id, &group.module]), groups);
    let jobs = found(&catalog.cron().jobs, |job| [job.group, job.name, &job.module]);
    assert_eq!(Some(jobs), expected("cron_jobs.csv", |_| true, ["group", "name", "module"]));
    let topics = found(catalog.topics(), |topic| [topic.name, &topic.module]);
    assert_eq!(Some(topics), expected("topics.csv", |row| row["kind"] == "topic", ["name", "module"]));
}

#[test]
fn what_is_in_one_release_only_is_told() {
    let catalog = Catalog::bundled();
    let config = catalog.config();
    assert_eq!(config.tabs.releases_of("service"), catalog.all());
    assert_eq!(config.groups.releases_of("admin/grid"), in_releases(">=2.4.6"));
    let section =
        |version: &str| config.sections.at("advanced", in_releases(version).first().unwrap()).unwrap();
    assert_eq!(section("=2.3.3").resource, "Magento_Backend::advanced");
    assert_eq!(section("=2.3.4").resource, "Magento_Config::advanced");
    assert_eq!(section("=2.4.8").label, "Advanced");
    assert!(section("=2.0.0").scopes.store && !section("=2.4.8").scopes.default);
    assert_eq!(catalog.cron().groups.releases_of("consumers"), in_releases(">=2.3.0"));
    assert!(catalog.topics().ids(in_releases("<2.3.0")).next().is_none());
}

#[test]
fn paths_are_those_of_fields_and_of_their_values() {
    let paths = Catalog::bundled().config_paths();
    assert_eq!(paths.find("general/store_information/name")[0].module, "Magento_Backend");
    assert!(!paths.find("payment/checkmo/active").is_empty());
    assert!(paths.find("payment/paypal_express/active").len() == 1, "only a value is stored there");
    assert!(paths.find("acme_erpbridge/connection/enabled").is_empty());
}

#[test]
fn near_ids_are_found() {
    let catalog = Catalog::bundled();
    let newest = in_releases("2.4.8");
    let config = catalog.config();
    assert_eq!(config.tabs.nearest("services", newest), ["service"]);
    assert_eq!(config.sections.nearest("catlog", newest)[0], "catalog");
    assert_eq!(config.groups.nearest("sales/generl", newest)[0], "sales/general");
    assert_eq!(
        catalog.menu().nearest("Magento_Backend::store_settings", newest)[0],
        "Magento_Backend::stores_settings"
    );
    assert_eq!(catalog.menu().nearest("stores_settings", newest)[0], "Magento_Backend::stores_settings");
    assert_eq!(catalog.cron().groups.nearest("defualt", newest), ["default"]);
    assert_eq!(config.tabs.nearest("yotpoo", newest), [""; 0], "gone before");
}

#[test]
fn a_shop_has_the_configuration_of_its_release() {
    let shop = Catalog::of_shop(Shop::new("2.4.5-p1".parse().unwrap()));
    assert_eq!(shop.config().tabs.releases_of("service"), shop.all());
    assert!(shop.config().groups.find("admin/grid").is_empty());
    assert_eq!(shop.menu().releases_of("Magento_Backend::stores_settings"), shop.all());
    assert_eq!(shop.cron().groups.releases_of("default"), shop.all());
    assert!(!shop.config_paths().find("general/store_information/name").is_empty());
    assert!(shop.topics().iter().count() > 5);
}
