//! Code actions for what the help of a finding says.

use super::{super::editor::Editor, sound, taken};

/// Spec with lines in front of the resources of its integration.
fn integrating(lines: &str) -> String {
    sound().replace("resources = [", &format!("{lines}\nresources = [")).replace("2.4.7", ">=2.4.4 <2.4.9")
}

#[test]
fn what_a_finding_suggests_is_an_action() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), &sound());
    let webhooks = "[[webhook]]\ntopic = \"order.saved\"\nevent = \"sales_order_save_after\"\n";
    let data = "[[data]]\nname = \"Line\"\nfields = { id = \"int\" }\n[[data]]\nname = \"Result\"\n";
    let cases: [(String, &str, &str, &str); 16] = [
        // Text, place, title, and what the text has afterwards.
        (
            sound() + data + "fields = { lines = \"Lines[]?\" }\n",
            "\"Lines",
            "Replace with \"Line[]?\"",
            "fields = { lines = \"Line[]?\" }",
        ),
        (
            sound().replace("Magento_Sales::actions_view", "Magento_Catalog::catalg/**"),
            "Magento_Catalog::cat",
            "Replace with \"Magento_Catalog::catalog/**\"",
            "resources = [\"Magento_Catalog::catalog/**\"]",
        ),
        (
            sound()
                .replace("Magento_Sales::actions_view", "Magento_Sales::sales/**\", \"!Magento_Sales::shp"),
            "!Magento_Sales::sh",
            "Replace with \"!Magento_Sales::ship\"",
            "resources = [\"Magento_Sales::sales/**\", \"!Magento_Sales::ship\"]",
        ),
        (
            integrating("calls = [\"POST /V1/orders/:orderId/ship\"]"),
            "POST /V1/ord",
            "Replace with \"POST /V1/order/:orderId/ship\"",
            "calls = [\"POST /V1/order/:orderId/ship\"]",
        ),
        (
            integrating("calls = ['POST /V1/orders/:orderId/ship']"),
            "POST /V1/ord",
            "Replace with 'POST /V1/order/:orderId/ship'",
            "calls = ['POST /V1/order/:orderId/ship']",
        ),
        (
            integrating("calls = [\"GET /V1/carts/mine\"]"),
            "GET /V1/car",
            "Replace with \"GET /V1/carts/:cartId\"",
            "calls = [\"GET /V1/carts/:cartId\"]",
        ),
        (
            integrating("calls = [\"GET /V1/orders\", \"GET /V1/orders\"]"),
            "orders\", \"GET /V1/ord",
            "Remove it",
            "calls = [\"GET /V1/orders\"]",
        ),
        (
            integrating("calls = [\"GET /V1/directory/countries\", \"GET /V1/orders\"]"),
            "GET /V1/dir",
            "Remove it",
            "calls = [\"GET /V1/orders\"]",
        ),
        (
            sound() + "[[observer]]\nname = \"log\"\nevent = \"sales_order_place_aftr\"\n",
            "sales_order_pl",
            "Replace with \"sales_order_place_after\"",
            "event = \"sales_order_place_after\"",
        ),
        (
            sound() + "[settings]\nlabel = \"Acme ERP\"\ntab = \"sale\"\n",
            "tab = \"sal",
            "Replace with \"sales\"",
            "tab = \"sales\"",
        ),
        (
            sound() + "[[cron]]\nname = \"pull\"\nschedule = \"0 3 * * *\"\ngroup = \"defualt\"\n",
            "group = \"def",
            "Replace with \"default\"",
            "group = \"default\"",
        ),
        (
            sound().replace("resources = [", "resources = [\"Magento_Sales::sales\", "),
            "Magento_Sales::sal",
            "Remove it",
            "resources = [\"Magento_Sales::actions_view\"]",
        ),
        (
            sound().replace("Magento_Sales::actions_view", "Magento_Sales::*invoices*"),
            "Magento_Sales::*inv",
            "Replace with \"Magento_Sales::invoice\"",
            "resources = [\"Magento_Sales::invoice\"]",
        ),
        (
            sound().replace("name = \"Acme ERP\"", "name = \"Acme's ERP\""),
            "Acme's",
            "Replace with \"Acme’s ERP\"",
            "name = \"Acme’s ERP\"",
        ),
        (
            integrating("endpoint_url = \"\" # none"),
            "endpoint_url = \"",
            "Remove it",
            "email = \"erp@acme.com\"\nresources",
        ),
        (
            sound() + webhooks + "fields = { increment = \"string\" }\n",
            "fields = { incr",
            "Replace with increment_id",
            "fields = { increment_id = \"string\" }",
        ),
    ];
    for (text, place, title, written) in cases {
        let (after, rules) = taken(&mut editor, &text, place, title);
        assert!(after.contains(written), "{after}");
        assert!(rules.iter().all(|rule| rule != "toml-syntax"), "{rules:?} {after}");
    }
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn a_suggestion_that_does_not_help_is_no_action() {
    let dir = tempfile::tempdir().unwrap();
    // A data object of itself: the one that is meant would be endless.
    let text = sound()
        + "[[service]]\nname = \"Sync\"\n[[service.method]]\nname = \"run\"\nroute = \"GET /V1/acme-erp/sync\"\n"
        + "acl = \"anonymous\"\nreturns = \"Result\"\n"
        + "[[data]]\nname = \"Result\"\nfields = { other = \"Resul\" }\n";
    let mut editor = Editor::open(dir.path(), &text);
    let found = editor.latest_diagnostics();
    assert!(found.iter().any(|it| it["code"] == "unknown-type"), "{found:#?}");
    let actions = editor.actions(&text, "other = \"Resul");
    assert!(actions.iter().all(|it| !it["title"].as_str().unwrap().starts_with("Replace")), "{actions:#?}");
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn an_action_leads_to_no_other_error_or_says_which() {
    let dir = tempfile::tempdir().unwrap();
    let method = "[[service]]\nname = \"Orders\"\n\n[[service.method]]\nname = \"put\"\nroute = \"PUT /V1/acme-erp/a/:id\"\nacl = \"self\"\n";
    let cases = [
        // Text, place, beginning of titles, and the error that such an action names.
        (
            sound() + method + "path_only = \"nr\"\n",
            "path_only = \"n",
            "Replace",
            "(then: `:nr` is not in the path of `PUT /V1/acme-erp/a/:id`)",
        ),
        (sound() + method + "path_only = \"id\"\n", "path_only = \"i", "Replace", ""),
        (
            sound().replace("name = \"Acme_Erp\"", "nmae = \"acme_erp\""),
            "nma",
            "Replace",
            "(then: `acme_erp` is not a module name)",
        ),
        (
            sound()
                .replace(
                    "resources = [\"Magento_Sales::actions_view\"]",
                    "calls = [\"GET /V1/inventory/sources\"]",
                )
                .replace("2.4.7", ">=2.2.0"),
            "GET /V1/inv",
            "Request",
            "none",
        ),
    ];
    let mut editor = Editor::open(dir.path(), &sound());
    for (text, place, title, next) in cases {
        editor.set_text(&text);
        let actions = editor.actions(&text, place);
        let titles: Vec<&str> = actions.iter().map(|it| it["title"].as_str().unwrap()).collect();
        let mut of_kind = titles.iter().filter(|it| it.starts_with(title)).peekable();
        assert_eq!(of_kind.peek().is_none(), next == "none", "{titles:?}");
        assert!(
            of_kind.all(|it| it.ends_with(next) && it.contains("(then: ") != next.is_empty()),
            "{titles:?}"
        );
        for action in &actions {
            let is_preferred = action["isPreferred"] == true;
            assert!(!is_preferred || !action["title"].as_str().unwrap().contains("(then: "), "{action:#}");
        }
    }
    assert_eq!(editor.end(), Some(0));
}
