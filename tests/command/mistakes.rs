//! Mistakes of newcomers, each with all that magespec says about it. Read the snapshot as the person who gets it.

use std::{fmt::Write as _, fs};

use crate::support::command::magespec;

const SPEC: &str = r#"[module]
name = "Acme_Wms"
description = "Lets the warehouse read orders"
version = "1.0.0"

[target]
magento = "2.4.6"

[rules]
bearer-token-refused = "allow"
release-not-verified = "allow"

[[integration]]
name = "Acme WMS"
email = "it@acme.com"
calls = ["GET /V1/orders"]
"#;

/// Text in the spec, and what is written instead.
const EDITS: [(&str, &str); 68] = [
    (
        "[\"GET /V1/orders\"]",
        "[\n  \"GET /V1/orders\",\n  \"GET /V1/products\"\n\n[settings]\nlabel = \"Acme\"",
    ),
    ("[\"GET /V1/orders\"]", "[\"GET /V1/orders\" \"GET /V1/products\"]"),
    ("[\"GET /V1/orders\"]", "[GET /V1/orders]"),
    ("[\"GET /V1/orders\"]", "\"GET /V1/orders\""),
    ("\"it@acme.com\"", "it@acme.com"),
    ("\"it@acme.com\"", "“it@acme.com”"),
    ("\"it@acme.com\"", "\"it@acme.com"),
    ("email =", "email:"),
    ("email =", "email\u{a0}="),
    ("email =", "e-mail ="),
    ("name = \"Acme_Wms\"", "name = \"Acme\\Wms\""),
    ("\"Acme_Wms\"", "\"acme/module-wms\""),
    ("\"Acme_Wms\"", "\"acme_wms\""),
    ("\"Acme_Wms\"", "\"A_Wms\""),
    ("[module]", "[[module]]"),
    ("[module]\n", ""),
    ("[[integration]]", "[integration]"),
    ("[[integration]]", "[[integrations]]"),
    ("[rules]", "// why\n[rules]"),
    ("[rules]", "/* why */\n[rules]"),
    ("version = \"1.0.0\"", "version = 1.0"),
    ("version = \"1.0.0\"", "version = \"v1.0.0\""),
    ("\"2.4.6\"", "\"2.4.6, 2.4.7\""),
    ("\"2.4.6\"", "\"2.4.6 or 2.4.7\""),
    ("\"2.4.6\"", "\"2.4.6+\""),
    ("\"2.4.6\"", "\"2.4\""),
    ("\"2.4.6\"", "2.4"),
    ("\"2.4.6\"", "[\"2.4.6\", \"2.4.7\"]"),
    ("\"2.4.6\"", "\"1.9.4\""),
    ("GET /V1/orders", "GET /V1/order"),
    ("GET /V1/orders", "/V1/orders"),
    ("GET /V1/orders", "* /V1/orders"),
    ("GET /V1/orders", "create shipment"),
    ("GET /V1/orders", "POST /graphql"),
    ("GET /V1/orders", "salesOrderRepositoryV1GetList"),
    ("calls = [\"GET /V1/orders\"]", "resources = [\"magento_sales::actions_view\"]"),
    ("calls = [\"GET /V1/orders\"]", "resources = [\"Magento_Sales::Actions_View\"]"),
    ("calls = [\"GET /V1/orders\"]", "resources = [\"Magento_Sales::actions_view\u{a0}\"]"),
    ("calls = [\"GET /V1/orders\"]", "resources = [\"Sales > Operations > Orders\"]"),
    ("calls = [\"GET /V1/orders\"]", "resources = [\"*\"]"),
    ("version =", "require = { \"magento/module-sales\" = 3.0 }\nversion ="),
    ("version =", "require = { \"magento/module-sales\" = \"3.0\" }\nversion ="),
    (
        "[[integration]]",
        "[settings.setting]\npath = \"general/limit\"\n\n[settings]\nlabel = \"Acme\"\n\n[[integration]]",
    ),
    (
        "[[integration]]",
        "[settings]\nlabel = \"Acme\"\n\n[[setting]]\npath = \"general/limit\"\nlabel = \"Limit\"\ntype = \"integer\"\n\n[[integration]]",
    ),
    ("[[integration]]", "[[cron]]\nname = \"pull_stock\"\nschedule = \"@hourly\"\n\n[[integration]]"),
    ("[[integration]]", "[[cron]]\nname = \"pull_stock\"\nschedule = \"0 0 * * * *\"\n\n[[integration]]"),
    ("[\"GET /V1/orders\"]", "[\"GET /V1/orders\",, \"GET /V1/products\"]"),
    ("[\"GET /V1/orders\"]", "(\"GET /V1/orders\")"),
    ("[\"GET /V1/orders\"]", "{\"GET /V1/orders\"}"),
    ("calls = [\"GET /V1/orders\"]", "calls:\n  - GET /V1/orders"),
    ("calls =", "calls =>"),
    ("calls =", "routes ="),
    ("calls = [\"GET /V1/orders\"]", "permissions = [\"Magento_Sales::sales\"]"),
    ("name =", "name =="),
    ("\"Acme_Wms\"", "«Acme_Wms»"),
    ("\"Acme_Wms\"", "\"Acme_Wms\","),
    ("\"Acme_Wms\"", "\"Acme_Wms\";"),
    ("name = \"Acme_Wms\"", "\"name\": \"Acme_Wms\","),
    ("name = \"Acme_Wms\"", "export name=\"Acme_Wms\""),
    ("version = \"1.0.0\"", "version = 1.0.0"),
    ("[rules]", "<!-- why -->\n[rules]"),
    ("magento = \"2.4.6\"", "version = \"2.4.6\""),
    ("magento = \"2.4.6\"", "magento = \"2.4.6\"\nphp = \"8.1\""),
    ("magento = \"2.4.6\"", "magento = \"2.4.6\"\nedition = \"EE\""),
    ("bearer-token-refused = \"allow\"", "bearer-token-refused = \"off\""),
    ("bearer-token-refused = \"allow\"", "bearer-token-refused = false"),
    ("[[integration]]", "[[webhooks]]\ntopic = \"order.saved\"\n\n[[integration]]"),
    ("[[integration]]", "[[observers]]\nname = \"log\"\n\n[[integration]]"),
];

/// Whole files that are given as a spec.
const FILES: [(&str, &[u8]); 10] = [
    ("etc/integration.xml", b"<?xml version=\"1.0\"?>\n<integrations/>\n"),
    ("composer.json", b"{\n    \"name\": \"acme/module-wms\",\n    \"type\": \"magento2-module\"\n}\n"),
    ("spec.json", b"{\"module\": {\"name\": \"Acme_Wms\"}}\n"),
    ("spec.yaml", b"module:\n  name: Acme_Wms\n"),
    ("list.yaml", b"- name: Acme_Wms\n  calls:\n    - GET /V1/orders\n"),
    ("array.php", b"['module' => ['name' => 'Acme_Wms']]\n"),
    ("access.log", b"::1 - - [01/Mar/2026:10:00:00 +0000] \"GET /rest/V1/orders HTTP/1.1\" 200 5\n"),
    ("module.zip", b"PK\x03\x04\0\0"),
    ("registration.php", b"<?php\nreturn [];\n"),
    ("utf16.toml", b"\xFF\xFE[\0m\0o\0d\0u\0l\0e\0]\0\n\0"),
];

const COMMANDS: [&str; 16] = [
    "integration.toml",
    "validate integration.toml",
    "check nope.toml",
    "check --magento 2.4.6",
    "build --force integration.toml",
    "plan --from HEAD~1",
    "plan --upgrade 2.4.6",
    "import integration.toml",
    "explain unknown_resource",
    "access --format yaml",
    "openapi",
    "check --strict integration.toml",
    "check --target 2.4.6",
    "build -o out",
    "routes --method GET",
    "check --config magespec.toml",
];

#[test]
fn each_mistake_gets_advice() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("etc")).unwrap();
    let mut all = String::new();
    let mut run = |title: &str, arguments: &[&str]| {
        let ran = magespec(dir.path(), arguments);
        assert_ne!(ran.status, 0, "{title}");
        write!(all, "#### {title}\n{}{}\n", ran.stdout, ran.stderr).unwrap();
    };
    for (right, wrong) in EDITS {
        let spec = SPEC.replacen(right, wrong, 1);
        assert_ne!(spec, SPEC, "{right}");
        fs::write(dir.path().join("integration.toml"), spec).unwrap();
        run(&format!("{} instead of {}", shown(wrong), shown(right)), &["check"]);
    }
    for (name, bytes) in FILES {
        fs::write(dir.path().join(name), bytes).unwrap();
        run(&format!("magespec check {name}"), &["check", name]);
    }
    fs::write(dir.path().join("integration.toml"), SPEC).unwrap();
    for command in COMMANDS {
        run(&format!("magespec {command}"), &command.split(' ').collect::<Vec<_>>());
    }
    insta::assert_snapshot!(all);
}

fn shown(text: &str) -> String {
    text.replace('\n', "⏎").replace('\u{a0}', "<U+00A0>")
}
