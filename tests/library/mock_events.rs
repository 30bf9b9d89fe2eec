//! Data of webhooks: that of the objects which the mock answers with, in the form and order of the spec.

use magespec::{
    catalog::Catalog,
    compile,
    diag::Source,
    mock::{MockSettings, data::ShopData},
    model::{Module, Webhook},
    names::Edition,
};
use serde_json::{Value, json};

use crate::support::base::acme_erp;

const DELIVERY: &str = acme_erp!(
    r#"
[[integration]]
name = "Acme ERP"
email = "erp@acme.com"
resources = ["Magento_Sales::actions_view"]

[settings]
label = "Acme"

[[setting]]
path = "hooks/url"
type = "url"

[[setting]]
path = "hooks/secret"
type = "secret"

[[setting]]
path = "hooks/enabled"
type = "yesno"

[[setting]]
path = "hooks/timeout"
type = "number"

[webhooks]
url = "hooks/url"
secret = "hooks/secret"
enabled = "hooks/enabled"
timeout = "hooks/timeout"

[[webhook]]
"#
);

fn module(webhook: &str) -> Module {
    let compilation =
        compile(Source::new("integration.toml", format!("{DELIVERY}{webhook}")), Catalog::bundled());
    compilation.module.unwrap_or_else(|| panic!("{:#?}", compilation.report.diagnostics))
}

fn data(seed: u64) -> ShopData {
    let catalog = Catalog::bundled();
    let version = "2.4.7".parse().unwrap();
    let release = catalog.releases().iter().find(|it| it.version == version).unwrap();
    let settings = MockSettings { seed, ..MockSettings::new(catalog, release.id, Edition::OpenSource) };
    ShopData::new(&settings, [])
}

/// Data of the only webhook of a spec.
fn made(webhook: &str, id: i64) -> Value {
    data(0).event(&only(&module(webhook)), Some(id)).data
}

fn only(module: &Module) -> Webhook {
    let [webhook] = &module.webhooks.as_ref().unwrap().list[..] else { panic!() };
    webhook.clone()
}

const ORDER: &str = r#"topic = "order.saved"
event = "sales_order_save_after"
[webhook.fields]
entity_id = "int"
number = { from = "increment_id", type = "string" }
grand_total = "string"
is_virtual = "bool"
"customer.email" = { from = "customer_email", type = "string" }
"billing_address.city" = "string"
"shipping_address.postcode" = "string"
"items[].sku" = "string"
"items[].qty_ordered" = "float"
erp_status = "string"
"#;

#[test]
fn an_order_is_that_of_the_mock() {
    let order = made(ORDER, 7);
    let keys: Vec<&String> = order.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "entity_id",
            "number",
            "grand_total",
            "is_virtual",
            "customer",
            "billing_address",
            "shipping_address",
            "items",
            "erp_status"
        ]
    );
    assert_eq!(
        (&order["entity_id"], &order["number"], &order["is_virtual"]),
        (&json!(7), &json!("000000007"), &json!(false))
    );
    assert!(order["grand_total"].as_str().unwrap().parse::<f64>().unwrap() > 0.0);
    assert!(order["customer"]["email"].as_str().unwrap().ends_with("@example.com"));
    assert_eq!(order["billing_address"]["city"].as_str().map(str::is_empty), Some(false));
    assert_eq!(order["shipping_address"]["postcode"].as_str().unwrap().len(), 5);
    for item in order["items"].as_array().unwrap() {
        assert!(
            item["sku"].as_str().unwrap().starts_with("SKU-") && item["qty_ordered"].is_number(),
            "{item}"
        );
    }
    assert!(!order["erp_status"].as_str().unwrap().is_empty());
    assert_eq!(order, made(ORDER, 7));
    assert_ne!(order, made(ORDER, 8));
    assert_ne!(order, data(1).event(&only(&module(ORDER)), Some(7)).data);
    // An id beyond the rows of the mock is as good as any other.
    assert_eq!(made(ORDER, 4711)["number"], json!("000004711"));
}

#[test]
fn other_objects_have_their_fields() {
    let product = "topic = \"p\"\nevent = \"catalog_product_save_after\"\nfields = { entity_id = \"int\", sku = \"string\", url_key = \"string\" }\n";
    let product = made(product, 3);
    assert_eq!((&product["entity_id"], &product["sku"]), (&json!(3), &json!("SKU-0003")));
    assert!(product["url_key"].as_str().unwrap().ends_with("-3"), "{product}");
    let invoice = "topic = \"i\"\nevent = \"sales_order_invoice_save_after\"\n[webhook.fields]\norder_id = \"int\"\n\
                   \"order.increment_id\" = \"string\"\n\"billing_address.city\" = \"string\"\n";
    let invoice = made(invoice, 2);
    let number = format!("{:09}", invoice["order_id"].as_i64().unwrap());
    assert_eq!(invoice["order"]["increment_id"], json!(number));
    let customer = "topic = \"c\"\nevent = \"customer_save_after\"\nfields = { entity_id = \"int\", email = \"string\", group_id = \"int\" }\n";
    assert_eq!(made(customer, 5)["entity_id"], json!(5));
    let own = "topic = \"o\"\nevent = \"acme_thing_save_after\"\nfields = { entity_id = \"int\", created_at = \"string\", price = \"float\" }\n";
    let own = made(own, 9);
    assert!(
        own["entity_id"] == 9
            && own["created_at"].as_str().unwrap().starts_with("2026-")
            && own["price"].is_number(),
        "{own}"
    );
    let none = "topic = \"n\"\nevent = \"acme_thing_save_after\"\nfields = {}\n";
    assert_eq!(made(none, 1), json!({}));
}

#[test]
fn conditions_are_met() {
    let of = |when: &str| {
        let spec = format!(
            "topic = \"o\"\nevent = \"sales_order_save_after\"\nwhen = {{ {when} }}\nfields = {{ entity_id = \"int\", status = \"string\", grand_total = \"float\", is_virtual = \"bool\" }}\n"
        );
        let module = module(&spec);
        let event = data(0).event(&only(&module), None);
        (event.data, event.adjusted)
    };
    let (order, adjusted) = of("status = [\"processing\", \"complete\"]");
    assert!(
        ["processing", "complete"].contains(&order["status"].as_str().unwrap()) && adjusted.is_empty(),
        "{order}"
    );
    let (order, adjusted) =
        of("status = { not = [\"pending\", \"processing\", \"complete\", \"closed\", \"canceled\"] }");
    assert_eq!((order["status"].as_str(), adjusted.len()), (Some("new"), 1));
    let (order, adjusted) = of("grand_total = { min = 100000 }");
    assert_eq!((&order["grand_total"], adjusted.len()), (&json!(100_000), 1));
    let (order, _) = of("grand_total = { max = 0.5 }");
    assert_eq!(order["grand_total"], json!(0.5));
    let (order, _) = of("is_virtual = true");
    assert_eq!(order["is_virtual"], json!(true));
}

#[test]
fn large_data_leave_out_their_largest_fields() {
    let of = |bytes: u32| {
        made(
            &format!(
                "topic = \"o\"\nevent = \"sales_order_save_after\"\nmax_bytes = {bytes}\n[webhook.fields]\nentity_id = \"int\"\n\
                 store_name = \"string\"\ncustomer_email = \"string\"\n\"items[].name\" = \"string\"\n\"items[].sku\" = \"string\"\n"
            ),
            7,
        )
    };
    assert_eq!(of(10_000).get("_omitted"), None);
    let cut = of(170);
    assert_eq!((&cut["items"], &cut["_omitted"][0]), (&Value::Null, &json!("items")));
    assert_eq!(cut["entity_id"], json!(7));
}
