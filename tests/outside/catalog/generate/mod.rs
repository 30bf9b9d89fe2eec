//! The tables of `src/catalog/data` against outside data: what they would be if CSV tables beside the checkout said so.

mod admin;
pub(crate) mod api;
pub(crate) mod events;
mod jobs;
pub(crate) mod sheet;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::Path,
};

use magespec::names::MagentoVersion;

use self::sheet::{History, Sheet};
use super::tables;
use crate::{
    need::{Need, shared, trials},
    support::generated,
};

trials! {
    [Need::Shared("magento")] =>
        bundled_tables_agree_with_the_csv_files,
        bundled_tables_with_numbered_releases_agree_with_the_csv_files;
}

const HEAD: &str = "# Bundled with magespec; docs/architecture.md, The catalog, describes the format.";

fn bundled_tables_agree_with_the_csv_files() {
    let folder = shared("magento");
    let order: Vec<MagentoVersion> = tables::releases(&folder).into_iter().collect();
    generated::assert_current("src/catalog/data/releases.tsv", &releases(&folder, &order));
    generated::assert_current("src/catalog/data/acl.tsv", &acl(&folder, &order));
    generated::assert_current("src/catalog/data/routes.tsv", &routes(&folder, &order));
}

fn bundled_tables_with_numbered_releases_agree_with_the_csv_files() {
    let folder = shared("magento");
    let history = History::new(&folder);
    let mut sheets = vec![packages(&folder, &history)];
    sheets.extend(events::sheets(&folder, &history));
    sheets.extend(api::sheets(&folder, &history));
    sheets.extend(admin::sheets(&folder, &history));
    sheets.extend(jobs::sheets(&folder, &history));
    for (name, text) in sheet::render(&sheets, &history) {
        generated::assert_current(&format!("src/catalog/data/{name}.tsv"), &format!("{HEAD}\n{text}"));
    }
}

fn releases(folder: &Path, order: &[MagentoVersion]) -> String {
    let packages = tables::packages(folder);
    let php = tables::php(folder);
    let trees = tables::acl(folder);
    let bases = tables::bases(folder);
    let mut table = format!("{HEAD}\n# release\tPHP\tmagento/framework\tACL known\tbasis\n");
    for release in order {
        // No table has the framework of 2.3.4-p2, 2.4.6-p15 and 2.4.7-p10: it is that of the patch before.
        let framework = packages.range(..=(String::new(), *release)).next_back().unwrap().1.1.as_str();
        let has_acl = if trees.contains_key(release) { "yes" } else { "no" };
        writeln!(table, "{release}\t{}\t{framework}\t{has_acl}\t{}", php[release], bases[release]).unwrap();
    }
    table
}

fn acl(folder: &Path, order: &[MagentoVersion]) -> String {
    let mut rows: BTreeMap<[String; 6], BTreeSet<MagentoVersion>> = BTreeMap::new();
    for (release, tree) in tables::acl(folder) {
        for row in tree {
            let key = ["id", "parent", "title", "module", "sort_order", "disabled"]
                .map(|column| row[column].clone());
            rows.entry(key).or_default().insert(release);
        }
    }
    let mut table = format!("{HEAD}\n# id\tparent\ttitle\tmodule\tsort order\tdisabled\treleases\n");
    write_rows(&mut table, rows, folder, order);
    table
}

fn routes(folder: &Path, order: &[MagentoVersion]) -> String {
    let mut table = format!("{HEAD}\n# path\tmethod\tresources\treleases\n");
    write_rows(&mut table, tables::routes(folder), folder, order);
    table
}

/// A line for each row, with the releases for which those of the row stand in.
fn write_rows<const N: usize>(
    table: &mut String,
    rows: BTreeMap<[String; N], BTreeSet<MagentoVersion>>,
    folder: &Path,
    order: &[MagentoVersion],
) {
    let known: BTreeSet<MagentoVersion> = tables::acl(folder).into_keys().collect();
    let gaps = gaps(&known, order);
    for (row, mut releases) in rows {
        let stood_for = gaps.iter().filter(|(_, before)| releases.contains(before)).map(|&(gap, _)| gap);
        releases.extend(stood_for.collect::<Vec<_>>());
        writeln!(table, "{}\t{}", row.join("\t"), runs(&releases, order)).unwrap();
    }
}

fn packages(folder: &Path, history: &History) -> Sheet {
    let mut packages = tables::packages(folder);
    let modules: BTreeSet<String> = packages.keys().map(|(module, _)| module.clone()).collect();
    for (gap, before) in gaps(&tables::with_all_packages(folder), &history.order) {
        for module in &modules {
            if let Some(package) = packages.get(&(module.clone(), before)).cloned() {
                packages.entry((module.clone(), gap)).or_insert(package);
            }
        }
    }
    let mut modules: BTreeMap<(String, String), BTreeMap<String, BTreeSet<MagentoVersion>>> = BTreeMap::new();
    for ((module, release), (package, version)) in packages {
        if !module.is_empty() {
            modules.entry((module, package)).or_default().entry(version).or_default().insert(release);
        }
    }
    let mut sheet = Sheet::new("packages", "module\tpackage, then: version\treleases");
    let all = history.order.iter().copied().collect();
    for ((module, package), versions) in modules {
        sheet.heading(&format!("{module}\t{package}"));
        for (version, releases) in versions {
            sheet.below([&version], &releases, &all);
        }
    }
    sheet
}

/// The releases that are not all known, each with the one before it: what that has stands in.
pub(crate) fn gaps(
    known: &BTreeSet<MagentoVersion>,
    order: &[MagentoVersion],
) -> Vec<(MagentoVersion, MagentoVersion)> {
    order.windows(2).filter(|pair| !known.contains(&pair[1])).map(|pair| (pair[1], pair[0])).collect()
}

/// Releases as runs in version order: `2.0.0..2.1.3,2.2.0`.
pub(crate) fn runs(releases: &BTreeSet<MagentoVersion>, order: &[MagentoVersion]) -> String {
    let in_order: Vec<bool> = order.iter().map(|release| releases.contains(release)).collect();
    let mut runs = Vec::new();
    let mut at = 0;
    while at < order.len() {
        let length = in_order[at..].iter().take_while(|&&is_in| is_in).count();
        match length {
            0 => at += 1,
            1 => runs.push(order[at].to_string()),
            _ => runs.push(format!("{}..{}", order[at], order[at + length - 1])),
        }
        at += length;
    }
    runs.join(",")
}
