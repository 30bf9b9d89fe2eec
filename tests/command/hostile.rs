//! Foreign text, of folders, specs, modules and shops: nothing that a terminal would obey, that turns the direction of text
//! or that has no width is printed.

use std::{fs, path::Path};

use serde_json::json;

use super::{SPEC, magespec};

const HOSTILE: &str = "a\u{1b}[2J\u{9b}31m\u{202e}\u{200b}z";
const VISIBLE: &str = "a␛[2J<U+009B>31m<U+202E><U+200B>z";

/// Runs magespec with and without colours; returns what it printed in the end.
#[track_caller]
fn printed(dir: &Path, arguments: &[&str]) -> String {
    let mut printed = String::new();
    for colours in ["always", "never"] {
        let ran = magespec(dir, &[arguments, &["--color", colours]].concat());
        printed = ran.stdout + &ran.stderr;
        let mut rest = printed.clone();
        if colours == "always" {
            for effect in
                ["", "0", "1", "2", "7", "31", "32", "33", "34", "35", "36", "91", "92", "93", "94", "96"]
            {
                rest = rest.replace(&format!("\u{1b}[{effect}m"), "");
            }
        }
        assert!(!rest.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\u{200b}']), "{arguments:?}: {printed:?}");
    }
    printed
}

/// The same, and the hostile text is in it, made visible.
#[track_caller]
fn shown(dir: &Path, arguments: &[&str]) {
    let printed = printed(dir, arguments);
    assert!(printed.contains(VISIBLE), "{arguments:?}: {printed}");
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn the_name_of_a_folder() {
    let dir = tempfile::tempdir().unwrap();
    write(&dir.path().join(HOSTILE).join("integration.toml"), SPEC);
    for format in ["human", "short", "github"] {
        shown(dir.path(), &["check", "--format", format, &format!("{HOSTILE}/nowhere.toml")]);
    }
    for arguments in
        [&["build", "--dry-run"][..], &["diff", "--format", "human"], &["diff", "--format", "side-by-side"]]
    {
        shown(dir.path(), &[arguments, &[HOSTILE]].concat());
    }
    // As git quotes it.
    printed(dir.path(), &["diff", "--format", "stat", HOSTILE]);
    shown(dir.path(), &["build", HOSTILE]);
    fs::write(dir.path().join(HOSTILE).join("registration.php"), "<?php // mine\n").unwrap();
    shown(dir.path(), &["build", HOSTILE]);
    for format in ["human", "markdown", "json"] {
        printed(dir.path(), &["plan", "--format", format, HOSTILE]);
        printed(dir.path(), &["access", "--format", format, HOSTILE]);
    }
    shown(
        dir.path(),
        &["init", &format!("{HOSTILE}/new.toml"), "--name", "Acme_Orders", "--email", "a@acme.com"],
    );
    shown(dir.path(), &["check", "--format", HOSTILE]);
}

#[test]
fn the_values_of_a_spec() {
    let dir = tempfile::tempdir().unwrap();
    // TOML takes the first as they are; the controls have to be escaped.
    for value in ["a\u{202e}\u{200b}z", "a\\u001b[2J\\u009b31mz"] {
        let own = format!(
            "\n[[acl]]\nid = \"Acme_Orders::own\"\ntitle = \"{value}\"\nparent = \"Magento_Sales::actions\"\n"
        );
        let specs = [
            SPEC.replace("Acme Warehouse", value),
            SPEC.replace("Lets the Acme", value),
            SPEC.replace("2.4.2", value),
            SPEC.replace("Magento_Sales::actions_view", value),
            SPEC.replace("warehouse@acme.com", value),
            SPEC.replace("version =", &format!("\"{value}\" =")),
            SPEC.replace("actions_view\"", "actions_view\", \"Acme_Orders::own\"") + &own,
        ];
        for spec in specs {
            fs::write(dir.path().join("integration.toml"), spec).unwrap();
            printed(dir.path(), &["check"]);
            printed(dir.path(), &["check", "--format", "json"]);
            printed(dir.path(), &["plan", "--format", "markdown"]);
            printed(dir.path(), &["access"]);
            printed(dir.path(), &["build"]);
        }
    }
}

#[test]
fn the_files_of_a_module_and_a_shop() {
    let dir = tempfile::tempdir().unwrap();
    let module = dir.path().join(HOSTILE);
    write(&module.join("registration.php"), "<?php\n");
    write(
        &module.join("etc/module.xml"),
        "<config><module name=\"Acme_A\"/><x\u{202e}\u{200b}\u{9b}31m/></config>",
    );
    write(
        &module.join("etc/integration.xml"),
        "<integrations><integration name=\"A\u{202e}\u{9b}31m\u{200b}\"><resources><resource name=\"x\u{200b}\"/></resources></integration></integrations>",
    );
    shown(dir.path(), &["check", HOSTILE]);
    shown(dir.path(), &["import", HOSTILE]);

    let shop = dir.path().join("shop");
    write(&shop.join("composer.json"), r#"{"require": {"magento/product-community-edition": "2.4.2"}}"#);
    write(&shop.join("app/code/Acme/A/registration.php"), "<?php\n");
    write(&shop.join("app/code/Acme/A/etc/module.xml"), "<config><module name=\"Acme_A\"/></config>");
    write(
        &shop.join("app/code/Acme/A/etc/acl.xml"),
        "<config><acl><resources><resource id=\"Magento_Backend::admin\" title=\"A\"><resource id=\"Acme_A::x\" \
         title=\"a\u{9b}31m\u{202e}\u{200b}z\"/></resource></resources></acl></config>",
    );
    for arguments in [&["acl"][..], &["acl", "Acme_A::x"], &["acl", "--format", "csv"], &["routes"]] {
        printed(dir.path(), &[arguments, &["--magento", "shop", "--no-cache"]].concat());
    }
}

#[test]
fn the_answers_of_a_running_shop() {
    let dir = tempfile::tempdir().unwrap();
    write(&dir.path().join("integration.toml"), SPEC);
    let answer = json!({ "answer": {
        "magento": { "version": "2.4.2", "edition": HOSTILE, "mode": HOSTILE, "php": HOSTILE, "maintenance": false, "config_hash": null },
        "module": {
            "path": format!("/shop/{HOSTILE}"), "enabled": true, "setup_version": null, "schema_version": null,
            "data_version": null, "patches": [],
        },
        "order": [HOSTILE],
        "waiting": [HOSTILE],
        "integrations": [{
            "id": 1, "name": HOSTILE, "email": HOSTILE, "endpoint_url": HOSTILE, "identity_link_url": null, "status": 1,
            "from_file": true, "created_at": HOSTILE, "consumer": null, "granted": [HOSTILE],
        }],
        "declared": { "integrations": [], "files": [], "error": HOSTILE },
        "columns": null,
        "acl": {},
        "spare": [],
        "tables": { "integration": HOSTILE, "oauth_consumer": "oauth_consumer", "authorization_role": HOSTILE },
    } });
    write(&dir.path().join("answer.json"), &answer.to_string());
    write(
        &dir.path().join("php.sh"),
        "marker=$(sed -n 's/.*\"marker\":\"\\([^\"]*\\)\".*/\\1/p' | head -n 1)\n\
         printf '%s%s%s\\n' \"$marker\" \"$(cat answer.json)\" \"$marker\"\n",
    );
    write(&dir.path().join("broken.sh"), "cat > /dev/null\ncat noise >&2\nexit 3\n");
    write(&dir.path().join("noise"), HOSTILE);
    let options = |php: &'static str| ["--magento", "/shop", "--php", php];
    shown(dir.path(), &[&["status"][..], &options("sh php.sh")].concat());
    printed(dir.path(), &[&["status", "--format", "json"][..], &options("sh php.sh")].concat());
    for command in ["status", "install", "uninstall", "heal"] {
        shown(dir.path(), &[&[command][..], &options("sh broken.sh")].concat());
    }
    printed(dir.path(), &[&["uninstall", "--dry-run"][..], &options("sh php.sh")].concat());
    printed(dir.path(), &["plan", "--live", "/shop", "--php", "sh php.sh"]);
}
