use std::{collections::BTreeSet, fs};

use serde_json::{Value, json};

use super::{Ran, SPEC, magespec, project};

/// The access of a spec that targets `magento` and has these lines in its integration.
fn access(magento: &str, lines: &str, format: &str) -> Ran {
    let dir = project();
    let spec = SPEC.replace("\"2.4.2\"", &format!("\"{magento}\""));
    let (head, _) = spec.split_once("resources = ").unwrap();
    fs::write(dir.path().join("integration.toml"), format!("{head}{lines}\n")).unwrap();
    magespec(dir.path(), &["access", "--format", format])
}

const CALLS: &str = r#"
calls = [{ route = "GET /V1/orders", why = "the orders | of a day" }, "GET /V1/store/storeConfigs", "POST /V1/customers"]
resources = ["Magento_Sales::*invoice*", "!Magento_Sales::invoice"]"#;

fn ids<'a>(integration: &'a Value, key: &str) -> BTreeSet<&'a str> {
    integration[key].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect()
}

#[test]
fn json_has_exactly_what_it_promises() {
    let document: Value = serde_json::from_str(&access("2.4.7", CALLS, "json").stdout).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&document), ["version", "integrations"]);
    let integration = &document["integrations"][0];
    assert_eq!(
        keys(integration),
        ["name", "not_verified", "requested", "derived", "implied", "effective", "unpublished", "routes"]
    );
    assert_eq!(
        integration["not_verified"],
        json!({ "assumed": ["2.4.7-p9..2.4.7-p10"], "deduced": ["2.4.7-p7"] })
    );
    assert_eq!(integration["requested"], json!(["Magento_Sales::sales_invoice"]));
    assert_eq!(integration["derived"], json!(["Magento_Backend::store", "Magento_Sales::actions_view"]));
    let all: BTreeSet<&str> =
        ["requested", "derived", "implied"].iter().flat_map(|key| ids(integration, key)).collect();
    assert_eq!(ids(integration, "effective"), all);
    assert!(ids(integration, "implied").contains("Magento_Backend::admin"));
    let routes = integration["routes"].as_array().unwrap();
    let asked: Vec<&Value> = routes.iter().filter(|route| route["asked_for"] == true).collect();
    assert_eq!(asked.len(), 3);
    for route in routes {
        assert_eq!(keys(route), ["method", "path", "needs", "asked_for"]);
        assert!(ids(route, "needs").is_subset(&ids(integration, "effective")), "{route}");
    }
    let free = json!({ "method": "POST", "path": "/V1/customers", "needs": [], "asked_for": true });
    assert!(routes.contains(&free), "what needs nothing is there if it was asked for");
}

#[test]
fn the_tree_gives_reasons() {
    let tree = access("2.4.7", CALLS, "human").stdout;
    for line in [
        "Acme Warehouse of Acme_Orders in 2.4.7..2.4.7-p10",
        "Magento_Sales::sales_invoice  Invoices, listed by Magento_Sales::*invoice*",
        "Magento_Sales::actions_view  View, for GET /V1/orders",
        "Magento_Sales::sales  Sales, ancestor of Magento_Sales::actions_view, added by Magento",
        "GET /V1/orders: the orders | of a day",
        "GET /V1/orders/:id (not in calls)",
        "POST /V1/customers, needs no permission",
    ] {
        assert!(
            tree.lines().any(|other| other.trim_start_matches(['│', '├', '└', '─', ' ']) == line),
            "{line}: {tree}"
        );
    }
    assert!(!tree.contains("Magento_Sales::invoice "), "taken out again: {tree}");
    let listed = access("2.4.7", "resources = [\"Magento_Sales::ship\"]", "human").stdout;
    assert!(
        listed.contains("Magento_Sales::ship  Ship, listed\n") && !listed.contains("not asked for"),
        "{listed}"
    );
}

#[test]
fn a_range_says_where_it_differs() {
    let calls = "calls = [\"GET /V1/orders\"]";
    let tree = access(">=2.2.7 <2.2.9", calls, "human").stdout;
    assert!(tree.contains("Magento_Sales::sales  Sales, for GET /V1/orders\n"), "{tree}");
    assert!(tree.contains("GET /V1/invoices in 2.2.7 (not in calls)\n"), "{tree}");
    assert!(tree.contains("GET /V1/orders\n"), "it is open in all: {tree}");
    let markdown = access(">=2.2.7 <2.2.9", calls, "markdown").stdout;
    assert!(markdown.contains("| `GET /V1/invoices` in 2.2.7 | `Magento_Sales::sales` |\n"), "{markdown}");
}

#[test]
fn markdown_has_tables_with_as_many_cells_as_columns() {
    let markdown = access("2.4.7", CALLS, "markdown").stdout;
    let cells = |line: &str| line.replace("\\|", "").matches('|').count();
    let mut columns = None;
    for line in markdown.lines() {
        if line.starts_with('|') {
            assert_eq!(cells(line), *columns.get_or_insert(cells(line)), "{line}");
        } else {
            columns = None;
        }
    }
    for heading in
        ["# Access of Acme Warehouse", "## Permissions", "## Requested routes", "## Other open routes"]
    {
        assert!(markdown.lines().any(|line| line == heading), "{heading}");
    }
}

#[test]
fn queued_calls_stand_there_as_they_are_called() {
    let calls = "calls = [\"POST /async/V1/products\"]";
    let markdown = access("2.4.7", calls, "markdown").stdout;
    assert!(markdown.contains("| `POST /async/V1/products` |"), "{markdown}");
    let tree = access("2.4.7", calls, "human").stdout;
    assert!(tree.contains("POST /async/V1/products\n"), "{tree}");
}

#[test]
fn permissions_are_counted_as_they_are_listed() {
    let markdown = access("2.4.7", "resources = [\"Magento_Sales::ship\"]", "markdown").stdout;
    let (_, rows) = markdown.split_once("## Permissions\n").unwrap();
    let (rows, _) = rows.split_once("\n## ").unwrap();
    let count = rows.matches("\n| `").count();
    assert!(rows.contains("Magento_Backend::admin"), "the root is one of them: {rows}");
    assert!(markdown.contains(&format!("\n{count} permissions; ")), "{count}: {markdown}");
}

#[test]
fn legacy_integrations_get_no_ancestors() {
    let listed = "resources = [\"Magento_Sales::sales\", \"Magento_Customer::manage\"]";
    let tree = access("2.0.0", listed, "human").stdout;
    assert!(tree.contains("\nMagento_Customer::manage  All Customers, listed\n"), "{tree}");
    assert!(!tree.contains("added by Magento"), "{tree}");
}

#[test]
fn ids_granted_nowhere_are_reported() {
    let listed = "resources = [\"Magento_Sales::ship\", \"Magento_Sales::nope\"]";
    let refused = access("2.4.7", listed, "human");
    assert_eq!((refused.status, refused.stdout.as_str()), (1, ""), "the spec has an error");
    assert!(refused.stderr.contains("unknown-resource"));
    let relaxed = format!("{listed}\n[rules]\nunknown-resource = \"warn\"");
    let tree = access("2.4.7", &relaxed, "human").stdout;
    let line = "Magento_Sales::nope is requested, but no release of the target grants it\n";
    assert!(tree.ends_with(line), "{tree}");
    let markdown = access("2.4.7", &relaxed, "markdown").stdout;
    assert!(markdown.ends_with("| Permission |\n|---|\n| `Magento_Sales::nope` |\n"), "{markdown}");
}
