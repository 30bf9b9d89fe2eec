//! `magespec mock --fixtures`: answers from files.

use std::{fs, path::Path};

use super::{magespec, mock::Mock};

fn write(dir: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let file = dir.join("fixtures").join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
}

#[test]
fn a_fixture_answers_with_data_of_the_request_a_status_and_headers() {
    let dir = tempfile::tempdir().unwrap();
    write(
        dir.path(),
        &[
            (
                "order.json",
                r#"{ "call": "GET /V1/orders/:id", "body": { "entity_id": "{{ id }}", "by": "{{ integration }}: {{ headers.x_trace }}" } }"#,
            ),
            (
                "sub/busy.json",
                r#"{ "call": "GET /V1/orders/9", "status": 503, "headers": { "Retry-After": "{{ 60 * 2 }}", "Content-Type": "application/problem+json" }, "body": { "message": "Busy" } }"#,
            ),
            (
                "page.json",
                r#"{ "call": "GET /V1/orders", "query": "searchCriteria[pageSize]=2", "template": "page.j2" }"#,
            ),
            (
                "page.j2",
                "{\"items\": [{% for number in range(query.searchCriteria.pageSize | int) %}{\"entity_id\": {{ number }}}{% if not loop.last %},{% endif %}{% endfor %}], \"total_count\": 2}",
            ),
            (
                "broken.json",
                r#"{ "call": "GET /V1/invoices/:id", "body": { "a": "{{ body.nothing.here }}" } }"#,
            ),
            ("unused.json", r#"{ "call": "PUT /V1/orders/create", "body": true }"#),
            ("other.json", r#"{ "call": "GET /V1/no/such/route", "body": null }"#),
            ("README.md", "not a fixture"),
        ],
    );
    let mock = Mock::start(dir.path(), &["--fixtures", "fixtures", "--developer"]);
    let get = |target: &str| {
        let call = mock.signed(dir.path(), target);
        mock.get(target, &format!("{call}X-Trace: t7\r\n"))
    };
    let order = get("/rest/V1/orders/12");
    assert!(order.ends_with(r#"{"entity_id":12,"by":"Acme ERP: t7"}"#), "{order}");
    let busy = get("/rest/V1/orders/9");
    assert!(busy.starts_with("HTTP/1.1 503") && busy.contains("Retry-After: 120\r\n"), "{busy}");
    assert!(busy.contains("Content-Type: application/problem+json\r\n"), "{busy}");
    let page = get("/rest/V1/orders?searchCriteria[pageSize]=2");
    assert!(page.ends_with(r#"{"items":[{"entity_id":0},{"entity_id":1}],"total_count":2}"#), "{page}");
    let broken = get("/rest/V1/invoices/1");
    assert!(broken.starts_with("HTTP/1.1 500"), "{broken}");
    assert!(broken.contains("broken.json") && broken.contains("{{ body.nothing.here }}"), "{broken}");
    // Fixtures do not open what the spec does not.
    let denied = mock.get("/rest/V1/orders/12", "");
    assert!(denied.starts_with("HTTP/1.1 401"), "{denied}");
    #[cfg(unix)]
    {
        let (status, report) = mock.end();
        assert_eq!(status, Some(0), "{report}");
        let (_, unused) = report.split_once("Fixtures that answered no call\n").expect(&report);
        assert!(
            unused.contains("unused.json  PUT /V1/orders/create\n") && unused.contains("other.json"),
            "{unused}"
        );
        assert!(!unused.contains("order.json") && !unused.contains("page.json"), "{unused}");
        assert!(report.contains("cannot be filled in"), "{report}");
        let (_, failed) = report.split_once("Answered with an error\n").expect(&report);
        assert!(failed.contains("1 × GET /V1/orders/:id (Acme ERP): 503 Busy"), "{failed}");
    }
}

#[test]
fn a_wrong_fixture_is_an_error_at_its_place() {
    for (text, expected) in [
        ("{\n  \"call\": \"GET /V1/orders\",\n  \"body\": {,\n}", "a.json:3:12: "),
        ("{ \"call\": \"GET /V1/orders\", \"boddy\": 1 }", "a.json:1:35: unknown field `boddy`"),
        (
            "{\n  \"body\": 1,\n  \"call\": \"/V1/orders\"\n}",
            "a.json:3:11: call `/V1/orders` is not a method and the path of a route",
        ),
        (
            "{\n  \"body\": 1, \"call\": \"GET /V1/orders\", \"status\": 42 }",
            "a.json:2:50: the status 42 is not one from 200 to 599",
        ),
        ("{ \"call\": \"GET /V1/orders\" }", "a.json:1:1: the fixture has neither a body nor a template"),
        (
            "{\n\"call\": \"GET /V1/orders\", \"body\": 1,\n\"template\": \"b.j2\" }",
            "a.json:3:13: the fixture has both",
        ),
        ("{\n\"call\": \"GET /V1/orders\",\n\"template\": \"nope.j2\" }", "a.json:3:13: the template "),
        (
            "{ \"call\": \"GET /V1/orders\",\n \"template\": \"../x.j2\" }",
            "a.json:2:14: the template `../x.j2` is not beside",
        ),
        ("{ \"call\": \"GET /V1/orders\",\n \"template\": \"b.j2\" }", "b.j2:2:"),
        (
            "{ \"call\": \"GET /V1/orders\", \"body\": {\n  \"a\": [\"{{ id + }}\"] } }",
            "a.json:2:9: `{{ id + }}`: ",
        ),
        (
            "{ \"call\": \"GET /V1/orders\", \"body\": 1,\n \"headers\": { \"a b\": \"c\" } }",
            "a.json:2:13: `a b` is not the name of a header",
        ),
    ] {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), &[("a.json", text), ("b.j2", "[1,\n  {{ }} ]")]);
        fs::write(dir.path().join("integration.toml"), super::mock::SPEC).unwrap();
        let ran = magespec(dir.path(), &["mock", "--run", "exit 0", "--fixtures", "fixtures"]);
        assert_eq!(ran.status, 1, "{}", ran.stderr);
        let shown = ran.stderr.replace('\\', "/");
        assert!(shown.contains(&format!("error: fixtures/{expected}")), "{expected}: {shown}");
    }
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("integration.toml"), super::mock::SPEC).unwrap();
    let ran = magespec(dir.path(), &["mock", "--fixtures", "nope"]);
    assert!(ran.status == 1 && ran.stderr.contains("nope: no such file"), "{}", ran.stderr);
    let warned = || {
        let ran = magespec(dir.path(), &["mock", "--run", "exit 0", "--fixtures", "fixtures"]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        ran.stderr
    };
    fs::create_dir(dir.path().join("fixtures")).unwrap();
    assert!(warned().contains("warning: --fixtures fixtures: no `.json` file is there"), "{}", warned());
    write(dir.path(), &[("a.json", r#"{ "call": "GET /V1/order/:id", "body": 1 }"#)]);
    write(dir.path(), &[("b.json", r#"{ "call": "GET /V1/orders/:id", "store": "xx", "body": 1 }"#)]);
    let advice = "b.json: the shop has no store view `xx`, so the fixture never answers; write one of default, all, or add the view with --store\n";
    assert!(warned().replace('\\', "/").contains(advice), "{}", warned());
    let advice =
        "has no route for `GET /V1/order/:id`, so the fixture never answers; write GET /V1/orders/:id";
    assert!(warned().contains(advice), "{}", warned());
}
