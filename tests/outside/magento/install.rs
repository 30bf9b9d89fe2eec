//! Installing a module.

mod resets;

use std::fs;

use serde_json::json;

use super::{Project, Ran, SHOP, SPEC};
use crate::need::{Need, trials};

trials! {
    SHOP =>
        everything_is_shown_and_nothing_done_in_a_dry_run,
        nothing_is_done_without_an_answer,
        a_module_is_installed_once,
        what_magento_does_not_cache_needs_no_command,
        production_is_closed_and_opened,
        a_shop_that_is_closed_stays_closed,
        a_step_that_fails_stops_it,
        edits_by_hand_are_not_overwritten,
        composer_has_to_see_what_lies_in_vendor,
        a_release_that_is_not_in_the_target,
        a_path_goes_through_the_shells_of_ssh,
        nothing_else_is_written,
        what_is_installed_is_what_build_makes;
    [SHOP.as_slice(), &[Need::Terminal]].concat() => a_terminal_is_asked_on;
    in resets;
}

const MODULE: &str = "shop/app/code/Acme/Orders";

fn install(project: &Project, options: &[&str]) -> Ran {
    project.run(&[&["install", "--magento", "shop"], options].concat())
}

fn what_is_installed_is_what_build_makes() {
    let project = Project::new();
    let acl = r#"<config><acl><resources><resource id="Magento_Backend::admin"><resource id="Magento_Sales::sales">
        <resource id="Acme_Shop::export" title="Export"/></resource></resource></resources></acl></config>"#;
    // Not registered: the shop has its files, and Magento does not read them.
    project.module("Acme_Shop", &[("registration.php", "<?php\n"), ("etc/acl.xml", acl)]);
    let spec = SPEC.replace("Magento_Sales::actions_view", "Magento_Sales::sales/**");
    project.spec(&spec);
    let built = project.run(&["build", "--out", "built"]);
    assert_eq!(built.status, 0, "{}", built.stderr);
    let installed = install(&project, &["--yes"]);
    assert!(installed.status != 1, "{}{}", installed.stdout, installed.stderr);
    let note = "note[shop-differs]: `Magento_Sales::sales/**` does not include `Acme_Shop::export`, which this shop has";
    assert!(installed.stderr.contains(note), "{}", installed.stderr);
    for file in ["etc/integration.xml", "etc/module.xml", "composer.json", "README.md"] {
        assert_eq!(
            project.read(&format!("built/{file}")),
            project.read(&format!("{MODULE}/{file}")),
            "{file}"
        );
    }
    let catalog = project.run(&["catalog", "--magento", "shop"]);
    project.write("shop.catalog", &catalog.stdout);
    project.spec(&spec.replace("[target]\n", "[target]\ncatalog = \"shop.catalog\"\n"));
    let again = install(&project, &["--dry-run"]);
    assert!(again.stdout.contains("  change etc/integration.xml\n"), "{}{}", again.stdout, again.stderr);
    assert!(again.stdout.contains("+ resources = \"Acme_Shop::export\""), "{}", again.stdout);
}

fn with_another_email(project: &Project) {
    project.spec(&SPEC.replace("warehouse@acme.com", "w@acme.com"));
}

fn in_production(project: &Project) {
    project.write("shop/app/etc/env.php", "<?php\nreturn array('MAGE_MODE' => 'production');\n");
}

fn everything_is_shown_and_nothing_done_in_a_dry_run() {
    let project = Project::new();
    let ran = install(&project, &["--dry-run"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    for part in [
        "  create etc/integration.xml\n",
        "  + integration \"Acme Warehouse\" {\n",
        "  bin/magento module:enable Acme_Orders  clears generated/code, generated/metadata\n",
        "  bin/magento setup:upgrade  clears generated/code, generated/metadata, pub/static, var/view_preprocessed\n",
        "  bin/magento cache:flush  clears var/cache, var/page_cache\n",
    ] {
        assert!(ran.stdout.contains(part), "{part}\n{}", ran.stdout);
    }
    assert!(!project.path(MODULE).exists());
    assert_eq!(project.commands(), Vec::<String>::new());
}

fn nothing_is_done_without_an_answer() {
    let project = Project::new();
    let ran = install(&project, &[]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("--yes is required when standard input is not a terminal"), "{}", ran.stderr);
    assert!(!project.path(MODULE).exists());
}

fn a_terminal_is_asked_on() {
    let project = Project::new();
    let no = project.on_a_terminal("install --magento shop", "n\n");
    assert_eq!(no.status, 1, "{}", no.stdout);
    assert!(
        no.stdout.contains("Continue? [y/N]") && no.stdout.contains("nothing was changed"),
        "{}",
        no.stdout
    );
    assert!(!project.path(MODULE).exists());
    let yes = project.on_a_terminal("install --magento shop", "y\n");
    assert_eq!(yes.status, 0, "{}", yes.stdout);
    project.activate("Acme Warehouse");
    with_another_email(&project);
    let no = project.on_a_terminal("install --magento shop", "n\n");
    assert!(no.stdout.contains("`Acme Warehouse` will be reset. Continue anyway? [y/N]"), "{}", no.stdout);
    assert_eq!(project.sql("SELECT integration_id FROM m2_integration"), json!([{"integration_id": 1}]));
}

fn a_module_is_installed_once() {
    let project = Project::new();
    let ran = install(&project, &["--yes"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    assert_eq!(project.commands(), ["module:enable Acme_Orders", "setup:upgrade", "cache:flush"]);
    assert!(
        ran.stdout.ends_with(
            "Acme Warehouse: in step, inactive: activate it in System > Extensions > Integrations\n"
        )
    );
    assert!(
        ran.stderr.contains(
            "\nbin/magento setup:upgrade\n  Done: setup:upgrade\n  3 lines about modules (see the log)\n"
        ),
        "{}",
        ran.stderr
    );
    let log = ran.stderr.lines().find_map(|line| line.strip_prefix("note: log: ")).unwrap();
    let log = fs::read_to_string(log).unwrap();
    assert!(log.contains("\nModule 'Magento_Sales':\nDone: setup:upgrade\n"), "{log}");
    let built = project.run(&["build", "--check", "--magento", "shop", "--out", MODULE]);
    assert_eq!(built.status, 0, "the files are those of build: {}", built.stdout);
    project.write("shop/var/commands", "");
    let again = install(&project, &["--yes"]);
    assert_eq!(again.status, 0);
    assert!(again.stderr.contains("nothing to do"), "{}", again.stderr);
    assert_eq!(project.commands(), Vec::<String>::new());
}

fn what_magento_does_not_cache_needs_no_command() {
    let project = Project::new();
    install(&project, &["--yes"]);
    project.spec(&SPEC.replace("warehouse read", "warehouse see"));
    let ran = install(&project, &["--dry-run"]);
    assert!(ran.stdout.contains("  change README.md\n"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("Commands to run:"), "{}", ran.stdout);
    let with_locales = |locales: &str| {
        let own = "[[acl]]\nid = \"Acme_Orders::x\"\ntitle = \"Read\"\nparent = \"Magento_Backend::admin\"\n";
        project.spec(&format!("{SPEC}{own}[i18n]\nlocales = [{locales}]\n"));
    };
    with_locales("\"de_DE\"");
    install(&project, &["--yes"]);
    with_locales("\"de_DE\", \"fr_FR\"");
    let ran = install(&project, &["--dry-run"]);
    assert!(ran.stdout.contains("  create i18n/fr_FR.csv\n"), "{}{}", ran.stdout, ran.stderr);
    assert!(
        ran.stdout
            .contains("Commands to run:\n  bin/magento cache:flush block_html translate  clears var/cache\n"),
        "{}",
        ran.stdout
    );
}

fn production_is_closed_and_opened() {
    let project = Project::new();
    in_production(&project);
    let ran = install(&project, &["--yes"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    assert_eq!(
        project.commands(),
        [
            "maintenance:enable",
            "module:enable Acme_Orders",
            "setup:upgrade --keep-generated",
            "setup:di:compile",
            "cache:flush",
            "maintenance:disable",
        ]
    );
    assert!(!project.path("shop/var/.maintenance.flag").exists());
    project.write("shop/var/commands", "");
    with_another_email(&project);
    install(&project, &["--yes", "--yes-reset"]);
    assert_eq!(
        project.commands(),
        ["maintenance:enable", "setup:upgrade --keep-generated", "cache:flush", "maintenance:disable"],
        "XML alone needs no code and no static files"
    );
}

fn a_shop_that_is_closed_stays_closed() {
    let project = Project::new();
    in_production(&project);
    project.write("shop/var/.maintenance.flag", "");
    let ran = install(&project, &["--yes"]);
    assert_eq!(ran.status, 0);
    assert!(ran.stdout.contains("closed for maintenance"), "{}", ran.stdout);
    assert!(project.path("shop/var/.maintenance.flag").exists());
}

fn a_step_that_fails_stops_it() {
    let project = Project::new();
    in_production(&project);
    project.write("shop/var/fails", "setup:upgrade");
    let ran = install(&project, &["--yes"]);
    assert_eq!(ran.status, 1);
    let said = &ran.stderr;
    assert!(said.contains("error: bin/magento setup:upgrade --keep-generated failed:\n"), "{said}");
    assert!(said.contains("  There is no room for that\n") && said.contains("  Working on it\n"), "{said}");
    assert!(said.contains(
        "\nstate: the new files are written and the module is enabled; the database may be partly updated"
    ));
    assert!(said.contains("maintenance mode is on: `bin/magento maintenance:disable` ends it\n"), "{said}");
    assert!(said.contains(
        "fix the error and install again with the same options; if that does not run them, also run \
         `bin/magento setup:di:compile`, `bin/magento cache:flush`, `bin/magento maintenance:disable`; maintenance"
    ));
    assert!(
        said.contains("\nto go back: `magespec uninstall` with the same --magento and --php\n"),
        "{said}"
    );
    let log = said.lines().find_map(|line| line.strip_prefix("log: ")).unwrap();
    assert!(fs::read_to_string(log).unwrap().contains("There is no room for that"));
    assert!(!project.commands().contains(&"cache:flush".to_owned()));
    fs::remove_file(project.path("shop/var/fails")).unwrap();
    let ran = install(&project, &["--yes"]);
    assert_eq!(ran.status, 0, "installing again completes it: {}{}", ran.stdout, ran.stderr);
}

fn edits_by_hand_are_not_overwritten() {
    let project = Project::active();
    let file = format!("{MODULE}/etc/integration.xml");
    project.write(&file, &project.read(&file).replace("warehouse@", "mine@"));
    with_another_email(&project);
    let ran = install(&project, &["--yes", "--yes-reset"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("  etc/integration.xml: "), "{}", ran.stderr);
    assert!(ran.stderr.contains("magespec build integration.toml --out "), "{}", ran.stderr);
    assert!(project.read(&file).contains("mine@"));
    assert_eq!(project.commands(), Vec::<String>::new());
}

fn composer_has_to_see_what_lies_in_vendor() {
    let project = Project::new();
    in_production(&project);
    let dry = install(&project, &["--dry-run", "--layout", "vendor"]);
    assert!(
        dry.stdout.ends_with("  composer require \"acme/module-orders:*@dev\"\n")
            && !dry.stdout.contains("Commands to run:"),
        "{}",
        dry.stdout
    );
    let ran = install(&project, &["--yes", "--layout", "vendor"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(!project.path("shop/var/.maintenance.flag").exists());
    let again = install(&project, &["--yes", "--layout", "vendor"]);
    assert!(again.stdout.ends_with("composer require \"acme/module-orders:*@dev\"\n"), "{}", again.stdout);
    project.write("shop/app/etc/env.php", "<?php\nreturn array('MAGE_MODE' => 'developer');\n");
    assert!(
        ran.stdout.ends_with(
            "composer config repositories.acme-module-orders path vendor/acme/module-orders\ncomposer require \
             \"acme/module-orders:*@dev\"\n"
        ),
        "{}", ran.stdout
    );
    assert_eq!(project.commands(), Vec::<String>::new());
    project.write(
        "shop/var/registered.php",
        "<?php require BP . '/vendor/acme/module-orders/registration.php';",
    );
    let ran = install(&project, &["--yes"]);
    assert!(
        ran.stderr.contains("Acme_Orders is already registered in ")
            && ran.stderr.contains(": install it there with --layout vendor, or"),
        "{}",
        ran.stderr
    );
    let ran = install(&project, &["--yes", "--layout", "vendor"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    assert_eq!(project.commands(), ["module:enable Acme_Orders", "setup:upgrade", "cache:flush"]);
}

fn a_release_that_is_not_in_the_target() {
    let project = Project::new();
    project.write("shop/composer.json", r#"{"require": {"magento/product-community-edition": "2.4.5"}}"#);
    let ran = install(&project, &["--yes"]);
    assert_eq!(ran.status, 1);
    assert!(
        ran.stderr.contains("the shop runs 2.4.5, which is not in the target of Acme_Orders"),
        "{}",
        ran.stderr
    );
}

fn nothing_else_is_written() {
    let project = Project::new();
    let before = crate::support::files::contents(&project.path("shop"));
    install(&project, &["--yes"]);
    let after = crate::support::files::contents(&project.path("shop"));
    let is_of_module = |path: &str| path.starts_with("app/code/Acme/Orders/");
    let is_of_magento = |path: &str| path.starts_with("var/") || path == "app/etc/config.php";
    for (path, bytes) in &after {
        assert!(is_of_module(path) || is_of_magento(path) || before.get(path) == Some(bytes), "{path}");
    }
}

fn a_path_goes_through_the_shells_of_ssh() {
    let root = "my \"shop's\" $HOME";
    for php in ["php", "sh far.sh php", "sh far.sh sh far.sh php"] {
        let project = Project::new();
        // As ssh does: a shell on the other machine splits what it is given.
        project.write("far.sh", "exec sh -c \"$*\"\n");
        std::fs::rename(project.path("shop"), project.path(root)).unwrap();
        let ran = project.run(&["install", "--magento", root, "--php", php, "--yes"]);
        assert_eq!(ran.status, 0, "{php}: {}{}", ran.stdout, ran.stderr);
        assert!(project.read(&format!("{root}/var/commands")).contains("setup:upgrade"), "{php}");
        let ran = project.run(&["uninstall", "--magento", root, "--php", php, "--yes"]);
        assert_eq!(ran.status, 0, "{php}: {}{}", ran.stdout, ran.stderr);
    }
}
