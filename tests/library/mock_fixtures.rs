//! Answers of a mock shop with fixtures.

use magespec::mock::{
    MockShop, StoreView,
    fixtures::{FixtureError, Fixtures},
};
use serde_json::json;

use crate::mock::{call, get, json, shop};

/// Shop with fixtures by the names of their files.
fn fixed(files: &[(&str, &str)]) -> Result<MockShop, String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let mut shop = shop("2.4.7-p3");
    let shown = |error: FixtureError| error.to_string().replace(&format!("{}/", folder.path().display()), "");
    let fixtures = Fixtures::read(folder.path()).map_err(shown)?;
    let checked = fixtures.check_names(|fixture| shop.route_of(fixture));
    checked.map_err(shown)?;
    shop.data.fix(fixtures);
    Ok(shop)
}

#[test]
fn fixtures_answer_in_place_of_made_data() {
    let shop = fixed(&[
        ("all.json", r#"{ "call": "GET /V1/orders/:id", "body": { "entity_id": "{{ id }}", "note": "order {{ id }} of {{ store }}" } }"#),
        ("one.json", r#"{ "call": "GET /V1/orders/7", "status": 404, "body": { "message": "gone" } }"#),
        ("page.json", r#"{ "call": "GET /V1/orders", "query": "searchCriteria[pageSize]=1", "template": "page.j2" }"#),
        ("page.j2", r#"{ "items": [{% for id in range(2) %}{ "entity_id": {{ id }} }{% if not loop.last %},{% endif %}{% endfor %}], "total_count": 2 }"#),
    ])
    .unwrap();
    assert_eq!(
        get(&shop, "/V1/orders/3"),
        serde_json::json!({ "entity_id": 3, "note": "order 3 of default" })
    );
    let gone = call(&shop, "GET", "/V1/orders/7", "");
    assert_eq!((gone.status, json(&gone)["message"].as_str()), (404, Some("gone")));
    assert_eq!(
        get(&shop, "/V1/orders?searchCriteria[pageSize]=1&fields=total_count"),
        serde_json::json!({ "total_count": 2 })
    );
    assert!(get(&shop, "/V1/orders?searchCriteria[pageSize]=2")["items"][0]["increment_id"].is_string());
}

#[test]
fn headers_that_a_template_breaks_are_named() {
    let shop = fixed(&[(
        "a.json",
        r#"{ "call": "GET /V1/orders/:id", "headers": { "X-A": "{{ query.a }}" }, "body": 1 }"#,
    )])
    .unwrap();
    let broken = call(&shop, "GET", "/V1/orders/7?a=b%0Ac", "");
    let text = String::from_utf8_lossy(&broken.body);
    assert!(broken.status == 500 && text.contains("the value of the header X-A"), "{text}");
    assert_eq!(call(&shop, "GET", "/V1/orders/7?a=b", "").header("X-A"), Some("b"));
}

#[test]
fn a_fixture_of_a_store_view_answers_there_only() {
    let mut shop = fixed(&[
        ("all.json", r#"{ "call": "GET /V1/orders/:id", "store": "all", "body": "all" }"#),
        ("any.json", r#"{ "call": "GET /V1/orders/:id", "body": "any" }"#),
        ("recorded.json", r#"{ "call": "GET /V1/products/:sku", "recorded": true, "body": "default" }"#),
    ])
    .unwrap();
    shop.settings.stores.push(StoreView { id: 2, code: "de".to_owned(), name: "DE".to_owned() });
    for (target, answer) in [
        ("/all/V1/orders/1", json!("all")),
        ("/de/V1/orders/1", json!("any")),
        ("/V1/orders/1", json!("any")),
        ("/V1/products/SKU-0001", json!("default")),
        ("/default/V1/products/SKU-0001", json!("default")),
    ] {
        assert_eq!(get(&shop, target), answer, "{target}");
    }
    assert_eq!(get(&shop, "/de/V1/products/SKU-0001")["sku"], "SKU-0001");
}

#[test]
#[cfg(unix)]
fn a_fixture_that_is_a_pipe_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("a.json");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert!(Fixtures::read(folder.path()).unwrap_err().reason.contains("not a regular file"));
}

#[test]
fn bad_fixtures_name_file_line_and_reason() {
    for (files, expected) in [
        (
            vec![(
                "a.json",
                r#"{ "call": "GET /V1/orders", "headers": { "content-length": 3 }, "body": 1 }"#,
            )],
            "a.json:1:40: the server writes the header content-length itself; remove it",
        ),
        (
            vec![("a.json", r#"{ "call": "GET /V1/orders", "headers": { "X-A": "a\nb" }, "body": 1 }"#)],
            "a.json:1:40: the value of the header X-A has '\\n' in it",
        ),
        (
            vec![("a.json", r#"{ "call": "GET /V1/orders", "status": 100, "body": 1 }"#)],
            "a.json:1:39: the status 100 is not one from 200 to 599",
        ),
        (vec![("a.json", "\n []")], "a.json:2:2: the fixture is not an object; write { \"call\": "),
        (vec![("a.json", "")], "a.json:1:1: EOF while parsing a value; write { \"call\": "),
        (
            vec![("a.json", r#"{ "call": "GET /V1/orders", "status": "x", "body": 1 }"#)],
            "a.json:1:41: invalid type: string \"x\", expected a status such as 200; write",
        ),
        (
            vec![("a.json", r#"{ "call": "GET /V1/orders", "query": "?a=1", "body": 1 }"#)],
            "a.json:1:38: query `?a=1` starts with what comes before a query in a URL; write `a=1`",
        ),
        (
            vec![("a.json", r#"{ "call": "GET /V1/orders/:id", "body": ["{{ id | nofilter }}"] }"#)],
            "a.json:1:42: `{{ id | nofilter }}`: there is no filter `nofilter`",
        ),
        (
            vec![(
                "a.json",
                r#"{ "call": "GET /V1/orders/:id", "headers": { "A": "a{% if id is odder %}b{% endif %}" }, "body": 1 }"#,
            )],
            "a.json:1:51: `a{% if id is odder %}b{% endif %}`: there is no test `odder`",
        ),
        (
            vec![
                ("a.json", r#"{ "call": "GET /V1/orders", "template": "b.j2" }"#),
                ("b.j2", "[\n {{ 1 | nofilter }} ]"),
            ],
            "b.j2:2:9: there is no filter `nofilter`",
        ),
        (vec![("a.json", "{\n  \"cal\": 1\n}")], "a.json:2:7: unknown field `cal`"),
        (
            vec![("a.json", r#"{ "call": "/V1/orders", "body": 1 }"#)],
            "a.json:1:11: call `/V1/orders` is not a method and the path of a route",
        ),
        (
            vec![("a.json", r#"{ "call": "GET /V1/orders" }"#)],
            "a.json:1:1: the fixture has neither a body nor a template",
        ),
        (
            vec![("a.json", r#"{ "call": "GET /V1/orders", "template": "b.j2" }"#), ("b.j2", "x\n{% if %}")],
            "b.j2:2:",
        ),
    ] {
        let error = fixed(&files).unwrap_err();
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn a_name_that_no_call_has_is_an_error() {
    let known = "path, query, body, headers, method, integration, store, now";
    for (files, expected) in [
        (
            vec![("a.json", r#"{ "body": 1, "call": "GET /V1/orders/:foo" }"#)],
            "a.json:1:22: the route has `:id` in place of `:foo`; write `GET /V1/orders/:id`".to_owned(),
        ),
        (
            vec![("a.json", r#"{ "body": 1, "call": "PUT /async/V1/products/:id" }"#)],
            "a.json:1:22: the route has `:sku` in place of `:id`; write `PUT /async/V1/products/:sku`"
                .to_owned(),
        ),
        (
            vec![("a.json", "{ \"call\": \"GET /V1/orders/7\",\n \"body\": [\"no {{ sku }}\"] }")],
            format!("a.json:2:11: `no {{{{ sku }}}}`: unknown name `sku`; use one of id, {known}"),
        ),
        (
            vec![("a.json", "{ \"call\": \"GET /V1/orders/:id\",\n \"body\": \"{{ path.sku }}\" }")],
            format!("a.json:2:10: `{{{{ path.sku }}}}`: unknown name `path.sku`; use one of id, {known}"),
        ),
        (
            vec![("a.json", r#"{ "call": "PUT /async/bulk/V1/products/bySku", "body": "{{ sku }}" }"#)],
            format!("a.json:1:56: `{{{{ sku }}}}`: unknown name `sku`; use one of {known}"),
        ),
        (
            vec![
                ("a.json", r#"{ "call": "GET /V1/orders/:id", "template": "b.j2" }"#),
                ("b.j2", "[{{ id }},\n {{ sku }}]"),
            ],
            format!("b.j2:2:5: unknown name `sku`; use one of id, {known}"),
        ),
    ] {
        assert_eq!(fixed(&files).unwrap_err(), expected);
    }
    let body = r#""{% set a = path.id %}{% for b in range(2) %}{{ [a, b, loop.index, id, headers.x, query.y.z] }}{% endfor %}""#;
    let both = r#"{"a": "{% if sku is defined %}{{ sku }}{% else %}{{ id }}{% endif %}"}"#;
    fixed(&[
        ("a.json", &format!(r#"{{ "call": "GET /V1/orders/:id", "body": {body} }}"#)),
        ("b.json", r#"{ "call": "GET /V1/invoices/:id", "template": "both.j2" }"#),
        ("c.json", r#"{ "call": "GET /V1/products/:sku", "template": "both.j2" }"#),
        ("both.j2", both),
    ])
    .unwrap();
}

/// Of a direct call, of one for the queue, and of several for it.
#[test]
fn fixtures_answer_after_the_checks_of_the_body_and_the_parameters() {
    let files = [
        ("a.json", r#"{ "call": "POST /V1/products", "body": "fixed" }"#),
        ("b.json", r#"{ "call": "GET /V1/orders/:id", "body": "fixed" }"#),
        ("c.json", r#"{ "call": "POST /async/V1/products", "body": "fixed" }"#),
        ("d.json", r#"{ "call": "POST /async/bulk/V1/products", "body": "fixed" }"#),
        ("e.json", r#"{ "call": "POST /V1/integration/customer/token", "body": "fixed" }"#),
    ];
    let (fixed, plain) = (fixed(&files).unwrap(), shop("2.4.7-p3"));
    let product = r#"{"product":{"sku":"A","name":"A","price":1,"attribute_set_id":4}}"#;
    for (method, target, body) in [
        ("POST", "/V1/products", "{}"),
        ("POST", "/V1/products", r#"{"product":{"nam":1}}"#),
        ("POST", "/V1/products", r#"{"product":{"sku":"A","price":"x"}}"#),
        ("POST", "/V1/products", "{"),
        ("GET", "/V1/orders/abc", ""),
        ("POST", "/async/V1/products", "{}"),
        ("POST", "/async/bulk/V1/products", &format!("[{product}, {{}}]")),
        ("POST", "/V1/integration/customer/token", "{}"),
    ] {
        let (one, other) = (call(&fixed, method, target, body), call(&plain, method, target, body));
        assert_eq!(one.status, 400, "{target} {body}");
        assert_eq!((one.status, json(&one)), (other.status, json(&other)), "{target} {body}");
        assert_eq!(one.headers, other.headers, "{target} {body}");
    }
    assert!(fixed.contract().fixtures.iter().all(|it| it.count == 0));
    for (method, target, body) in [
        ("POST", "/V1/products", product),
        ("GET", "/V1/orders/999999", ""),
        ("POST", "/async/V1/products", product),
        ("POST", "/async/bulk/V1/products", &format!("[{product}]")),
    ] {
        assert_eq!(json(&call(&fixed, method, target, body)), "fixed", "{target}");
    }
}
