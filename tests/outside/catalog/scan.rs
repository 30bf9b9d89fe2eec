//! The ACL files of each release, scanned, against its merged table.

use std::{collections::BTreeSet, fs};

use super::tables;
use crate::{
    need::{Need, shared, trials},
    support::root::{module, root, rows, scanned, warnings, write},
};

trials! {
    [Need::Shared("magento")] =>
        acl_files_of_every_release_merge_to_its_table;
}

fn acl_files_of_every_release_merge_to_its_table() {
    let folder = shared("magento");
    let merged = tables::acl(&folder);
    let mut releases = 0;
    for entry in fs::read_dir(folder.join("acl")).unwrap().map(|entry| entry.unwrap().path()) {
        if !entry.is_dir() {
            continue;
        }
        let release = entry.file_name().unwrap().to_str().unwrap();
        let dir = root(release);
        for file in fs::read_dir(&entry).unwrap().map(|file| file.unwrap().path()) {
            let name = file.file_stem().unwrap().to_str().unwrap();
            module(dir.path(), name, &[], "");
            let acl = format!("app/code/{}/etc/acl.xml", name.replace('_', "/"));
            write(dir.path(), &acl, &fs::read_to_string(&file).unwrap());
        }
        let scan = scanned(dir.path());
        assert_eq!(warnings(&scan), [""; 0]);
        assert_eq!(scan.shop.version.to_string(), release);
        let columns = ["id", "parent", "title", "module", "sort_order", "disabled"];
        let expected: BTreeSet<[String; 6]> =
            merged[&scan.shop.version].iter().map(|row| columns.map(|column| row[column].clone())).collect();
        let found = rows(&scan.shop);
        assert_eq!(found.difference(&expected).collect::<Vec<_>>(), Vec::<&[String; 6]>::new(), "{release}");
        assert_eq!(found.len(), expected.len(), "{release}");
        releases += 1;
    }
    assert_eq!(releases, 21);
}
