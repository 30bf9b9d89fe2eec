//! A Magento root on disk, and what is read of it.

use std::{collections::BTreeSet, fs, path::Path};

use camino::Utf8Path;
use magespec::catalog::{
    Catalog, Shop,
    scan::{Scan, scan},
};

/// A root with nothing but its release.
pub(crate) fn root(release: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let require = format!("{{\"require\": {{\"magento/product-community-edition\": \"{release}\"}}}}");
    fs::write(dir.path().join("composer.json"), require).unwrap();
    dir
}

pub(crate) fn write(root: &Path, file: &str, text: &str) {
    let path = root.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Puts a module into app/code, with these resources, and loaded after others.
pub(crate) fn module(root: &Path, name: &str, sequence: &[&str], resources: &str) {
    let dir = format!("app/code/{}", name.replace('_', "/"));
    let sequence: String = sequence.iter().map(|name| format!("<module name=\"{name}\"/>")).collect();
    write(root, &format!("{dir}/registration.php"), "<?php\n");
    let declared =
        format!("<config><module name=\"{name}\"><sequence>{sequence}</sequence></module></config>");
    write(root, &format!("{dir}/etc/module.xml"), &declared);
    if !resources.is_empty() {
        let acl = format!("<config><acl><resources>{resources}</resources></acl></config>");
        write(root, &format!("{dir}/etc/acl.xml"), &acl);
    }
}

pub(crate) fn scanned(root: &Path) -> Scan {
    scan(Utf8Path::from_path(root).unwrap(), None).unwrap()
}

pub(crate) fn warnings(scan: &Scan) -> Vec<String> {
    scan.warnings.iter().map(ToString::to_string).collect()
}

/// Id, parent, title, module, sort order and whether it is switched off.
pub(crate) fn rows(shop: &Shop) -> BTreeSet<[String; 6]> {
    let catalog = Catalog::of_shop(shop.clone());
    let acl = catalog.shipped_acl(catalog.all());
    acl.rows_of(catalog.newest_checked().id).collect()
}
