//! CSV tables of what releases ship, which may lie beside the checkout.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use magespec::{catalog::Basis, names::MagentoVersion};

/// One row, by column.
pub(crate) type Row = BTreeMap<String, String>;

pub(crate) fn read(path: &Path) -> Vec<Row> {
    let mut reader =
        csv::Reader::from_path(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// All releases, in version order: those of `versions.csv` and of `acl/index.csv`.
pub(crate) fn releases(folder: &Path) -> BTreeSet<MagentoVersion> {
    let versions = read(&folder.join("versions.csv"));
    let trees = read(&folder.join("acl/index.csv"));
    let versions = versions.iter().map(|row| &row["magento"]).chain(trees.iter().map(|row| &row["version"]));
    versions.map(|version| version.parse().unwrap()).collect()
}

/// The releases of which it is known what they ship besides ACL and routes.
pub(crate) fn known(folder: &Path) -> BTreeSet<MagentoVersion> {
    let rows = read(&folder.join("basis.csv"));
    let known = rows.iter().filter(|row| row["basis"] != "none");
    known.map(|row| row["release"].parse().unwrap()).collect()
}

/// Basis of the ACL or routes of each release, whichever is known less well. A release that is assumed for some modules,
/// or is in no table, is assumed.
pub(crate) fn bases(folder: &Path) -> BTreeMap<MagentoVersion, Basis> {
    let mut known = [BTreeMap::new(), BTreeMap::new()];
    for (known, file) in known.iter_mut().zip(["acl/basis.csv", "webapi/basis.csv"]) {
        for row in read(&folder.join(file)) {
            let basis = match row["basis"].as_str() {
                "real" => Basis::Real,
                "versions equal" if row["note"].contains("not seen, assumed") => Basis::Assumed,
                "same-day sister" | "between equal" | "versions equal" | "documented" => Basis::Deduced,
                "assumed" => Basis::Assumed,
                other => panic!("{other}"),
            };
            known.insert(row["release"].parse::<MagentoVersion>().unwrap(), basis);
        }
    }
    let basis =
        |release| known.iter().map(|known| known.get(&release).copied().unwrap_or(Basis::Assumed)).max();
    releases(folder).into_iter().map(|release| (release, basis(release).unwrap())).collect()
}

/// The merged ACL tree of each release that has one.
pub(crate) fn acl(folder: &Path) -> BTreeMap<MagentoVersion, Vec<Row>> {
    let index = read(&folder.join("acl/index.csv"));
    let tree =
        |row: &Row| (row["version"].parse().unwrap(), read(&folder.join("acl").join(&row["merged_csv"])));
    index.iter().map(tree).collect()
}

/// A route as the catalog has it, `(path, method, resources)`: Magento ignores a slash at the end of a path.
pub(crate) fn route(row: &Row) -> [String; 3] {
    [row["url"].trim_end_matches('/').to_owned(), row["method"].clone(), row["resources"].clone()]
}

/// The releases of each route and what it needs, from `webapi/history.csv`.
pub(crate) fn routes(folder: &Path) -> BTreeMap<[String; 3], BTreeSet<MagentoVersion>> {
    let known: BTreeSet<MagentoVersion> = acl(folder).into_keys().collect();
    let mut routes: BTreeMap<_, BTreeSet<MagentoVersion>> = BTreeMap::new();
    for row in read(&folder.join("webapi/history.csv")) {
        routes.entry(route(&row)).or_default().extend(releases_in(&row["releases"], &known));
    }
    routes
}

/// The releases of runs over those that are known: `2.0.0..2.1.3 2.2.0`.
pub(crate) fn releases_in(runs: &str, known: &BTreeSet<MagentoVersion>) -> BTreeSet<MagentoVersion> {
    let of_run = |run: &str| {
        let (first, last) = run.split_once("..").unwrap_or((run, run));
        let [first, last] = [first, last].map(|release| release.parse::<MagentoVersion>().unwrap());
        known.range(first..=last).copied().collect::<Vec<_>>()
    };
    runs.split(' ').flat_map(of_run).collect()
}

/// The routes of each release of which `webapi` has a file of its own.
pub(crate) fn routes_by_release(folder: &Path) -> BTreeMap<MagentoVersion, BTreeSet<[String; 3]>> {
    let routes = webapi(folder).into_iter();
    routes.map(|(release, rows)| (release, rows.iter().map(route).collect())).collect()
}

/// The rows of each release of which `webapi` has a file of its own.
pub(crate) fn webapi(folder: &Path) -> BTreeMap<MagentoVersion, Vec<Row>> {
    let files = std::fs::read_dir(folder.join("webapi")).unwrap().map(|entry| entry.unwrap().path());
    let release = |file: PathBuf| Some((file.file_stem()?.to_str()?.parse().ok()?, read(&file)));
    files.filter_map(release).collect()
}

/// Package and version of each module in each release: `(module, release)` to `(package, version)`. What
/// `packages.csv` lacks (2.2.11, 2.4.8-p5) is taken from `versions.csv`, which knows some modules of most releases.
pub(crate) fn packages(folder: &Path) -> BTreeMap<(String, MagentoVersion), (String, String)> {
    let mut packages = BTreeMap::new();
    let mut package_of = BTreeMap::new();
    for row in read(&folder.join("packages.csv")) {
        let module = row["module"].clone();
        package_of.insert(row["package"].clone(), module.clone());
        for release in row["releases"].split(' ') {
            let release = release.parse().unwrap();
            packages.insert((module.clone(), release), (row["package"].clone(), row["version"].clone()));
        }
    }
    for row in read(&folder.join("versions.csv")) {
        let release: MagentoVersion = row["magento"].parse().unwrap();
        for (column, version) in row.iter().filter(|(_, version)| !version.is_empty()) {
            let package = match column.as_str() {
                "framework" => "magento/framework".to_owned(),
                column if column.starts_with("module_") => format!("magento/{}", column.replace('_', "-")),
                _ => continue,
            };
            let module = package_of[&package].clone();
            packages.entry((module, release)).or_insert_with(|| (package, version.clone()));
        }
    }
    let read = READ.iter().flat_map(|(release, modules)| modules.iter().map(move |module| (release, module)));
    for (release, [module, package, version]) in read {
        let key = ((*module).to_owned(), release.parse().unwrap());
        packages.entry(key).or_insert_with(|| ((*package).to_owned(), (*version).to_owned()));
    }
    packages
}

/// Packages that the CSV tables lack, by release, and that the composer.lock of an installed release has.
const READ: [(&str, &[[&str; 3]]); 2] = [
    ("2.4.7-p8", &[["Magento_SampleData", "magento/module-sample-data", "100.4.5"]]),
    (
        "2.4.7-p3",
        &[
            ["PayPal_Braintree", "paypal/module-braintree-core", "4.6.1-p5"],
            ["PayPal_BraintreeCustomerBalance", "paypal/module-braintree-customer-balance", "4.6.1-p5"],
            ["PayPal_BraintreeGiftCardAccount", "paypal/module-braintree-gift-card-account", "4.6.1-p5"],
            ["PayPal_BraintreeGiftWrapping", "paypal/module-braintree-gift-wrapping", "4.6.1-p5"],
            ["PayPal_BraintreeGraphQl", "paypal/module-braintree-graph-ql", "4.6.1-p5"],
        ],
    ),
];

/// The rows of `events.csv`, and dispatches that it lacks (docs/magento/events.md#store-edit).
pub(crate) fn events(folder: &Path) -> Vec<Row> {
    let mut rows = read(&folder.join("events.csv"));
    let columns = [
        ("kind", "model"),
        ("module", "Magento_Store"),
        ("class", "Magento\\Store\\Model\\Store"),
        ("dispatched_by", ""),
        ("method", "afterSave"),
        ("data", "store:Magento\\Store\\Model\\Store"),
        ("in_transaction", "no"),
        ("origin", "model"),
        ("note", ""),
        ("releases", "2.2.6..2.4.8-p5"),
    ];
    for event in ["store_add", "store_edit"] {
        let row = columns.into_iter().chain([("event", event)]);
        rows.push(row.map(|(name, value)| (name.to_owned(), value.to_owned())).collect());
    }
    rows
}

/// The releases of which all packages are known. Of one whose `magento/framework` was not seen only those are known that the
/// product pins.
pub(crate) fn with_all_packages(folder: &Path) -> BTreeSet<MagentoVersion> {
    let packages = read(&folder.join("packages.csv"));
    let with_some: BTreeSet<MagentoVersion> = packages
        .iter()
        .flat_map(|row| row["releases"].split(' '))
        .map(|release| release.parse().unwrap())
        .collect();
    let versions = read(&folder.join("versions.csv"));
    let unseen = versions.iter().filter(|row| row["php_framework"].is_empty());
    let unseen: BTreeSet<MagentoVersion> = unseen.map(|row| row["magento"].parse().unwrap()).collect();
    &with_some - &unseen
}

/// PHP constraint of each release, as Magento writes it. 2.3.4-p2 stands in no table: it is a security patch of 2.3.4.
pub(crate) fn php(folder: &Path) -> BTreeMap<MagentoVersion, String> {
    let rows = read(&folder.join("versions.csv"));
    let mut php: BTreeMap<MagentoVersion, String> =
        rows.iter().map(|row| (row["magento"].parse().unwrap(), row["php_magento2_base"].clone())).collect();
    for release in releases(folder) {
        if !php.contains_key(&release) {
            let base = php[&MagentoVersion { p: 0, ..release }].clone();
            php.insert(release, base);
        }
    }
    php
}
