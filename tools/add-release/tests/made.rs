//! A small Magento root, and small tables.

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use tempfile::TempDir;

use crate::{Args, run, tables::TABLES};

/// Folder that is deleted with the value.
pub(super) struct Folder(TempDir);

impl Folder {
    pub(super) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(super) fn path(&self) -> &Utf8Path {
        Utf8Path::from_path(self.0.path()).unwrap()
    }

    pub(super) fn write(&self, file: &str, text: &str) -> &Self {
        let path = self.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub(super) fn remove(&self, file: &str) {
        fs::remove_file(self.path().join(file)).unwrap();
    }

    /// Replaces a text that a file has once.
    pub(super) fn edit(&self, file: &str, old: &str, new: &str) {
        let text = self.read(file);
        assert_eq!(text.matches(old).count(), 1, "{file}: {old}");
        self.write(file, &text.replace(old, new));
    }

    pub(super) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path().join(file)).unwrap()
    }

    /// All files with their texts.
    pub(super) fn files(&self) -> Vec<(Utf8PathBuf, String)> {
        let mut files: Vec<Utf8PathBuf> =
            self.path().read_dir_utf8().unwrap().map(|entry| entry.unwrap().path().to_owned()).collect();
        files.sort();
        files.into_iter().map(|file| (file.clone(), fs::read_to_string(file).unwrap())).collect()
    }

    /// Rows of a table, without the comments.
    pub(super) fn rows(&self, table: &str) -> String {
        let text = self.read(&format!("{table}.tsv"));
        text.split_inclusive('\n').filter(|line| !line.starts_with('#')).collect()
    }
}

/// Tables with the release 2.4.8 alone, which has nothing but an entity.
pub(super) fn tables() -> Folder {
    let folder = Folder::new();
    let head = "# made\n# columns\n";
    for layout in &TABLES {
        folder.write(&format!("{}.tsv", layout.name), head);
    }
    folder.write("releases.tsv", &format!("{head}2.4.8\t~8.3.0\t103.0.8\tyes\treal\n"));
    folder
        .write("runs.tsv", head)
        .write("mage_os.tsv", head)
        .write("observers.tsv", &format!("{head}@read\t2.3.7\n"));
    let thing = "thing\t\\Made\\Model\\Thing\tmade_thing\tthing\t\t\\Made\\Api\\Data\\ThingInterface\tyes\n";
    folder.write("entities.tsv", &format!("{head}{thing}"));
    folder
}

/// Runs the command on the tables.
pub(super) fn add(tables: &Folder, root: &Folder) -> Result<String, String> {
    with(tables, |args| args.root = Some(root.path().to_owned()))
}

/// Runs the command on the tables, with arguments.
pub(super) fn with(tables: &Folder, set: impl FnOnce(&mut Args)) -> Result<String, String> {
    let mut args =
        Args { root: None, replace: false, remove: None, dry_run: false, tables: tables.path().to_owned() };
    set(&mut args);
    run(&args).map_err(|failure| failure.to_string())
}

/// Names in a root of one distribution.
pub(super) struct Names {
    pub(super) vendor: &'static str,
    /// Directory of Magento_Made.
    pub(super) module: &'static str,
    pub(super) framework: &'static str,
}

const INSTALLED: Names =
    Names { vendor: "magento", module: "vendor/magento/module-made", framework: "vendor/magento/framework" };
const MAGE_OS: Names =
    Names { vendor: "mage-os", module: "vendor/mage-os/module-made", framework: "vendor/mage-os/framework" };
const CHECKOUT: Names =
    Names { vendor: "magento", module: "app/code/Magento/Made", framework: "lib/internal/Magento/Framework" };

/// Magento Open Source as Composer installs it, with the module Magento_Made, which declares something of each kind, and with
/// one that it does not ship.
pub(super) fn open_source(release: &str) -> Folder {
    let root = Folder::new();
    made(&root, &INSTALLED);
    root.write("composer.lock", &format!(
        r#"{{"packages": [
            {{"name": "magento/product-community-edition", "version": "{release}",
              "require": {{"magento/magento2-base": "*", "magento/module-made": "1.2.3", "magento/framework": "*"}}}},
            {{"name": "magento/magento2-base", "version": "{release}", "require": {{"php": "~8.3.0||~8.4.0"}}}},
            {{"name": "magento/framework", "version": "103.0.9"}},
            {{"name": "magento/module-made", "version": "1.2.3", "type": "magento2-module", "require": []}},
            {{"name": "acme/module-shop", "version": "1.0.0"}}
        ]}}"#
    ));
    module(&root, "vendor/acme/module-shop", "Acme_Shop", "acme/module-shop");
    root
}

/// Mage-OS as Composer installs it, with a module of its own.
pub(super) fn mage_os(release: &str, magento: &str) -> Folder {
    let root = Folder::new();
    made(&root, &MAGE_OS);
    root.edit(
        "vendor/mage-os/module-made/composer.json",
        "\"name\"",
        "\"replace\": {\"magento/module-made\": \"1.2.3\"}, \"name\"",
    );
    module(&root, "vendor/mage-os/module-own", "MageOS_Own", "mage-os/module-own");
    root.write("composer.lock", &format!(
        r#"{{"packages": [
            {{"name": "mage-os/product-community-edition", "version": "{release}", "extra": {{"magento_version": "{magento}"}},
              "require": {{"mage-os/magento2-base": "*", "mage-os/module-made": "*", "mage-os/module-own": "*"}}}},
            {{"name": "mage-os/magento2-base", "version": "{release}", "require": {{"php": "~8.4.0"}}}},
            {{"name": "mage-os/framework", "version": "{release}", "replace": {{"magento/framework": "103.0.9"}}}},
            {{"name": "mage-os/module-made", "version": "{release}", "type": "magento2-module",
              "replace": {{"magento/module-made": "1.2.3"}}}},
            {{"name": "mage-os/module-own", "version": "{release}"}}
        ]}}"#
    ));
    root
}

/// Checkout of the repository, whose modules do not say their versions.
pub(super) fn checkout(release: &str) -> Folder {
    let root = Folder::new();
    made(&root, &CHECKOUT);
    root.write(
        "composer.json",
        &format!(
            r#"{{"name": "magento/magento2ce", "version": "{release}", "require": {{"php": "~8.4.0"}},
            "replace": {{"magento/module-made": "*"}}}}"#
        ),
    );
    root
}

/// A module with nothing in it.
fn module(root: &Folder, dir: &str, name: &str, package: &str) {
    root.write(&format!("{dir}/registration.php"), "<?php\n");
    root.write(&format!("{dir}/etc/module.xml"), &format!("<config><module name=\"{name}\"/></config>"));
    root.write(&format!("{dir}/composer.json"), &format!("{{\"name\": \"{package}\"}}"));
}

/// The framework and Magento_Made.
fn made(root: &Folder, names: &Names) {
    let Names { vendor, module: dir, framework } = names;
    let autoload = format!(
        r#"{{"name": "{vendor}/framework", "autoload": {{"psr-4": {{"Magento\\Framework\\": ""}}}}}}"#
    );
    root.write(&format!("{framework}/composer.json"), &autoload);
    root.write(&format!("{framework}/Model/AbstractModel.php"), include_str!("made/AbstractModel.php"));
    module(root, dir, "Magento_Made", &format!("{vendor}/module-made"));
    for (file, text) in [
        ("etc/acl.xml", include_str!("made/acl.xml")),
        ("etc/webapi.xml", include_str!("made/webapi.xml")),
        ("etc/di.xml", include_str!("made/di.xml")),
        ("etc/events.xml", include_str!("made/events.xml")),
        ("etc/crontab.xml", include_str!("made/crontab.xml")),
        ("etc/cron_groups.xml", include_str!("made/cron_groups.xml")),
        ("etc/communication.xml", include_str!("made/communication.xml")),
        ("etc/adminhtml/menu.xml", include_str!("made/menu.xml")),
        ("etc/adminhtml/system.xml", include_str!("made/system.xml")),
        ("etc/adminhtml/system/more.xml", include_str!("made/more.xml")),
        ("Api/Data/ThingInterface.php", include_str!("made/ThingInterface.php")),
        ("Api/ThingRepositoryInterface.php", include_str!("made/ThingRepositoryInterface.php")),
        ("Model/Thing.php", include_str!("made/Thing.php")),
        (
            "Test/Unit/ThingTest.php",
            "<?php namespace Magento\\Made\\Test\\Unit; class ThingTest { function a() { $this->eventManager->dispatch('not_read'); } }",
        ),
    ] {
        root.write(&format!("{dir}/{file}"), text);
    }
}
