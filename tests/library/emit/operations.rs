//! Console commands, the system message in Admin, and the second secret.

use super::{emit, module, text};

const SPEC: &str = include_str!("../../../examples/erp-bridge/integration.toml");

#[test]
fn commands_and_the_message_are_made_for_specs_that_ask_for_them() {
    let made = |spec: &str| {
        let tree = emit(&module(spec));
        let paths = tree.paths().map(|path| path.as_str().to_owned());
        let is_one = |path: &String| {
            ["Console/", "Model/Webhook/Health", "Model/Webhook/Notif", "etc/adminhtml/di"]
                .iter()
                .any(|it| path.starts_with(it))
        };
        (paths.filter(is_one).count(), text(&tree, "etc/di.xml").to_owned())
    };
    let (count, di) = made(SPEC);
    assert_eq!(count, 12);
    for name in ["list", "prune", "replay", "retry", "send-test", "show", "status"] {
        assert!(di.contains(&format!(">acme:webhooks:{name}</argument>")), "{name}");
    }
    assert!(di.contains("Magento\\Sales\\Model\\Order</item>"), "{di}");
    let sooner = made(&SPEC.replace("notify_minutes = 30", "notify_minutes = 45")).1;
    assert!(sooner.contains("<argument name=\"minutes\" xsi:type=\"number\">45</argument>"), "{sooner}");
    let without = SPEC.replace("commands = \"acme:webhooks\"\n", "");
    let (count, di) = made(&without);
    assert_eq!(count, 3);
    assert!(!di.contains("CommandListInterface"), "{di}");
    assert_eq!(made(&without.replace("notify_minutes = 30\n", "")).0, 0);
}

#[test]
fn a_second_secret_signs_beside_the_first() {
    let sender = |spec: &str| text(&emit(&module(spec)), "Model/Webhook/Sender.php").to_owned();
    let both = sender(SPEC);
    for secret in ["getSigningSecret", "getSecondSecret"] {
        assert!(both.contains(&format!("$this->config->{secret}($storeId)")), "{both}");
    }
    let one = sender(&SPEC.replace("second_secret = \"webhooks/second_secret\"\n", ""));
    assert!(!one.contains("getSecondSecret"), "{one}");
}

#[test]
fn no_object_is_loaded_for_a_topic_about_deleted_ones() {
    let topics = |events: &str| {
        let webhook = format!(
            "[[webhook]]\ntopic = \"order.gone\"\nevent = {events}\nfields = {{ entity_id = \"int\" }}\n"
        );
        let di = text(&emit(&module(&format!("{SPEC}\n{webhook}"))), "etc/di.xml").to_owned();
        let (_, topics) = di.split_once("<argument name=\"topics\"").unwrap();
        let (_, topic) = topics.split_once("<item name=\"order.gone\"").unwrap();
        topic.split_once("name=\"sample\"").unwrap().0.to_owned()
    };
    let gone = topics("[\"sales_order_delete_after\", \"sales_order_delete_commit_after\"]");
    assert!(gone.contains(">sales_order_delete_after</item>") && !gone.contains("\"entity\""), "{gone}");
    let either = topics("[\"sales_order_delete_after\", \"sales_order_save_after\"]");
    assert!(
        either.contains(">sales_order_save_after</item>")
            && either.contains(r">Magento\Sales\Model\Order</item>"),
        "{either}"
    );
}

#[test]
fn numbers_are_compared_as_numbers_whatever_they_are_sent_as() {
    let webhook = "[[webhook]]\ntopic = \"product.changed\"\nevent = \"catalog_product_save_commit_after\"\nchanged = [\"price\", \"sku\", \"colour\"]\n\
                   fields = { price = \"string\", sku = \"string\", colour = \"int\" }\n";
    let di = text(&emit(&module(&format!("{SPEC}\n{webhook}"))), "etc/di.xml").to_owned();
    let (_, changed) = di.split_once("<item name=\"product.changed\"").unwrap();
    let (_, changed) = changed.split_once("<item name=\"changed\"").unwrap();
    let (changed, _) = changed.split_once("max_bytes").unwrap();
    for (field, kind) in [("price", "float"), ("sku", "string"), ("colour", "int")] {
        let item = format!("<item name=\"{field}\" xsi:type=\"string\">{kind}</item>");
        assert!(changed.contains(&item), "{changed}");
    }
}

#[test]
fn a_topic_about_several_kinds_of_objects_has_an_event_and_a_class_for_each() {
    let topic = |events: &str| {
        let webhook = format!(
            "[[webhook]]\ntopic = \"finance.saved\"\nevent = {events}\nfields = {{ entity_id = \"int\" }}\n"
        );
        let tree = emit(&module(&format!("{SPEC}\n{webhook}")));
        let di = text(&tree, "etc/di.xml").to_owned();
        let (_, topics) = di.split_once("<argument name=\"topics\"").unwrap();
        let (_, topic) = topics.split_once("<item name=\"finance.saved\"").unwrap();
        let topic = topic.split_once("name=\"sample\"").unwrap().0.to_owned();
        (topic, text(&tree, "README.md").contains("`--kind=…`"))
    };
    let (both, is_described) =
        topic("[\"sales_order_invoice_save_after\", \"sales_order_creditmemo_save_after\"]");
    let order = [
        "\"kinds\"",
        "\"invoice\"",
        ">sales_order_invoice_save_after<",
        r">Magento\Sales\Model\Order\Invoice<",
        "\"creditmemo\"",
        ">sales_order_creditmemo_save_after<",
        r">Magento\Sales\Model\Order\Creditmemo<",
    ];
    let places: Vec<usize> =
        order.iter().map(|it| both.find(it).unwrap_or_else(|| panic!("{it}: {both}"))).collect();
    assert!(places.is_sorted() && is_described, "{both}");
    let (one, is_described) =
        topic("[\"sales_order_invoice_save_after\", \"sales_order_creditmemo_delete_after\"]");
    assert!(one.contains(r">Magento\Sales\Model\Order\Invoice<") && !one.contains("kinds"), "{one}");
    assert!(!is_described);
    let (foreign, _) = topic("[\"sales_order_save_after\", \"acme_parcel_save_after\"]");
    assert!(foreign.contains("\"order\"") && foreign.contains("\"acme_parcel\""), "{foreign}");
}

#[test]
fn objects_of_an_abstract_class_are_loaded_as_their_model() {
    let webhook = "[[webhook]]\ntopic = \"address.saved\"\nevent = \"customer_address_save_after\"\nfields = { city = \"string\" }\n";
    let di = text(&emit(&module(&format!("{SPEC}\n{webhook}"))), "etc/di.xml").to_owned();
    assert!(di.contains(r#"name="entity" xsi:type="string">Magento\Customer\Model\Address</item>"#), "{di}");
}

#[test]
fn the_readme_replays_a_topic_whose_objects_can_be_loaded() {
    let replayed = |webhooks: &str| {
        let tree = emit(&module(&SPEC.replacen("\n[[webhook]]", &format!("\n{webhooks}\n[[webhook]]"), 1)));
        let readme = text(&tree, "README.md").to_owned();
        let (_, replay) = readme.split_once(":replay ").unwrap();
        replay.split_once('`').unwrap().0.to_owned()
    };
    let webhook = |topic: &str, events: &str| {
        format!("[[webhook]]\ntopic = \"{topic}\"\nevent = {events}\nfields = {{ entity_id = \"int\" }}\n")
    };
    let deleted = webhook("a.deleted", "\"catalog_category_delete_after\"");
    let kinds = webhook("b.saved", "[\"catalog_category_save_after\", \"cms_page_save_after\"]");
    assert_eq!(replayed(&deleted), "product.saved ID");
    assert_eq!(replayed(&format!("{deleted}{kinds}")), "b.saved ID --kind=category");
}
