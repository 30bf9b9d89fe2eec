//! Foreign text, of folders, specs, modules and shops: nothing that a terminal would obey, that turns the direction of text
//! or that has no width is printed.

use std::{fs, path::Path};

use serde_json::json;

use super::{SPEC, calls::fed, magespec};

pub(super) const HOSTILE: &str = "a\u{1b}[2J\u{9b}31m\u{202e}\u{200b}z";
const VISIBLE: &str = "a␛[2J<U+009B>31m<U+202E><U+200B>z";
/// Ends its line and is then a workflow command of GitHub, or of Azure; in red.
pub(super) const FORGED: &str = "evil\n::error file=a.php::x\n ##[group]y##vso[z]\u{1b}[31m";

/// Runs magespec with and without colours; returns what it printed in the end.
#[track_caller]
pub(super) fn printed(dir: &Path, arguments: &[&str]) -> String {
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
        for forged in ["##[", "##vso[", "y\u{1b}[31m", "z]\u{1b}[31m"] {
            assert!(!printed.contains(forged), "{arguments:?}: {printed:?}");
        }
        let commands = printed.lines().filter(|line| line.trim_start().starts_with("::"));
        let is_own = |line: &str| arguments.contains(&"github") && !line.contains(" file=a.php:");
        assert_eq!(commands.filter(|line| !is_own(line)).collect::<Vec<_>>(), [""; 0], "{arguments:?}");
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
            printed(dir.path(), &["review"]);
            printed(dir.path(), &["review", "--format", "html"]);
            printed(dir.path(), &["changes"]);
            printed(dir.path(), &["changes", "--format", "markdown"]);
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
        "<config><integration name=\"A\u{202e}\u{9b}31m\u{200b}\"><resources><resource name=\"x\u{200b}\"/></resources></integration></config>",
    );
    shown(dir.path(), &["check", HOSTILE]);
    shown(dir.path(), &["import", HOSTILE]);
    write(&module.join("etc/module.xml"), "<config><module name=\"Acme_Orders\"/></config>");
    write(
        &module.join("etc/acl.xml"),
        "<config><acl><resources><resource id=\"Magento_Backend::admin\"><resource id=\"Acme_Orders::x\" \
         title=\"Orders\u{200b}\"/></resource></resources></acl></config>",
    );
    let found = printed(dir.path(), &["check", "--format", "short", HOSTILE]);
    for file in ["acl.xml:1:", "integration.xml:1:"] {
        let is_found = |line: &str| line.contains(file) && line.contains("warning[invisible-character]");
        assert!(found.lines().any(is_found), "{file}: {found}");
    }

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
    for hostile in [HOSTILE, FORGED] {
        answers(hostile);
    }
}

fn answers(hostile: &str) {
    let dir = tempfile::tempdir().unwrap();
    write(&dir.path().join("integration.toml"), SPEC);
    let answer = json!({ "answer": {
        "magento": { "version": "2.4.2", "edition": hostile, "mode": hostile, "php": hostile, "maintenance": false, "config_hash": null },
        "module": {
            "path": format!("/shop/{hostile}"), "enabled": true, "setup_version": null, "schema_version": null,
            "data_version": null, "patches": [],
        },
        "order": [hostile],
        "next_order": [hostile, format!("new{hostile}")],
        "waiting": [hostile],
        "integrations": [{
            "id": 1, "name": hostile, "email": hostile, "endpoint_url": hostile, "identity_link_url": null, "status": 1,
            "setup_type": 1, "created_at": hostile, "consumer": null, "granted": [hostile],
        }],
        "declared": { "integrations": [], "files": [], "error": hostile },
        "columns": null,
        "acl": {},
        "added": {},
        "code": [{ "module": hostile, "path": hostile, "text": "<?php function afterProcessConfigBasedIntegrations() {}" }],
        "spare": [],
        "tables": { "integration": hostile, "oauth_consumer": "oauth_consumer", "authorization_role": hostile },
    } });
    write(&dir.path().join("answer.json"), &answer.to_string());
    write(
        &dir.path().join("php.sh"),
        "marker=$(sed -n 's/.*\"marker\":\"\\([^\"]*\\)\".*/\\1/p' | head -n 1)\n\
         printf '%s%s%s\\n' \"$marker\" \"$(cat answer.json)\" \"$marker\"\n",
    );
    write(&dir.path().join("broken.sh"), "cat > /dev/null\ncat noise >&2\nexit 3\n");
    write(&dir.path().join("noise"), hostile);
    let options = |php: &'static str| ["--magento", "/shop", "--php", php];
    // The forged text is broken in more than one way; `printed` looks for what is left of it.
    let is_shown = |text: &str| hostile == FORGED || text.contains(VISIBLE);
    let status = printed(dir.path(), &[&["status"][..], &options("sh php.sh")].concat());
    assert!(is_shown(&status) && status.contains("Acme Warehouse: missing"), "the answer is read: {status}");
    printed(dir.path(), &[&["status", "--format", "json"][..], &options("sh php.sh")].concat());
    for command in ["status", "install", "uninstall", "heal"] {
        let refused = printed(dir.path(), &[&[command][..], &options("sh broken.sh")].concat());
        assert!(is_shown(&refused), "{command}: {refused}");
    }
    printed(dir.path(), &[&["uninstall", "--dry-run"][..], &options("sh php.sh")].concat());
    printed(dir.path(), &["plan", "--live", "/shop", "--php", "sh php.sh"]);
}

#[test]
fn the_name_of_a_folder_forges_no_workflow_command() {
    let dir = tempfile::tempdir().unwrap();
    write(
        &dir.path().join(FORGED).join("integration.toml"),
        &SPEC.replace("magento = \"", "magento = \"1.0 || "),
    );
    write(&dir.path().join("broken").join(FORGED).join("integration.toml"), "[x");
    write(
        &dir.path().join("a").join(FORGED).join("etc/module.xml"),
        "<config><module name=\"Acme_A\"/></config>",
    );
    write(&dir.path().join("a").join(FORGED).join("registration.php"), "<?php\n");
    let spec = format!("{FORGED}/integration.toml");
    let checks: Vec<Vec<&str>> = ["human", "short", "json", "sarif", "github"]
        .into_iter()
        .flat_map(|format| {
            [FORGED, &spec, "broken", "nowhere\n::x", "a"]
                .map(|place| vec!["check", "--format", format, place])
        })
        .collect();
    for arguments in &checks {
        printed(dir.path(), arguments);
    }
    for format in ["human", "side-by-side", "stat", "name-status", "patch", "json", "markdown", "html"] {
        printed(dir.path(), &["diff", "--format", format, FORGED]);
        printed(dir.path(), &["diff", "--format", format, FORGED, "--out", &format!("{FORGED}/{FORGED}")]);
    }
    for arguments in [
        &["build", "--dry-run", FORGED][..],
        &["build", FORGED, "--format", "json"],
        &["build", FORGED],
        &["build", FORGED, "--check"],
        &["plan", FORGED],
        &["plan", FORGED, "--format", "markdown"],
        &["plan", FORGED, "--format", "json"],
        &["plan", FORGED, "--from", FORGED],
        &["plan", FORGED, "--from", "git:x\n::error::y"],
        &["review", FORGED],
        &["review", FORGED, "--format", "html"],
        &["review", FORGED, "--from", FORGED],
        &["changes", FORGED],
        &["changes", FORGED, "--from", FORGED],
        &["access", FORGED],
        &["access", FORGED, "--format", "markdown"],
        &["openapi", FORGED],
        &["asyncapi", FORGED],
        &["import", "a"],
        &["import", FORGED],
        &["init", &format!("{FORGED}/new.toml"), "--name", "Acme_A", "--email", "a@b.co"],
        &["init", &format!("{FORGED}/new.toml"), "--name", "Acme_A", "--email", "a@b.co"],
        &["init", "x.toml", "--name", FORGED],
        &["acl", FORGED],
        &["acl", "--magento", FORGED],
        &["acl", "--catalog", FORGED],
        &["routes", FORGED],
        &["routes", "--needs", FORGED],
        &["calls", FORGED],
        &["catalog", "--magento", FORGED],
        &["explain", FORGED],
        &["check", "--format", FORGED],
        &[FORGED],
        &["status", "--magento", FORGED, "--php", FORGED, &spec],
        &["install", "--magento", FORGED, "--php", FORGED, &spec],
    ] {
        printed(dir.path(), arguments);
    }
    fs::write(
        dir.path().join(FORGED).join("registration.php"),
        "<?php // mine \u{1b}[31m\u{202e}\n::error file=a.php::x\n ##vso[task.x]y\n",
    )
    .unwrap();
    for arguments in [
        &["build", FORGED][..],
        &["build", FORGED, "--check"],
        &["build", FORGED, "--check", "--format", "json"],
        &["build", FORGED, "--merge"],
        &["build", FORGED, "--keep", "registration.php"],
    ] {
        printed(dir.path(), arguments);
    }
}

#[test]
fn a_shop_forges_no_workflow_command() {
    let dir = tempfile::tempdir().unwrap();
    write(&dir.path().join("integration.toml"), SPEC);
    let shop = dir.path().join("shop");
    write(&shop.join("composer.json"), r#"{"require": {"magento/product-community-edition": "2.4.3"}}"#);
    write(&shop.join("app/code/Acme/A/registration.php"), "<?php\n");
    write(&shop.join("app/code/Acme/A/etc/module.xml"), "<config><module name=\"Acme_A\"/></config>");
    write(
        &shop.join("app/code/Acme/A/etc/acl.xml"),
        "<config><acl><resources><resource id=\"Magento_Backend::admin\" title=\"A\">\
         <resource id=\"::error file=a.php::x\" title=\"::error ##[group]\"/>\
         <resource id=\"Acme_A::x\" title=\"=cmd()&#10;::error file=a.php::x ##vso[a]\"/>\
         </resource></resources></acl></config>",
    );
    write(
        &shop.join("app/code/Acme/A/etc/webapi.xml"),
        "<routes><route url=\"::error file=a.php::x\" method=\"::error ##[x]\"><resources><resource ref=\"::error file=a.php::x\"/>\
         </resources></route></routes>",
    );
    for command in ["acl", "routes"] {
        for format in ["human", "json", "csv"] {
            printed(dir.path(), &[command, "--format", format, "--magento", "shop", "--no-cache"]);
        }
        printed(dir.path(), &[command, "error", "--magento", "shop", "--no-cache"]);
    }
    printed(dir.path(), &["check", "--magento", "shop", "--no-cache"]);
    printed(dir.path(), &["catalog", "--magento", "shop", "--no-cache"]);
    let said = printed(dir.path(), &["acl", "--format", "csv", "--magento", "shop", "--no-cache"]);
    assert!(said.contains(",'=cmd() ::error"), "{said}");
}

#[test]
fn no_value_of_a_path_is_printed() {
    let dir = tempfile::tempdir().unwrap();
    let log = "GET /rest/V1/acme/sessions/0kv9yq1w8f6g3hjz5x2c7b4n\n\
               GET /rest/V1/customers/7/password/resetLinkToken/s3cretT0ken\n\
               GET /rest/V1/acme/jane@acme.com?token=s3cretT0ken\n\
               GET /rest/V1/orders/hunter/of/janedoe\n";
    for format in ["human", "json"] {
        let ran = fed(dir.path(), &["calls", "-", "--format", format], log.as_bytes());
        let printed = ran.stdout + &ran.stderr;
        assert!(
            !["0kv9", "s3cret", "jane", "hunter"].iter().any(|secret| printed.contains(secret)),
            "{printed}"
        );
        assert!(printed.contains("GET /V1/orders/:value/:value/:value"), "{printed}");
    }
}

#[test]
fn a_log_cannot_speak_to_the_terminal() {
    let dir = tempfile::tempdir().unwrap();
    let log = b"::1 - - [t] \"GET /rest/V1/\\x1B[2J HTTP/1.1\" 404 1 \"-\" \"\\x1B]0;x\\x07\"\n";
    for (agent, shown) in [("", "GET /V1/:value"), ("none", "␛")] {
        let ran = fed(dir.path(), &["calls", "-", "--agent", agent], log);
        assert!(!ran.stderr.contains(['\u{1b}', '\u{7}']) && ran.stderr.contains(shown), "{}", ran.stderr);
    }
}
