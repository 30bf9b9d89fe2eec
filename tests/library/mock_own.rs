//! Own routes of modules in a mock shop, and answers that are made up.

use magespec::{
    mock::{
        HttpAnswer, HttpRequest, MockShop, ServedMethod, ServedParameter, ServedRoute, StoreView,
        types::{ClassShape, ShapeField},
    },
    oauth::{CallUrl, Dialect, Outgoing, SignatureMethod},
};
use serde_json::{Value, json};

use crate::{
    mock::{call, get, shop},
    mock_kept::{posted, sent},
    support::mock_shop::secrets,
};

const OWN: &str = "X-Magespec-Mock";

/// Route of a module for a method.
fn own(method: &str, path: &str, parameters: &[(&str, &str)], returns: &str) -> ServedRoute {
    let shop = shop("2.4.7-p3");
    let known = shop.routes.iter().find(|it| it.path == "/V1/orders/:id").unwrap();
    let parameters = parameters.iter().map(|(name, kind)| ServedParameter {
        name: (*name).to_owned(),
        php_type: (*kind).to_owned(),
        default: None,
    });
    let service = ServedMethod {
        class: r"Acme\Erp\Api\ErpInterface".to_owned(),
        name: "run".to_owned(),
        parameters: parameters.collect(),
        returns: returns.to_owned(),
    };
    ServedRoute {
        method: method.to_owned(),
        path: path.to_owned(),
        service: Some(service),
        is_own: true,
        ..known.clone()
    }
}

#[test]
fn own_routes_with_types_of_magento_share_its_memory() {
    const ORDER: &str = r"Magento\Sales\Api\Data\OrderInterface";
    const PRODUCT: &str = r"Magento\Catalog\Api\Data\ProductInterface";
    const CUSTOMER: &str = r"Magento\Customer\Api\Data\CustomerInterface";
    let base = shop("2.4.7-p3");
    let mut settings = base.settings.clone();
    settings.stores.push(StoreView { id: 2, code: "de".to_owned(), name: "DE".to_owned() });
    let mut routes = base.routes.clone();
    routes.extend([
        own("GET", "/V1/erp/orders/:orderId", &[("orderId", "int"), ("isFull", "bool")], ORDER),
        own("GET", "/V1/erp/orders/number/:orderNumber", &[("orderNumber", "string")], ORDER),
        own("GET", "/V1/erp/order", &[("id", "int"), ("depth", "int")], ORDER),
        own("GET", "/V1/erp/customers/:customerId/orders", &[("customerId", "int")], &format!("{ORDER}[]")),
        own("POST", "/V1/erp/products", &[("products", &format!("{PRODUCT}[]"))], "bool"),
        own("PUT", "/V1/erp/products/:sku", &[("sku", "string"), ("product", PRODUCT)], PRODUCT),
        own("GET", "/V1/erp/products/:sku", &[("sku", "string")], PRODUCT),
        own("POST", "/V1/erp/customers", &[("customer", CUSTOMER)], "int"),
        own("GET", "/V1/erp/customers/:email", &[("email", "string")], CUSTOMER),
        own("POST", "/V1/erp/orders/:orderId/push", &[("orderId", "int")], "bool"),
    ]);
    let (consumers, tokens) = base.rows();
    let shop = MockShop::new(settings, routes, Vec::new(), consumers, tokens);
    let note = |answer: &HttpAnswer| answer.header(OWN).map(str::to_owned);
    let order = get(&shop, "/V1/orders/7");
    for target in
        ["/V1/erp/orders/7?isFull=1", "/V1/erp/orders/number/000000007", "/V1/erp/order?id=7&depth=2"]
    {
        let answer = call(&shop, "GET", target, "");
        assert_eq!(
            (serde_json::from_slice::<Value>(&answer.body).unwrap(), note(&answer)),
            (order.clone(), None),
            "{target}"
        );
    }
    for (target, message) in [
        (
            "/V1/erp/orders/999?isFull=1",
            "The entity that was requested doesn't exist. Verify the entity and try again.",
        ),
        (
            "/V1/erp/products/nope",
            "The product that was requested doesn't exist. Verify the product and try again.",
        ),
        ("/V1/erp/customers/nobody@example.com", "No such entity with %fieldName = %fieldValue"),
    ] {
        let (status, answer) = sent(&shop, "GET", target, &Value::Null);
        assert_eq!((status, &answer["message"]), (404, &json!(message)), "{target}");
    }
    let buyer = (1..=60)
        .map(|id| get(&shop, &format!("/V1/orders/{id}"))["customer_id"].clone())
        .find(|it| !it.is_null())
        .unwrap();
    let filter = format!(
        "searchCriteria[filter_groups][0][filters][0][field]=customer_id&searchCriteria[filter_groups][0][filters][0][value]={buyer}"
    );
    let orders = get(&shop, &format!("/V1/orders?{filter}"))["items"].clone();
    assert_eq!(get(&shop, &format!("/V1/erp/customers/{buyer}/orders")), orders);
    let product =
        |sku: &str, name: &str| json!({ "sku": sku, "name": name, "price": 3, "attribute_set_id": 4 });
    let both = json!({ "products": [product("NEW", "New"), product("SKU-0002", "Second")] });
    assert_eq!(posted(&shop, "/V1/erp/products", both), json!(true));
    assert_eq!(get(&shop, "/V1/products/NEW")["name"], "New");
    let second = get(&shop, "/V1/products/SKU-0002");
    assert_eq!((&second["id"], &second["name"]), (&json!(2), &json!("Second")));
    let (status, answer) = sent(&shop, "PUT", "/V1/erp/products/NEW", &json!({ "product": { "price": 9 } }));
    assert_eq!((status, &answer["price"], &answer["name"]), (200, &json!(9), &json!("New")));
    let renamed = json!({ "product": { "sku": "NEW", "name": "Neu" } });
    assert_eq!(sent(&shop, "PUT", "/de/V1/products/NEW", &renamed).0, 200);
    assert_eq!(get(&shop, "/de/V1/erp/products/NEW")["name"], "Neu");
    let customer = json!({ "customer": { "email": "erp@example.com", "firstname": "E", "lastname": "P" } });
    let id = posted(&shop, "/V1/erp/customers", customer.clone());
    assert_eq!(get(&shop, &format!("/V1/customers/{id}"))["email"], "erp@example.com");
    assert_eq!(get(&shop, "/V1/erp/customers/ERP@example.com")["id"], id);
    assert_eq!(sent(&shop, "POST", "/V1/erp/customers", &customer).0, 400, "the address is taken");
    let pushed = call(&shop, "POST", "/V1/erp/orders/7/push", "{}");
    assert_eq!(
        note(&pushed).as_deref(),
        Some("generated from the return type: what ErpInterface::run() does is unknown")
    );
}

#[test]
fn own_types_that_name_an_entity_have_its_values() {
    const EXPORT: &str = r"Acme\Erp\Api\Data\ExportInterface";
    let base = shop("2.4.7-p3");
    let shape = ClassShape {
        class: EXPORT.to_owned(),
        fields: [
            ("increment_id", "string"),
            ("status", "string"),
            ("grand_total", "float"),
            ("erp_number", "string|null"),
            ("skus", "string[]"),
        ]
        .map(|(name, kind)| ShapeField::new(name, kind))
        .to_vec(),
    };
    let mut routes = base.routes.clone();
    let number = ("incrementId", "string");
    routes.extend([
        own("GET", "/V1/erp/orders", &[], &format!("{EXPORT}[]")),
        own("GET", "/V1/erp/orders/:incrementId", &[number], EXPORT),
        own("POST", "/V1/erp/orders/:incrementId/confirm", &[number, ("erpNumber", "string")], EXPORT),
    ]);
    let (consumers, tokens) = base.rows();
    let shop = MockShop::new(base.settings.clone(), routes, vec![shape], consumers, tokens);
    let agree = |export: &Value| {
        let number = export["increment_id"].as_str().unwrap();
        assert_eq!(number.len(), 9, "{export}");
        let order = get(&shop, &format!("/V1/orders/{}", number.parse::<i64>().unwrap()));
        assert_eq!((&export["status"], &export["grand_total"]), (&order["status"], &order["grand_total"]));
        assert_eq!(export["skus"][0], order["items"][0]["sku"]);
    };
    for export in get(&shop, "/V1/erp/orders").as_array().unwrap() {
        agree(export);
    }
    let one = "/V1/erp/orders/000000007";
    agree(&get(&shop, one));
    assert_eq!(sent(&shop, "GET", "/V1/erp/orders/000000999", &Value::Null).0, 404);
    let confirmed = posted(&shop, &format!("{one}/confirm"), json!({ "erpNumber": "E-7" }));
    assert_eq!((&confirmed["erp_number"], &confirmed["increment_id"]), (&json!("E-7"), &json!("000000007")));
    assert_eq!(get(&shop, one), confirmed);
    assert!(get(&shop, "/V1/erp/orders").as_array().unwrap().contains(&confirmed));
    posted(&shop, "/V1/order/7/ship", json!({}));
    let shipped = get(&shop, one);
    assert_eq!((&shipped["status"], &shipped["erp_number"]), (&json!("processing"), &json!("E-7")));
}

/// Numbers and ids that no order has are refused, whichever field names the order, and the others lead to one row.
#[test]
fn own_types_are_those_of_the_order_that_is_asked_for() {
    const EXPORT: &str = r"Acme\Erp\Api\Data\ExportInterface";
    const LINE: &str = r"Acme\Erp\Api\Data\LineInterface";
    const RECEIPT: &str = r"Acme\Erp\Api\Data\ReceiptInterface";
    const STATE: &str = r"Acme\Erp\Api\Data\StateInterface";
    let base = shop("2.4.7-p3");
    let shape = |class: &str, fields: &[(&str, &str)]| ClassShape {
        class: class.to_owned(),
        fields: fields.iter().map(|(name, kind)| ShapeField::new(*name, kind)).collect(),
    };
    let export = [("increment_id", "string"), ("status", "string"), ("erp_number", "string|null")];
    let shapes = vec![
        shape(EXPORT, &export),
        shape(LINE, &[("line_id", "int"), ("order_id", "int"), ("grand_total", "float")]),
        shape(RECEIPT, &[("text", "string")]),
        shape(STATE, &[("state", "string"), ("note", "string")]),
    ];
    let (number, id, name) = (("incrementId", "string"), ("orderId", "int"), ("name", "string"));
    let mut routes = base.routes.clone();
    routes.extend([
        own("GET", "/V1/erp/orders/:incrementId", &[number], EXPORT),
        own("POST", "/V1/erp/orders/:incrementId/confirm", &[number, ("erpNumber", "string")], EXPORT),
        own("POST", "/V1/erp/orders/:incrementId/take", &[number, ("receipt", RECEIPT)], EXPORT),
        own("GET", "/V1/erp/orders/:incrementId/all", &[number], &format!("{EXPORT}[]")),
        own("GET", "/V1/erp/by-id/:orderId", &[id], EXPORT),
        own("GET", "/V1/erp/entity/:entityId", &[("entityId", "int")], EXPORT),
        own("GET", "/V1/erp/lines/:orderId", &[id], LINE),
        own("GET", "/V1/erp/numbered/:incrementId", &[number], LINE),
        own("GET", "/V1/erp/states/:name", &[name], STATE),
        own("PUT", "/V1/erp/states/:name", &[name, ("note", "string")], STATE),
    ]);
    let (consumers, tokens) = base.rows();
    let shop = MockShop::new(base.settings.clone(), routes, shapes, consumers, tokens);
    for number in ["61", "999", "1", "0", "000000061", "001", "abc"] {
        let target = format!("/V1/erp/orders/{number}");
        assert_eq!(sent(&shop, "GET", &target, &Value::Null).0, 404, "{target}");
        let confirmed = sent(&shop, "POST", &format!("{target}/confirm"), &json!({ "erpNumber": "zz" }));
        assert_eq!(confirmed.0, 404, "{target}");
        let taken = sent(&shop, "POST", &format!("{target}/take"), &json!({ "receipt": { "text": "a" } }));
        assert_eq!(taken.0, 404, "{target}");
        assert_eq!(get(&shop, &format!("{target}/all")), json!([]), "{target}");
    }
    for target in ["by-id/61", "by-id/0", "entity/61", "lines/61", "numbered/61", "numbered/7"] {
        assert_eq!(sent(&shop, "GET", &format!("/V1/erp/{target}"), &Value::Null).0, 404, "{target}");
    }
    let order = get(&shop, "/V1/orders/7");
    let confirmed = posted(&shop, "/V1/erp/orders/000000007/confirm", json!({ "erpNumber": "E-7" }));
    assert_eq!((&confirmed["status"], &confirmed["erp_number"]), (&order["status"], &json!("E-7")));
    for target in ["orders/000000007", "by-id/7", "entity/7"] {
        assert_eq!(get(&shop, &format!("/V1/erp/{target}")), confirmed, "{target}");
    }
    let taken = posted(&shop, "/V1/erp/orders/000000007/take", json!({ "receipt": { "text": "a" } }));
    assert_eq!(taken, confirmed);
    assert_eq!(get(&shop, "/V1/erp/orders/000000007/all"), json!([confirmed]));
    let eighth = get(&shop, "/V1/erp/orders/000000008/all");
    assert_eq!(eighth[0]["status"], get(&shop, "/V1/orders/8")["status"]);
    assert_eq!(eighth.as_array().unwrap().len(), 1);
    for target in ["lines/7", "numbered/000000007"] {
        let line = get(&shop, &format!("/V1/erp/{target}"));
        assert_eq!((&line["order_id"], &line["grand_total"]), (&json!(7), &order["grand_total"]), "{target}");
    }
    let kept = sent(&shop, "PUT", "/V1/erp/states/night", &json!({ "note": "closed" })).1;
    assert_eq!((get(&shop, "/V1/erp/states/night"), &kept["note"]), (kept.clone(), &json!("closed")));
    assert_ne!(get(&shop, "/V1/erp/states/day")["note"], "closed");
}

#[test]
fn made_up_answers_say_so() {
    let shop = shop("2.4.7-p3");
    let note = |method: &str, target: &str, body: &str| {
        let answer = call(&shop, method, target, body);
        assert_eq!(answer.status, 200, "{target}");
        answer.header(OWN).map(str::to_owned)
    };
    for target in [
        "/V1/orders/1",
        "/V1/products?searchCriteria[pageSize]=1",
        "/V1/customers/1",
        "/V1/directory/countries",
        "/V1/stockItems/SKU-0001",
    ] {
        assert_eq!(note("GET", target, ""), None, "{target}");
    }
    let rule = note("GET", "/V1/salesRules/1", "").unwrap();
    assert_eq!(rule, "generated from the type RuleInterface: the shop's values are unknown");
    assert!(note("GET", "/V1/salesRules/search?searchCriteria=", "").is_some());
    let page = r#"{"page": {"identifier": "a", "title": "A"}}"#;
    let id = call(&shop, "POST", "/V1/cmsPage", page);
    assert_eq!(id.header(OWN), None, "what is written is known");
    let id = serde_json::from_slice::<Value>(&id.body).unwrap()["id"].clone();
    assert_eq!(note("GET", &format!("/V1/cmsPage/{id}"), ""), None);
}

/// A signature that does not fit is shown with what was signed, but for the variables that are secrets.
#[test]
fn secrets_of_a_path_are_not_shown() {
    let base = shop("2.4.7-p3");
    let mut routes = base.routes.clone();
    routes.push(own("GET", "/V1/erp/keys/:apiKey/:id", &[("apiKey", "string"), ("id", "int")], "bool"));
    let (consumers, tokens) = base.rows();
    let shop = MockShop::new(base.settings.clone(), routes, Vec::new(), consumers, tokens);
    for target in ["/V1/erp/keys/hidden%2Fhidden/7?token=hidden", "/V1/erp/token/hidden/7/8"] {
        let url = CallUrl::parse(&format!("http://127.0.0.1/rest{target}")).unwrap();
        let mut request = url.request("GET", None);
        request.scheme = "https";
        let method = SignatureMethod::HmacSha256;
        let signed = Outgoing::sign(&request, &secrets(), method, Dialect::Laminas, 1_800_000_000, "n");
        let request = HttpRequest {
            method: "GET".to_owned(),
            scheme: "http".to_owned(),
            host: "127.0.0.1".to_owned(),
            target: url.target(),
            headers: vec![("Authorization".to_owned(), signed.header())],
            body: Vec::new(),
        };
        let answer = shop.answer(&request, 1_800_000_000);
        assert!(answer.status >= 400 && !answer.header(OWN).unwrap().contains("hidden"), "{answer:?}");
    }
    let report = serde_json::to_string(&shop.contract()).unwrap();
    assert!(report.contains("keys%2F…%2F7&"), "{report}");
    assert!(report.contains("/rest/V1/erp/token/…/7/8"), "{report}");
    assert!(!report.contains("hidden"), "{report}");
}
