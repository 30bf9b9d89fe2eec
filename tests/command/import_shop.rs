//! `import --catalog` and `--magento`.

use std::fs;

use super::{
    import::{INTEGRATION, module, write},
    magespec,
    shop::with_shop,
};

/// A shop with a module of another vendor, and a module that builds on it.
fn beside_another_vendor() -> tempfile::TempDir {
    let dir = with_shop();
    module(dir.path(), "mine/");
    let integration = INTEGRATION.replace(
        "<resource name=\"Magento_Sales::actions_view\"/>",
        "<resource name=\"Magento_Sales::actions_view\"/><resource name=\"Acme_Warehouse::stock\"/>",
    );
    write(dir.path(), "mine/etc/integration.xml", &integration);
    write(
        dir.path(),
        "mine/etc/acl.xml",
        "<config><acl><resources><resource id=\"Magento_Backend::admin\"><resource id=\"Acme_Warehouse::stock\"><resource id=\"Acme_Orders::sync\" title=\"Sync\"/></resource></resource></resources></acl></config>",
    );
    let catalog = magespec(dir.path(), &["catalog", "--magento", "shop", "-o", "eu.catalog"]);
    assert_eq!(catalog.status, 0, "{}", catalog.stderr);
    dir
}

#[test]
fn a_shop_answers_for_modules_of_other_vendors() {
    let dir = beside_another_vendor();
    let is_asked = |text: &str| text.contains("unverifiable-resource");
    let alone = magespec(dir.path(), &["import", "mine", "--dry-run"]);
    assert!(is_asked(&alone.stderr), "{}", alone.stderr);
    for shop in [["--catalog", "eu.catalog"], ["--magento", "shop"]] {
        let dry = magespec(dir.path(), &[&["import", "mine", "--dry-run"], &shop[..]].concat());
        assert_eq!((dry.status, is_asked(&dry.stderr)), (0, false), "{}", dry.stderr);
        let json =
            magespec(dir.path(), &[&["import", "mine", "--dry-run", "--format", "json"], &shop[..]].concat());
        assert_eq!((json.status, is_asked(&json.stdout)), (0, false), "{}", json.stdout);
    }
    let named = magespec(
        dir.path(),
        &["import", "mine", "--in-place", "--target", "2.4.3", "--catalog", "eu.catalog"],
    );
    assert_eq!(named.status, 0, "{}", named.stderr);
    let spec = fs::read_to_string(dir.path().join("mine/integration.toml")).unwrap();
    assert!(spec.contains("[target]\nmagento = \"2.4.3\"\ncatalog = \"../eu.catalog\"\n"), "{spec}");
    let checked = magespec(dir.path(), &["check", "mine/integration.toml"]);
    assert_eq!(
        (checked.status, is_asked(&checked.stdout)),
        (0, false),
        "{}{}",
        checked.stdout,
        checked.stderr
    );
}

#[test]
fn a_shop_is_named_only_by_a_spec_that_needs_it() {
    let dir = beside_another_vendor();
    module(dir.path(), "plain/");
    for (module, arguments) in [
        // Magento has everything that it names.
        ("plain", &["--target", "2.4.3", "--catalog", "eu.catalog"][..]),
        // A Magento root is not a file.
        ("mine", &["--target", "2.4.3", "--magento", "shop"]),
        // The shop is not of the target.
        ("mine", &["--target", "2.4.7", "--catalog", "eu.catalog"]),
    ] {
        let printed = magespec(dir.path(), &[&["import", module, "--stdout"], arguments].concat());
        assert!(
            printed.status == 0 && !printed.stdout.contains("catalog ="),
            "{}{}",
            printed.stdout,
            printed.stderr
        );
    }
}

#[test]
fn a_shop_answers_for_every_module_of_a_tree() {
    let dir = beside_another_vendor();
    fs::create_dir_all(dir.path().join("tree/b")).unwrap();
    fs::rename(dir.path().join("mine"), dir.path().join("tree/a")).unwrap();
    module(dir.path(), "tree/b/");
    for path in ["etc/module.xml", "registration.php"] {
        let path = dir.path().join("tree/b").join(path);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace("Acme_Orders", "Acme_Other")).unwrap();
    }
    let all = magespec(dir.path(), &["import", "tree", "--target", "2.4.3", "--catalog", "eu.catalog"]);
    assert_eq!((all.status, all.stderr.contains("unverifiable-resource")), (0, false), "{}", all.stderr);
    let spec = |name: &str| fs::read_to_string(dir.path().join(name).join("integration.toml")).unwrap();
    assert!(spec("Acme_Orders").contains("catalog = \"../eu.catalog\""), "{}", spec("Acme_Orders"));
    assert!(!spec("Acme_Other").contains("catalog ="), "{}", spec("Acme_Other"));
}
