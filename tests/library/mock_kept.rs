//! Values that several routes of a mock shop read and write, and codes that the shop does not have.

use magespec::mock::{HttpRequest, MockShop};
use serde_json::{Value, json};

use crate::mock::{call, get, shop};

/// Status and body of an answer.
pub(crate) fn sent(shop: &MockShop, method: &str, target: &str, body: &Value) -> (u16, Value) {
    let answer = call(shop, method, target, &body.to_string());
    (answer.status, serde_json::from_slice(&answer.body).unwrap_or_default())
}

/// Body of an answer to a POST that succeeds.
pub(crate) fn posted(shop: &MockShop, target: &str, body: Value) -> Value {
    let (status, answer) = sent(shop, "POST", target, &body);
    assert_eq!(status, 200, "{target}: {answer}");
    answer
}

/// Custom attribute of a product or a category.
pub(crate) fn custom(product: &Value, code: &str) -> Value {
    let mut attributes = product["custom_attributes"].as_array().unwrap().iter();
    attributes.find(|it| it["attribute_code"] == code).map_or(Value::Null, |it| it["value"].clone())
}

#[test]
fn prices_are_those_of_products() {
    let shop = shop("2.4.7-p3");
    let wrong = json!({ "prices": [
        { "sku": "sku-0001", "price": 13.5, "store_id": 0 }, { "sku": "nope", "price": 1, "store_id": 0 },
        { "sku": "SKU-0001", "price": -1, "store_id": 0 }, { "sku": "SKU-0001", "price": 2, "store_id": 99 },
    ] });
    assert_eq!(
        posted(&shop, "/V1/products/base-prices", wrong),
        json!([
            { "message": "Invalid attribute %fieldName = %fieldValue.", "parameters": ["SKU", "nope"] },
            { "message": "Invalid attribute %fieldName = %fieldValue.", "parameters": ["Price", "-1"] },
            {
                "message": "Requested store is not found. Row ID: SKU = SKU-0001, Store ID: 99.",
                "parameters": ["SKU-0001", "99"],
            },
        ])
    );
    assert_eq!(get(&shop, "/V1/products/SKU-0001")["price"], json!(13.5));
    let skus = json!({ "skus": ["SKU-0001", "nope"] });
    assert_eq!(
        posted(&shop, "/V1/products/base-prices-information", skus.clone()),
        json!([{ "price": 13.5, "store_id": 0, "sku": "SKU-0001" }])
    );
    let special = |sku: &str, price: f64, from: &str| {
        json!({ "prices": [
            { "sku": sku, "price": price, "store_id": 0, "price_from": from, "price_to": "2027-01-01 00:00:00" },
        ] })
    };
    let from = "2026-01-01 00:00:00";
    let unknown = posted(&shop, "/V1/products/special-price", special("nope", 9.0, from));
    let row =
        "Row ID: SKU = nope, Store ID: 0, Price From: 2026-01-01 00:00:00, Price To: 2027-01-01 00:00:00.";
    assert_eq!(
        unknown[0]["message"],
        format!("The product that was requested doesn't exist. Verify the product and try again. {row}")
    );
    let odd = posted(&shop, "/V1/products/special-price", special("SKU-0001", 9.0, "foo"));
    assert_eq!(odd[0]["parameters"][0], "Price From");
    assert_eq!(posted(&shop, "/V1/products/special-price", special("SKU-0001", 9.5, from)), json!([]));
    let product = get(&shop, "/V1/products/SKU-0001");
    assert_eq!(
        (custom(&product, "special_price"), custom(&product, "special_from_date")),
        (json!("9.500000"), json!(from))
    );
    let information = || posted(&shop, "/V1/products/special-price-information", skus.clone());
    assert_eq!((&information()[0]["price"], &information()[0]["price_from"]), (&json!(9.5), &json!(from)));
    posted(&shop, "/V1/products/special-price-delete", special("SKU-0001", 8.0, from));
    assert_eq!(information().as_array().unwrap().len(), 1, "it is another price");
    posted(&shop, "/V1/products/special-price-delete", special("SKU-0001", 9.5, from));
    assert_eq!(information(), json!([]));
    let costs = json!({ "prices": [{ "sku": "SKU-0001", "cost": 4, "store_id": 0 }, { "sku": "SKU-0001", "cost": -1, "store_id": 0 }] });
    assert_eq!(
        posted(&shop, "/V1/products/cost", costs),
        json!([{ "message": "Invalid attribute Cost = -1. Row ID: SKU = SKU-0001, Store ID: 0.", "parameters": ["-1", "SKU-0001", "0"] }])
    );
    let cost = json!([{ "cost": 4, "store_id": 0, "sku": "SKU-0001" }]);
    assert_eq!(posted(&shop, "/V1/products/cost-information", skus.clone()), cost);
    assert_eq!(posted(&shop, "/V1/products/cost-delete", skus.clone()), json!(true));
    assert_eq!(posted(&shop, "/V1/products/cost-information", skus), json!([]));
}

#[test]
fn tier_prices_are_added_replaced_and_deleted() {
    let shop = shop("2.4.7-p3");
    let tier = |sku: &str, price: f64, kind: &str, quantity: i64, group: &str| json!({ "sku": sku, "price": price, "price_type": kind, "website_id": 0, "customer_group": group, "quantity": quantity });
    let all = |rows: Vec<Value>| json!({ "prices": rows });
    let information =
        || posted(&shop, "/V1/products/tier-prices-information", json!({ "skus": ["SKU-0001"] }));
    let two = all(vec![
        tier("SKU-0001", 8.0, "fixed", 2, "ALL GROUPS"),
        tier("SKU-0001", 10.0, "discount", 5, "General"),
        tier("SKU-0001", 3.0, "fixed", 4, "Nobody"),
    ]);
    let wrong = posted(&shop, "/V1/products/tier-prices", two);
    assert_eq!(wrong[0]["parameters"], json!(["SKU-0001", "0", "Nobody", "4"]));
    assert_eq!(information().as_array().unwrap().len(), 2);
    assert_eq!(
        (&information()[0]["customer_group"], &information()[1]["price_type"], &information()[1]["price"]),
        (&json!("all groups"), &json!("discount"), &json!(10))
    );
    let product = get(&shop, "/V1/products/SKU-0001");
    assert_eq!(product["tier_prices"][0]["customer_group_id"], json!(32000));
    let unknown = all(vec![tier("nope", 8.0, "fixed", 2, "General")]);
    assert_eq!(sent(&shop, "POST", "/V1/products/tier-prices", &unknown).0, 404);
    let other = all(vec![tier("SKU-0001", 7.0, "fixed", 3, "ALL GROUPS")]);
    assert_eq!(sent(&shop, "PUT", "/V1/products/tier-prices", &other), (200, json!([])));
    assert_eq!((&information()[0]["quantity"], &information()[1]), (&json!(3), &Value::Null));
    assert_eq!(posted(&shop, "/V1/products/tier-prices-delete", other), json!([]));
    assert_eq!(information(), json!([]));
}

#[test]
fn links_to_categories_and_tiers_are_those_of_products() {
    let shop = shop("2.4.7-p3");
    let category = posted(&shop, "/V1/categories", json!({ "category": { "name": "New", "parent_id": 2 } }))
        ["id"]
        .clone();
    let path = format!("/V1/categories/{category}/products");
    let link = |sku: &str| json!({ "productLink": { "sku": sku, "position": 3, "category_id": category.to_string() } });
    assert_eq!(get(&shop, &path), json!([]));
    assert_eq!(sent(&shop, "POST", &path, &link("nope")).0, 404);
    assert_eq!(
        sent(
            &shop,
            "POST",
            "/V1/categories/999/products",
            &json!({ "productLink": { "sku": "SKU-0001", "category_id": "999" } })
        )
        .0,
        404
    );
    assert_eq!(posted(&shop, &path, link("SKU-0001")), json!(true));
    assert_eq!(
        get(&shop, &path),
        json!([{ "sku": "SKU-0001", "position": 3, "category_id": category.to_string() }])
    );
    let product = get(&shop, "/V1/products/SKU-0001");
    assert!(custom(&product, "category_ids").as_array().unwrap().contains(&json!(category.to_string())));
    assert_eq!(sent(&shop, "DELETE", &format!("{path}/SKU-0002"), &Value::Null).0, 400);
    assert_eq!(sent(&shop, "DELETE", &format!("{path}/SKU-0001"), &Value::Null).0, 200);
    assert_eq!(get(&shop, &path), json!([]));
    let tiers = |group: &str| format!("/V1/products/SKU-0001/group-prices/{group}/tiers");
    assert_eq!(posted(&shop, &format!("{}/5/price/3", tiers("all")), json!({})), json!(true));
    assert_eq!(sent(&shop, "POST", &format!("{}/5/price/3", tiers("99")), &json!({})).0, 404);
    assert_eq!(get(&shop, &tiers("all")), json!([{ "customer_group_id": 32000, "qty": 5, "value": 3 }]));
    assert_eq!(get(&shop, &tiers("1")), json!([]));
    assert_eq!(sent(&shop, "DELETE", &format!("{}/6", tiers("all")), &Value::Null).0, 404);
    assert_eq!(sent(&shop, "DELETE", &format!("{}/5", tiers("all")), &Value::Null).0, 200);
    assert_eq!(get(&shop, "/V1/products/SKU-0001")["tier_prices"], json!([]));
}

#[test]
fn a_token_is_that_of_the_customer_who_asks() {
    let shop = shop("2.4.7-p3");
    let login = |email: &str, password: &str| {
        sent(
            &shop,
            "POST",
            "/V1/integration/customer/token",
            &json!({ "username": email, "password": password }),
        )
    };
    let me = |token: &Value| {
        let request = HttpRequest {
            method: "GET".to_owned(),
            scheme: "http".to_owned(),
            host: "127.0.0.1".to_owned(),
            target: "/rest/V1/customers/me".to_owned(),
            headers: vec![("Authorization".to_owned(), format!("Bearer {}", token.as_str().unwrap()))],
            body: Vec::new(),
        };
        serde_json::from_slice::<Value>(&shop.answer(&request, 1_800_000_000).body).unwrap()
    };
    let new = json!({ "email": "new@example.com", "firstname": "New", "lastname": "One" });
    let weak = sent(&shop, "POST", "/V1/customers", &json!({ "customer": new, "password": "alllowercase" }));
    assert_eq!((weak.0, &weak.1["parameters"]), (400, &json!(["3"])));
    let id =
        posted(&shop, "/V1/customers", json!({ "customer": new, "password": "Secret123!x" }))["id"].clone();
    let made = shop.settings.password();
    let (status, token) = login("NEW@example.com", "Secret123!x");
    assert_eq!((status, &me(&token)["id"]), (200, &id), "{token}");
    let third = get(&shop, "/V1/customers/3");
    let (status, token) = login(third["email"].as_str().unwrap(), &made);
    assert_eq!((status, &me(&token)), (200, &third));
    posted(
        &shop,
        "/V1/customers",
        json!({ "customer": { "email": "none@example.com", "firstname": "N", "lastname": "O" } }),
    );
    for (email, password) in [
        ("nobody@example.com", &*made),
        ("new@example.com", &made),
        ("none@example.com", &made),
        ("none@example.com", "x"),
    ] {
        let (status, refused) = login(email, password);
        assert_eq!(status, 401, "{email} {refused}");
        assert!(refused["message"].as_str().unwrap().starts_with("The account sign-in was incorrect"));
    }
}

#[test]
fn tracks_and_comments_are_those_of_their_document() {
    let shop = shop("2.4.7-p3");
    let track = |number: &str| json!({ "track_number": number, "title": "T", "carrier_code": "ups" });
    let id = posted(&shop, "/V1/order/1/ship", json!({ "tracks": [track("A")] }));
    let id: i64 = id.as_str().unwrap().parse().unwrap();
    let tracks = || {
        let shipments = get(&shop, "/V1/shipments?searchCriteria[pageSize]=0");
        let found =
            shipments["items"].as_array().unwrap().iter().find(|it| it["entity_id"] == id).cloned().unwrap();
        assert_eq!(found, get(&shop, &format!("/V1/shipment/{id}")));
        let numbers = found["tracks"].as_array().unwrap().iter();
        numbers.map(|it| it["track_number"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(tracks(), ["A"]);
    let entity = |order: i64, parent: i64| {
        let mut entity = track("B");
        for (name, value) in [
            ("order_id", json!(order)),
            ("parent_id", json!(parent)),
            ("description", json!("")),
            ("weight", json!(1)),
            ("qty", json!(1)),
        ] {
            entity[name] = value;
        }
        json!({ "entity": entity })
    };
    for wrong in [entity(2, id), entity(1, 9999)] {
        let (status, refused) = sent(&shop, "POST", "/V1/shipment/track", &wrong);
        assert_eq!((status, &refused["message"]), (400, &json!("Could not save the shipment tracking.")));
    }
    let second = posted(&shop, "/V1/shipment/track", entity(1, id));
    assert_eq!(tracks(), ["A", "B"]);
    assert_eq!(
        sent(&shop, "DELETE", &format!("/V1/shipment/track/{}", second["entity_id"]), &Value::Null).0,
        200
    );
    assert_eq!(tracks(), ["A"]);
    let comment = json!({ "entity": { "comment": "late", "parent_id": id, "is_customer_notified": 0, "is_visible_on_front": 0 } });
    posted(&shop, &format!("/V1/shipment/{id}/comments"), comment);
    assert_eq!(get(&shop, &format!("/V1/shipment/{id}/comments"))["items"][0]["comment"], "late");
}

#[test]
fn source_items_are_kept_by_source() {
    let shop = shop("2.4.7-p3");
    let item = |source: &str| json!({ "sourceItems": [{ "sku": "SKU-0001", "source_code": source, "quantity": 7, "status": 1 }] });
    let unknown = sent(&shop, "POST", "/V1/inventory/source-items", &item("east"));
    assert_eq!((unknown.0, &unknown.1["message"]), (400, &json!("Could not save Source Item")));
    let source =
        json!({ "source": { "source_code": "east", "name": "East", "country_id": "US", "postcode": "1" } });
    posted(&shop, "/V1/inventory/sources", source);
    assert_eq!(get(&shop, "/V1/inventory/sources/east")["name"], "East");
    let sources = || {
        let filter = "searchCriteria[filter_groups][0][filters][0][field]=sku&searchCriteria[filter_groups][0][filters][0][value]=SKU-0001";
        let items = get(&shop, &format!("/V1/inventory/source-items?{filter}"));
        let items = items["items"].as_array().unwrap().iter();
        items.map(|it| it["source_code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    posted(&shop, "/V1/inventory/source-items", item("east"));
    assert_eq!(sources(), ["default", "east"]);
    posted(&shop, "/V1/inventory/source-items-delete", item("east"));
    assert_eq!(sources(), ["default"]);
    posted(&shop, "/V1/inventory/source-items-delete", item("default"));
    assert!(sources().is_empty());
    assert_eq!(get(&shop, "/V1/stockItems/SKU-0001")["qty"], json!(0));
    assert_eq!(
        sent(&shop, "POST", "/V1/inventory/source-items-delete", &json!({ "sourceItems": [] })).0,
        400
    );
}

#[test]
fn codes_that_the_shop_does_not_have_are_refused() {
    let shop = shop("2.4.7-p3");
    for (target, message) in [
        (
            "/V1/products/attributes/nope",
            "The attribute with a \"%1\" attributeCode doesn't exist. Verify the attribute and try again.",
        ),
        (
            "/V1/products/attributes/nope/options",
            "The attribute with a \"%1\" attributeCode doesn't exist. Verify the attribute and try again.",
        ),
        (
            "/V1/categories/attributes/nope",
            "The attribute with a \"%1\" attributeCode doesn't exist. Verify the attribute and try again.",
        ),
        (
            "/V1/attributeMetadata/customer/attribute/nope",
            "No such entity with %fieldName = %fieldValue, %field2Name = %field2Value",
        ),
        ("/V1/inventory/sources/nope", "Source with code \"%value\" does not exist."),
        ("/V1/inventory/stocks/999", "Stock with id \"%value\" does not exist."),
        ("/V1/directory/countries/QQ", "The country isn't available."),
        ("/V1/customerGroups/999", "No such entity with %fieldName = %fieldValue"),
        ("/V1/cmsPage/999", "The CMS page with the \"%1\" ID doesn't exist."),
        ("/V1/salesRules/999", "No such entity."),
        (
            "/V1/transactions/999",
            "The entity that was requested doesn't exist. Verify the entity and try again.",
        ),
    ] {
        let (status, answer) = sent(&shop, "GET", target, &Value::Null);
        assert_eq!((status, &answer["message"]), (404, &json!(message)), "{target}");
    }
}

#[test]
fn attributes_are_those_of_a_new_shop() {
    let shop = shop("2.4.7-p3");
    for entity in ["products", "categories"] {
        let all = get(&shop, &format!("/V1/{entity}/attributes?searchCriteria[pageSize]=0"));
        let mut codes: Vec<&str> = all["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["attribute_code"].as_str().unwrap())
            .collect();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert!(codes.len() == count && count > 30 && codes.contains(&"name"), "{codes:?}");
    }
    let new = json!({ "attribute": {
        "attribute_code": "erp_id", "frontend_input": "text", "default_frontend_label": "ERP", "is_required": false,
        "frontend_labels": [],
    } });
    posted(&shop, "/V1/products/attributes", new);
    let option = json!({ "option": { "label": "Red" } });
    let option = posted(&shop, "/V1/products/attributes/erp_id/options", option);
    assert_eq!(
        get(&shop, "/V1/products/attributes/erp_id/options"),
        json!([{ "label": "Red", "value": option }])
    );
    let product = json!({ "product": { "sku": "SKU-0001", "custom_attributes": [
        { "attribute_code": "erp_id", "value": "E-1" }, { "attribute_code": "unknown", "value": "x" },
    ] } });
    posted(&shop, "/V1/products", product);
    let product = get(&shop, "/V1/products/SKU-0001");
    assert_eq!((custom(&product, "erp_id"), custom(&product, "unknown")), (json!("E-1"), Value::Null));
}

#[test]
fn stores_countries_and_currencies_are_plausible() {
    let shop = shop("2.4.7-p3");
    let request = HttpRequest {
        method: "GET".to_owned(),
        scheme: "http".to_owned(),
        host: "localhost:8123".to_owned(),
        target: "/rest/V1/store/storeConfigs".to_owned(),
        headers: vec![("Authorization".to_owned(), format!("Bearer {}", "t".repeat(32)))],
        body: Vec::new(),
    };
    let configs: Value = serde_json::from_slice(&shop.answer(&request, 1).body).unwrap();
    assert_eq!(configs[0]["base_url"], "http://localhost:8123/");
    assert_eq!(configs[0]["base_media_url"], "http://localhost:8123/media/");
    assert_eq!(get(&shop, "/V1/store/storeConfigs?storeCodes[]=nope"), json!([]));
    let currency = get(&shop, "/V1/directory/currency");
    assert_eq!(currency["exchange_rates"], json!([{ "currency_to": "USD", "rate": 1 }]));
    let countries = get(&shop, "/V1/directory/countries");
    assert_eq!(countries.as_array().unwrap().len(), 249);
    let germany = json!({
        "id": "DE", "two_letter_abbreviation": "DE", "three_letter_abbreviation": "DEU",
        "full_name_locale": "Germany", "full_name_english": "Germany",
    });
    assert_eq!(get(&shop, "/V1/directory/countries/DE"), germany);
    let regions = get(&shop, "/V1/directory/countries/US")["available_regions"].clone();
    assert_eq!(regions[56], json!({ "id": "57", "code": "TX", "name": "Texas" }));
}
