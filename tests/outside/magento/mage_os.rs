//! Shops of Mage-OS, and git checkouts.

use serde_json::Value;

use super::{Project, SHOP, SPEC};
use crate::need::trials;

trials! {
    SHOP =>
        a_shop_of_mage_os_is_one_of_magento,
        early_releases_name_only_themselves,
        a_shop_elsewhere_names_its_release,
        a_checkout_is_known_by_its_files;
}

/// A project whose shop runs a release of Mage-OS, based on one of Magento.
fn project(mage_os: &str, extra: &str) -> Project {
    let project = Project::new();
    let require = format!("{{\"require\": {{\"mage-os/product-community-edition\": \"{mage_os}\"}}}}");
    project.write("shop/composer.json", &require);
    let lock = format!(
        "{{\"packages\": [{{\"name\": \"mage-os/product-community-edition\", \"version\": \"{mage_os}\"{extra}}}]}}"
    );
    project.write("shop/composer.lock", &lock);
    project.spec(&SPEC.replace("~2.4.6 <2.4.9\"", ">=2.4.6-p2 <2.5\"\nedition = \"mage-os\""));
    project
}

fn a_shop_of_mage_os_is_one_of_magento() {
    for (mage_os, magento) in [("2.3.0", "2.4.8-p5"), ("3.4.0", "2.4.9")] {
        let project = project(mage_os, &format!(", \"extra\": {{\"magento_version\": \"{magento}\"}}"));
        let plan = project.run(&["plan", "--live", "shop"]);
        let head = format!("Acme_Orders in this shop's {magento}, compared with the shop\n");
        assert!(plan.status == 0 && plan.stdout.starts_with(&head), "{}{}", plan.stdout, plan.stderr);
        let installed = project.run(&["install", "--magento", "shop", "--yes"]);
        assert_eq!(installed.status, 0, "{}{}", installed.stdout, installed.stderr);
        let status = project.run(&["status", "--magento", "shop"]).stdout;
        let head = format!("Mage-OS {mage_os}, based on Magento {magento} Community, developer mode, PHP ");
        assert!(status.starts_with(&head), "{status}");
        let json = project.run(&["status", "--magento", "shop", "--format", "json"]).stdout;
        let json: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["magento"]["version"], magento);
        let distribution = serde_json::json!({ "name": "Mage-OS", "version": mage_os });
        assert_eq!(json["magento"]["distribution"], distribution);
        let removed = project.run(&["uninstall", "--magento", "shop", "--yes", "--delete-integration"]);
        assert_eq!(removed.status, 0, "{}{}", removed.stdout, removed.stderr);
    }
}

/// Their version is that of Mage-OS.
fn early_releases_name_only_themselves() {
    let project = project("1.0.5", "");
    let plan = project.run(&["plan", "--live", "shop"]).stdout;
    assert!(plan.starts_with("Acme_Orders in this shop's 2.4.7-p3, compared with the shop\n"), "{plan}");
    let status = project.run(&["status", "--magento", "shop"]).stdout;
    assert!(status.starts_with("Mage-OS 1.0.5, based on Magento 2.4.7-p3 Community, "), "{status}");
    assert_eq!(project.run(&["install", "--magento", "shop", "--yes"]).status, 0);
}

/// Only the answer of its PHP is there.
fn a_shop_elsewhere_names_its_release() {
    let project = project("1.0.5", "");
    let root = project.path("shop");
    project.write("elsewhere", &format!("#!/bin/sh\nsed 's#/over/there#{}#' | php\n", root.display()));
    let arguments = ["plan", "--live", "/over/there", "--php", "sh elsewhere"];
    let plan = project.run(&arguments).stdout;
    assert!(plan.starts_with("Acme_Orders in 2.4.7-p3 (Mage-OS 1.0.5), compared with the shop\n"), "{plan}");
    project.write("shop/composer.json", "{\"name\": \"mage-os/magento2ce\"}");
    std::fs::remove_file(project.path("shop/composer.lock")).unwrap();
    let plan = project.run(&arguments);
    let message = "error: the shop calls its release `dev-main`, which is not a Magento version; run magespec where its files are";
    assert!(plan.status == 1 && plan.stderr.contains(message), "{}", plan.stderr);
}

fn a_checkout_is_known_by_its_files() {
    let project = Project::new();
    project.write("shop/composer.json", "{\"name\": \"mage-os/magento2ce\"}");
    let framework = "{\"name\": \"mage-os/framework\", \"version\": \"1.0.5\"}";
    project.write("shop/lib/internal/Magento/Framework/composer.json", framework);
    let plan = project.run(&["plan", "--live", "shop"]);
    let head = "Acme_Orders in this shop's 2.4.7-p3, compared with the shop\n";
    assert!(plan.status == 0 && plan.stdout.starts_with(head), "{}{}", plan.stdout, plan.stderr);
    let installed = project.run(&["install", "--magento", "shop", "--yes"]);
    assert_eq!(installed.status, 0, "{}{}", installed.stdout, installed.stderr);
}
