//! What the tables have after releases were added.

use super::made::{Folder, add, open_source, tables, with};

/// Rows of each table with the made release 2.4.9 beside 2.4.8, which has nothing.
const ROWS: [(&str, &str); 17] = [
    ("releases", "2.4.8\t~8.3.0\t103.0.8\tyes\treal\n2.4.9\t~8.3.0||~8.4.0\t103.0.9\tyes\treal\n"),
    (
        "acl",
        "Magento_Backend::admin\t\tMagento Admin\tMagento_Made\t20\t0\t2.4.9\n\
         Magento_Made::old\tMagento_Made::things\tOld\tMagento_Made\t0\t1\t2.4.9\n\
         Magento_Made::things\tMagento_Backend::admin\tThings\tMagento_Made\t30\t0\t2.4.9\n",
    ),
    ("routes", "/V1/things/:id\tGET\tMagento_Made::things\t2.4.9\n"),
    ("packages", "Magento_Made\tmagento/module-made\n\t1.2.3\t1\n"),
    (
        "events",
        "\\Framework\\Model\\AbstractModel\n\
         \tcore_abstract_*\tmodel\t\t\t\tobject\t1\n\
         \\Made\\Api\\Data\\ThingInterface\n\
         \tmagento_made_api_data_thinginterface_*\tentity_manager\t\t\t\t\t1\n\
         \\Made\\Model\\Grid\n\
         \tmade_grid_load_after\tcollection\tresource model\tno\t(di.xml argument eventPrefix)\tgrid:.\t1\n\
         \tmade_grid_load_before\tcollection\tresource model\tno\t(di.xml argument eventPrefix)\tgrid:.\t1\n\
         \\Made\\Model\\Thing\n\
         \tmade_thing_*\tmodel\t\t\t\tthing\t1\n\
         \tmade_thing_add\tmodel\tmodel\tcaller\tchange\tthing:.\t1\n\
         \tmade_thing_done\tliteral\tmodel\tcaller\tfinish\tthing:.;other:\\Made\\Api\\Data\\ThingInterface?;note:string\t1\n\
         \tmade_thing_edit\tmodel\tmodel\tcaller\tchange\tthing:.\t1\n\
         \tmade_thing_finish\tmodel\tmodel\tcaller\tfinish\tthing:.\t1\n\
         \tmade_{code}_call\tpattern\tmodel\tcaller\tcall\tdata_object:.;thing:.\t1\n",
    ),
    (
        "entities",
        "thing\t\\Made\\Model\\Thing\tmade_thing\tthing\t\t\\Made\\Api\\Data\\ThingInterface\tyes\n",
    ),
    (
        "types",
        "\\Made\\Api\\Data\\ThingInterface\tinterface\tyes\t1\n\
         \tactive\tbool\n\tid\tint?\n\tparts\t~ThingInterface[]\n",
    ),
    (
        "services",
        "\\Made\\Api\\ThingRepositoryInterface\n\
         \tdelete\t~Data\\ThingInterface $thing\tbool\t1\n\
         \tget\tint $id;string[] $fields = ['id', 'parts']\t~Data\\ThingInterface\t1\n\
         \t@GET /V1/things/:id\tget\t1\n",
    ),
    (
        "config",
        "@made\tMade\t\\Made\t1\n\
         made\tMade\t\\Made\tmade\tMagento_Made::things\tdw\t1\n\tgeneral\t\\Made\td\t1\n",
    ),
    ("paths", "made/general\n\tlimit moved on\t\\Made\t1\nother/place\n\tmoved\t\\Made\t1\n"),
    ("menu", "Magento_Made::menu\tMade Things\tMagento_Backend::stores\t\t1\n"),
    ("models", "\\Made\\Model\\Thing\t1\n"),
    ("cron", "made\t\\Made\t1\n\tmade_job\t\\Made\t1\n=undeclared\n\tmade_other\t\\Made\t1\n"),
    ("topics", "made.topic\t\\Made\t1\n"),
    ("observers", "@read\t2.3.7\t2.4.9\nmade_thing_done\n\tmade_on_done\t\\Made\t\t4\n"),
    ("mage_os", ""),
    ("runs", "1\t2.4.9\n"),
];

const MODULE: &str = "vendor/magento/module-made";

/// The release after 2.4.9: a resource has another title, a field another type, a route is gone, and an event has more data.
fn later() -> Folder {
    let root = open_source("2.4.10");
    root.edit(&format!("{MODULE}/etc/acl.xml"), "title=\"Things\"", "title=\"All Things\"");
    root.edit(&format!("{MODULE}/Api/Data/ThingInterface.php"), "isActive(): bool", "isActive(): ?bool");
    root.edit(
        &format!("{MODULE}/Model/Thing.php"),
        "$data['note']",
        "$data['why'] = $why;\n        $data['note']",
    );
    root.remove(&format!("{MODULE}/etc/webapi.xml"));
    root
}

#[test]
fn a_release_is_added_to_every_table() {
    let tables = tables();
    let report = add(&tables, &open_source("2.4.9")).unwrap();
    for (table, rows) in ROWS {
        assert_eq!(tables.rows(table), rows, "{table}");
    }
    for line in [
        "left out, because the release does not ship them: Acme_Shop",
        "changed since 2.4.8:",
        "  PHP: ~8.3.0 -> ~8.3.0||~8.4.0",
        "  ACL resources: 3 added, 0 removed",
        "    + /V1/things/:id  GET  Magento_Made::things",
        "  unchanged: entities, extension attributes",
        "    made_thing_done of Magento\\Made\\Model\\Thing::finish",
        "  dispatches whose names are computed:\n    Magento\\Made\\Model\\Thing::call",
    ] {
        assert!(report.contains(&format!("{line}\n")), "{line}\n{report}");
    }
}

#[test]
fn what_differs_in_the_next_release_gets_rows_of_its_own() {
    let tables = tables();
    add(&tables, &open_source("2.4.9")).unwrap();
    let report = add(&tables, &later()).unwrap();
    assert_eq!(
        tables.rows("acl"),
        "Magento_Backend::admin\t\tMagento Admin\tMagento_Made\t20\t0\t2.4.9..2.4.10\n\
         Magento_Made::old\tMagento_Made::things\tOld\tMagento_Made\t0\t1\t2.4.9..2.4.10\n\
         Magento_Made::things\tMagento_Backend::admin\tAll Things\tMagento_Made\t30\t0\t2.4.10\n\
         Magento_Made::things\tMagento_Backend::admin\tThings\tMagento_Made\t30\t0\t2.4.9\n"
    );
    assert_eq!(tables.rows("runs"), "1\t2.4.9\n2\t2.4.9..2.4.10\n3\t2.4.10\n");
    assert_eq!(tables.rows("routes"), ROWS[2].1);
    assert_eq!(
        tables.rows("types"),
        "\\Made\\Api\\Data\\ThingInterface\tinterface\tyes\t2\n\
         \tactive\tbool\t1\n\tactive\tbool?\t3\n\tid\tint?\n\tparts\t~ThingInterface[]\n",
        "a type that a route named stays marked"
    );
    let events = tables.rows("events");
    assert!(events.contains("other:\\Made\\Api\\Data\\ThingInterface?;why;note:string\t3\n"), "{events}");
    assert!(report.contains("changed since 2.4.9:\n"), "{report}");
    assert!(report.contains("    - /V1/things/:id  GET  Magento_Made::things\n"), "{report}");
}

#[test]
fn types_and_transactions_of_a_dispatch_are_those_of_the_release_before() {
    let tables = tables();
    let known = "\tmade_thing_finish\tmodel\tmodel\tyes\tfinish runs\tthing:\\Made\\Other\n";
    tables.write("events.tsv", &format!("# made\n# columns\n\\Made\\Model\\Thing\n{known}"));
    let report = add(&tables, &open_source("2.4.9")).unwrap();
    assert!(tables.rows("events").contains(known), "{}", tables.rows("events"));
    assert!(!report.contains("made_thing_finish of"), "{report}");
}

#[test]
fn a_release_that_is_removed_and_added_again_leaves_the_same_tables() {
    let tables = tables();
    let (first, second) = (open_source("2.4.9"), later());
    add(&tables, &first).unwrap();
    add(&tables, &second).unwrap();
    let files = tables.files();
    for (root, release) in [(&first, "2.4.9"), (&second, "2.4.10")] {
        let removed = with(&tables, |args| args.remove = Some(release.parse().unwrap())).unwrap();
        assert!(
            removed.starts_with(&format!("removed {release}\n")) && removed.contains("\nchanged in "),
            "{removed}"
        );
        assert_eq!(removed.contains("observers of 2.4 were read in it"), release == "2.4.10", "{removed}");
        assert_ne!(tables.files(), files);
        add(&tables, root).unwrap();
        assert_eq!(tables.files(), files, "{release}");
        let replaced = with(&tables, |args| {
            args.root = Some(root.path().to_owned());
            args.replace = true;
        });
        assert!(replaced.as_ref().unwrap().ends_with("\nno table changed\n"), "{replaced:?}");
        assert_eq!(tables.files(), files, "{release}");
    }
}

#[test]
fn a_dry_run_writes_nothing() {
    let tables = tables();
    let files = tables.files();
    let root = open_source("2.4.9");
    let report = with(&tables, |args| {
        args.root = Some(root.path().to_owned());
        args.dry_run = true;
    });
    assert!(report.unwrap().contains("\nwould change in "));
    assert_eq!(tables.files(), files);
}
