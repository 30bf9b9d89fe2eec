use std::collections::BTreeSet;

use magespec::{
    catalog::{Access, Catalog, Route},
    describe::{self, Covered},
    model::Module,
};
use serde_json::{Value, json};

use super::{ERP_BRIDGE, WIDE, assert_references, module, validator::assert_openapi};

/// The document, valid in itself.
#[track_caller]
fn openapi(module: &Module, covered: Covered) -> Value {
    let document = describe::openapi(module, Catalog::bundled(), covered).unwrap();
    assert_references(&document);
    let ids: Vec<&str> = operations(&document).map(|(_, it)| it["operationId"].as_str().unwrap()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
    document
}

/// `get /V1/orders` and what is said of it.
fn operations(document: &Value) -> impl Iterator<Item = (String, &Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    paths.flat_map(|(path, item)| {
        item.as_object().unwrap().iter().map(move |(method, it)| (format!("{method} {path}"), it))
    })
}

/// The operations of a spec with a service of these methods, by method and path.
fn own(methods: &str) -> Value {
    let (head, _) = ERP_BRIDGE.split_once("[[service]]").unwrap();
    let head = head.replace("  \"GET /V1/acme-erp/orders\",\n", "");
    let head = head.replace("  \"GET /V1/acme-erp/orders/:incrementId\",\n", "");
    let head = head.replace("  \"POST /V1/acme-erp/orders/:incrementId/confirm\",\n", "");
    let data = "[[data]]\nname = \"Item\"\nfields = { id = \"int\", item_name = \"string?\", tags = \"string[]\" }\n";
    openapi(&module(&format!("{head}{data}[[service]]\nname = \"Things\"\n{methods}")), Covered::Own)
}

fn calling(target: &str, calls: &str) -> Module {
    module(&format!(
        "[module]\nname = \"Acme_Calls\"\ndescription = \"Calls\"\nversion = \"1.0.0\"\n[target]\nmagento = \"{target}\"\n\
         [[integration]]\nname = \"Acme\"\nemail = \"a@acme.com\"\ncalls = [{calls}]\n"
    ))
}

#[test]
fn the_example_is_described() {
    let document = openapi(&module(ERP_BRIDGE), Covered::Own);
    assert_openapi(&document);
    insta::assert_snapshot!(format!("{document:#}"));
}

#[test]
fn a_spec_with_everything_is_described() {
    let module = module(WIDE);
    assert_openapi(&openapi(&module, Covered::Own));
    assert_openapi(&openapi(&module, Covered::Called));
}

#[test]
fn the_routes_of_magento_that_are_called_are_described_too() {
    let document = openapi(&module(ERP_BRIDGE), Covered::Called);
    assert_openapi(&document);
    let order = &document["paths"]["/V1/orders/{id}"]["get"];
    assert_eq!(order["security"][0]["oauth"], json!(["Magento_Sales::actions_view"]));
    assert_eq!(order["parameters"][0]["schema"], json!({ "type": "integer" }));
    let schema = &document["components"]["schemas"]["Magento.Sales.Api.Data.OrderInterface"]["properties"];
    assert_eq!(schema["increment_id"], json!({ "type": "string" }));
    let items = json!({ "$ref": "#/components/schemas/Magento.Sales.Api.Data.OrderItemInterface" });
    assert_eq!(schema["items"], json!({ "type": "array", "items": items }));
    let other = openapi(&module(ERP_BRIDGE), Covered::Own);
    assert_eq!(other["paths"].as_object().unwrap().len(), 3);
}

#[test]
fn queued_calls_take_the_same_and_answer_a_ticket() {
    let calls =
        r#""PUT /V1/products/:sku", "PUT /async/V1/products/:sku", "PUT /async/bulk/V1/products/bySku""#;
    let document = openapi(&calling("2.4.7", calls), Covered::Called);
    assert_openapi(&document);
    let body = |path: &str| {
        document["paths"][path]["put"]["requestBody"]["content"]["application/json"]["schema"].clone()
    };
    let one = body("/V1/products/{sku}");
    assert_eq!(one["required"], json!(["product"]));
    assert_eq!(body("/async/V1/products/{sku}"), one);
    assert_eq!(body("/async/bulk/V1/products/bySku"), json!({ "type": "array", "items": one }));
    let ticket = &document["paths"]["/async/V1/products/{sku}"]["put"]["responses"]["202"];
    assert!(ticket.to_string().contains("AsyncResponseInterface"), "{ticket}");
}

#[test]
fn every_route_of_magento_can_be_described() {
    let catalog = Catalog::bundled();
    let newest = catalog.newest_checked();
    let routes = catalog.routes().iter().filter(|route| route.releases().contains(newest.id));
    // No integration is a customer, and one ACL resource that a route needs is in no acl.xml.
    let is_open = |route: &&Route| match route.access(newest.id) {
        Some(access) => {
            *access != Access::Customer
                && access.ids().all(|id| id != "Magento_AdobeStockImage::actions_view")
        }
        None => false,
    };
    let open = routes.filter(is_open);
    let calls: Vec<String> = open.map(|route| format!("\"{route}\"")).collect();
    let document = openapi(&calling(&newest.version.to_string(), &calls.join(", ")), Covered::Called);
    assert_eq!(operations(&document).count(), calls.len());
    assert_openapi(&document);
}

#[test]
fn what_a_method_takes_comes_in_the_path_the_body_and_the_query() {
    let document = own(r#"
[[service.method]]
name = "put"
route = "PUT /V1/acme/things/:id"
acl = ["Acme_ErpBridge::export_read", "Acme_ErpBridge::export_write"]
parameters = { id = "int" }
body = { first = "string?", item = "Item", dryRun = "bool?" }

[[service.method]]
name = "find"
route = "GET /V1/acme/things/:thingId"
acl = "anonymous"
body = { tags = "string[]", deep = "bool?" }
returns = "Item?"
"#);
    assert_openapi(&document);
    let put = &document["paths"]["/V1/acme/things/{id}"]["put"];
    let id = json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "integer" } });
    assert_eq!(put["parameters"], json!([id]));
    let body = &put["requestBody"]["content"]["application/json"]["schema"];
    assert_eq!(body["required"], json!(["first", "item"]), "what stands before what is needed is needed");
    assert_eq!(body["properties"]["dryRun"], json!({ "type": "boolean" }));
    assert_eq!(put["security"][0]["oauth"].as_array().unwrap().len(), 2);
    let nothing = json!({ "type": "array", "maxItems": 0 });
    assert_eq!(put["responses"]["200"]["content"]["application/json"]["schema"], nothing);

    let find = &document["paths"]["/V1/acme/things/{id}"]["get"];
    assert_eq!(find["security"], json!([]));
    assert_eq!(find["responses"].get("401"), None);
    let names: Vec<&Value> = find["parameters"].as_array().unwrap().iter().map(|it| &it["name"]).collect();
    assert_eq!(names, ["id", "tags[]", "deep"], "paths alike but for a name are one");
    assert_eq!(find["parameters"][2]["required"], false);
    let item = &document["components"]["schemas"]["Item"];
    assert_eq!(item["required"], json!(["id", "tags"]));
    assert_eq!(item["properties"]["item_name"], json!({ "type": "string" }));
}

#[test]
fn bearer_tokens_are_described_as_the_releases_take_them() {
    let bearer = |target: &str| {
        let document = openapi(&calling(target, "\"GET /V1/orders\""), Covered::Called);
        document["components"]["securitySchemes"]["bearer"]["description"].as_str().unwrap().to_owned()
    };
    assert_eq!(bearer("2.3.7"), "The access token of the integration alone.");
    assert!(bearer(">=2.4.3 <2.4.5").contains("From 2.4.4 on only where"));
    assert!(bearer("2.4.7").contains("alone, only where"));
}

#[test]
fn without_a_route_there_is_nothing_to_describe() {
    let module = calling("2.4.7", "\"GET /V1/orders\"");
    assert_eq!(describe::openapi(&module, Catalog::bundled(), Covered::Own), None);
}
