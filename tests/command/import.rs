use std::{fs, path::Path};

use super::{files, magespec};
use crate::support::files::contents;

const MODULE: &str = "<config><module name=\"Acme_Orders\"><sequence><module name=\"Magento_Integration\"/><module name=\"Magento_Sales\"/></sequence></module></config>\n";
pub(super) const INTEGRATION: &str = "<config><integration name=\"Acme Warehouse\"><email>warehouse@acme.com</email><resources><resource name=\"Magento_Sales::actions_view\"/></resources></integration></config>\n";
const CONFIG: &str = "<integrations><integration name=\"Acme Warehouse\"><email>warehouse@acme.com</email></integration></integrations>\n";
const API: &str = "<integrations><integration name=\"Acme Warehouse\"><resources><resource name=\"Magento_Sales::actions_view\"/></resources></integration></integrations>\n";
const REGISTRATION: &str = "<?php\nuse Magento\\Framework\\Component\\ComponentRegistrar;\nComponentRegistrar::register(ComponentRegistrar::MODULE, 'Acme_Orders', __DIR__);\n";
const SCRIPT: &str = "<?php $this->m->processIntegrationConfig(['Acme Warehouse']);\n";

pub(super) fn write(dir: &Path, path: &str, text: &str) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

pub(super) fn module(dir: &Path, at: &str) {
    for (path, text) in
        [("etc/module.xml", MODULE), ("etc/integration.xml", INTEGRATION), ("registration.php", REGISTRATION)]
    {
        write(dir, &format!("{at}{path}"), text);
    }
}

fn legacy() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in [
        ("etc/module.xml", MODULE),
        ("etc/integration/config.xml", CONFIG),
        ("etc/integration/api.xml", API),
        ("registration.php", REGISTRATION),
        ("Setup/InstallData.php", SCRIPT),
    ] {
        write(dir.path(), path, text);
    }
    dir
}

#[test]
fn a_spec_is_written_where_asked_and_nothing_is_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    module(dir.path(), "old/");
    let printed = magespec(dir.path(), &["import", "old", "--stdout"]);
    assert_eq!(printed.status, 0, "{}", printed.stderr);
    assert!(printed.stdout.starts_with("[module]\nname = \"Acme_Orders\""), "{}", printed.stdout);
    let schema = dir.path().join("integration.schema.json");
    assert!(!schema.exists());
    let written = magespec(dir.path(), &["import", "old"]);
    assert_eq!(
        written.stdout,
        "wrote integration.toml and integration.schema.json; next: magespec check integration.toml\n"
    );
    assert_eq!(fs::read_to_string(&schema).unwrap(), magespec(dir.path(), &["schema"]).stdout);
    let head = "#:schema ./integration.schema.json\n\n";
    let text = fs::read_to_string(dir.path().join("integration.toml")).unwrap();
    assert_eq!(text, head.to_owned() + &printed.stdout);
    let again = magespec(dir.path(), &["import", "old"]);
    assert_eq!(again.stdout, "integration.toml is up to date; next: magespec check integration.toml\n");
    fs::write(dir.path().join("integration.toml"), "mine").unwrap();
    let dashed = magespec(dir.path(), &["import", "old", "-o", "-"]);
    assert_eq!((dashed.stdout, dir.path().join("-").exists()), (printed.stdout, false));
    for arguments in [&["import", "old"][..], &["import", "old", "-o", "integration.toml"]] {
        let again = magespec(dir.path(), arguments);
        assert_eq!(again.status, 1);
        assert!(again.stderr.contains("exists; `import` does not overwrite files"), "{}", again.stderr);
    }
    assert_eq!(magespec(dir.path(), &["import", "old", "-o", "new.toml"]).status, 0);
    assert_eq!(magespec(dir.path(), &["check", "new.toml"]).status, 0);
    let given = magespec(dir.path(), &["import", "old", "--stdout", "--target", "2.4.7"]);
    assert!(given.stdout.contains("[target]\nmagento = \"2.4.7\"\n"), "{}", given.stdout);
}

fn two_modules() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for name in ["Orders", "Other", "Plain"] {
        let at = format!("app/code/Acme/{name}");
        module(dir.path(), &format!("{at}/"));
        for path in ["etc/module.xml", "registration.php"] {
            let path = dir.path().join(&at).join(path);
            let text = fs::read_to_string(&path).unwrap();
            fs::write(&path, text.replace("Acme_Orders", &format!("Acme_{name}"))).unwrap();
        }
    }
    fs::remove_file(dir.path().join("app/code/Acme/Plain/etc/integration.xml")).unwrap();
    dir
}

#[test]
fn several_modules_get_a_spec_each_and_a_table() {
    let dir = two_modules();
    let one = magespec(dir.path(), &["import", "--stdout"]);
    assert_eq!(one.status, 1);
    assert!(
        one.stderr.contains("name one:\n  ./app/code/Acme/Orders\n  ./app/code/Acme/Other"),
        "{}",
        one.stderr
    );
    assert_eq!(magespec(dir.path(), &["import", "app/code/Acme/Other", "-o", "x.toml"]).status, 0);
    let all = magespec(dir.path(), &["import"]);
    assert_eq!(
        (all.status, all.stdout.as_str()),
        (
            0,
            "MODULE       SPEC                          RESULT\n\
             Acme_Orders  Acme_Orders/integration.toml  written\n\
             Acme_Other   Acme_Other/integration.toml   written\n\
             2 modules imported; 1 module without integrations left out\n"
        ),
        "{}",
        all.stderr
    );
    for name in ["Acme_Orders", "Acme_Other"] {
        let spec = fs::read_to_string(dir.path().join(name).join("integration.toml")).unwrap();
        assert!(spec.contains(&format!("name = \"{name}\"")));
    }
    fs::create_dir_all(dir.path().join("vendor/acme")).unwrap();
    let dry = magespec(dir.path(), &["import", "--dry-run"]);
    let end = "ready\n\
        2 modules can be imported; 1 module without integrations left out\n\
        vendor was not searched; to import from it: magespec import vendor\n";
    assert!(dry.stdout.ends_with(end), "{}", dry.stdout);
    let in_place = magespec(dir.path(), &["import", "app/code", "--in-place"]);
    assert!(
        in_place.stdout.contains("app/code/Acme/Other/integration.toml   written\n"),
        "{}",
        in_place.stdout
    );
    let built = magespec(dir.path(), &["build", "app/code"]);
    assert_eq!(built.status, 0, "{}", built.stderr);
}

#[test]
fn a_printed_spec_leaves_the_list_of_other_files_to_standard_error() {
    let dir = tempfile::tempdir().unwrap();
    module(dir.path(), "");
    write(dir.path(), "etc/db_schema.xml", "<schema/>");
    let printed = magespec(dir.path(), &["import", "--stdout"]);
    assert!(printed.stderr.ends_with("stays yours, as it is: etc/db_schema.xml\n"), "{}", printed.stderr);
    assert!(!printed.stdout.contains("stays yours"), "{}", printed.stdout);
}

#[test]
fn a_dry_run_tells_programs_what_would_come_over() {
    let dir = two_modules();
    write(dir.path(), "app/code/Acme/Other/etc/integration.xml", "<config>");
    let before = contents(dir.path());
    let ran = magespec(dir.path(), &["import", "--dry-run", "--format", "json"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (1, ""));
    assert_eq!(contents(dir.path()), before);
    let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(document["version"], 1);
    let [orders, other] = document["modules"].as_array().unwrap().as_slice() else { panic!("{document}") };
    assert_eq!((&orders["name"], &orders["state"]), (&"Acme_Orders".into(), &"not-written".into()));
    assert_eq!(orders["adopted"].as_array().unwrap().len(), 3, "{orders}");
    let findings = other["findings"].as_array().unwrap();
    assert!(
        other["state"] == "failed" && findings.iter().any(|it| it["rule"] == "xml-unreadable"),
        "{other}"
    );
    assert_eq!(document["without_integrations"], serde_json::json!(["./app/code/Acme/Plain"]));
    let human = magespec(dir.path(), &["import", "app/code/Acme/Orders", "--in-place", "--dry-run"]);
    assert!(
        human.stdout.starts_with("would write app/code/Acme/Orders/integration.toml"),
        "{}",
        human.stdout
    );
    assert_eq!(contents(dir.path()), before);
}

/// PHP that reads the pair at run time breaks when it goes.
#[test]
fn code_that_uses_the_pair_is_named() {
    let dir = legacy();
    let reader = "<?php\nnamespace Acme\\Orders\\Model;\n\nuse Magento\\Integration\\Model\\Config;\n\nclass Reader\n{\n    public function __construct(private Config $config)\n    {\n    }\n\n    public function all()\n    {\n        return $this->config->getIntegrations();\n    }\n}\n";
    write(dir.path(), "Model/Reader.php", reader);
    let imported = magespec(dir.path(), &["import", "--in-place"]);
    assert!(
        imported.stdout.contains("`format = \"legacy\"` under [module] keeps it:\n  Model/Reader.php:"),
        "{}{}",
        imported.stdout,
        imported.stderr
    );
    for command in [&["diff"][..], &["build"]] {
        let said = magespec(dir.path(), command).stderr;
        assert!(said.contains("warning: Model/Reader.php still uses etc/integration/config.xml"), "{said}");
        assert!(said.contains("warning: Setup/InstallData.php still processes"), "{said}");
    }
}

#[test]
fn a_directory_without_a_module_is_reported() {
    let dir = tempfile::tempdir().unwrap();
    for (arguments, message) in
        [(&["import", "x"][..], "x is not a directory"), (&["import"], "no Magento module found in `.`")]
    {
        let ran = magespec(dir.path(), arguments);
        assert_eq!(ran.status, 1);
        assert!(ran.stderr.contains(message), "{}", ran.stderr);
    }
    write(dir.path(), "etc/module.xml", MODULE);
    assert!(magespec(dir.path(), &["import"]).stderr.contains("no module below . declares an integration"));
    write(dir.path(), "etc/integration.xml", "<config>");
    let ran = magespec(dir.path(), &["import"]);
    assert!(ran.stderr.contains("error[xml-unreadable]"), "{}", ran.stderr);
    assert!(ran.stderr.contains("nothing could be imported from ."), "{}", ran.stderr);
    assert_eq!(ran.status, 1);
}

/// Layout is no reason to rewrite a file, until the spec says something else of it.
#[test]
fn in_place_a_build_leaves_files_that_say_the_same() {
    let dir = tempfile::tempdir().unwrap();
    module(dir.path(), "");
    let imported = magespec(dir.path(), &["import", "--in-place"]);
    assert_eq!(
        imported.stdout,
        "wrote integration.toml, integration.schema.json and integration.lock; next: magespec diff integration.toml\n"
    );
    let before = contents(dir.path());
    assert_eq!(magespec(dir.path(), &["diff", "--format", "name-status"]).stdout, "");
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
    assert_eq!(contents(dir.path()), before);
    let spec = fs::read_to_string(dir.path().join("integration.toml")).unwrap();
    write(
        dir.path(),
        "integration.toml",
        &spec.replace("[module]\n", "[module]\nsequence = [\"Magento_Cms\"]\n"),
    );
    assert_eq!(magespec(dir.path(), &["diff", "--format", "name-status"]).stdout, "M\tetc/module.xml\n");
    write(dir.path(), "integration.toml", &spec);
    let reformatted = magespec(dir.path(), &["build", "--reformat"]);
    assert_eq!(
        reformatted.stdout,
        "Acme_Orders in .\n  changed etc/integration.xml\n  changed etc/module.xml\n  changed registration.php\n  updated integration.lock\n"
    );
    assert_eq!(magespec(dir.path(), &["build", "--check"]).status, 0);
}

#[test]
fn in_place_only_headers_and_layout_are_new() {
    let dir = tempfile::tempdir().unwrap();
    module(dir.path(), "");
    magespec(dir.path(), &["import", "--in-place"]);
    // What was edited since it was imported is still an edit by hand.
    write(dir.path(), "etc/module.xml", &MODULE.replace("config", "config "));
    assert_eq!(magespec(dir.path(), &["build"]).status, 1);
    write(dir.path(), "etc/module.xml", MODULE);
    assert_eq!(magespec(dir.path(), &["build", "--reformat"]).status, 0);
    let text = fs::read_to_string(dir.path().join("etc/integration.xml")).unwrap();
    let plain: String = text
        .lines()
        .filter(|line| !line.starts_with("<?xml") && !line.starts_with("<!--"))
        .map(str::trim)
        .collect();
    let schema = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:noNamespaceSchemaLocation=\"urn:magento:module:Magento_Integration:etc/integration/integration.xsd\"";
    assert_eq!(plain.replace(schema, ""), INTEGRATION.trim());
    let again = magespec(dir.path(), &["import", "--in-place"]);
    assert!(again.stdout.starts_with("integration.toml is up to date"), "{}", again.stdout);
}

#[test]
fn leaving_the_pair_shows_what_goes_and_what_is_left_to_remove() {
    let dir = legacy();
    assert_eq!(magespec(dir.path(), &["import", "--in-place"]).status, 0);
    let diff = magespec(dir.path(), &["diff", "--format", "name-status"]);
    assert!(
        diff.stdout.contains("D\tetc/integration/api.xml\nD\tetc/integration/config.xml\n"),
        "{}",
        diff.stdout
    );
    let message = "warning: Setup/InstallData.php still processes etc/integration/config.xml, which the build deletes; it will fail in a new shop. Delete it by hand\n";
    assert!(diff.stderr.ends_with(message), "{}", diff.stderr);
    let built = magespec(dir.path(), &["build"]);
    assert!(built.stderr.ends_with(message), "{}", built.stderr);
    assert!(files(dir.path()).contains(&"Setup/InstallData.php".to_owned()), "it is not ours to delete");
    fs::remove_file(dir.path().join("Setup/InstallData.php")).unwrap();
    assert_eq!(magespec(dir.path(), &["diff"]).stderr, "");
}

#[test]
fn keeping_the_pair_keeps_it_and_owns_its_script() {
    let dir = legacy();
    assert_eq!(magespec(dir.path(), &["import", "--in-place"]).status, 0);
    let path = dir.path().join("integration.toml");
    let spec = fs::read_to_string(&path).unwrap();
    fs::write(&path, spec.replace("[module]\n", "[module]\nformat = \"legacy\"\n")).unwrap();
    let built = magespec(dir.path(), &["build"]);
    assert_eq!(built.status, 0);
    assert!(
        built.stderr.starts_with("warning[setup-version]: Setup/InstallData.php never runs"),
        "{}",
        built.stderr
    );
    let made = files(dir.path());
    assert!(made.iter().any(|path| path.starts_with("Setup/Patch/Data/ProcessIntegrations")), "{made:?}");
    assert!(made.contains(&"etc/integration/config.xml".to_owned()));
    // On the way to the other form everything of this one goes, but for the script that was there before.
    fs::write(&path, spec).unwrap();
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
    let left = files(dir.path());
    let of_pair: Vec<&String> = left
        .iter()
        .filter(|path| path.starts_with("Setup") || path.starts_with("etc/integration/"))
        .collect();
    assert_eq!(of_pair, ["Setup/InstallData.php"]);
}

#[test]
fn a_module_without_a_spec_is_checked_as_it_is() {
    let dir = legacy();
    write(dir.path(), "composer.json", "{,}");
    let checked = magespec(dir.path(), &["check", ".", "--format", "short"]);
    assert_eq!(checked.status, 1);
    assert!(checked.stdout.contains("composer.json:1:2: error[composer-unreadable]"), "{}", checked.stdout);
    assert!(
        checked.stdout.contains("etc/integration/config.xml:1:15: note[legacy-format]"),
        "{}",
        checked.stdout
    );
    fs::remove_file(dir.path().join("composer.json")).unwrap();
    assert_eq!(magespec(dir.path(), &["check", "."]).status, 0);
    assert_eq!(magespec(dir.path(), &["import", "--in-place"]).status, 0);
    let checked = magespec(dir.path(), &["check", ".", "--format", "short"]);
    assert!(!checked.stdout.contains("legacy-format"), "a spec goes before the files: {}", checked.stdout);
}

#[test]
fn a_module_without_integrations_is_checked_too() {
    let dir = tempfile::tempdir().unwrap();
    write(
        dir.path(),
        "etc/module.xml",
        "<config><module name=\"Acme_Stock\" setup_version=\"1.0.0\"/></config>",
    );
    let job = "<job name=\"a\" instance=\"Magento\\Sales\\Cron\\CleanExpiredQuotes\" method=\"execute\"><schedule>61 * * * *</schedule></job>";
    write(dir.path(), "etc/crontab.xml", &format!("<config><group id=\"default\">{job}</group></config>"));
    let checked = magespec(dir.path(), &["check", ".", "--format", "short"]);
    assert_eq!(checked.status, 1);
    let errors: Vec<&str> = checked.stdout.lines().filter(|line| line.contains(" error[")).collect();
    let [only] = errors.as_slice() else { panic!("{}", checked.stdout) };
    assert!(only.starts_with("etc/crontab.xml:1:"), "{only}");
    assert!(only.contains("error[cron-schedule]: `61` is not a valid minute"), "{only}");
}

/// Without its lock, nothing proves that a file with the header is as it was generated.
pub(super) const COMPOSER: &str = r#"{
  "description" : "Bridge",
  "license": ["MIT"],
  "type": "magento2-module",
  "name": "acme/orders",
  "authors": [{ "name": "Jo", "url": "https://acme.com" }],
  "require": { "magento/framework": ">=102" , "php": ">=7.3" },
  "extra": { "x": null },
  "autoload": { "psr-4": { "Acme\\Orders\\": "" }, "files": ["registration.php"] }
}"#;

/// No version, no package for an id alone, no new order.
#[test]
fn composer_json_keeps_what_its_owner_wrote() {
    let dir = tempfile::tempdir().unwrap();
    module(dir.path(), "");
    write(dir.path(), "composer.json", COMPOSER);
    let read = || fs::read_to_string(dir.path().join("composer.json")).unwrap();
    magespec(dir.path(), &["import", "--in-place"]);
    let spec = fs::read_to_string(dir.path().join("integration.toml")).unwrap();
    assert!(!spec.contains("version = ") && spec.contains("license = [\"MIT\"]"), "{spec}");
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
    assert_eq!(read(), COMPOSER);
    let versioned =
        spec.replace("description = \"Bridge\"\n", "description = \"Bridge\"\nversion = \"1.0.0\"\n");
    write(dir.path(), "integration.toml", &versioned);
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
    let expected = COMPOSER
        .replace("\"magento2-module\",", "\"magento2-module\",\n  \"version\": \"1.0.0\",")
        .replace(">=102\" ,", ">=102\", \"magento/module-integration\": \"*\",");
    let made = read();
    let lines = |text: &str| {
        text.lines().filter(|line| !line.contains("require")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(lines(&made), lines(&expected));
    assert!(!made.contains("module-sales"), "{made}");
}
