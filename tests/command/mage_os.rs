//! Roots of Mage-OS and git checkouts.

use std::{fs, path::Path};

use super::{
    magespec, project,
    shop::run,
    support::root::{module, write},
};

/// Resources of the made roots; the last is one that Magento does not have.
const RESOURCES: &str = "<resource id=\"Magento_Backend::admin\" title=\"Admin\" sortOrder=\"20\">\
    <resource id=\"Magento_Sales::sales\" title=\"Sales\"/><resource id=\"Magento_Sales::mage_os\" title=\"Own\"/></resource>";

/// A module in `vendor/mage-os`, as Composer installs it.
fn installed(root: &Path) {
    module(root, "Magento_Sales", &[], RESOURCES);
    fs::create_dir_all(root.join("vendor/mage-os")).unwrap();
    fs::rename(root.join("app/code/Magento/Sales"), root.join("vendor/mage-os/module-sales")).unwrap();
}

fn lock(root: &Path, mage_os: &str, magento: &str) {
    let text = format!(
        "{{\"packages\": [{{\"name\": \"mage-os/product-community-edition\", \"version\": \"{mage_os}\", \
         \"extra\": {{\"magento_version\": \"{magento}\"}}, \
         \"replace\": {{\"magento/product-community-edition\": \"{magento}\"}}}}]}}"
    );
    write(root, "composer.lock", &text);
}

#[test]
fn made_roots_are_read_like_those_of_magento() {
    for (mage_os, magento) in [("2.3.0", Some("2.4.8-p5")), ("3.4.0", Some("2.4.9")), ("git", None)] {
        let dir = project();
        let root = dir.path().join("shop");
        if let Some(magento) = magento {
            installed(&root);
            lock(&root, mage_os, magento);
        } else {
            module(&root, "Magento_Sales", &[], RESOURCES);
            write(
                &root,
                "composer.json",
                "{\"name\": \"mage-os/magento2ce\", \"replace\": {\"magento/framework\": \"*\"}}",
            );
            let framework = "{\"name\": \"mage-os/framework\", \"version\": \"2.3.0\"}";
            write(&root, "lib/internal/Magento/Framework/composer.json", framework);
        }
        let magento = magento.unwrap_or("2.4.8-p5");
        let spec = fs::read_to_string(dir.path().join("integration.toml")).unwrap();
        let (before, after) = spec.split_once("magento = ").unwrap();
        let (_, after) = after.split_once('\n').unwrap();
        let spec = format!("{before}magento = \"2.4.8 || 2.4.9\"\nedition = \"mage-os\"\n{after}");
        let spec = spec.replace("Magento_Sales::actions_view", "Magento_Sales::mage_os");
        fs::write(dir.path().join("integration.toml"), spec).unwrap();

        let catalog = run(dir.path(), &["catalog", "--magento", "shop"]).stdout;
        assert!(catalog.contains(&format!("\nrelease\t{magento}\n")), "{catalog}");
        assert!(catalog.contains("\nresource\tMagento_Sales::mage_os\t"), "{catalog}");
        let unknown = magespec(dir.path(), &["check"]);
        assert!(
            unknown.status == 1 && unknown.stdout.contains("(Mage-OS 1.1.0..3.4.0)"),
            "{}",
            unknown.stdout
        );
        fs::write(dir.path().join("shop.catalog"), &catalog).unwrap();
        let spec = fs::read_to_string(dir.path().join("integration.toml")).unwrap();
        let spec = spec.replace("edition =", "catalog = \"shop.catalog\"\nedition =");
        fs::write(dir.path().join("integration.toml"), spec).unwrap();
        let checked = run(dir.path(), &["check", "--magento", "shop"]);
        assert_eq!(checked.status, 0, "{}{}", checked.stdout, checked.stderr);
        let access = run(dir.path(), &["access", "--magento", "shop"]);
        let text = format!("in this shop's {magento}\n");
        assert!(
            access.stdout.contains(&text) && access.stdout.contains("Magento_Sales::mage_os"),
            "{}",
            access.stdout
        );
    }
}

#[test]
fn releases_of_mage_os_are_translated_on_the_command_line() {
    let dir = project();
    for (arguments, message) in [
        (&["acl", "--target", "1.0.4"][..], "; Mage-OS 1.0.4 is based on Magento 2.4.7-p2\n"),
        (&["plan", "--upgrade", "1.0.4", "2.4.9"], "; Mage-OS 1.0.4 is based on Magento 2.4.7-p2\n"),
        (
            &["routes", "--changed", "2.4.8", "3.1.0"],
            "note: Mage-OS 3.1.0 is not in the catalog; using 2.4.9\n",
        ),
    ] {
        let ran = magespec(dir.path(), arguments);
        assert!(ran.stderr.contains(message), "{arguments:?}: {}", ran.stderr);
    }
}
