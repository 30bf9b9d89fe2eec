use std::fs;

use serde_json::{Value, json};

use super::{SPEC, magespec, project};

fn routes(arguments: &[&str]) -> (i32, String, String) {
    let ran = magespec(project().path(), &[&["routes"], arguments].concat());
    (ran.status, ran.stdout, ran.stderr)
}

fn document(arguments: &[&str]) -> Value {
    let (status, stdout, stderr) = routes(&[arguments, &["--format", "json"]].concat());
    assert_eq!(status, 0, "{stderr}");
    let json: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(json["version"], 1);
    json
}

#[test]
fn a_path_finds_its_routes_however_it_is_written() {
    let expected = "METHOD  PATH                   REQUIRES\nGET     /V1/orders/:id         Magento_Sales::actions_view\nPUT     /V1/orders/:parent_id  Magento_Sales::create\n";
    assert_eq!(routes(&["/V1/orders/123"]).1, expected);
    assert_eq!(routes(&["https://acme.com/rest/all/V1/orders/{id}?fields=items"]).1, expected);
    assert_eq!(
        routes(&["PUT", "/V1/orders/1"]).1,
        "METHOD  PATH                   REQUIRES\nPUT     /V1/orders/:parent_id  Magento_Sales::create\n"
    );
}

#[test]
fn a_call_finds_what_answers_it() {
    assert_eq!(
        routes(&["GET /V1/carts/mine"]).1,
        "METHOD  PATH            REQUIRES\nGET     /V1/carts/mine  (customers only)\n"
    );
    assert_eq!(
        routes(&["POST /async/V1/products"]).1,
        "METHOD  PATH          REQUIRES\nPOST    /V1/products  Magento_Catalog::products\n"
    );
    let (_, stdout, stderr) = routes(&["GET /async/V1/products"]);
    assert_eq!((stdout.as_str(), stderr.contains("no route matches")), ("", true), "{stderr}");
}

#[test]
fn words_and_resources_find_routes() {
    assert_eq!(
        routes(&["order", "ship"]).1,
        "METHOD  PATH                     REQUIRES\nPOST    /V1/order/:orderId/ship  Magento_Sales::ship\n"
    );
    assert!(routes(&["create", "shipment"]).1.contains("\nPOST    /V1/shipment "), "verbs mean methods");
    assert!(routes(&["make", "an", "invoice"]).1.contains("\nPOST    /V1/invoices "), "not every word tells");
    assert!(routes(&["list", "orders"]).1.contains("\nGET     /V1/orders "));
    assert!(routes(&["remove", "coupon"]).1.lines().skip(1).all(|line| line.starts_with("DELETE")));
    assert_eq!(routes(&["--needs", "Magento_Sales::ship"]).1, routes(&["order", "ship"]).1);
    let csv = routes(&["--format", "csv"]).1;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(reader.records().count(), document(&[])["routes"].as_array().unwrap().len());
    for line in ["GET,/V1/customers/me,self,2.4.9", "POST,/V1/customers,anonymous,2.4.9"] {
        assert!(csv.lines().any(|other| other == line), "{line}");
    }
}

#[test]
fn a_range_says_when_a_route_needs_what() {
    let target = ["GET /V1/orders", "--target", ">=2.2.7 <2.2.9"];
    assert_eq!(
        routes(&target).1,
        "METHOD  PATH        REQUIRES\nGET     /V1/orders  Magento_Sales::sales before 2.2.8, Magento_Sales::actions_view from 2.2.8 on\n"
    );
    assert_eq!(
        document(&target)["routes"][0]["needs"],
        json!([
            { "resources": ["Magento_Sales::sales"], "releases": ["2.2.7"] },
            { "resources": ["Magento_Sales::actions_view"], "releases": ["2.2.8"] },
        ])
    );
    let only_some = routes(&["/V1/address/cleanse", "--target", "2.4.*"]).1;
    assert_eq!(
        only_some,
        "METHOD  PATH                 REQUIRES\nPOST    /V1/address/cleanse  (customers only) in 2.4.1..2.4.3-p3\n"
    );
}

#[test]
fn changes_between_two_releases_are_listed() {
    let (_, changes, _) = routes(&["--changed", "2.4.7-p3", "2.4.7-p4"]);
    assert_eq!(
        changes,
        "needs  POST  /V1/orders  Magento_Sales::api_actions, no longer Magento_Sales::create\n"
    );
    let csv = routes(&["--changed", "2.3.7", "2.4.8", "--format", "csv"]).1;
    for start in ["added,", "removed,", "needs,"] {
        assert!(csv.lines().any(|line| line.starts_with(start)), "{start}");
    }
    // The name of a parameter became another in 2.2.0.
    let renamed = document(&["--changed", "2.1.18", "2.2.0"]);
    let paths: Vec<&str> =
        renamed["changes"].as_array().unwrap().iter().map(|it| it["path"].as_str().unwrap()).collect();
    assert!(
        !paths.is_empty() && paths.iter().all(|path| !path.contains("/stockItems/:itemId/")),
        "{paths:?}"
    );
    assert_eq!(
        routes(&["--changed", "2.4.7", "2.4.7-p1"]).1,
        "the routes are the same in 2.4.7 and 2.4.7-p1\n"
    );
}

#[test]
fn what_a_spec_grants_is_parted_by_what_it_asks_for() {
    let dir = project();
    let spec = SPEC.replace(
        "resources = [",
        "calls = [\"GET /V1/orders\", \"GET /V1/store/storeViews\"]\nresources = [",
    );
    fs::write(dir.path().join("integration.toml"), spec).unwrap();
    let arguments = ["routes", "--granted-by", "integration.toml"];
    let human = magespec(dir.path(), &arguments).stdout;
    let (asked, others) =
        human.split_once("Acme Warehouse: 11 routes open, but not requested\n").expect(&human);
    assert!(asked.starts_with("Acme Warehouse: 2 routes requested\n  GET  /V1/orders  "), "{asked}");
    assert!(
        others.contains("  GET  /V1/orders/:id/comments") && !others.contains(" /V1/orders  "),
        "{others}"
    );
    assert!(others.contains("  GET  /V1/carts/licence"), "by an ancestor that Magento adds: {others}");
    let json = magespec(dir.path(), &[&arguments[..], &["--format", "json"]].concat()).stdout;
    let json: Value = serde_json::from_str(&json).unwrap();
    let routes = json["integrations"][0]["routes"].as_array().unwrap();
    assert_eq!(routes.iter().filter(|route| route["asked_for"] == true).count(), 2);
    assert_eq!(routes.len(), 13);
}

#[test]
fn releases_that_are_not_known_are_the_nearest_ones() {
    for (arguments, note) in [
        (
            &["--changed", "2.4.7-p11", "2.4.8"][..],
            "note: 2.4.7-p11 is not in the catalog; using 2.4.7-p10\n",
        ),
        (&["--target", "2.4.99"], "note: 2.4.99 is not in the catalog; using 2.4.9\n"),
        (&["--target", "2.9.*"], "note: 2.9.0 is not in the catalog; using 2.4.9\n"),
        (&["--target", ">=2.4.8 <2.4.12"], "note: 2.4.11 is not in the catalog; using 2.4.9\n"),
    ] {
        let (status, stdout, stderr) = routes(arguments);
        assert!(status == 0 && !stdout.is_empty() && stderr.contains(note), "{arguments:?}: {stderr}");
        assert_eq!(stderr.matches("is not in the catalog").count(), 1, "{stderr}");
    }
}

#[test]
fn absent_ids_are_reported() {
    for (arguments, message) in [
        (&["--needs", "Magento_Sales::shp"][..], "did you mean \"Magento_Sales::ship\""),
        (&["--granted-by", "nope.toml"], "cannot read nope.toml"),
        (&["--granted-by", "integration.toml", "order"], "cannot be used with"),
        (&["--granted-by", "integration.toml", "--edition", "commerce"], "cannot be used with"),
        (&["--changed", "1.9.4", "2.4.8"], "1.9.4 is not in the catalog, which begins with 2.0.0"),
        (
            &["--target", "1.*"],
            "no known Magento release matches `1.*`; the catalog knows 2.0.0, and 2.1.0 to 2.4.9; Mage-OS 1.0.0..",
        ),
    ] {
        let (status, stdout, stderr) = routes(arguments);
        assert_eq!((status, stdout.as_str()), (1, ""), "{arguments:?}");
        assert!(stderr.contains(message), "{stderr}");
    }
    assert!(
        routes(&["/V1/address/cleanse"])
            .2
            .contains("POST /V1/address/cleanse exists in 2.3.7..2.3.7-p3, 2.4.1")
    );
    assert_eq!(
        routes(&["--needs", "Magento_Sales::reorder"]).2,
        "note: the ACL and routes of 2.4.9 are assumed to match those of 2.4.8-p5\n\
         note: no route needs Magento_Sales::reorder in 2.4.9\n"
    );
}
