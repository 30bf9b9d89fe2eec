//! `magespec mock --record`: another mock stands in for the real shop.

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::{magespec, mock::Mock};

/// Texts that must not reach the disk.
const PRIVATE: [&str; 30] = [
    "Veronica",
    "Costello",
    "roni_cost",
    "6146 Honey",
    "Bluff",
    "Calder",
    "49628",
    "555-229-3326",
    "5552293326",
    "2018-12-15",
    "10.20.30.40",
    "2001:db8:85a3",
    "DE89",
    "3704",
    "4111",
    "0e23710448d7d9705ab4c9eb46244f8e",
    "eyJhbGciOi",
    "sk_live",
    "Contoso",
    "DE811907980",
    "ring twice",
    "gate code",
    "hunter2",
    "s3cr3t",
    "Smith",
    "L-993-221",
    "Maple Avenue",
    "48.13",
    "987654321",
    "roni%5F",
];

/// Order with whatever a shop may know of a person.
fn order() -> Value {
    json!({
        "entity_id": 7, "increment_id": "000000007", "status": "processing", "state": "processing", "grand_total": 36.39,
        "base_currency_code": "USD", "created_at": "2026-05-06 07:08:09", "customer_id": 1, "customer_group_id": 1,
        "customer_email": "roni_cost@example.net", "customer_firstname": "Veronica", "customer_lastname": "Costello",
        "customer_dob": "2018-12-15 00:00:00", "customer_taxvat": "DE811907980", "customer_note": "Please ring twice",
        "remote_ip": "10.20.30.40", "x_forwarded_for": "10.20.30.40, 2001:db8:85a3::8a2e:370:7334",
        "protect_code": "0e23710448d7d9705ab4c9eb46244f8e",
        "billing_address": {
            "firstname": "Veronica", "lastname": "Costello", "company": "Contoso", "street": ["6146 Honey Bluff Parkway"],
            "city": "Calder", "postcode": "49628-7978", "region": "Michigan", "country_id": "US",
            "telephone": "(555) 229-3326", "email": "roni_cost@example.net", "address_type": "billing",
            "extension_attributes": { "geo": { "lat": "48.13", "lng": "11.58" }, "doorbell": "gate code 4711" },
        },
        "items": [{ "sku": "WS12-XS-Orange", "name": "Radiant Tee", "qty_ordered": 1, "product_type": "simple",
            "product_option": { "extension_attributes": { "custom_options": [
                { "option_id": "3", "option_value": "For Veronica" }] } } }],
        "payment": { "method": "braintree", "cc_last4": "4111", "cc_owner": "V. Costello",
            "additional_information": ["Visa 4111"], "last_trans_id": "sk_live_4eC39HqLyjWDarjtT1zdp7dc" },
        "status_histories": [{ "comment": "Called +1 555-229-3326, pays from DE89 3704 0044 0532 0130 00",
            "status": "processing", "entity_name": "order", "created_at": "2026-05-06 07:08:10" }],
        "extension_attributes": {
            "erp": { "api_token": "s3cr3t", "accountManager": "Agent Smith", "loyalty_card": "L-993-221", "passport": 987_654_321 },
            "notes": ["Veronica asked", { "password": "hunter2", "iban": "DE89370400440532013000" }],
            "jwt": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc", "deliver_to": "Maple Avenue 5",
            "by_mail": { "roni_cost@example.net": "5552293326" },
        },
    })
}

/// Fixtures of the shop that stands in for the real one.
fn fixtures(dir: &Path) {
    let real = dir.join("real");
    fs::create_dir_all(&real).unwrap();
    let write = |name: &str, fixture: Value| {
        fs::write(real.join(name), fixture.to_string()).unwrap();
    };
    write("order.json", json!({ "call": "GET /V1/orders/7", "body": order() }));
    write("page.json", json!({ "call": "GET /V1/orders", "body": { "items": [order()], "total_count": 1 } }));
    let message = "Customer Veronica Costello (roni_cost@example.net, 10.20.30.40) has no order \"Maple Avenue\", see 555-229-3326";
    let error = json!({ "message": message, "parameters": { "fieldName": "email", "fieldValue": "roni_cost@example.net" },
        "errors": [{ "message": "Agent Smith", "parameters": ["DE89370400440532013000"] }], "trace": "#0 f('Veronica')" });
    write("error.json", json!({ "call": "GET /V1/orders/8", "status": 404, "body": error }));
    let description = "{{media url=\"a.jpg\"}} 100% cotton";
    let product = json!({ "sku": "A/B", "name": "Bag of Bob", "custom_attributes": [
        { "attribute_code": "description", "value": description }] });
    write("product.json", json!({ "call": "GET /V1/products/:sku", "recorded": true, "body": product }));
    write("busy.json", json!({ "call": "GET /V1/orders/9", "status": 503, "body": { "message": "Busy" } }));
}

fn body(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").unwrap().1
}

#[test]
fn answers_become_fixtures_without_personal_data_and_are_used_unchanged() {
    let [real_dir, dir] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    fixtures(real_dir.path());
    let real = Mock::start(real_dir.path(), &["--fixtures", "real", "--seed", "5"]);
    fs::write(dir.path().join("real.json"), &real.credentials).unwrap();
    let url = format!("http://{}/", real.address);
    let arguments = ["--record", &url, "--record-credentials", "real.json", "--fixtures", "recorded"];
    let mock = Mock::start(dir.path(), &arguments);
    assert_ne!(mock.credentials, real.credentials);
    let filter = "searchCriteria[filter_groups][0][filters][0][field]=customer_email&\
                  searchCriteria[filter_groups][0][filters][0][value]=roni_cost%40example.net";
    let targets = [
        "/rest/V1/orders/7".to_owned(),
        "/rest/default/V1/orders/8".to_owned(),
        format!("/rest/V1/orders?{filter}"),
        "/rest/V1/products/A%2FB".to_owned(),
    ];
    let mut answers = Vec::new();
    for target in &targets {
        let answer = mock.get(target, &mock.signed(dir.path(), target));
        assert!(answer.contains("X-Magespec-Mock: recorded in GET-V1-"), "{target}: {answer}");
        answers.push(answer);
    }
    // The client gets what the shop answers.
    assert_eq!(serde_json::from_str::<Value>(body(&answers[0])).unwrap(), order());
    let busy = mock.get("/rest/V1/orders/9", &mock.signed(dir.path(), "/rest/V1/orders/9"));
    assert!(busy.starts_with("HTTP/1.1 503") && busy.contains("not recorded: status 503"), "{busy}");
    // A check of the mock ends a call before it reaches the shop.
    assert!(mock.get("/rest/V1/orders/7", "").starts_with("HTTP/1.1 401"));
    let post = mock.send(
        format!("PUT /rest/V1/orders/create HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", mock.address)
            .as_bytes(),
    );
    assert!(post.starts_with("HTTP/1.1 401"), "{post}");
    #[cfg(unix)]
    {
        let (_, report) = mock.end();
        assert!(report.contains("GET /V1/orders/:id (Acme ERP): 404 Customer Name"), "{report}");
        for text in PRIVATE {
            assert!(!report.contains(text), "{text} is in\n{report}");
        }
    }
    #[cfg(not(unix))]
    drop(mock);

    let recorded = dir.path().join("recorded");
    let mut all = String::new();
    for entry in fs::read_dir(&recorded).unwrap() {
        let entry = entry.unwrap();
        all += &format!("{}\n{}\n", entry.file_name().display(), fs::read_to_string(entry.path()).unwrap());
    }
    assert_eq!(fs::read_dir(&recorded).unwrap().count(), targets.len(), "{all}");
    for text in PRIVATE {
        assert!(!all.contains(text), "{text} is in\n{all}");
    }
    for text in [
        "000000007",
        "processing",
        "WS12-XS-Orange",
        "Radiant Tee",
        "36.39",
        "2026-05-06 07:08:09",
        "braintree",
        "Bag of Bob",
    ] {
        assert!(all.contains(text), "{text} is not in\n{all}");
    }

    let again = Mock::start(dir.path(), &["--fixtures", "recorded"]);
    for (target, answer) in targets.iter().zip(&answers) {
        let replayed = again.get(target, &again.signed(dir.path(), target));
        let status = |answer: &str| answer.lines().next().unwrap().to_owned();
        assert_eq!(status(&replayed), status(answer), "{target}");
        let (one, other): (Value, Value) =
            (serde_json::from_str(body(&replayed)).unwrap(), serde_json::from_str(body(answer)).unwrap());
        assert_eq!(shape(&one), shape(&other), "{target}");
    }
    let product = again.get(&targets[3], &again.signed(dir.path(), &targets[3]));
    assert_eq!(body(&product), body(&answers[3]));
}

/// Form of a value: its keys and types.
fn shape(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| {
                (if name.contains('@') { "address".to_owned() } else { name.clone() }, shape(value))
            })
            .collect(),
        Value::Array(items) => items.iter().map(shape).collect(),
        Value::String(_) => "string".into(),
        Value::Number(_) => "number".into(),
        other => other.clone(),
    }
}

#[test]
fn only_what_was_asked_for_reaches_the_shop() {
    let [real_dir, dir] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let real = Mock::start(real_dir.path(), &["--seed", "5"]);
    fs::write(dir.path().join("real.json"), &real.credentials).unwrap();
    let url = format!("http://{}", real.address);
    let base = ["--record", &url, "--record-credentials", "real.json", "--fixtures", "recorded"];
    let body = r#"{"product":{"sku":"NEW-1","name":"New","attribute_set_id":4,"price":1}}"#;
    for (more, status) in [(&[][..], "HTTP/1.1 501"), (&["--record-writes"], "HTTP/1.1 200")] {
        let mock = Mock::start(dir.path(), &[&base, more].concat());
        let target = "/rest/V1/products";
        let call = mock.signed_as(dir.path(), "POST", target);
        let head = format!(
            "POST {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n{call}\r\n{body}",
            mock.address,
            body.len()
        );
        let answer = mock.send(head.as_bytes());
        assert!(answer.starts_with(status), "{answer}");
        let there =
            real.get("/rest/V1/products/NEW-1", &real.signed(real_dir.path(), "/rest/V1/products/NEW-1"));
        assert_eq!(there.starts_with("HTTP/1.1 200"), !more.is_empty(), "{there}");
    }
    // Wrong credentials for the shop: its refusal is passed on and not recorded.
    fs::remove_dir_all(dir.path().join("recorded")).unwrap();
    fs::write(
        dir.path().join("real.json"),
        real.credentials.replace("consumer_secret\":\"", "consumer_secret\":\"x"),
    )
    .unwrap();
    let mock = Mock::start(dir.path(), &base);
    let answer = mock.get("/rest/V1/orders/1", &mock.signed(dir.path(), "/rest/V1/orders/1"));
    assert!(answer.starts_with("HTTP/1.1 401") && answer.contains("not recorded: status 401"), "{answer}");
    assert_eq!(fs::read_dir(dir.path().join("recorded")).unwrap().count(), 0);
    drop(real);
    let answer = mock.get("/rest/V1/orders/1", &mock.signed(dir.path(), "/rest/V1/orders/1"));
    assert!(answer.starts_with("HTTP/1.1 502"), "{answer}");
}

#[test]
fn store_views_are_recorded_beside_each_other() {
    let [real_dir, dir] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    fs::create_dir_all(real_dir.path().join("real")).unwrap();
    let fixture =
        json!({ "call": "GET /V1/products/:sku", "body": { "sku": "A", "name": "Bag of {{ store }}" } });
    fs::write(real_dir.path().join("real/a.json"), fixture.to_string()).unwrap();
    let stores = ["--store", "default", "--store", "de", "--fixtures"];
    let real = Mock::start(real_dir.path(), &[&stores[..], &["real", "--seed", "5"]].concat());
    fs::write(dir.path().join("real.json"), &real.credentials).unwrap();
    let url = format!("http://{}", real.address);
    let record = ["recorded", "--record", &url, "--record-credentials", "real.json"];
    let names = [("", "default"), ("default/", "default"), ("de/", "de"), ("all/", "all")];
    for (code, is_recording) in [(&record[..], true), (&["recorded"], false)] {
        let mock = Mock::start(dir.path(), &[&stores[..], code].concat());
        for (code, name) in names {
            let target = format!("/rest/{code}V1/products/A");
            let answer = mock.get(&target, &mock.signed(dir.path(), &target));
            assert!(answer.ends_with(&format!(r#""name":"Bag of {name}"}}"#)), "{target}: {answer}");
            let start = if name == "default" { String::new() } else { format!("{name}-") };
            let note = format!("X-Magespec-Mock: recorded in {start}GET-V1-products-A.json");
            assert_eq!(answer.contains(&note), is_recording, "{answer}");
        }
    }
    assert_eq!(fs::read_dir(dir.path().join("recorded")).unwrap().count(), 3);
}

#[cfg(unix)]
#[test]
fn links_in_the_folder_lead_nowhere() {
    let [real_dir, dir] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let real = Mock::start(real_dir.path(), &["--seed", "5"]);
    fs::write(dir.path().join("real.json"), &real.credentials).unwrap();
    let recorded = dir.path().join("recorded");
    fs::create_dir(&recorded).unwrap();
    fs::write(dir.path().join("mine"), "mine").unwrap();
    for name in ["GET-V1-orders-7.json", "GET-V1-orders-7.json.staged"] {
        std::os::unix::fs::symlink("../mine", recorded.join(name)).unwrap();
    }
    let url = format!("http://{}", real.address);
    let arguments = ["--record", &url, "--record-credentials", "real.json", "--fixtures", "recorded"];
    let mock = Mock::start(dir.path(), &arguments);
    let answer = mock.get("/rest/V1/orders/7", &mock.signed(dir.path(), "/rest/V1/orders/7"));
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("not recorded: "), "{answer}");
    assert_eq!(fs::read_to_string(dir.path().join("mine")).unwrap(), "mine");
}

#[test]
fn wrong_options_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("integration.toml"), super::mock::SPEC).unwrap();
    fs::write(dir.path().join("real.json"), r#"{"consumer_key":"a","consumer_secret":"b"}"#).unwrap();
    let record = |url: &str, more: &[&str]| {
        magespec(dir.path(), &[&["mock", "--run", "exit 0", "--record", url], more].concat())
    };
    let all = ["--record-credentials", "real.json", "--fixtures", "recorded"];
    assert!(record("http://127.0.0.1", &[]).stderr.contains("--record-credentials"));
    for (url, reason) in [
        ("shop.test", "`shop.test` is not an absolute URL; write `--record https://shop.example.com`\n"),
        ("ftp://a", "`ftp://a` is not an HTTP URL; write `--record https://shop.example.com`\n"),
        ("http://user@127.0.0.1/", "contains a user, which is not supported; leave it out\n"),
        ("http://127.0.0.1/?a=b", "write scheme, host and path only"),
        ("http://127.0.0.1:port/", "write a number up to 65535"),
        ("http://localhost.invalid/", "cannot be found"),
    ] {
        let ran = record(url, &all);
        assert!(ran.status == 1 && ran.stderr.contains(reason), "{}", ran.stderr);
    }
}

#[cfg(unix)]
mod with_tls {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::{command, ran};

    #[test]
    fn a_shop_with_https_needs_curl() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("integration.toml"), super::super::mock::SPEC).unwrap();
        fs::write(dir.path().join("real.json"), r#"{"consumer_key":"a","consumer_secret":"b"}"#).unwrap();
        let arguments =
            ["mock", "--record", "https://127.0.0.1", "--record-credentials", "real.json", "--fixtures", "f"];
        let without = ran(command(dir.path(), &arguments).env("PATH", dir.path()).output().unwrap());
        assert_eq!(without.status, 1);
        assert!(without.stderr.contains("install curl, or record a shop with http"), "{}", without.stderr);
    }

    /// Mock that records a shop with https, which a script in the place of curl asks.
    fn with_curl(dir: &Path, script: &str) -> Mock {
        let curl = dir.join("bin/curl");
        fs::create_dir_all(curl.parent().unwrap()).unwrap();
        fs::write(&curl, script).unwrap();
        fs::set_permissions(&curl, fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(
            dir.join("real.json"),
            r#"{"consumer_key":"ckey","consumer_secret":"csecret","access_token":"atoken","access_token_secret":"asecret"}"#,
        )
        .unwrap();
        let path = format!("{}:{}", curl.parent().unwrap().display(), std::env::var("PATH").unwrap());
        let arguments = [
            "--record",
            "https://shop.test/m2/",
            "--record-credentials",
            "real.json",
            "--fixtures",
            "recorded",
        ];
        Mock::start_with(dir, &arguments, &[("PATH", &path)])
    }

    #[test]
    fn curl_gets_the_secrets_on_its_standard_input() {
        let dir = tempfile::tempdir().unwrap();
        let script =
            "#!/bin/sh\necho \"$@\" >> arguments\ncat >> options\nprintf '[]\\n200 application/json'\n";
        let mock = with_curl(dir.path(), script);
        let answer = mock.get("/rest/V1/orders/7", &mock.signed(dir.path(), "/rest/V1/orders/7"));
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("[]"), "{answer}");
        let options = fs::read_to_string(dir.path().join("options")).unwrap();
        assert!(options.contains("url = \"https://shop.test/m2/rest/V1/orders/7\"\n"), "{options}");
        assert!(
            options.contains("oauth_consumer_key=\\\"ckey\\\"") && !options.contains("secret"),
            "{options}"
        );
        assert!(!fs::read_to_string(dir.path().join("arguments")).unwrap().contains("ckey"));
    }

    #[test]
    fn an_answer_that_never_ends_is_cut_off() {
        for (script, reason) in [
            ("#!/bin/sh\ncat >options\nexec yes\n", "the answer is larger than 4 MiB"),
            ("#!/bin/sh\ncat >options\nyes >&2 &\nexec yes\n", "the answer is larger than 4 MiB"),
            ("#!/bin/sh\ncat >options\necho 'no such host' >&2\nexit 6\n", "no such host"),
        ] {
            let dir = tempfile::tempdir().unwrap();
            // The check at the start asks for the version.
            let script = script.replace("cat >", "[ \"$1\" = --version ] && exit 0\ncat >");
            let mock = with_curl(dir.path(), &script);
            let answer = mock.get("/rest/V1/orders/7", &mock.signed(dir.path(), "/rest/V1/orders/7"));
            assert!(answer.starts_with("HTTP/1.1 502") && answer.contains(reason), "{answer:.300}");
            assert_eq!(fs::read_dir(dir.path().join("recorded")).unwrap().count(), 0);
        }
    }
}
