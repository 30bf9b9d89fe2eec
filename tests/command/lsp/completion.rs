//! Completion in all places where the catalog or the spec knows what may be written.

mod headers;
mod proposals;
mod typing;

use serde_json::{Value, json};

use super::editor::{Editor, applied, position};

const HEAD: &str = "[module]
name = \"Acme_Erp\"
description = \"Lets the ERP read orders\"
version = \"1.0.0\"
license = \"proprietary\"

[target]
magento = \">=2.4.4 <2.4.9\"

[[integration]]
name = \"Acme ERP\"
email = \"erp@acme.com\"
resources = [\"Magento_Sales::sales/**\"]
";

const TABLES: &str = "
[[acl]]
id = \"Acme_Erp::erp\"
title = \"Acme ERP\"
parent = \"Magento_Backend::admin\"
children = [{ id = \"Acme_Erp::sync\", title = \"Trigger a sync\" }]

[[service]]
name = \"OrderExport\"

[[service.method]]
name = \"get\"
route = \"GET /V1/acme-erp/orders/:orderId\"
acl = \"Acme_Erp::sync\"
returns = \"ExportResult\"

[[data]]
name = \"ExportResult\"
fields = { increment_id = \"string\" }

[settings]
label = \"Acme ERP\"

[[setting]]
path = \"connection/base_url\"
type = \"url\"
label = \"Base URL\"
default = \"https://erp.acme.com/rest\"

[[setting]]
path = \"connection/signing_secret\"
type = \"secret\"

[[setting]]
path = \"connection/mode\"
type = \"select\"
options = { sandbox = \"Sandbox\", live = \"Production\" }
";

/// Completions at `|` in a text behind the first tables.
struct Completed {
    text: String,
    list: Value,
}

impl Completed {
    fn labels(&self) -> Vec<&str> {
        let items = self.list["items"].as_array().into_iter().flatten();
        items.map(|item| item["label"].as_str().unwrap()).collect()
    }

    fn item(&self, label: &str) -> &Value {
        let mut items = self.list["items"].as_array().unwrap().iter();
        items
            .find(|item| item["label"] == label)
            .unwrap_or_else(|| panic!("no {label} in {:#?}", self.labels()))
    }

    /// Line with the cursor and those behind it after an item was taken.
    fn taken(&self, label: &str) -> String {
        let edit = self.item(label)["textEdit"].clone();
        let line = edit["range"]["start"]["line"].as_u64().unwrap() as usize;
        let applied = applied(&self.text, &[edit]);
        applied.lines().skip(line).collect::<Vec<_>>().join("\n")
    }
}

impl Completed {
    /// Fails if something is proposed twice, or if an editor would drop with the next letter what was found by a title.
    #[track_caller]
    fn is_consistent(&self) {
        let mut labels = self.labels();
        let count = labels.len();
        labels.sort_unstable();
        labels.dedup();
        assert_eq!(labels.len(), count, "{}", self.text);
        // Null where nothing can be written.
        assert!(self.list.is_null() || self.list["items"].is_array(), "{}", self.text);
        let mut items = self.list["items"].as_array().into_iter().flatten();
        let is_found_otherwise = items.any(|item| item["filterText"].is_string());
        assert!(self.list["isIncomplete"] == true || !is_found_otherwise, "{}", self.text);
    }
}

/// Completes at each `|`, in one session.
fn completed(marked: &[&str]) -> Vec<Completed> {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), HEAD);
    let completed = marked.iter().map(|marked| {
        let offset = marked.find('|').unwrap();
        let text = marked.replacen('|', "", 1);
        editor.set_text(&text);
        let params = json!({ "textDocument": { "uri": editor.uri }, "position": position(&text, offset) });
        let list = editor.request("textDocument/completion", params);
        let completed = Completed { text, list };
        completed.is_consistent();
        completed
    });
    let completed = completed.collect();
    assert_eq!(editor.end(), Some(0));
    completed
}

/// Completes at each `|` behind the whole spec.
fn behind(marked: &[&str]) -> Vec<Completed> {
    let texts: Vec<String> = marked.iter().map(|marked| format!("{HEAD}{TABLES}\n{marked}")).collect();
    completed(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

#[track_caller]
fn first(completed: &Completed, expected: &[&str]) {
    let labels = completed.labels();
    assert_eq!(labels[..expected.len().min(labels.len())], *expected, "{}", completed.text);
}

#[test]
fn every_value_is_completed() {
    // What is typed, and what comes first.
    let cases: [(&str, &[&str]); 61] = [
        (
            "[[setting]]\npath = \"a/b\"\ntype = \"multiselect\"\noptions = { x = \"X\" }\ndefault = [\"|\"]",
            &["x"],
        ),
        ("[[integration]]\nresources = [\"view order|\"]", &["Magento_Sales::actions_view"]),
        ("[[integration]]\nresources = [\"trigger|\"]", &["Acme_Erp::sync"]),
        ("[[integration]]\nresources = [\"Magento_Sales::*invoi*|\"]", &["Magento_Sales::*invoi*"]),
        ("[[integration]]\nresources = [\"Magento_Catalog::catalog/|\"]", &["Magento_Catalog::catalog/**"]),
        ("[[integration]]\nresources = [\"Magento_Sales::*\", \"!ship|\"]", &["!Magento_Sales::ship"]),
        ("[[integration]]\ncalls = [\"orders get|\"]", &["GET /V1/orders"]),
        ("[[integration]]\ncalls = [\"acme-erp|\"]", &["GET /V1/acme-erp/orders/:orderId"]),
        (
            "[[integration]]\ncalls = [\"async update products links|\"]",
            &["PUT /async/V1/products/:sku/links"],
        ),
        ("[[integration]]\ncalls = [{ route = \"ship order|\" }]", &["POST /V1/order/:orderId/ship"]),
        ("[[acl]]\nparent = \"Acme_|\"", &["Acme_Erp::erp", "Acme_Erp::sync", "Acme_Erp::config"]),
        ("[[acl]]\nid = \"|\"", &["Acme_Erp::"]),
        ("[[acl]]\nchildren = [{ id = \"|\" }]", &["Acme_Erp::"]),
        ("[[service]]\n[[service.method]]\nacl = \"anon|\"", &["anonymous"]),
        ("[[service]]\n[[service.method]]\nroute = |", &["GET /V1/acme-erp/"]),
        ("[[service]]\n[[service.method]]\nroute = \"GET /V1/a/:id\"\npath_only = [\"|\"]", &["id"]),
        ("[[service]]\n[[service.method]]\nreturns = \"Export|\"", &["ExportResult"]),
        ("[[service]]\n[[service.method]]\nreturns = \"Export[|\"", &["ExportResult[]", "ExportResult[]?"]),
        ("[[data]]\nfields = { order = 'Data orderint|' }", &["Magento\\Sales\\Api\\Data\\OrderInterface"]),
        ("[[setting]]\ntype = \"multi|\"", &["multiselect"]),
        ("[[setting]]\npath = \"conn|\"", &["connection/"]),
        ("[[setting]]\nscope = \"|\"", &["global", "website", "store"]),
        ("[[setting]]\ndepends = { \"connection/mode\" = \"|\" }", &["sandbox", "live"]),
        ("[[setting]]\nsource_model = 'Yesno|'", &["Magento\\Config\\Model\\Config\\Source\\Yesno"]),
        ("[[setting]]\nif_module_enabled = \"Magento_Sale|\"", &["Magento_Sales", "Magento_SalesAnalytics"]),
        ("[[setting]]\nconfig_path = \"acme_erp/|\"", &["acme_erp/connection/base_url"]),
        ("[[menu]]\nparent = \"stores settings|\"", &["Magento_Backend::stores_settings"]),
        ("[[menu]]\nresource = \"Acme_Erp::e|\"", &["Acme_Erp::erp"]),
        ("[[menu]]\nchange = \"|\"", &["add", "update", "remove"]),
        ("[webhooks]\nurl = \"|\"", &["connection/base_url"]),
        ("[webhooks]\nsecret = \"|\"", &["connection/signing_secret"]),
        (
            "[[webhook]]\nevent = \"sales_order_save_|\"",
            &["sales_order_save_after", "sales_order_save_before"],
        ),
        (
            "[[webhook]]\nevent = [\"sales_order_save_after\", \"customer_save_aft|\"]",
            &["customer_save_after"],
        ),
        ("[[webhook]]\nevent = \"sales_order_save_after\"\nchanged = [\"stat|\"]", &["state", "status"]),
        (
            "[[webhook]]\nevent = \"sales_order_save_after\"\nfields = { grand_total = \"|\" }",
            &["float", "string"],
        ),
        (
            "[[webhook]]\nevent = \"sales_order_save_after\"\nfields = { number = { from = \"increment|\" } }",
            &["increment_id"],
        ),
        (
            "[[observer]]\nevent = \"sales_order_place_|\"",
            &["sales_order_place_after", "sales_order_place_before"],
        ),
        ("[[observer]]\narea = \"web|\"", &["webapi_rest", "webapi_soap"]),
        ("[[cron]]\ngroup = \"|\"", &["default"]),
        ("[[cron]]\nschedule = \"hour|\"", &["0 * * * *", "*/15 * * * *"]),
        ("[csp]\nconnect-src = [\"|\"]", &["https://erp.acme.com"]),
        ("[i18n]\nlocales = [\"de_|\"]", &["de_AT", "de_CH", "de_DE", "de_LU"]),
        ("[files]\nunmanaged = [\"etc/int|\"]", &["etc/integration.xml"]),
        ("[rules]\nurl-not-https = \"|\"", &["allow", "warn", "deny"]),
        ("[module.require]\n\"magento/module-sales\" = \"|\"", &["103.0.*"]),
        ("[[integration]]\nkeep_credentials = |", &["true", "false", "unless-permissions-grow"]),
        (
            "[[acl]]\nid = \"Acme_Erp::x\"\nparent = \"Acme_|\"",
            &["Acme_Erp::erp", "Acme_Erp::sync", "Acme_Erp::config"],
        ),
        ("[[observer]]\nevent = \"order save|\"", &["sales_order_save_after", "sales_order_save_before"]),
        // A truth value has no quotes.
        ("[[integration]]\nkeep_credentials = \"|\"", &["unless-permissions-grow"]),
        ("[[setting]]\ntype = \"yesno\"\ndefault = |", &["true", "false"]),
        ("[[setting]]\ndepends = { \"connection/mode\" = { not = [\"|\"] } }", &["sandbox", "live"]),
        ("[[setting]]\ndepends = { \"acme_erp/connection/mode\" = [\"|\"] }", &["sandbox", "live"]),
        ("[[setting]]\nrequires = { groups = [\"|\"] }", &["connection"]),
        ("[[setting]]\nrequires = { fields = [\"connection/b|\"] }", &["connection/base_url"]),
        ("[[setting]]\nupload_dir = { config = \"web/unsecure/base_u|\" }", &["web/unsecure/base_url"]),
        (
            "[[setting]]\nbackend_model = 'Config\\Backend\\Image|'",
            &[r"Magento\Config\Model\Config\Backend\Image"],
        ),
        (
            "[config.default]\n\"payment/acme/key\" = { backend_model = 'Encrypted|' }",
            &[r"Magento\Config\Model\Config\Backend\Encrypted"],
        ),
        ("[[menu]]\nchange = \"update\"\nid = \"sales order|\"", &["Magento_Sales::sales_order"]),
        ("[[menu]]\nmodule = \"|\"", &["Acme_Erp"]),
        (
            "[[observer]]\nevent = \"sales_order_save_after\"\ndisabled = true\nid = \"|\"",
            &["downloadable_observer"],
        ),
        ("[[setting]]\nsource_model = '|'", &[r"Magento\AdminNotification\Model\Config\Source\Frequency"]),
    ];
    let completed = behind(&cases.map(|(marked, _)| marked));
    for (completed, (_, expected)) in completed.iter().zip(cases) {
        first(completed, expected);
    }
}

#[test]
fn keys_and_tables_are_completed_with_what_they_require() {
    let cases = [
        "[[cron]]\nna|",
        "[[cron]]\n|\nschedule = \"x\"",
        "[[webho|",
        "[[observer|]]",
        "service.m|",
        "[rules]\nurl-not-h|",
        "[module.require]\nsales|",
        "[webhooks]\nmax_at| = 3",
        "[[setting]]\nper_env|",
    ];
    let [cron, before, webhook, observer, method, rule, package, assigned, flag] =
        behind(&cases).try_into().map_err(|_| "as many").unwrap();
    assert_eq!(cron.taken("name"), "name = \"${1:pull_stock}\"");
    assert!(before.labels().contains(&"name") && !before.labels().contains(&"schedule"));
    assert_eq!(
        webhook.taken("[[webhook]]"),
        "[[webhook]]\ntopic = \"${1:order.saved}\"\nevent = \"${2:sales_order_save_after}\"\n\
         fields = { ${3:entity_id = \"int\", \"billing_address.city\" = \"string\", \"items[].sku\" = \"string\"} }"
    );
    assert!(observer.taken("[[observer]]").starts_with("[[observer]]\nname = \"${1:"));
    assert!(method.taken("[[service.method]]").starts_with("[[service.method]]\nname = \"${1:"));
    assert_eq!(rule.taken("url-not-https"), "url-not-https = \"${1|allow,warn,deny|}\"");
    assert_eq!(package.taken("magento/module-sales"), "\"magento/module-sales\" = \"${1:103.0.*}\"");
    assert_eq!(assigned.taken("max_attempts"), "max_attempts = 3");
    assert_eq!(flag.taken("per_environment"), "per_environment = ${1|true,false|}");
    let detail = observer.item("[[observer]]")["detail"].as_str().unwrap();
    assert_eq!(detail, "An observer: a class that runs on an event.");
}

#[test]
fn settings_are_named_with_their_section_where_it_is_another() {
    let more = "[[settings.section]]\nid = \"acme_shipping\"\nlabel = \"Shipping\"\ntab = \"sales\"\n\n\
                [[setting]]\npath = \"parcels/stage\"\nsection = \"acme_shipping\"\ntype = \"text\"\n\n";
    let cases = [
        "[[setting]]\npath = \"parcels/logo\"\nsection = \"acme_shipping\"\ndepends = { | }",
        "[[setting]]\npath = \"connection/more\"\ndepends = { | }",
        "[[setting]]\npath = \"parcels/x\"\nsection = \"acme_shipping\"\nrequires = { fields = [\"|\"] }",
        "[[cron]]\nconfig_path = \"acme|\"",
        "[settings.section.groups.parcels]\ndepends = { | }",
        "[settings.section.groups.parcels]\ndepends = { \"acme_erp/connection/mode\" = \"|\" }",
        "[settings.section.groups.parcels]\nextends = \"acme|\"",
    ];
    let texts: Vec<String> = cases
        .iter()
        .map(|marked| {
            let (groups, others) =
                if marked.starts_with("[settings") { (*marked, "") } else { ("", *marked) };
            let section = more.replace("\n\n[[setting]]", &format!("\n\n{groups}\n\n[[setting]]"));
            let tables =
                TABLES.replace("label = \"Acme ERP\"\n", &format!("label = \"Acme ERP\"\n\n{section}"));
            format!("{HEAD}{tables}\n{others}")
        })
        .collect();
    let all = completed(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    first(&all[0], &["parcels/stage", "parcels/logo", "acme_erp/connection/base_url"]);
    first(&all[1], &["connection/base_url", "connection/signing_secret", "connection/mode"]);
    assert!(all[1].labels().contains(&"acme_shipping/parcels/stage"), "{:?}", all[1].labels());
    first(&all[2], &["parcels/stage", "parcels/x"]);
    assert_eq!(all[2].labels().len(), 2);
    // A schedule is a text.
    assert_eq!(all[3].labels(), ["acme_shipping/parcels/stage"]);
    first(&all[4], &["parcels/stage", "acme_erp/connection/base_url"]);
    first(&all[5], &["sandbox", "live"]);
    first(&all[6], &["acme_erp/connection", "acme_shipping/parcels"]);
}

#[test]
fn edits_fit_what_is_there() {
    let order = "[[webhook]]\nevent = \"sales_order_save_after\"\nfields = { ";
    let cases = [
        // Without quotes, in one quote alone, in both kinds, behind an emoji.
        "[[cron]]\ngroup = |",
        "[[cron]]\ngroup = \"def|",
        "[[integration]]\nname = \"😀\"\ncalls = [\"😀\", \"orders get|]",
        "[[data]]\nfields = { order = \"Data orderint|\" }",
        "[[data]]\nfields = { order = 'Data orderint|' }",
        &format!("{order}billing_address.ci|"),
        &format!("{order}\"items[].sk|\" = \"string\" }}"),
        &format!("{order}grand_t| }}"),
        &format!("{order}\"extension_attributes.|\" }}"),
    ];
    let all = behind(&cases);
    let takes = ["default", "default", "GET /V1/orders"];
    let lines: Vec<String> = all.iter().zip(takes).map(|(it, label)| it.taken(label)).collect();
    assert_eq!(lines, ["group = \"default\"", "group = \"default\"", "calls = [\"😀\", \"GET /V1/orders\"]"]);
    let class = "Magento\\Sales\\Api\\Data\\OrderInterface";
    assert_eq!(all[3].taken(class), format!("fields = {{ order = \"{}\" }}", class.replace('\\', "\\\\")));
    assert_eq!(all[4].taken(class), format!("fields = {{ order = '{class}' }}"));
    assert_eq!(all[5].taken("billing_address.city"), "fields = { \"billing_address.city\" = \"${1:string}\"");
    assert_eq!(all[6].taken("items[].sku"), "fields = { \"items[].sku\" = \"string\" }");
    assert_eq!(all[7].taken("grand_total"), "fields = { grand_total = \"${1:float}\" }");
    assert!(all[8].labels().iter().any(|label| label.starts_with("extension_attributes.gift_message.")));
}

#[test]
fn what_only_some_releases_have_says_so_and_comes_last() {
    let spec = HEAD.replace(">=2.4.4 <2.4.9", ">=2.2.0 <2.4.9");
    let calls = format!("{spec}calls = [\"inventory source-items|\"]");
    let targets = HEAD.replace(">=2.4.4 <2.4.9", "|");
    let part = HEAD.replace(">=2.4.4 <2.4.9", ">=2.4.4 <2.4.|");
    let all = completed(&[&calls, &targets, &part]);
    let detail = all[0].item("GET /V1/inventory/source-items")["detail"].as_str().unwrap();
    assert!(
        detail.starts_with("needs Magento_InventoryApi::source")
            && detail.contains("; since 2.3.0; only in 2.3.0.."),
        "{detail}"
    );
    let detail = all[1].item("2.4.7")["detail"].as_str().unwrap();
    assert!(detail.starts_with("2.4.7..2.4.7-p"), "{detail}");
    assert!(all[1].labels().contains(&"2.4.*"));
    assert_eq!(
        all[2].taken("2.4.8"),
        "magento = \">=2.4.4 <2.4.8\"\n".to_owned() + HEAD.split_once("2.4.9\"\n").unwrap().1.trim_end()
    );
}

#[test]
fn editors_without_snippets_get_plain_text() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::start(dir.path());
    editor.request("initialize", json!({ "capabilities": {} }));
    let text = format!("{HEAD}\n[[cron]]\nna");
    editor.open_file("integration.toml", "toml", &text);
    let list = editor.behind("textDocument/completion", &text, "[[cron]]\nna");
    let first = &list["items"][0];
    assert_eq!(first["textEdit"]["newText"], "name = \"pull_stock\"");
    assert!(first["insertTextFormat"].is_null());
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn a_session_is_written_down() {
    let dir = tempfile::tempdir().unwrap();
    let text = HEAD.replace("Magento_Sales::sales/**", "view order 😀");
    let mut editor = Editor::open(dir.path(), &text);
    editor.shown = 3;
    editor.behind("textDocument/completion", &text, "view order");
    insta::assert_snapshot!(editor.transcript());
    assert_eq!(editor.end(), Some(0));
}
