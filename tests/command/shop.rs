//! A shop's own files, which specs are checked against.

use std::{fs, path::Path};

use super::{Ran, SPEC, command, magespec, project, ran, support::files::contents};

/// A project, with a shop beside it that has a third-party module and one that is broken.
pub(super) fn with_shop() -> tempfile::TempDir {
    let dir = project();
    let write = |file: &str, text: &str| {
        let path = dir.path().join("shop").join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("composer.json", r#"{"require": {"magento/product-community-edition": "2.4.3-p1"}}"#);
    for (name, file, text) in [
        (
            "Magento/Sales",
            "acl",
            r#"<config><acl><resources><resource id="Magento_Backend::admin" title="Magento Admin" sortOrder="20">
            <resource id="Magento_Sales::sales" title="Sales"><resource id="Magento_Sales::actions_view" title="View"/></resource>
            </resource></resources></acl></config>"#,
        ),
        (
            "Acme/Warehouse",
            "acl",
            r#"<config><acl><resources><resource id="Magento_Backend::admin"><resource id="Acme_Warehouse::stock" title="Stock"/>
            <resource id="Acme_Warehouse::off" title="Off" disabled="true"/></resource></resources></acl></config>"#,
        ),
        (
            "Acme/Warehouse",
            "webapi",
            r#"<routes><route url="/V1/acme/stock" method="GET"><resources><resource ref="Acme_Warehouse::stock"/></resources></route></routes>"#,
        ),
        ("Acme/Broken", "acl", "<config><acl>"),
    ] {
        let module = format!(r#"<config><module name="{}"/></config>"#, name.replace('/', "_"));
        write(&format!("app/code/{name}/registration.php"), "<?php\n");
        write(&format!("app/code/{name}/etc/module.xml"), &module);
        write(&format!("app/code/{name}/etc/{file}.xml"), text);
    }
    write(
        "app/code/Acme/Warehouse/composer.json",
        r#"{"name": "acme/module-warehouse", "version": "3.1.4"}"#,
    );
    dir
}

pub(super) fn asks_for(dir: &Path, resources: &str) {
    let spec = SPEC.replace("\"Magento_Sales::actions_view\"", resources);
    fs::write(dir.join("integration.toml"), spec).unwrap();
}

/// Runs magespec with its cache in the project.
pub(super) fn run(dir: &Path, arguments: &[&str]) -> Ran {
    ran(command(dir, arguments).env("XDG_CACHE_HOME", dir.join("cache")).output().unwrap())
}

const BROKEN: &str = "warning: app/code/Acme/Broken/etc/acl.xml: ";

#[test]
fn modules_of_third_parties_are_known() {
    let dir = with_shop();
    asks_for(dir.path(), "\"Acme_Warehouse::stock\", \"Magento_Sales::actions_view\"");
    let bundled = magespec(dir.path(), &["check", "--format", "short"]);
    assert!(bundled.stdout.contains("warning[unverifiable-resource]"), "{}", bundled.stdout);
    let checked = run(dir.path(), &["check", "--magento", "shop", "--format", "short"]);
    assert_eq!((checked.status, checked.stdout.contains("unverifiable")), (0, false), "{}", checked.stdout);
    assert!(checked.stderr.starts_with(BROKEN) && checked.stderr.lines().count() == 1, "{}", checked.stderr);
    asks_for(dir.path(), "\"Acme_Warehouse::stok\", \"Acme_Warehouse::off\", \"Magento_Sales::ship\"");
    let checked = run(dir.path(), &["check", "--magento", "shop", "--format", "short"]);
    for message in [
        "error[unknown-resource]: `Acme_Warehouse::stok` does not exist in this shop's 2.4.3-p1",
        "error[disabled-resource]: `Acme_Warehouse::off` is disabled in this shop's 2.4.3-p1",
        "error[unknown-resource]: `Magento_Sales::ship` does not exist in this shop's 2.4.3-p1",
    ] {
        assert!(checked.stdout.contains(message), "{}", checked.stdout);
    }
}

#[test]
fn calls_to_third_parties_need_a_catalog_in_the_spec() {
    let dir = with_shop();
    let spec = SPEC
        .replace("resources = [\"Magento_Sales::actions_view\"]", "calls = [\"GET /rest/V1/acme/stock\"]");
    fs::write(dir.path().join("integration.toml"), &spec).unwrap();
    for arguments in [
        &["check"][..],
        &["build"],
        &["build", "--magento", "shop"],
        &["access", "--magento", "shop"],
        &["plan", "--magento", "shop"],
    ] {
        let refused = run(dir.path(), arguments);
        assert_eq!(refused.status, 1, "{arguments:?}");
        assert!((refused.stdout + &refused.stderr).contains("error[unknown-route]"), "{arguments:?}");
    }
    let checked = run(dir.path(), &["check", "--magento", "shop"]).stdout;
    let help = "if this shop has it, save the shop's catalog beside the spec (magespec catalog --magento ROOT -o shop.catalog) \
                and name it under [target]: catalog = \"shop.catalog\"";
    assert!(checked.contains(help), "{checked}");
}

#[test]
fn a_shop_never_changes_what_is_built() {
    let dir = with_shop();
    asks_for(dir.path(), "\"Magento_Sales::sales/**\", \"Acme_Warehouse::stock\"");
    let catalog = run(dir.path(), &["catalog", "--magento", "shop"]).stdout;
    fs::write(dir.path().join("shop.catalog"), catalog).unwrap();
    let of_shop = [&["--magento", "shop"][..], &["--catalog", "shop.catalog"]];
    for (at, options) in [&[][..]].iter().chain(&of_shop).enumerate() {
        let out = format!("out{at}");
        let built = run(dir.path(), &[&["build", "--out", &out], *options].concat());
        assert_eq!(built.status, 0, "{}", built.stderr);
        let is_told = built.stderr.contains("note[shop-differs]: `Magento_Sales::sales/**` includes ");
        assert_eq!(is_told, !options.is_empty(), "{}", built.stderr);
        assert_eq!(contents(&dir.path().join("out0")), contents(&dir.path().join(&out)), "{options:?}");
    }
    for options in of_shop {
        let diff = run(dir.path(), &[&["diff", "--out", "out0", "--exit-code"], options].concat());
        assert_eq!((diff.status, diff.stdout.as_str()), (0, ""));
        let plan = run(dir.path(), &[&["plan", "--out", "out0", "--exit-code"], options].concat());
        assert_eq!(plan.status, 0, "{}", plan.stdout);
        assert!(plan.stdout.starts_with("Acme_Orders in this shop's 2.4.3-p1, "), "{}", plan.stdout);
    }
}

#[test]
fn what_a_shop_has_besides_is_said_with_what_to_write() {
    let dir = with_shop();
    let acl = r#"<config><acl><resources><resource id="Magento_Backend::admin"><resource id="Magento_Sales::sales">
        <resource id="Acme_Broken::export" title="Export"/></resource></resource></resources></acl></config>"#;
    fs::write(dir.path().join("shop/app/code/Acme/Broken/etc/acl.xml"), acl).unwrap();
    let webapi = r#"<routes><route url="/V1/orders" method="GET"><resources><resource ref="Magento_Sales::actions_view"/>
        <resource ref="Acme_Broken::export"/></resources></route></routes>"#;
    fs::write(dir.path().join("shop/app/code/Acme/Broken/etc/webapi.xml"), webapi).unwrap();
    let spec = SPEC.replace(
        "\"Magento_Sales::actions_view\"]",
        "\"Magento_Sales::sales/**\"]\ncalls = [\"GET /V1/orders\"]",
    );
    fs::write(dir.path().join("integration.toml"), spec).unwrap();
    for command in [&["check", "--format", "short"][..], &["build", "--dry-run"], &["access"]] {
        let ran = run(dir.path(), &[command, &["--magento", "shop"]].concat());
        let said = ran.stdout + &ran.stderr;
        for message in [
            "note[shop-differs]: `Magento_Sales::sales/**` does not include `Acme_Broken::export`, which this shop has",
            "warning[shop-needs-more]: `GET /V1/orders` needs `Acme_Broken::export` in this shop, which `Acme Warehouse` does \
             not request",
        ] {
            assert!(said.contains(message), "{command:?}: {said}");
        }
    }
    let access = run(dir.path(), &["access", "--magento", "shop"]).stdout;
    assert!(!access.contains("Acme_Broken::export"), "{access}");
}

#[test]
fn what_is_installed_is_not_in_the_way_of_its_own_spec() {
    let dir = with_shop();
    let service = |path: &str| {
        format!(
            "\n[[acl]]\nid = \"Acme_Orders::read\"\ntitle = \"Read\"\nparent = \"Magento_Sales::sales\"\n\
             [[service]]\nname = \"Orders\"\nmethod = [{{ name = \"get\", route = \"GET /V1/acme-orders/{path}\", acl = \"Acme_Orders::read\" }}]\n"
        )
    };
    let calls = |path: &str| {
        SPEC.replace("resources = ", &format!("calls = [\"GET /V1/acme-orders/{path}\"]\nresources = "))
    };
    let write = |text: String| fs::write(dir.path().join("integration.toml"), text).unwrap();
    let check = || run(dir.path(), &["check", "--magento", "shop", "--format", "short"]);
    write(calls("one") + &service("one"));
    let built = run(dir.path(), &["build", "--out", "shop/app/code/Acme/Orders", "--magento", "shop"]);
    assert_eq!(built.status, 0, "{}", built.stderr);
    let routes = run(dir.path(), &["routes", "--magento", "shop"]).stdout;
    assert!(routes.contains("/V1/acme-orders/one"), "it is installed: {routes}");
    let again = check();
    assert_eq!((again.status, again.stdout.contains("route-taken")), (0, false), "{}", again.stdout);
    write(calls("one") + &service("two"));
    let moved = check();
    assert!(moved.stdout.contains("unknown-route"), "the spec does not make it any more: {}", moved.stdout);
    let spec = SPEC.to_owned() + &service("one").replace("acme-orders/one", "acme/stock");
    write(spec);
    assert!(check().stdout.contains("error[route-taken]"), "that one is of another module");
}

#[test]
fn lists_are_of_the_shop() {
    let dir = with_shop();
    let tree = run(dir.path(), &["acl", "--magento", "shop"]).stdout;
    assert_eq!(
        tree,
        "Magento_Backend::admin  Magento Admin\n├─ Acme_Warehouse::off  Off, disabled\n\
         ├─ Acme_Warehouse::stock  Stock\n└─ Magento_Sales::sales  Sales\n   └─ Magento_Sales::actions_view  View\n"
    );
    let routes = run(dir.path(), &["routes", "--magento", "shop"]).stdout;
    assert_eq!(routes, "METHOD  PATH            REQUIRES\nGET     /V1/acme/stock  Acme_Warehouse::stock\n");
    let json = run(dir.path(), &["routes", "--magento", "shop", "--format", "json"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["target"], serde_json::json!(["2.4.3-p1"]));
}

#[test]
fn a_catalog_says_what_the_shop_says() {
    let dir = with_shop();
    let catalog = run(dir.path(), &["catalog", "--magento", "shop"]);
    assert!(catalog.stdout.starts_with("magespec catalog 5\nrelease\t2.4.3-p1\n"), "{}", catalog.stdout);
    assert!(catalog.stderr.starts_with(BROKEN));
    fs::write(dir.path().join("shop.catalog"), &catalog.stdout).unwrap();
    asks_for(dir.path(), "\"Acme_Warehouse::stock\", \"Acme_Warehouse::stok\", \"Acme_Broken::x\"");
    for arguments in [
        &["check", "--format", "short"][..],
        &["acl", "stock", "--routes"],
        &["routes", "--format", "csv"],
        &["build", "--dry-run"],
    ] {
        let of_shop = run(dir.path(), &[arguments, &["--magento", "shop"]].concat());
        let of_file = magespec(dir.path(), &[arguments, &["--catalog", "shop.catalog"]].concat());
        assert_eq!((of_file.status, &of_file.stdout), (of_shop.status, &of_shop.stdout), "{arguments:?}");
        assert!(of_file.stderr.contains("warning: shop.catalog: etc/acl.xml of Acme_Broken was unreadable"));
    }
}

#[test]
fn only_what_is_asked_for_is_kept() {
    let dir = with_shop();
    fs::remove_dir_all(dir.path().join("shop/app/code/Acme/Broken")).unwrap();
    let cache = dir.path().join("cache");
    run(dir.path(), &["acl", "--magento", "shop", "--no-cache"]);
    assert!(!cache.exists());
    let first = run(dir.path(), &["acl", "--magento", "shop"]).stdout;
    assert_eq!(fs::read_dir(cache.join("magespec")).unwrap().count(), 1);
    assert_eq!(run(dir.path(), &["acl", "--magento", "shop"]).stdout, first);
    assert_eq!(run(dir.path(), &["acl", "--magento", "./shop/../shop"]).stdout, first);
    assert_eq!(fs::read_dir(cache.join("magespec")).unwrap().count(), 1, "it is the same shop");
}

#[test]
fn a_directory_without_a_shop_is_reported() {
    let dir = with_shop();
    fs::write(dir.path().join("other.catalog"), "magespec catalog 9\n").unwrap();
    for (arguments, message) in [
        (
            &["check", "--magento", "nowhere"][..],
            "cannot read nowhere: no such directory; name the directory of a shop",
        ),
        (&["acl", "--magento", "shop/app"], "shop/app is not a Magento root: it contains no modules"),
        (&["routes", "--catalog", "nowhere"], "cannot read the catalog nowhere: no such file"),
        (
            &["access", "--catalog", "other.catalog"],
            "it has version 9, and this magespec reads versions 3 to 5; upgrade magespec",
        ),
        (&["build", "--catalog", "a", "--magento", "b"], "cannot be used with"),
        (&["acl", "--magento", "shop", "--target", "2.4.*"], "cannot be used with"),
        (&["routes", "--magento", "shop", "--changed", "2.4.6", "2.4.7"], "cannot be used with"),
        (&["diff", "--no-cache"], "--magento"),
    ] {
        let refused = run(dir.path(), arguments);
        assert_eq!((refused.status, refused.stdout.as_str()), (1, ""), "{arguments:?}");
        assert!(refused.stderr.contains(message), "{}", refused.stderr);
    }
}

#[test]
fn what_a_broken_file_may_have_is_not_denied() {
    let dir = with_shop();
    asks_for(dir.path(), "\"Acme_Broken::x\"");
    let checked = run(dir.path(), &["check", "--magento", "shop", "--format", "short"]);
    let message = "warning[unverifiable-resource]: the resources of Acme_Broken in this shop are unknown, including `Acme_Broken::x`";
    assert!(checked.stdout.contains(message), "{}", checked.stdout);
    assert_eq!(checked.status, 0, "{}", checked.stdout);
}

#[test]
fn a_third_root_is_reported_and_grants_nothing() {
    let dir = with_shop();
    let acl = r#"<config><acl><resources><resource id="Acme_Broken::root" title="Broken">
        <resource id="Acme_Broken::x" title="X"/></resource></resources></acl></config>"#;
    fs::write(dir.path().join("shop/app/code/Acme/Broken/etc/acl.xml"), acl).unwrap();
    asks_for(dir.path(), "\"Acme_Warehouse::stock\"");
    let checked = run(dir.path(), &["check", "--magento", "shop", "--format", "short"]);
    let message =
        "error[unknown-resource]: Magento does not find `Acme_Warehouse::stock` in this shop's 2.4.3-p1";
    assert!(checked.stdout.contains(message), "{}", checked.stdout);
    assert_eq!(checked.status, 1);
    let warning = "Acme_Broken::root keeps Magento_Backend::admin from being the second root";
    assert!(checked.stderr.contains(&format!("{BROKEN}{warning}")), "{}", checked.stderr);
    let text = run(dir.path(), &["catalog", "--magento", "shop"]).stdout;
    fs::write(dir.path().join("shop.catalog"), text).unwrap();
    let of_file = magespec(dir.path(), &["check", "--catalog", "shop.catalog", "--format", "short"]);
    assert_eq!(of_file.stdout, checked.stdout);
}
