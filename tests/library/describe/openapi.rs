use magespec::{
    catalog::Catalog,
    describe::{self, Covered},
};
use serde_json::{Value, json};

use crate::support::documents::{
    ERP_BRIDGE, METHODS, QUEUED, calling, calling_all, module, open_routes, openapi, operations, own,
};
use crate::support::made::WIDE;

#[test]
fn the_example_is_described() {
    let document = openapi(&module(ERP_BRIDGE), Covered::Own);
    insta::assert_snapshot!(format!("{document:#}"));
}

#[test]
fn a_spec_with_everything_is_described() {
    let module = module(WIDE);
    openapi(&module, Covered::Own);
    openapi(&module, Covered::Called);
}

#[test]
fn the_routes_of_magento_that_are_called_are_described_too() {
    let document = openapi(&module(ERP_BRIDGE), Covered::Called);
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
    let document = openapi(&calling("2.4.7", QUEUED), Covered::Called);
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
fn a_bulk_delete_has_the_list_as_its_body() {
    let document = openapi(&calling("2.4.7", "\"DELETE /async/bulk/V1/products/bySku\""), Covered::Called);
    let delete = &document["paths"]["/async/bulk/V1/products/bySku"]["delete"];
    let body = &delete["requestBody"]["content"]["application/json"]["schema"];
    assert_eq!(body["type"], "array");
    assert_eq!(body["items"]["required"], json!(["sku"]));
    assert_eq!(delete.get("parameters"), None);
}

#[test]
fn every_route_of_magento_can_be_described() {
    let routes = open_routes();
    assert_eq!(operations(&openapi(&calling_all(&routes), Covered::Called)).count(), routes.len());
}

#[test]
fn parameters_are_in_the_path_the_body_and_the_query() {
    let document = own(METHODS);
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
fn an_object_that_may_be_null_is_to_be_left_out() {
    let document = own(
        "[[service.method]]\nname = \"save\"\nroute = \"POST /V1/acme/things\"\nacl = \"self\"\nbody = { thing = \"Thing\" }\n\
         [[data]]\nname = \"Thing\"\nfields = { id = \"int?\", parent = \"Thing?\", first = \"Item\" }\n",
    );
    let properties = &document["components"]["schemas"]["Thing"]["properties"];
    assert_eq!(
        properties["parent"],
        json!({
            "description": "Null in a request arrives as an empty object: omit the field instead.",
            "$ref": "#/components/schemas/Thing",
        })
    );
    assert_eq!(properties["first"], json!({ "$ref": "#/components/schemas/Item" }));
    assert_eq!(properties["id"], json!({ "type": "integer" }));
}

#[test]
fn bearer_tokens_are_described_as_the_releases_take_them() {
    let bearer = |target: &str| {
        let document = openapi(&calling(target, "\"GET /V1/orders\""), Covered::Called);
        document["components"]["securitySchemes"]["bearer"]["description"].as_str().unwrap().to_owned()
    };
    assert_eq!(bearer("2.3.7"), "The access token of the integration alone.");
    assert!(bearer(">=2.4.3 <2.4.5").contains("From 2.4.4 on, only if"));
    assert!(bearer("2.4.7").contains("alone, only if"));
}

#[test]
fn without_a_route_there_is_nothing_to_describe() {
    let module = calling("2.4.7", "\"GET /V1/orders\"");
    assert_eq!(describe::openapi(&module, Catalog::bundled(), Covered::Own), None);
}

const DEFAULTS: &str = r#"
[[service.method]]
name = "recent"
route = "GET /V1/acme/things"
acl = "anonymous"
body = { stage = "string", limit = "int", live = "bool", tags = "string[]" }
defaults = { stage = "it's", limit = 20, live = true, tags = [] }
"#;

#[test]
fn defaults_are_in_the_document_and_in_the_interface() {
    let document = own(DEFAULTS);
    let parameters = document["paths"]["/V1/acme/things"]["get"]["parameters"].as_array().unwrap().clone();
    let defaults: Vec<_> = parameters.iter().map(|it| it["schema"]["default"].clone()).collect();
    assert_eq!(defaults, [json!("it's"), json!(20), json!(true), json!([])]);
    assert!(parameters.iter().all(|it| it["required"] != json!(true)), "{parameters:#?}");
    let (head, _) = ERP_BRIDGE.split_once("[[service]]").unwrap();
    let head: String =
        head.lines().filter(|line| !line.contains("acme-erp")).map(|line| format!("{line}\n")).collect();
    let made = magespec::emit::emit(&module(&format!("{head}[[service]]\nname = \"Things\"\n{DEFAULTS}")));
    let path = magespec::tree::TreePath::new("Api/ThingsInterface.php").unwrap();
    let text = String::from_utf8(made.get(&path).unwrap().contents.clone()).unwrap();
    for parameter in ["string $stage = 'it\\'s'", "int $limit = 20", "bool $live = true", "array $tags = []"]
    {
        assert!(text.contains(parameter), "{text}");
    }
}

#[test]
fn deprecated_routes_say_when_they_end() {
    let document = openapi(&module(WIDE), Covered::Own);
    let delete = &document["paths"]["/V1/acme-wide/{id}"]["delete"];
    assert_eq!(delete["deprecated"], json!(true));
    assert_eq!(
        delete["description"],
        "Deprecated since 2026-12-01; may be removed from 2099-06-01 on. Call `PUT /V1/acme-wide/:id/:code` instead."
    );
    let headers = delete["responses"]["200"]["headers"].as_object().unwrap();
    // The replacement has another method, so that the request cannot be sent to it.
    assert_eq!(headers.keys().collect::<Vec<_>>(), ["Deprecation", "Sunset"]);
    assert_eq!(headers["Deprecation"]["example"], "@1796083200");
    assert_eq!(headers["Sunset"]["example"], "Mon, 01 Jun 2099 00:00:00 GMT");
    let method = |name: &str, path: &str| {
        format!(
            "[[service.method]]\nname = \"{name}\"\nroute = \"GET {path}/:id\"\nacl = \"anonymous\"\nreturns = \"int\"\n"
        )
    };
    let ended = method("old", "/V1/acme/old")
        + "deprecated = \"2099-06-01\"\nreplaced_by = \"GET /V1/acme/new/:id\"\n";
    let document = own(&(ended + &method("new", "/V1/acme/new")));
    let headers = &document["paths"]["/V1/acme/old/{id}"]["get"]["responses"]["200"]["headers"];
    assert_eq!(headers["Link"]["example"], "</rest/V1/acme/new/7>; rel=\"successor-version\"");
    let put = &document["paths"]["/V1/acme-wide/{id}/{code}"]["put"];
    assert_eq!((put.get("deprecated"), put["responses"]["200"].get("headers")), (None, None));
}
