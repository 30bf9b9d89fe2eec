use std::collections::BTreeSet;

use magespec::describe;
use serde_json::{Value, json};

use crate::support::{
    documents::{ERP_BRIDGE, asyncapi, module},
    made::WIDE,
};

const RECEIVING: &str = include_str!("../../../docs/receiving-webhooks.md");
const SENDER: &str = include_str!("../../../examples/erp-bridge/Model/Webhook/Sender.php");

fn headers(document: &Value) -> &Value {
    &document["components"]["schemas"]["Headers"]
}

#[test]
fn the_example_is_described() {
    let document = asyncapi(ERP_BRIDGE);
    insta::assert_snapshot!(format!("{document:#}"));
}

#[test]
fn a_spec_with_everything_is_described() {
    asyncapi(WIDE);
}

#[test]
fn headers_are_those_that_the_module_sends() {
    let document = asyncapi(ERP_BRIDGE);
    let sent = SENDER.split("addHeader(").skip(1).map(|rest| rest.split('\'').nth(1).unwrap().to_lowercase());
    let described = headers(&document)["required"].as_array().unwrap().iter();
    let described: BTreeSet<String> = described.map(|name| name.as_str().unwrap().to_owned()).collect();
    assert_eq!(described, sent.collect::<BTreeSet<_>>());
    assert_eq!(document["components"]["securitySchemes"]["signature"]["name"], "webhook-signature");
}

#[test]
fn the_message_that_the_docs_show_fits() {
    let document = asyncapi(ERP_BRIDGE);
    let (_, shown) = RECEIVING.split_once("```text\nPOST ").unwrap();
    let (head, rest) = shown.split_once("\n\n").unwrap();
    let mut lines = head.lines();
    assert_eq!(document["channels"]["events"]["address"], lines.next().unwrap());
    let given: Value = lines
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| (name.to_owned(), json!(value)))
        .collect();
    assert!(jsonschema::is_valid(headers(&document), &given), "{given}");

    let mut body: Value = serde_json::from_str(rest.split("\n```").next().unwrap()).unwrap();
    let payload = &document["components"]["messages"]["order.saved"]["payload"];
    assert!(!jsonschema::is_valid(payload, &body), "the docs leave fields out");
    for field in payload["properties"]["data"]["required"].as_array().unwrap() {
        body["data"].as_object_mut().unwrap().entry(field.as_str().unwrap()).or_insert(Value::Null);
    }
    assert!(jsonschema::is_valid(payload, &body), "{body}");
    body["type"] = json!("product.saved");
    assert!(!jsonschema::is_valid(payload, &body));
}

#[test]
fn the_receiver_is_where_the_setting_says() {
    let server = |default: &str| {
        let spec = ERP_BRIDGE.replace("default = \"https://erp.acme.com\"\nrequired = true\n", default);
        asyncapi(&spec)["servers"]["receiver"].clone()
    };
    let given = server("default = \"http://erp.acme.com:8080/shop\"\n");
    assert_eq!(given["protocol"], "http");
    assert_eq!(given["variables"]["receiver"]["default"], "erp.acme.com:8080");
    assert_eq!(given["pathname"], "/shop");
    let none = server("");
    assert_eq!((&none["protocol"], none.get("pathname")), (&json!("https"), None));
    assert_eq!(none["variables"]["receiver"].get("default"), None);
}

#[test]
fn without_a_webhook_there_is_nothing_to_describe() {
    let (head, _) = ERP_BRIDGE.split_once("[webhooks]").unwrap();
    assert_eq!(describe::asyncapi(&module(head)), None);
}

/// The example whose first webhook has other keys.
fn with_webhook(keys: &str) -> String {
    let (head, rest) = ERP_BRIDGE.split_once("[[webhook]]").unwrap();
    let (_, rest) = rest.split_once("[[cron]]").unwrap();
    format!("{head}[[webhook]]\ntopic = \"order.saved\"\n{keys}\n[[cron]]{rest}")
}

#[test]
fn paths_become_objects_and_lists() {
    let document = asyncapi(&with_webhook(
        "event = \"sales_order_save_after\"\nmax_bytes = 500\n\
         when = { status = [\"processing\", \"complete\"], grand_total = { min = 1 } }\nchanged = [\"status\"]\n\
         fields = { number = { from = \"increment_id\", type = \"string\" }, \"billing_address.city\" = \"string\", \
         \"items[].sku\" = \"string\", \"items[].qty_ordered\" = \"float\", \"skus[]\" = { from = \"items[].sku\", type = \"string\" } }",
    ));
    let message = &document["components"]["messages"]["order.saved"];
    assert_eq!(
        message["summary"],
        "Recorded on the event sales_order_save_after, in its transaction, if status is processing or complete, and \
         grand_total is at least 1, and status changed"
    );
    let data = &message["payload"]["properties"]["data"];
    assert_eq!(data["description"], "Fields at the time of the event, in at most 500 bytes");
    let sent = json!({
        "number": "000000001",
        "billing_address": { "city": "Bonn" },
        "items": [{ "sku": "a", "qty_ordered": 2.0 }, { "sku": null, "qty_ordered": null }],
        "skus": ["a", null],
    });
    let with = |pointer: &str, value: Value| {
        let mut other = sent.clone();
        *other.pointer_mut(pointer).unwrap() = value;
        other
    };
    let none = json!({ "number": null, "billing_address": { "city": null }, "items": [], "skus": [] });
    let large = json!({
        "number": "1", "billing_address": { "city": "Bonn" }, "items": null, "skus": null, "_omitted": ["items", "skus"],
    });
    for fits in [&sent, &none, &large] {
        assert!(jsonschema::is_valid(data, fits), "{fits}");
    }
    for differs in [
        with("/billing_address", json!({})),
        with("/items/0", json!({ "sku": "a" })),
        with("/items/0/qty_ordered", json!("2")),
        with("/skus/0", json!(1)),
        json!({ "number": "1", "billing_address": { "city": "Bonn" }, "items": [], "skus": [], "_omitted": ["other"] }),
    ] {
        assert!(!jsonschema::is_valid(data, &differs), "{differs}");
    }
}

#[test]
fn a_topic_may_have_several_events() {
    let document = asyncapi(&with_webhook(
        "event = [\"catalog_product_save_after\", \"catalog_product_delete_after\"]\nfields = { sku = \"string\" }",
    ));
    let summary = &document["components"]["messages"]["order.saved"]["summary"];
    let expected = "Recorded on the events catalog_product_delete_after and catalog_product_save_after, in their transactions";
    assert_eq!(summary, expected);
}

#[test]
fn messages_that_waited_have_the_former_topic() {
    let webhook = "event = \"sales_order_save_after\"\nfields = { entity_id = \"int\" }\nrenamed_from = \"order.changed\"";
    let document = asyncapi(&with_webhook(webhook));
    let kind = &document["components"]["messages"]["order.saved"]["payload"]["properties"]["type"];
    assert_eq!(kind["enum"], json!(["order.saved", "order.changed"]));
}

#[test]
fn what_is_recorded_after_the_transaction_says_so() {
    let summary = |events: &str| {
        let document = asyncapi(&with_webhook(&format!(
            "event = {events}\nwhen = {{ state = \"\", coupon_code = {{ not = [\"\", \"x\"] }} }}\nfields = {{ entity_id = \"int\" }}"
        )));
        let summary = &document["components"]["messages"]["order.saved"]["summary"];
        summary.as_str().unwrap().strip_prefix("Recorded on the ").unwrap().to_owned()
    };
    let condition = ", if state is empty, and coupon_code is not empty or x";
    assert_eq!(
        summary("\"sales_order_save_commit_after\""),
        format!("event sales_order_save_commit_after, after its transaction{condition}")
    );
    assert_eq!(
        summary("[\"sales_order_save_after\", \"sales_order_delete_commit_after\"]"),
        format!(
            "events sales_order_delete_commit_after and sales_order_save_after, in their transactions, or after them{condition}"
        )
    );
}
