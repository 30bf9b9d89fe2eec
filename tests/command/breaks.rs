//! Promises that a change of the spec breaks, as `plan` lists them.

use std::{fs, path::Path, process::Command};

use serde_json::Value;

use super::magespec;

const SPEC: &str = include_str!("../../examples/erp-bridge/integration.toml");

fn built() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("integration.toml"), SPEC).unwrap();
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
    dir
}

/// The spec with texts replaced, each of which is there.
fn with(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(SPEC.to_owned(), |spec, (from, to)| {
        assert!(spec.contains(from), "{from}");
        spec.replace(from, to)
    })
}

/// `code subject`, of all that breaks.
fn breaks(dir: &Path, spec: &str, arguments: &[&str]) -> Vec<String> {
    fs::write(dir.join("integration.toml"), spec).unwrap();
    let ran = magespec(dir, &[&["plan", "--format", "json"], arguments].concat());
    let document: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
    let breaks = document["breaks"].as_array().unwrap().iter();
    breaks.map(|it| format!("{} {}", it["code"].as_str().unwrap(), it["subject"].as_str().unwrap())).collect()
}

const CHANGES: [(&str, &str); 6] = [
    ("GET /V1/acme-erp/orders/:incrementId\"", "GET /V1/acme-erp/order/:incrementId\""),
    ("body = { erpNumber = \"string\" }", "body = { erpNumber = \"int\" }"),
    ("grand_total = \"float\", erp_number", "grand_total = \"string\", erp_number"),
    ("connection/timeout_seconds", "connection/timeout"),
    ("path = \"connection/environment\"", "path = \"connection/stage\""),
    ("email = \"string\", group_id = \"int\"", "email = \"string\", website_id = \"int\""),
];

#[test]
fn what_others_rely_on_is_compared() {
    let dir = built();
    assert_eq!(breaks(dir.path(), SPEC, &[]), [] as [String; 0]);
    let expected = [
        "route-gone GET /V1/acme-erp/orders/:incrementId",
        "route-changed POST /V1/acme-erp/orders/:incrementId/confirm",
        "data-changed ExportResultInterface",
        "setting-moved acme_erpbridge/connection/environment",
        "setting-moved acme_erpbridge/connection/timeout_seconds",
        "topic-changed customer.saved",
    ];
    assert_eq!(breaks(dir.path(), &with(&CHANGES), &[]), expected);
    // The same against the spec as it was, and against the built module elsewhere.
    let old = built();
    for path in ["integration.toml", ""] {
        let from = old.path().join(path);
        assert_eq!(
            breaks(dir.path(), &with(&CHANGES), &["--from", from.to_str().unwrap()]),
            expected,
            "{path}"
        );
    }
}

#[test]
fn people_read_what_breaks_and_what_to_do() {
    let dir = built();
    let moved = ("path = \"connection/base_url\"", "path = \"api/base_url\"");
    let url = ("url = \"connection/base_url\"", "url = \"api/base_url\"");
    let spec = with(&[CHANGES.as_slice(), &[moved, url]].concat());
    fs::write(dir.path().join("integration.toml"), spec).unwrap();
    let ran = magespec(dir.path(), &["plan"]);
    assert_eq!(ran.status, 0);
    insta::assert_snapshot!("breaks_human", ran.stdout);
    insta::assert_snapshot!("breaks_findings", ran.stderr);
    insta::assert_snapshot!(
        "breaks_markdown",
        magespec(dir.path(), &["plan", "--format", "markdown"]).stdout
    );
    assert_eq!(magespec(dir.path(), &["plan", "--exit-code"]).status, 2);
}

#[test]
fn what_adds_breaks_nothing() {
    let dir = built();
    let spec = with(&[
        ("erp_number = \"string?\" }", "erp_number = \"string?\", note = \"string?\" }"),
        ("description = \"Read one order\"", "description = \"Read an order\""),
        ("[[cron]]", "[[setting]]\npath = \"api/retries\"\ntype = \"number\"\ndefault = 3\n\n[[cron]]"),
    ]);
    assert_eq!(breaks(dir.path(), &spec, &[]), [] as [String; 0]);
}

#[test]
fn names_in_a_path_are_a_promise_in_soap_and_in_bulk() {
    let dir = built();
    let spec = with(&[
        ("/orders/:incrementId\"", "/orders/:orderNumber\""),
        ("/orders/:incrementId/confirm\"", "/orders/:number/confirm\""),
    ]);
    let expected = [
        "route-changed GET /V1/acme-erp/orders/:orderNumber",
        "route-changed POST /V1/acme-erp/orders/:number/confirm",
    ];
    assert_eq!(breaks(dir.path(), &spec, &[]), expected);
    let said = magespec(dir.path(), &["plan"]).stdout;
    let expected = "in SOAP, incrementId is now called number; in bulk it is POST \
                    /async/bulk/V1/acme-erp/orders/byNumber/confirm instead of \
                    POST /async/bulk/V1/acme-erp/orders/byIncrementId/confirm";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn addresses_sizes_and_commands_are_promises() {
    let dir = built();
    let spec = with(&[
        ("path = \"/magento/events\"", "path = \"/events\""),
        ("max_bytes = 65536", "max_bytes = 4096"),
        ("commands = \"acme:webhooks\"", "commands = \"acme:outbox\""),
    ]);
    let expected = [
        "topic-changed order.completed",
        "webhook-path-changed /magento/events",
        "commands-gone acme:webhooks:{list,prune,replay,retry,send-test,show,status}",
    ];
    assert_eq!(breaks(dir.path(), &spec, &[]), expected);
}

#[test]
fn a_secret_that_becomes_a_text_has_to_be_saved_again() {
    let dir = built();
    let spec = |path: &str| {
        let keys = "type = \"text\"\nrenamed_from = \"acme_erpbridge/connection/api_key\"";
        format!("{}\n[[setting]]\npath = \"{path}\"\n{keys}\n", without_setting("connection/api_key"))
    };
    assert_eq!(
        breaks(dir.path(), &spec("connection/key"), &[]),
        ["setting-changed acme_erpbridge/connection/key"]
    );
}

/// The spec without a setting.
fn without_setting(path: &str) -> String {
    let start = SPEC.find(&format!("[[setting]]\npath = \"{path}\"")).unwrap();
    let end = start + 1 + SPEC[start + 1..].find("\n[").unwrap();
    format!("{}{}", &SPEC[..start], &SPEC[end..])
}

#[test]
fn new_data_breaks_those_who_send_it() {
    let dir = tempfile::tempdir().unwrap();
    let state = |name: &str, body: &str, data: &str| {
        let spec = format!(
            r#"module = {{ name = "Acme_Erp", description = "x" }}
target = {{ magento = "2.4.7" }}
acl = [{{ id = "Acme_Erp::sync", title = "Sync", parent = "Magento_Backend::admin" }}]
integration = [{{ name = "Acme ERP", email = "erp@example.com", resources = ["Acme_Erp::sync"] }}]
data = [
  {{ name = "Sent", fields = {{ {data} }} }},
  {{ name = "Received", fields = {{ {data} }} }},
]

[[service]]
name = "Orders"

[[service.method]]
name = "save"
route = "POST /V1/acme/orders"
acl = "Acme_Erp::sync"
body = {{ {body} }}
returns = "Received"
"#
        );
        fs::write(dir.path().join(name), spec).unwrap();
    };
    state("before.toml", "sent = \"Sent\", n = \"int\"", "id = \"int\", note = \"string?\"");
    state(
        "integration.toml",
        "n = \"int?\", sent = \"Sent\"",
        "id = \"int\", note = \"string?\", size = \"int\"",
    );
    let spec = fs::read_to_string(dir.path().join("integration.toml")).unwrap();
    let from = ["integration.toml", "--from", "before.toml"];
    assert_eq!(breaks(dir.path(), &spec, &from), ["data-changed SentInterface"]);
}

#[test]
fn a_table_that_is_no_longer_declared_is_dropped() {
    let dir = built();
    let start = SPEC.find("[webhooks]").unwrap();
    let end = SPEC.find("[[cron]]").unwrap();
    let spec = format!("{}{}", &SPEC[..start], &SPEC[end..]);
    let found = breaks(dir.path(), &spec, &[]);
    assert_eq!(
        found,
        [
            "topic-gone customer.saved",
            "topic-gone order.completed",
            "topic-gone order.saved",
            "topic-gone product.saved",
            "commands-gone acme:webhooks:{list,prune,replay,retry,send-test,show,status}",
            "table-gone acme_erpbridge_outbox"
        ]
    );
    let plan = magespec(dir.path(), &["plan"]).stdout;
    assert!(
        plan.contains("- table acme_erpbridge_outbox is no longer declared: setup:upgrade drops it"),
        "{plan}"
    );
}

#[test]
fn a_break_can_be_denied() {
    let dir = built();
    let spec = with(&CHANGES) + "\n[rules]\nbreaking-change = \"deny\"\n";
    fs::write(dir.path().join("integration.toml"), spec).unwrap();
    let ran = magespec(dir.path(), &["plan"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("error[breaking-change]: topic customer.saved changed"), "{}", ran.stderr);
}

#[test]
fn former_names_break_nothing_that_is_stored() {
    let dir = built();
    let from = "\nrenamed_from = \"acme_erpbridge/connection/environment\"";
    let spec = with(&[
        ("path = \"connection/environment\"", &format!("path = \"connection/stage\"{from}")),
        ("topic = \"customer.saved\"", "topic = \"customer.changed\"\nrenamed_from = \"customer.saved\""),
    ]);
    assert_eq!(breaks(dir.path(), &spec, &[]), ["topic-renamed customer.saved"]);
    let plan = magespec(dir.path(), &["plan"]).stdout;
    for line in [
        "# setup:upgrade moves what was saved for the setting acme_erpbridge/connection/environment to \
         acme_erpbridge/connection/stage; if app/etc/config.php or env.php has it, rename it there",
        "~ topic customer.saved is now sent as customer.changed; webhooks already recorded keep the former topic",
    ] {
        assert!(plan.contains(line), "{line}\n{plan}");
    }
}

#[test]
fn a_renamed_resource_resets_nothing() {
    let dir = built();
    let spec = SPEC.replace("Acme_ErpBridge::export_read", "Acme_ErpBridge::export_view");
    let id = "id = \"Acme_ErpBridge::export_view\"";
    let renamed = spec.replace(id, &format!("{id}, renamed_from = \"Acme_ErpBridge::export_read\""));
    assert_ne!(spec, renamed);
    assert_eq!(breaks(dir.path(), &renamed, &[]), [] as [String; 0]);
    let plan = magespec(dir.path(), &["plan"]).stdout;
    assert!(plan.contains("will be kept") && plan.contains("Plan: 1 to keep"), "{plan}");
    let note = "# setup:upgrade renames the resource Acme_ErpBridge::export_read to Acme_ErpBridge::export_view in all roles";
    assert!(
        plan.contains(note) && plan.contains("Plugin/RenameResources.php and etc/di.xml changed"),
        "{plan}"
    );
    // Without it, the integration asks for a resource that it did not have.
    fs::write(dir.path().join("integration.toml"), spec).unwrap();
    assert!(magespec(dir.path(), &["plan"]).stdout.contains("Plan: 1 to reset"));
}

#[test]
fn files_that_do_not_parse_are_an_error() {
    let dir = built();
    fs::write(dir.path().join("etc/webapi.xml"), "<routes><route>").unwrap();
    let ran = magespec(dir.path(), &["plan"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    assert!(
        ran.stderr.contains("error[xml-unreadable]") && ran.stderr.contains("etc/webapi.xml"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_route_that_is_opened_is_named() {
    let dir = built();
    let spec = with(&[("acl = \"Acme_ErpBridge::export_write\"", "acl = \"anonymous\"")]);
    let expected = ["route-opened POST /V1/acme-erp/orders/:incrementId/confirm"];
    assert_eq!(breaks(dir.path(), &spec, &[]), expected);
}

#[test]
fn a_setting_that_is_renamed_in_its_group_keeps_its_value() {
    let dir = built();
    let spec = with(&[("path = \"connection/environment\"", "path = \"connection/stage\"")]);
    fs::write(dir.path().join("integration.toml"), spec).unwrap();
    let plan = magespec(dir.path(), &["plan"]).stdout;
    let advice = "if acme_erpbridge/connection/stage is the same setting, add to it `renamed_from = \
                  \"acme_erpbridge/connection/environment\"`";
    assert!(plan.contains(advice) && !plan.contains("DELETE FROM"), "{plan}");
}

#[test]
fn a_removed_route_had_its_notice_or_not() {
    let route = "route = \"GET /V1/acme-erp/orders/:incrementId\"";
    let gone = with(&CHANGES[..1]);
    let message = |notice: &str| {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("integration.toml");
        fs::write(&file, with(&[(route, &format!("{route}\n{notice}"))])).unwrap();
        assert_eq!(magespec(dir.path(), &["build"]).status, 0);
        fs::write(&file, &gone).unwrap();
        let ran = magespec(dir.path(), &["plan", "--format", "json"]);
        let document: Value = serde_json::from_str(&ran.stdout).unwrap();
        document["breaks"][0]["message"].as_str().map(str::to_owned)
    };
    assert_eq!(message("").unwrap(), "was removed without notice: calls to it get a 404");
    assert_eq!(
        message("deprecated = \"2099-06-01\"").unwrap(),
        "was removed before 2099-06-01, the day announced to its callers: calls to it get a 404"
    );
    assert_eq!(message("deprecated = \"2020-06-01\""), None);
}

/// The day is that of the clock, or one that is set: the same run gives the same output on any day.
#[test]
fn a_day_can_be_set() {
    let route = "route = \"GET /V1/acme-erp/orders/:incrementId\"";
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("integration.toml");
    fs::write(&file, with(&[(route, &format!("{route}\ndeprecated = \"2027-06-01\""))])).unwrap();
    let on = |seconds: &str, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_magespec"));
        let command = command.current_dir(dir.path()).args(arguments).env("SOURCE_DATE_EPOCH", seconds);
        let ran = command.output().unwrap();
        (ran.status.code().unwrap(), String::from_utf8(ran.stdout).unwrap())
    };
    let (before, after) = ("1811807999", "1811808000");
    let check = ["check", "--deny", "warnings", "--format", "short"];
    assert!(!on(before, &check).1.contains("deprecation-over"));
    let (status, found) = on(after, &check);
    assert!(status == 1 && found.contains("deprecation-over"), "{found}");
    assert_eq!(on(after, &["build", "--deny", "warnings"]).0, 0);
    fs::write(&file, with(&CHANGES[..1])).unwrap();
    assert!(on(before, &["changes"]).1.contains("removed before 2027-06-01"));
    assert!(!on(after, &["changes"]).1.contains("removed before"));
}

#[test]
fn an_announced_day_is_not_moved_forward() {
    let route = "route = \"POST /V1/acme-erp/orders/:incrementId/confirm\"";
    let until = |day: &str| with(&[(route, &format!("{route}\ndeprecated = \"{day}\""))]);
    let dir = built();
    assert_eq!(breaks(dir.path(), &until("2099-06-01"), &[]), [] as [String; 0]);
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
    assert_eq!(breaks(dir.path(), &until("2099-07-01"), &[]), [] as [String; 0]);
    let expected = ["route-changed POST /V1/acme-erp/orders/:incrementId/confirm"];
    assert_eq!(breaks(dir.path(), &until("2099-05-01"), &[]), expected);
}

/// Changes of `topic`, from the first webhook of the example with some keys to the one with others.
fn topic_changes(before: &str, after: &str) -> Vec<String> {
    let (head, rest) = SPEC.split_once("[[webhook]]").unwrap();
    let (_, rest) = rest.split_once("[[cron]]").unwrap();
    let with = |keys: &str| {
        format!(
            "{head}[[webhook]]\ntopic = \"order.saved\"\nevent = \"sales_order_save_after\"\n{keys}\n[[cron]]{rest}"
        )
    };
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("integration.toml"), with(before)).unwrap();
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
    fs::write(dir.path().join("integration.toml"), with(after)).unwrap();
    let ran = magespec(dir.path(), &["plan", "--format", "json"]);
    let document: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
    let breaks = document["breaks"].as_array().unwrap().iter();
    breaks.map(|it| it["message"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn payloads_and_conditions_are_compared() {
    let fields = "fields = { \"items[].sku\" = \"string\", \"billing_address.city\" = \"string\", status = \"string\" }\n";
    assert_eq!(topic_changes(fields, fields), [] as [String; 0]);
    let other = "fields = { \"items[].sku\" = \"string\", \"items[].name\" = \"string\", status = { from = \"state\", type = \"string\" } }\n";
    assert_eq!(
        topic_changes(fields, other),
        ["changed: billing_address.city was removed; status now has the value of state instead of status"]
    );
    let condition = "when = { status = [\"complete\"], grand_total = { min = 1 } }\nchanged = [\"status\"]\n";
    assert_eq!(
        topic_changes(fields, &format!("{fields}{condition}")),
        [
            "changed: it was always sent, and is now sent only if status is complete and grand_total is at least 1 and status changed"
        ]
    );
    assert_eq!(
        topic_changes(
            "fields = { status = \"string\" }",
            "fields = { status = \"string\" }\nmax_bytes = 1000"
        ),
        ["changed: its data is now limited to 1000 bytes: beyond, fields are left out"]
    );
}
