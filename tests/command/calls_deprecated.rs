//! Callers of deprecated routes, as `magespec calls --check` lists them.

use std::fs;

use super::magespec;

#[test]
fn deprecated_routes_are_listed_with_their_callers() {
    let dir = tempfile::tempdir().unwrap();
    let spec = include_str!("../../examples/erp-bridge/integration.toml");
    let route = "route = \"GET /V1/acme-erp/orders/:incrementId\"";
    assert!(spec.contains(route));
    let spec = spec.replace(route, &format!("{route}\ndeprecated = \"2099-06-01\""));
    fs::write(dir.path().join("integration.toml"), spec).unwrap();
    let logged = |caller: &str| {
        format!(
            "[2026-12-01T09:00:00.123456+00:00] acme.WARNING: Deprecated route called: \
             GET /V1/acme-erp/orders/:incrementId {{\"caller\":\"{caller}\",\"agent\":\"erp/1\"}} []\n"
        )
    };
    let asked = |time: &str, agent: &str| {
        format!(
            "::1 - - [{time} +0000] \"GET /rest/V1/acme-erp/orders/7 HTTP/1.1\" 200 1 \"-\" \"{agent}\"\n"
        )
    };
    let log = [
        asked("01/Dec/2026:09:00:00", "erp/1"),
        asked("01/Dec/2026:09:00:01", "erp/1"),
        asked("01/Nov/2026:09:00:00", "old"),
        logged("integration \\\"Acme ERP\\\""),
        logged("a guest").replace("2026-12", "2026-11"),
    ];
    fs::write(dir.path().join("all.log"), log.concat()).unwrap();
    let arguments = ["calls", "all.log", "--check", "integration.toml", "--since", "2026-12-01"];
    let said = magespec(dir.path(), &arguments).stdout;
    let expected = "deprecated: 1 route
  \"GET /V1/acme-erp/orders/:incrementId\" # until 2099-06-01: 2 requests in access logs, 1 call logged by the module
        1  integration \"Acme ERP\"
        2  user agent erp/1
";
    assert!(said.ends_with(expected), "{said}");
    let json = magespec(dir.path(), &[&arguments[..], &["--format", "json"]].concat()).stdout;
    let document: serde_json::Value = serde_json::from_str(&json).unwrap();
    let route = &document["check"]["deprecated"][0];
    assert_eq!((&route["requests"], &route["logged"]), (&2.into(), &1.into()));
    assert_eq!(route["callers"][0]["caller"], "integration \"Acme ERP\"");
    let unseen = magespec(dir.path(), &[&arguments[..5], &["2027-01-01"]].concat()).stdout;
    assert!(unseen.ends_with("until 2099-06-01: no request\n"), "{unseen}");
    // The log of the module alone.
    fs::write(dir.path().join("all.log"), logged("a guest")).unwrap();
    let said = magespec(dir.path(), &["calls", "all.log", "--check", "integration.toml"]).stdout;
    assert_eq!(said.matches("GET /V1/acme-erp/orders/:incrementId").count(), 1, "{said}");
    let summary = magespec(dir.path(), &["calls", "all.log", "--check", "integration.toml"]).stderr;
    let expected = "1 line of 1 log: 0 requests to the REST API\n1 call logged by the module\n";
    assert!(summary.starts_with(expected), "{summary}");
}
