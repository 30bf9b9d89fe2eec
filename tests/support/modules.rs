//! Modules on disk.

use std::{fs, path::Path};

use camino::Utf8Path;
use magespec::{
    catalog::{Catalog, Constraint},
    diag::{Diagnostic, Level, Report, Rule, Source},
    import::{Imported, check, read},
    module::find,
    tree::Disk,
};

pub(crate) const REGISTRATION: &str = "<?php
use Magento\\Framework\\Component\\ComponentRegistrar;

ComponentRegistrar::register(ComponentRegistrar::MODULE, 'Acme_ErpBridge', __DIR__);
";

pub(crate) const COMPOSER: &str = r#"{
    "name": "acme/module-erp-bridge",
    "description": "Lets the Acme ERP read orders",
    "type": "magento2-module",
    "version": "1.0.0",
    "license": "proprietary",
    "require": {
        "php": "~8.1.0||~8.2.0||~8.3.0||~8.4.0",
        "magento/framework": "103.0.*",
        "magento/module-integration": "100.4.*",
        "magento/module-sales": "103.0.*"
    },
    "autoload": {
        "files": ["registration.php"],
        "psr-4": { "Acme\\ErpBridge\\": "" }
    }
}
"#;

pub(crate) const MODULE: &str = r#"<?xml version="1.0"?>
<config xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="urn:magento:framework:Module/etc/module.xsd">
    <module name="Acme_ErpBridge">
        <sequence>
            <module name="Magento_Integration"/>
            <module name="Magento_Sales"/>
        </sequence>
    </module>
</config>
"#;

pub(crate) const INTEGRATION: &str = r#"<?xml version="1.0"?>
<config xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="urn:magento:module:Magento_Integration:etc/integration/integration.xsd">
    <integration name="Acme ERP">
        <email>erp@acme.com</email>
        <resources>
            <resource name="Magento_Sales::actions_view"/>
        </resources>
    </integration>
</config>
"#;

pub(crate) const CONFIG: &str = r#"<integrations>
    <integration name="Acme ERP">
        <email>erp@acme.com</email>
    </integration>
</integrations>
"#;

pub(crate) const API: &str = r#"<integrations>
    <integration name="Acme ERP">
        <resources>
            <resource name="Magento_Sales::actions_view"/>
        </resources>
    </integration>
</integrations>
"#;

pub(crate) const INSTALL: &str =
    "<?php class InstallData { function install() { $this->m->processIntegrationConfig(['Acme ERP']); } }\n";

/// A module that a spec says in full, with `files` in place of its own or besides.
pub(crate) fn module(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let base = [
        ("registration.php", REGISTRATION),
        ("composer.json", COMPOSER),
        ("etc/module.xml", MODULE),
        ("etc/integration.xml", INTEGRATION),
    ];
    let has_pair = files.iter().any(|(path, _)| path.starts_with("etc/integration"));
    for (path, text) in base.iter().filter(|(path, _)| *path != "etc/integration.xml" || !has_pair) {
        write(dir.path(), path, text);
    }
    for (path, text) in files {
        write(dir.path(), path, text);
    }
    dir
}

/// The same in the legacy form.
pub(crate) fn legacy(files: &[(&str, &str)]) -> tempfile::TempDir {
    let pair = [
        ("etc/integration/config.xml", CONFIG),
        ("etc/integration/api.xml", API),
        ("Setup/InstallData.php", INSTALL),
    ];
    module(&[&pair, files].concat())
}

pub(crate) fn write(dir: &Path, path: &str, text: impl AsRef<[u8]>) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Imports the only module below the directory.
pub(crate) fn imported(dir: &Path, target: Option<&str>) -> Imported {
    let target: Option<Constraint> = target.map(|target| target.parse().unwrap());
    let disk = Disk::open(Utf8Path::from_path(dir).unwrap()).unwrap();
    let places = find(&disk).unwrap();
    let [place] = places.as_slice() else { panic!("{places:?}") };
    read(&disk, place, Utf8Path::new(""), target.as_ref(), None)
}

/// Checks the only module below the directory.
pub(crate) fn checked(dir: &Path) -> Vec<Report> {
    let disk = Disk::open(Utf8Path::from_path(dir).unwrap()).unwrap();
    let places = find(&disk).unwrap();
    let [place] = places.as_slice() else { panic!("{places:?}") };
    check(&disk, place, Utf8Path::new(""), None, Catalog::bundled())
}

/// Finding as `file:line rule`, with the text that it marks.
pub(crate) fn place(file: &str, line: usize, rule: Rule, marked: &str) -> (String, String) {
    (format!("{file}:{line} {rule}"), marked.to_owned())
}

/// Findings of a module with these files that are more than notes.
pub(crate) fn found(files: &[(&str, &str)]) -> Vec<(String, String)> {
    let reports = checked(module(files).path());
    let findings =
        reports.iter().flat_map(|report| report.diagnostics.iter().map(move |it| (&report.source, it)));
    let worse = findings.filter(|(_, it)| it.level != Level::Note);
    let places = worse.map(|(source, it)| {
        let span = it.span.clone().unwrap();
        place(&source.name, source.position(span.start).line, it.rule, source.slice(&span))
    });
    places.collect()
}

/// acl.xml with these nodes below Magento_Backend::admin.
pub(crate) fn nodes(nodes: &str) -> String {
    format!(
        "<config><acl><resources><resource id=\"Magento_Backend::admin\">\n{nodes}\n</resource></resources></acl></config>"
    )
}

/// All findings, each with its file.
pub(crate) fn findings(imported: &Imported) -> Vec<(&Source, &Diagnostic)> {
    let reports = imported.reports.iter();
    reports.flat_map(|report| report.diagnostics.iter().map(move |it| (&report.source, it))).collect()
}

/// The only finding of the rule, as file, marked text and message.
#[track_caller]
pub(crate) fn finds(imported: &Imported, rule: Rule) -> (&str, &str, &Diagnostic) {
    let all = findings(imported);
    let found: Vec<_> = all.iter().filter(|(_, finding)| finding.rule == rule).collect();
    let [(source, finding)] = found.as_slice() else { panic!("{rule}: {all:#?}") };
    let marked = finding.span.clone().map_or("", |span| source.slice(&span));
    (source.name.as_str(), marked, finding)
}

/// The rules of all findings that are more than notes, sorted.
pub(crate) fn worse_than_notes(imported: &Imported) -> Vec<Rule> {
    let findings = findings(imported).into_iter();
    let mut rules: Vec<Rule> = findings
        .filter(|(_, finding)| finding.level != Level::Note)
        .map(|(_, finding)| finding.rule)
        .collect();
    rules.sort();
    rules
}
