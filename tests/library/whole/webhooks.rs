//! Webhooks with paths, conditions and several events.

use magespec::catalog::Catalog;

use crate::support::{
    documents::ERP_BRIDGE,
    made::{made, text},
};

fn with_webhooks(webhooks: &str) -> String {
    let (head, rest) = ERP_BRIDGE.split_once("[[webhook]]").unwrap();
    let (_, rest) = rest.split_once("[[cron]]").unwrap();
    format!("{head}{webhooks}\n[[cron]]{rest}")
}

const PLAIN: &str = "[[webhook]]\ntopic = \"order.saved\"\nevent = \"sales_order_save_after\"\nfields = { status = \"string\" }\n";

#[test]
fn plain_webhooks_need_no_further_classes() {
    let tree = made(&with_webhooks(PLAIN));
    assert!(tree.paths().all(|path| !path.as_str().ends_with("Payload.php")));
    let others = [
        PLAIN.replace("status =", "\"payment.method\" ="),
        PLAIN.replace("fields", "when = { status = \"complete\" }\nfields"),
        PLAIN.replace("fields", "changed = [\"status\"]\nfields"),
        PLAIN.replace("fields", "max_bytes = 100\nfields"),
        PLAIN.replace(
            "\"sales_order_save_after\"",
            "[\"sales_order_save_after\", \"sales_order_delete_after\"]",
        ),
        format!("{PLAIN}{}", PLAIN.replace("order.saved", "order.copied")),
    ];
    for webhooks in others {
        let tree = made(&with_webhooks(&webhooks));
        let observer = text(&tree, "Observer/RecordWebhook.php");
        assert!(observer.contains("$this->conditions->hold($entity, $webhook, $event)"), "{webhooks}");
        assert!(text(&tree, "Model/Webhook/Payload.php").contains("class Payload"), "{webhooks}");
        assert!(text(&tree, "Test/Unit/Model/Webhook/ConditionsTest.php").contains("class ConditionsTest"));
    }
}

#[test]
fn events_are_observed_once() {
    let twice = format!("{PLAIN}{}", PLAIN.replace("order.saved", "order.copied"));
    let tree = made(&with_webhooks(&twice));
    let events = text(&tree, "etc/events.xml");
    assert_eq!(events.matches("RecordWebhook").count(), 1, "{events}");
    let di = text(&tree, "etc/di.xml");
    assert!(di.contains("name=\"order.saved\"") && di.contains("name=\"order.copied\""), "{di}");
}

/// Fields are compared in their own types, so that 10.0000 is not a change of 10.
#[test]
fn changed_fields_are_compared_in_their_type() {
    let webhook = PLAIN.replace(
        "fields",
        "changed = [\"grand_total\", \"status\", \"total_item_count\", \"state\"]\nfields",
    );
    let di = text(&made(&with_webhooks(&webhook)), "etc/di.xml");
    let (_, changed) = di.split_once("name=\"changed\"").unwrap();
    for item in [
        "name=\"grand_total\" xsi:type=\"string\">float<",
        "name=\"status\" xsi:type=\"string\">string<",
        "name=\"total_item_count\" xsi:type=\"string\">int<",
        "name=\"state\" xsi:type=\"string\">string<",
    ] {
        assert!(changed.contains(item), "{item}: {changed}");
    }
}

/// An object is read once for all of its fields.
#[test]
fn fields_of_an_object_share_its_path() {
    let webhook = PLAIN.replace(
        "status = \"string\"",
        "\"buyer.city\" = { from = \"billing_address.city\", type = \"string\" }, \"buyer.code\" = { from = \"billing_address.postcode\", type = \"string\" }",
    );
    let di = text(&made(&with_webhooks(&webhook)), "etc/di.xml");
    assert_eq!(di.matches("billing_address").count(), 1, "{di}");
}

#[test]
fn related_objects_of_the_class_are_those_of_the_catalog() {
    let tree = made(&with_webhooks(&PLAIN.replace("fields", "changed = [\"status\"]\nfields")));
    let class = text(&tree, "Model/Webhook/Payload.php");
    let (_, list) = class.split_once("RELATED = [\n").unwrap();
    let (list, _) = list.split_once("    ];").unwrap();
    for line in list.lines() {
        let (interface, names) = line.trim().split_once("::class => ").unwrap();
        let interface = format!(r"Magento\Sales\Api\Data\{interface}");
        let expected: Vec<&str> = names.split('\'').skip(1).step_by(2).collect();
        let known: Vec<String> =
            Catalog::bundled().relations_of(&interface).map(|it| magespec::names::camel(it.name)).collect();
        assert_eq!(known, expected, "{line}");
    }
    assert_eq!(list.lines().count(), 4);
}

#[test]
fn deletions_are_recorded_whatever_has_changed() {
    let webhook = PLAIN
        .replace("fields", "changed = [\"status\"]\nfields")
        .replace("\"sales_order_save_after\"", "[\"sales_order_save_after\", \"sales_order_delete_after\"]");
    let tree = made(&with_webhooks(&webhook));
    assert!(text(&tree, "README.md").contains("if status changed or the object is deleted"));
    assert!(text(&tree, "Model/Webhook/Conditions.php").contains("if (!$isDeletion && !$this->changed("));
}

/// Getters that return what was set, and not what is stored, are not called.
#[test]
fn items_of_carts_are_those_that_the_cart_shows() {
    let webhook = PLAIN
        .replace("sales_order_save_after", "sales_quote_save_after")
        .replace("status =", "\"items[].sku\" =");
    let class = text(&made(&with_webhooks(&webhook)), "Model/Webhook/Payload.php").to_owned();
    assert!(class.contains("CartInterface::class => ['Items' => 'getAllVisibleItems']"), "{class}");
}
