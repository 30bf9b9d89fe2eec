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
    for (field, _) in payload["properties"]["data"]["properties"].as_object().unwrap() {
        body["data"].as_object_mut().unwrap().entry(field).or_insert(Value::Null);
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
