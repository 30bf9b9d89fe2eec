//! Scans of a Magento root.

use std::fs;

use camino::Utf8Path;
use magespec::{
    catalog::{
        Catalog, Shop,
        scan::{ScanCache, scan},
    },
    write::publish_cache,
};

use crate::support::root::{module, root, rows, scanned, warnings, write};

const ROOT: &str = "Magento_Backend::admin";

/// A resource below the root, by which a module is known.
fn below_root(inner: &str) -> String {
    format!("<resource id=\"{ROOT}\">{inner}</resource>")
}

fn titled(id: &str, title: &str) -> String {
    below_root(&format!("<resource id=\"{id}\" title=\"{title}\"/>"))
}

/// The title that is left of those that modules give one resource: that of the last that is loaded.
fn last_title(release: &str, modules: &[(&str, &[&str])]) -> String {
    let dir = root(release);
    for (name, sequence) in modules {
        module(dir.path(), name, sequence, &titled("Acme_A::x", name));
    }
    let scan = scanned(dir.path());
    assert_eq!(warnings(&scan), [""; 0]);
    scan.shop.resources["Acme_A::x"].title.clone()
}

/// A cache in this folder.
fn cache(folder: &Utf8Path) -> ScanCache<'_> {
    ScanCache { folder, save: &|file, text| publish_cache(file, text.as_bytes()).unwrap() }
}

#[test]
fn modules_are_loaded_by_name_magento_first_then_by_sequence() {
    let none: &[&str] = &[];
    let plain = [("Acme_A", none), ("Magento_B", none), ("Zeta_C", none)];
    assert_eq!(last_title("2.4.7", &plain), "Zeta_C");
    let two = [("Acme_A", none), ("Magento_B", none)];
    for (release, last) in [
        ("2.1.0", "Magento_B"),
        ("2.2.8", "Magento_B"),
        ("2.2.9", "Acme_A"),
        ("2.3.1", "Magento_B"),
        ("2.3.2", "Acme_A"),
        ("2.4.0", "Acme_A"),
    ] {
        assert_eq!(last_title(release, &two), last, "{release}");
    }
    assert_eq!(last_title("2.4.7", &[("Acme_A", &["Zeta_C"]), ("Zeta_C", none)]), "Acme_A");
    let through_another = [("Acme_A", &["Acme_B"][..]), ("Acme_B", &["Acme_C"]), ("Acme_C", &["Not_There"])];
    assert_eq!(last_title("2.4.7", &through_another), "Acme_A");
}

#[test]
fn a_circle_of_sequences_is_a_warning() {
    let dir = root("2.4.7");
    module(dir.path(), "Acme_A", &["Acme_B"], "");
    module(dir.path(), "Acme_B", &["Acme_A"], "");
    let found = warnings(&scanned(dir.path()));
    assert_eq!(found.len(), 2);
    assert_eq!(
        found[0],
        "app/code/Acme/A/etc/module.xml: Acme_A is in its own <sequence>, and Magento stops at it"
    );
}

#[test]
fn what_a_later_module_says_wins_and_the_rest_stays() {
    let dir = root("2.4.7");
    let first = "<resource id=\"Acme_A::x\" title=\"X\" sortOrder=\"7\" disabled=\"true\"/><resource id=\"Acme_A::y\" title=\"Y\"/>";
    module(dir.path(), "Acme_A", &[], &below_root(first));
    let second = "<resource id=\"Acme_A::x\" disabled=\"false\"><resource id=\"Acme_B::z\" title=\"Z\" sortOrder=\" 12x\"/></resource><resource id=\"Acme_A::y\" disabled=\"TRUE\"/>";
    module(dir.path(), "Acme_B", &[], &below_root(second));
    let expected = [
        ["Acme_A::x", ROOT, "X", "Acme_A", "7", "0"],
        ["Acme_A::y", ROOT, "Y", "Acme_A", "0", "0"],
        ["Acme_B::z", "Acme_A::x", "Z", "Acme_B", "12", "0"],
        [ROOT, "", ROOT, "Acme_A", "0", "0"],
    ];
    assert_eq!(rows(&scanned(dir.path()).shop), expected.map(|row| row.map(str::to_owned)).into());
}

#[test]
fn an_id_at_a_second_place_is_a_warning() {
    let dir = root("2.4.7");
    module(dir.path(), "Acme_A", &[], &titled("Acme_A::x", "X"));
    let inside_itself = "<resource id=\"Acme_A::x\"><resource id=\"Acme_A::x\" title=\"Again\"/></resource>";
    module(dir.path(), "Acme_B", &[], &below_root(inside_itself));
    let scan = scanned(dir.path());
    assert_eq!(scan.shop.resources["Acme_A::x"].parent.as_deref(), Some(ROOT));
    assert_eq!(
        warnings(&scan),
        [
            "app/code/Acme/B/etc/acl.xml: Acme_A::x is below Acme_A::x here but below Magento_Backend::admin in Acme_A, which counts; Magento does not allow an id twice"
        ]
    );
}

#[test]
fn modules_that_are_switched_off_have_nothing() {
    let dir = root("2.4.7");
    for name in ["Acme_A", "Acme_B", "Acme_C"] {
        module(dir.path(), name, &[], &titled(&format!("{name}::x"), "X"));
    }
    write(dir.path(), "app/etc/config.php", "<?php return ['modules' => ['Acme_A' => 0, 'Acme_B' => 1]];");
    let shop = scanned(dir.path()).shop;
    let ids: Vec<&str> = shop.resources.keys().map(String::as_str).collect();
    assert_eq!(
        ids,
        ["Acme_B::x", "Acme_C::x", ROOT],
        "one that the file does not name is switched on by setup:upgrade"
    );
    assert_eq!(shop.modules.keys().collect::<Vec<_>>(), ["Acme_B", "Acme_C"]);
    write(dir.path(), "app/etc/config.php", "<?php return require 'other.php';");
    assert_eq!(
        warnings(&scanned(dir.path())),
        ["app/etc/config.php: it has no `modules` array; all modules are treated as enabled"]
    );
}

#[test]
fn resources_of_a_route_add_up() {
    let dir = root("2.4.7");
    let routes = |dir: &str, refs: &str| {
        let text = format!(
            "<routes><route url=\"/V1/x/:id/\" method=\"GET\"><resources>{refs}</resources></route></routes>"
        );
        write(dir.as_ref(), "etc/webapi.xml", &text);
    };
    for name in ["Acme_A", "Acme_B"] {
        module(dir.path(), name, &[], "");
    }
    let code = dir.path().join("app/code/Acme");
    routes(code.join("A").to_str().unwrap(), "<resource ref=\"Acme_A::x\"/>");
    routes(code.join("B").to_str().unwrap(), "<resource ref=\"Acme_B::y\"/><resource ref=\"anonymous\"/>");
    let catalog = Catalog::of_shop(scanned(dir.path()).shop);
    let routes: Vec<_> = catalog.routes().iter().collect();
    assert_eq!(routes.len(), 1);
    assert_eq!(routes[0].to_string(), "GET /V1/x/:id");
    let needs: Vec<String> = routes[0].needs.iter().map(|need| need.access.to_string()).collect();
    assert_eq!(needs, ["Acme_A::x and Acme_B::y"]);
}

#[test]
fn broken_files_of_others_are_warnings_that_name_them() {
    let dir = root("2.4.7");
    let entity = "<!DOCTYPE config [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;\">]><config>&b;</config>";
    let external = "<!DOCTYPE config [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><config>&x;</config>";
    let cut = "<config><acl><resources>";
    let large = format!("<config>{}</config>", " ".repeat(17 << 20));
    let deep = format!(
        "<config><acl><resources>{}{}</resources></acl></config>",
        "<resource id=\"A_B::c\">".repeat(50_000),
        "</resource>".repeat(50_000)
    );
    let many = format!("<config>{}</config>", "<a/>".repeat(600_000));
    for (name, text) in [
        ("Entity", entity),
        ("External", external),
        ("Cut", cut),
        ("Large", &large),
        ("Deep", &deep),
        ("Many", &many),
        ("Empty", ""),
    ] {
        module(dir.path(), &format!("Acme_{name}"), &[], "");
        write(dir.path(), &format!("app/code/Acme/{name}/etc/acl.xml"), text);
    }
    fs::write(dir.path().join("app/code/Acme/Empty/etc/webapi.xml"), [0xff, 0xfe]).unwrap();
    module(dir.path(), "Acme_Undeclared", &[], "");
    write(dir.path(), "app/code/Acme/Undeclared/etc/module.xml", "<config/>");
    module(dir.path(), "Acme_Good", &[], &titled("Acme_Good::x", "X"));
    let scan = scanned(dir.path());
    let found = warnings(&scan);
    for start in [
        "Cut/etc/acl.xml: ",
        "Deep/etc/acl.xml: resources nested deeper than 64 are skipped",
        "Empty/etc/acl.xml: ",
        "Empty/etc/webapi.xml: ",
        "Entity/etc/acl.xml: ",
        "External/etc/acl.xml: ",
        "Large/etc/acl.xml: it is larger than 16 MiB",
        "Many/etc/acl.xml: ",
        "Undeclared/etc/module.xml: it does not name a module; the module is skipped",
    ] {
        let start = format!("app/code/Acme/{start}");
        assert!(found.iter().any(|warning| warning.starts_with(&start)), "{start}: {found:?}");
    }
    assert!(scan.shop.resources.contains_key("Acme_Good::x"));
}

#[test]
fn composer_says_what_lies_in_vendor() {
    let dir = root("2.4.7");
    let registers = |name: &str, package: &str, below: &str| {
        module(dir.path(), name, &[], &titled(&format!("{name}::x"), "X"));
        let from = dir.path().join("app/code").join(name.replace('_', "/"));
        let to = dir.path().join("vendor").join(package).join(below);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(from, to).unwrap();
    };
    registers("Acme_Plain", "acme/plain", "");
    registers("Acme_Below", "acme/below", "src");
    registers("Acme_Unused", "acme/unused", "");
    let code =
        "<?php\nComponentRegistrar::register(ComponentRegistrar::MODULE, 'Acme_Below', __DIR__ . '/src');\n";
    write(dir.path(), "vendor/acme/below/registration.php", code);
    let json = "{\"name\": \"acme/plain\"}";
    write(dir.path(), "vendor/acme/plain/composer.json", json);
    write(
        dir.path(),
        "composer.lock",
        "{\"packages\": [{\"name\": \"acme/plain\", \"version\": \"v1.2.3\"}]}",
    );
    let all: Vec<String> = scanned(dir.path()).shop.modules.into_keys().collect();
    assert_eq!(
        all,
        ["Acme_Below", "Acme_Plain", "Acme_Unused"],
        "where Composer has not been, whatever is there"
    );
    let autoload = "<?php\nreturn array(\n  'a' => $vendorDir . '/acme/plain/registration.php',\n  'b' => $vendorDir . '/acme/below/registration.php',\n  'c' => $vendorDir . '/acme/gone/registration.php',\n  'd' => $vendorDir . '/acme/unused/functions.php',\n);\n";
    write(dir.path(), "vendor/composer/autoload_files.php", autoload);
    let shop = scanned(dir.path()).shop;
    assert_eq!(shop.modules.keys().collect::<Vec<_>>(), ["Acme_Below", "Acme_Plain"]);
    let catalog = Catalog::of_shop(shop);
    let target = catalog.resolve(&"*".parse().unwrap()).unwrap();
    let package = catalog.package("Acme_Plain", &target).unwrap();
    assert_eq!((package.name.as_str(), package.constraint.as_str()), ("acme/plain", "1.2.*"));
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_a_circle_and_pipes_stop_nothing() {
    let dir = root("2.4.7");
    module(dir.path(), "Acme_A", &[], &titled("Acme_A::x", "X"));
    let code = dir.path().join("app/code");
    std::os::unix::fs::symlink(&code, code.join("Acme/Loop")).unwrap();
    std::os::unix::fs::symlink(code.join("Self"), code.join("Self")).unwrap();
    let pipe = code.join("Acme/A/etc/webapi.xml");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let scan = scanned(dir.path());
    assert_eq!(warnings(&scan), ["app/code/Acme/A/etc/webapi.xml: it is not a regular file"]);
    assert!(scan.shop.resources.contains_key("Acme_A::x"));
}

#[test]
fn a_catalog_is_read_as_it_was_written() {
    let dir = root("2.4.7");
    module(dir.path(), "Acme_A", &[], &titled("Acme_A::x", "A &#9; &#10;\"".trim_end_matches('"')));
    write(dir.path(), "app/code/Acme/A/composer.json", "{\"name\": \"acme/a\", \"version\": \"1.0.0\"}");
    let route = "<routes><route url=\"/V1/x\" method=\"GET\"><resources><resource ref=\"Acme_A::x\"/></resources></route></routes>";
    write(dir.path(), "app/code/Acme/A/etc/webapi.xml", route);
    let shop = scanned(dir.path()).shop;
    let text = shop.to_string();
    assert_eq!(
        text,
        "magespec catalog 5\nrelease\t2.4.7\nmodule\tAcme_A\tacme/a\t1.0.0\n\
         resource\tAcme_A::x\tMagento_Backend::admin\tA    \t0\n\
         resource\tMagento_Backend::admin\t\tMagento_Backend::admin\t0\tAcme_A\n\
         route\t/V1/x\tGET\t\tAcme_A::x\nend\n"
    );
    let again: Shop = text.parse().unwrap();
    assert_eq!(again.to_string(), text);
    assert_eq!((&again.modules, &again.routes), (&shop.modules, &shop.routes));
    for (text, message) in [
        ("", "its first line is not `magespec catalog 5`"),
        (
            "magespec catalog 1\n",
            "it has version 1, and this magespec reads versions 3 to 5; create it again",
        ),
        ("magespec catalog 3\nmodule\tA\t\t\n", "its second line does not name a release"),
        (
            "magespec catalog 3\nrelease\t2.4\n",
            "`2.4` is not a Magento version such as `2.4.7` or `2.4.7-p3`",
        ),
        ("magespec catalog 3\nrelease\t2.4.7\n\nroute\tx\n", "line 4 is not a line of a catalog: route x"),
    ] {
        assert_eq!(text.parse::<Shop>().unwrap_err(), message);
    }
}

#[test]
fn a_result_is_kept_until_a_file_changes() {
    let dir = root("2.4.7");
    let caches = tempfile::tempdir().unwrap();
    let folder = Utf8Path::from_path(caches.path()).unwrap().join("magespec");
    module(dir.path(), "Acme_A", &[], &titled("Acme_A::x", "X"));
    let scanned = || scan(Utf8Path::from_path(dir.path()).unwrap(), Some(cache(&folder))).unwrap();
    let kept =
        || -> Vec<_> { folder.read_dir().into_iter().flatten().map(|it| it.unwrap().path()).collect() };
    let first = scanned().shop;
    let [file] = <[_; 1]>::try_from(kept()).unwrap();
    // What is kept is what is taken.
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("\tX\t", "\tKept\t")).unwrap();
    assert_eq!(scanned().shop.resources["Acme_A::x"].title, "Kept");
    module(dir.path(), "Acme_A", &[], &titled("Acme_A::x", "Longer"));
    assert_eq!(scanned().shop.resources["Acme_A::x"].title, "Longer");
    module(dir.path(), "Acme_B", &[], "");
    assert!(scanned().shop.modules.contains_key("Acme_B"));
    write(dir.path(), "app/etc/config.php", "<?php return ['modules' => ['Acme_B' => 0]];");
    assert!(!scanned().shop.modules.contains_key("Acme_B"));
    // Damage to what is kept is no harm.
    fs::write(&file, "x").unwrap();
    assert_eq!(scanned().shop.modules, first.modules);
    // A warning is told each time: what has one is not kept.
    fs::remove_file(&file).unwrap();
    write(dir.path(), "app/code/Acme/A/etc/webapi.xml", "<routes>");
    assert_eq!((warnings(&scanned()).len(), warnings(&scanned()).len(), kept().len()), (1, 1, 0));
}

#[test]
fn what_is_hidden_is_shown_and_kept_so() {
    let dir = root("2.4.7");
    let caches = tempfile::tempdir().unwrap();
    let folder = Utf8Path::from_path(caches.path()).unwrap().join("magespec");
    module(dir.path(), "Acme_A", &[], &titled("Acme_A::x\u{202e}", "A&#10;| b\u{9b}2J"));
    let route = "<routes><route url=\"/V1/x&#10;y\" method=\"GET\"><resources><resource ref=\"Acme_A::x, Acme_A::y\"/><resource ref=\"\"/></resources></route></routes>";
    write(dir.path(), "app/code/Acme/A/etc/webapi.xml", route);
    let scanned = || scan(Utf8Path::from_path(dir.path()).unwrap(), Some(cache(&folder))).unwrap().shop;
    let first = scanned();
    assert_eq!(first.resources["Acme_A::x<U+202E>"].title, "A | b<U+009B>2J");
    let refs = &first.routes[&("/V1/x y".to_owned(), "GET".to_owned())]["Acme_A"];
    assert_eq!(refs.iter().collect::<Vec<_>>(), ["", "Acme_A::x, Acme_A::y"]);
    assert!(folder.is_dir());
    assert_eq!(scanned(), first, "the second answer is the first");
    write(dir.path(), "app/code/Acme/A/etc/acl.xml", "<config><x\u{202e}></y></config>");
    let found = warnings(&scan(Utf8Path::from_path(dir.path()).unwrap(), None).unwrap());
    assert!(found.iter().all(|it| !it.contains('\u{202e}')), "{found:?}");
}

#[test]
fn with_a_third_root_nothing_is_granted() {
    let shipped = "<resource id=\"Magento_Backend::all\" sortOrder=\"10\"/><resource id=\"Magento_Backend::admin\" sortOrder=\"20\"><resource id=\"Magento_Backend::x\"/></resource>";
    for (release, root_of_third, is_granted, count) in [
        ("2.4.7", "", true, 0),
        ("2.4.7", "<resource id=\"Acme_A::root\"/>", false, 1),
        ("2.4.7", "<resource id=\"Acme_A::root\" sortOrder=\"19\"/>", false, 1),
        ("2.4.7", "<resource id=\"Acme_A::root\" sortOrder=\"30\"/>", true, 0),
        ("2.4.7", "<resource id=\"Acme_A::root\" disabled=\"true\"/>", true, 0),
        ("2.0.0", "<resource id=\"Acme_A::root\"/>", true, 0),
    ] {
        let dir = root(release);
        module(dir.path(), "Magento_Backend", &[], shipped);
        module(dir.path(), "Acme_A", &[], root_of_third);
        let scan = scanned(dir.path());
        let told = warnings(&scan);
        assert_eq!(told.len(), count, "{told:?}");
        assert!(told.iter().all(|it| it.starts_with("app/code/Acme/A/etc/acl.xml: Acme_A::root keeps ")));
        let catalog = Catalog::of_shop(scan.shop);
        let acl = catalog.shipped_acl(catalog.all());
        let ids = ["Magento_Backend::x".to_owned()];
        let granted = catalog.granted(&ids, &acl, catalog.newest_checked().id);
        assert_eq!(!granted.is_empty(), is_granted, "{release} {root_of_third}");
    }
}

#[test]
fn modules_whose_acl_cannot_be_read_are_kept_in_mind() {
    let dir = root("2.4.7");
    module(dir.path(), "Acme_A", &[], "<resource>");
    module(dir.path(), "Acme_B", &[], &titled("Acme_B::x", "X"));
    module(dir.path(), "Acme_C", &[], "");
    fs::create_dir(dir.path().join("app/code/Acme/C/etc/acl.xml")).unwrap();
    let shop = scanned(dir.path()).shop;
    assert_eq!(shop.unread.iter().collect::<Vec<_>>(), ["Acme_A", "Acme_C"]);
    let again: Shop = shop.to_string().parse().unwrap();
    assert_eq!(again, shop);
    let catalog = Catalog::of_shop(again);
    let known = ["Acme_A", "Acme_B", "Acme_C", "Acme_Gone"].map(|module| catalog.knows_module(module));
    assert_eq!(known, [false, true, false, true]);
}
