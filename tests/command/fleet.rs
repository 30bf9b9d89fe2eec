//! Upgrades of Magento for many specs and shops.

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::{Ran, magespec, project};

const RESETS: &str = "Magento_Paypal::paypal";
const LOSES: &str = "Magento_Sales::create";
const QUIET: &str = "Magento_Sales::sales";

/// A spec of `Acme_<name>` whose integration has a resource.
fn spec(dir: &Path, name: &str, target: &str, resource: &str) {
    let folder = dir.join("specs").join(name.to_lowercase());
    fs::create_dir_all(&folder).unwrap();
    let text = format!(
        "[module]\nname = \"Acme_{name}\"\ndescription = \"x\"\nversion = \"1.0.0\"\n[target]\n{target}\n\
         [[integration]]\nname = \"Acme {name}\"\nemail = \"it@acme.com\"\nresources = [\"{resource}\"]\n"
    );
    fs::write(folder.join("integration.toml"), text).unwrap();
}

const TARGET: &str = "magento = \">=2.4.4 <2.4.9\"";

fn fleet() -> tempfile::TempDir {
    let dir = project();
    fs::remove_file(dir.path().join("integration.toml")).unwrap();
    for (name, resource) in [("Paypal", RESETS), ("Orders", LOSES), ("Sales", QUIET), ("Also", QUIET)] {
        spec(dir.path(), name, TARGET, resource);
    }
    dir
}

/// The file of a shop with a module of its own.
fn catalog(dir: &Path, name: &str, release: &str) {
    let text = format!(
        "magespec catalog 4\nrelease\t{release}\nmodule\tAcme_Stock\tacme/module-stock\t1.0.0\n\
         resource\tMagento_Backend::admin\t\tMagento Admin\t20\n\
         resource\tAcme_Stock::stock\tMagento_Backend::admin\tStock\t0\n"
    );
    fs::write(dir.join(name), text).unwrap();
}

fn upgrades(dir: &Path, arguments: &[&str]) -> Ran {
    magespec(dir, &[&["plan", "specs"], arguments].concat())
}

fn document(dir: &Path, arguments: &[&str]) -> Value {
    let ran = upgrades(dir, &[arguments, &["--format", "json"]].concat());
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", ran.stdout, ran.stderr))
}

const TWO: [&str; 6] = ["--upgrade", "2.4.6", "2.4.8", "--upgrade", "2.4.7-p4", "2.4.8"];

#[test]
fn each_spec_is_a_row_and_each_upgrade_a_column() {
    let dir = fleet();
    let ran = upgrades(dir.path(), &TWO);
    let table = "\
Spec         2.4.6 -> 2.4.8  2.4.7-p4 -> 2.4.8
Acme_Also    =               =
Acme_Orders  1 route lost    =
Acme_Paypal  1 reset         1 reset
             permissions +1  permissions +1
Acme_Sales   =               =

Acme_Orders, 2.4.6 -> 2.4.8

  # Acme Orders will be kept, with fewer routes: its status, key, secret and tokens do not change
  = integration \"Acme Orders\" {
      - route POST /V1/orders
    }

Acme_Paypal, 2.4.6 -> 2.4.8, 2.4.7-p4 -> 2.4.8

  # Acme Paypal will be reset: Magento deletes its row and creates a new one; its key, secret and tokens are lost
";
    assert!(ran.status == 0 && ran.stdout.starts_with(table), "{}{}", ran.stdout, ran.stderr);
    let end = "bin/magento maintenance:disable         # reopens the shop; production mode only\n\n\
               Plan: 2 to reset, 6 to keep (1 with fewer routes).\n";
    assert!(ran.stdout.ends_with(end), "{}", ran.stdout);
    assert_eq!(ran.stdout.matches("bin/magento setup:upgrade").count(), 1, "{}", ran.stdout);
    assert_eq!(ran.stderr.matches("warning[reset]").count(), 1, "{}", ran.stderr);
    assert_eq!(upgrades(dir.path(), &TWO).stdout, ran.stdout);
    assert_eq!(upgrades(dir.path(), &[&TWO[..], &["--exit-code"]].concat()).status, 2);
}

#[test]
fn rows_without_changes_can_be_folded() {
    let dir = fleet();
    let folded = upgrades(dir.path(), &[&TWO[..], &["--fold"]].concat()).stdout;
    assert!(!folded.contains("Acme_Sales") && folded.contains("\nAcme_Orders  1 route lost "), "{folded}");
    assert!(folded.contains("\n2 other specs: nothing changes\n"), "{folded}");
    let quiet = upgrades(dir.path(), &["--upgrade", "2.4.8", "2.4.8-p1", "--fold"]);
    assert!(quiet.stdout.starts_with("4 specs: nothing changes\n"), "{}", quiet.stdout);
    let alone = upgrades(dir.path(), &["--fold"]);
    assert!(alone.status == 1 && alone.stderr.contains("--upgrade <FROM> <TO>"), "{}", alone.stderr);
}

#[test]
fn markdown_has_the_table() {
    let dir = fleet();
    let text = upgrades(dir.path(), &[&TWO[..], &["--format", "markdown", "--fold"]].concat()).stdout;
    let start = "\
## Upgrades of Magento

| Spec | `2.4.6 -> 2.4.8` | `2.4.7-p4 -> 2.4.8` |
|---|---|---|
| `Acme_Orders` | **1 route lost** | = |
| `Acme_Paypal` | **1 reset**<br>permissions +1 | **1 reset**<br>permissions +1 |

2 other specs: nothing changes.

### `Acme_Orders`, `2.4.6 -> 2.4.8`

#### Acme Orders

Routes lost: `POST /V1/orders`

### `Acme_Paypal`, `2.4.6 -> 2.4.8, 2.4.7-p4 -> 2.4.8`
";
    assert!(text.starts_with(start), "{text}");
}

#[test]
fn json_has_the_matrix_beside_the_plans() {
    let dir = fleet();
    let document = document(dir.path(), &TWO);
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let expected = ["version", "integrations", "breaks", "missing", "steps", "notes", "upgrades", "matrix"];
    assert_eq!(keys(&document), expected);
    assert_eq!(document["upgrades"][1], json!({ "shop": null, "from": "2.4.7-p4", "to": "2.4.8" }));
    let row = &document["matrix"][2];
    assert_eq!(keys(row), ["spec", "module", "cells"]);
    assert_eq!([&row["spec"], &row["module"]], ["specs/paypal/integration.toml", "Acme_Paypal"]);
    let cell = json!({
        "action": "reset", "stops": 0, "resets": 1, "unknown": 0, "permissions": { "gained": 1, "lost": 0 },
        "routes": { "gained": 0, "lost": 0 }, "in_target": true,
    });
    assert_eq!(row["cells"], json!([cell, cell]));
    assert_eq!(document["matrix"][1]["cells"][0]["routes"]["lost"], 1);
    let integrations = document["integrations"].as_array().unwrap();
    assert_eq!(integrations.len(), 8);
    assert_eq!(integrations[5]["upgrade"], document["upgrades"][1]);
    assert_eq!(integrations[5]["spec"], "specs/paypal/integration.toml");
    let steps = document["steps"].as_array().unwrap().iter();
    assert_eq!(steps.filter(|step| step["module"] == "Acme_Paypal").count(), 6, "once for both upgrades");
}

#[test]
fn a_spec_with_errors_keeps_its_row() {
    let dir = fleet();
    spec(dir.path(), "Zero", TARGET, "Magento_Sales::nothing");
    let ran = upgrades(dir.path(), &TWO);
    let row = "\nspecs/zero/integration.toml  error           error\n";
    assert!(ran.status == 1 && ran.stdout.contains(row), "{}", ran.stdout);
    assert!(ran.stderr.contains("error[unknown-resource]"), "{}", ran.stderr);
    let document = document(dir.path(), &TWO);
    assert_eq!(document["matrix"][4]["module"], Value::Null);
    assert_eq!(document["matrix"][4]["cells"], json!([{ "action": "error" }, { "action": "error" }]));
}

#[test]
fn catalogs_that_specs_name_are_shops() {
    let dir = fleet();
    catalog(dir.path(), "eu.catalog", "2.4.6");
    catalog(dir.path(), "us.catalog", "2.4.7-p4");
    let target = |files: &str| format!("{TARGET}\ncatalog = {files}");
    spec(dir.path(), "Staff", &target("[\"../../eu.catalog\", \"../../us.catalog\"]"), "Acme_Stock::stock");
    spec(dir.path(), "Store", &target("\"../../us.catalog\""), "Acme_Stock::stock");
    let ran = upgrades(dir.path(), &TWO);
    let table = "\
Spec         Magento         Magento            eu.catalog      us.catalog
             2.4.6 -> 2.4.8  2.4.7-p4 -> 2.4.8  2.4.6 -> 2.4.8  2.4.7-p4 -> 2.4.8
Acme_Also    =               =
Acme_Orders  1 route lost    =
Acme_Paypal  1 reset         1 reset
             permissions +1  permissions +1
Acme_Sales   =               =
Acme_Staff                                      =               =
Acme_Store                                                      =
";
    assert!(ran.stdout.starts_with(table), "{}{}", ran.stdout, ran.stderr);
    let document = document(dir.path(), &TWO);
    assert_eq!(document["matrix"][5]["cells"][2], Value::Null);
    assert_eq!(document["upgrades"][2]["shop"], "eu.catalog");
    let only = magespec(dir.path(), &["plan", "specs/store", "--upgrade", "2.4.6", "2.4.8"]);
    assert!(only.stdout.starts_with("Acme_Store in 2.4.8, after an upgrade from 2.4.6\n"), "{}", only.stdout);
    let note = "note: us.catalog is a shop with Magento 2.4.7-p4, planned as if it had 2.4.6; `--upgrade installed 2.4.8` \
                starts from its own release\n";
    assert!(only.stderr.contains(note), "{}", only.stderr);
}

#[test]
fn catalogs_on_the_command_line_are_shops_of_all_specs() {
    let dir = fleet();
    catalog(dir.path(), "eu.catalog", "2.4.6");
    catalog(dir.path(), "us.catalog", "2.4.7-p4");
    catalog(dir.path(), "new.catalog", "2.4.8");
    let shops = ["--catalog", "eu.catalog", "--catalog", "us.catalog", "--catalog", "new.catalog"];
    let ran = upgrades(dir.path(), &[&["--upgrade", "installed", "2.4.8"], &shops[..]].concat());
    let table = "\
Spec         eu.catalog      us.catalog
             2.4.6 -> 2.4.8  2.4.7-p4 -> 2.4.8
Acme_Also    =               =
Acme_Orders  1 route lost    =
";
    assert!(ran.stdout.starts_with(table), "{}{}", ran.stdout, ran.stderr);
    let shops = ["--catalog", "eu.catalog", "--catalog", "old.catalog"];
    catalog(dir.path(), "old.catalog", "2.4.7-p10");
    let known = upgrades(dir.path(), &[&["--upgrade", "installed", "2.4.8"], &shops[..]].concat()).stderr;
    assert!(
        known.contains("note: the ACL and routes of 2.4.7-p10 are assumed") && known.contains("2.4.7-p10"),
        "{known}"
    );
    let left_out = "note: new.catalog already runs Magento 2.4.8; an upgrade to 2.4.8 is left out\n";
    assert!(ran.stderr.contains(left_out), "{}", ran.stderr);
    let one = ["plan", "specs/orders", "--upgrade", "installed", "2.4.8", "--catalog", "eu.catalog"];
    let one = magespec(dir.path(), &one).stdout;
    assert!(one.starts_with("Acme_Orders in 2.4.8, after an upgrade of eu.catalog from 2.4.6\n"), "{one}");
}

#[test]
fn what_cannot_be_planned_is_said() {
    let dir = fleet();
    catalog(dir.path(), "eu.catalog", "2.4.6");
    catalog(dir.path(), "us.catalog", "2.4.8");
    for (arguments, message) in [
        (
            &["--upgrade", "installed", "2.4.8"][..],
            "error: `installed` is the release of a shop: name its catalog",
        ),
        (&["--upgrade", "2.4.8", "installed"], "error: --upgrade ends with a release: --upgrade FROM TO"),
        (&["--upgrade", "2.4.8", "2.4.7"], "error: 2.4.7 is not newer than 2.4.8: "),
        (&["--upgrade", "2.4", "2.4.7"], "`2.4` is not a Magento version such as `2.4.7`"),
        (
            &["--upgrade", "installed", "2.4.8", "--catalog", "us.catalog"],
            "error: no shop needs the upgrade: us.catalog already runs Magento 2.4.8",
        ),
        (
            &["--catalog", "eu.catalog", "--catalog", "us.catalog"],
            "a spec is compared with one shop; name one",
        ),
    ] {
        let ran = upgrades(dir.path(), arguments);
        assert!(ran.status == 1 && ran.stderr.contains(message), "{arguments:?}: {}", ran.stderr);
    }
    let twice = ["check", "specs", "--catalog", "eu.catalog", "--catalog", "us.catalog"];
    let twice = magespec(dir.path(), &twice);
    assert!(twice.status == 1 && twice.stderr.contains("cannot be used multiple times"), "{}", twice.stderr);
    let beyond = upgrades(dir.path(), &["--upgrade", "2.4.8", "2.4.9"]);
    let warning = "warning: 2.4.9 is not in the target of Acme_Also, Acme_Orders, Acme_Paypal and 1 other module: the plans are \
                   hypothetical, and the specs were not checked for it\n";
    assert!(beyond.stderr.contains(warning), "{}", beyond.stderr);
    assert_eq!(
        beyond.stderr.matches("note: the ACL and routes of 2.4.9 are assumed").count(),
        1,
        "{}",
        beyond.stderr
    );
}
