//! Ways between generated files and the tables that make them.

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::{super::editor::position_behind, places};
use crate::{lsp::editor::Editor, magespec};

/// Spec with every table.
const EXAMPLE: &str = include_str!("../../../../integration.toml.example");

/// Editor with the spec, and its module built.
fn built(dir: &Path) -> Editor {
    fs::write(dir.join("integration.toml"), EXAMPLE).unwrap();
    let ran = magespec(dir, &["build"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    Editor::open(dir, EXAMPLE)
}

/// Folder of the module.
const MODULE: &str = "app/code/Acme/ErpBridge/src";

#[test]
fn each_line_leads_to_the_table_that_makes_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = built(dir.path());
    let cases = [
        ("etc/acl.xml", "<acl>", "id = \"Acme_ErpBridge::erp\""),
        ("etc/acl.xml", "Magento_Backend::stores\"", "[settings]"),
        ("etc/adminhtml/menu.xml", "Acme_ErpBridge::settings", "menu = "),
        ("etc/adminhtml/menu.xml", "Acme_ErpBridge::erp_menu", "id = \"Acme_ErpBridge::erp_menu\""),
        ("etc/adminhtml/menu.xml", "Acme_ErpBridge::exports", "{ id = \"Acme_ErpBridge::exports\""),
        ("etc/adminhtml/system.xml", "<group id=\"connection\"", "groups = { connection"),
        ("etc/adminhtml/system.xml", "<group id=\"parcels\"", "[settings.section.groups.parcels]"),
        ("etc/adminhtml/system.xml", "<tab id=\"acme\"", "id = \"acme\""),
        ("etc/config.xml", "<connection>", "path = \"connection/enabled\""),
        ("etc/cron_groups.xml", "<schedule_lifetime>", "[webhooks]"),
        ("etc/crontab.xml", "acme_erpbridge_prune_webhooks", "[webhooks]"),
        ("etc/crontab.xml", "acme_erpbridge_pull_stock", "name = \"pull_stock\""),
        ("etc/crontab.xml", "<group id=\"default\"", "name = \"pull_stock\""),
        ("etc/db_schema.xml", "<table", "[webhooks]"),
        ("etc/di.xml", "Api\\OrderExportInterface\"", "name = \"OrderExport\""),
        ("etc/events.xml", "<event name=\"sales_order_place_after\"", "name = \"log_placed_order\""),
        ("etc/events.xml", "RecordWebhook", "topic = \"order.saved\""),
        ("etc/webapi_rest/di.xml", "Magento\\Webapi\\Controller\\Rest\"", "name = \"getMine\""),
        ("i18n/de_DE.csv", "Test the connection", "button_label = "),
        ("i18n/de_DE.csv", "Acme ERP", "title = \"Acme ERP\""),
        ("i18n/en_US.csv", "Enabled", "[i18n]"),
        ("Console/Webhooks/StatusCommand.php", "class ", "[webhooks]"),
        ("Model/Webhook/Signer.php", "function ", "[webhooks]"),
        ("Test/Unit/Model/Webhook/SignerTest.php", "class ", "[webhooks]"),
        ("Model/Config.php", "Base URL; website scope", "path = \"connection/base_url\""),
        ("Model/Config.php", "class Config", "[settings]"),
        ("Model/Config/Backend/HttpUrl.php", "class ", "path = \"connection/base_url\""),
        ("Api/OrderExportInterface.php", "function getMine", "name = \"getMine\""),
        ("Plugin/RenameResources.php", "class ", "id = \"Acme_ErpBridge::erp\""),
        ("Setup/Recurring.php", "class ", "path = \"connection/enabled\""),
    ];
    for (file, written, expected) in cases {
        let path = dir.path().join(MODULE).join(file);
        let text = fs::read_to_string(&path).unwrap();
        let position = position_behind(&text, written);
        let uri = format!("file://{}", path.display());
        let params = json!({ "textDocument": { "uri": uri }, "position": position });
        let answer = editor.request("textDocument/definition", params);
        let found = places(dir.path(), &answer);
        assert!(
            found[0].starts_with(&format!("integration.toml: {expected}")),
            "{file} {written}: {found:?}"
        );
    }
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn a_table_leads_to_all_files_that_it_makes() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = built(dir.path());
    let mut files = |written: &str| -> Vec<String> {
        let answer = editor.behind("textDocument/implementation", EXAMPLE, written);
        let files = answer.as_array().unwrap().iter();
        let prefix = format!("{}/", editor.uri_of(MODULE));
        files.map(|it: &Value| it["uri"].as_str().unwrap().replace(&prefix, "")).collect()
    };
    assert_eq!(files("\nmenu = \"Magento"), ["etc/adminhtml/menu.xml"]);
    assert_eq!(files("[[menu]]"), ["etc/adminhtml/menu.xml"]);
    let webhooks = files("[webhooks]");
    for file in ["etc/crontab.xml", "etc/cron_groups.xml", "etc/db_schema.xml", "Model/Webhook/Sender.php"] {
        assert!(webhooks.iter().any(|it| it == file), "{file} in {webhooks:?}");
    }
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn the_section_in_front_of_a_path_is_a_name() {
    let text = EXAMPLE.replace(
        "[[observer]]\n",
        "[[cron]]\nname = \"push\"\nconfig_path = \"acme_shipping/parcels/stage\"\n\n[[observer]]\n",
    );
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), &text);
    let refused = editor.behind("textDocument/prepareRename", &text, "config_path = \"acme_ship");
    let message = refused["message"].as_str().unwrap();
    assert!(
        message.starts_with("`acme_shipping` is the first part of the path of each of its settings"),
        "{message}"
    );
    let declared = editor.behind("textDocument/definition", &text, "config_path = \"acme_ship");
    let line = declared[0]["range"]["start"]["line"].as_u64().unwrap() as usize;
    assert!(text.lines().nth(line).unwrap().starts_with("id = \"acme_shipping\""), "{declared}");
    let renamed = editor.behind("textDocument/prepareRename", &text, "acme_shipping/parcels/st");
    assert_eq!(renamed["placeholder"], "parcels/stage");
    assert_eq!(editor.end(), Some(0));
}
