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
            "Remove \"GET /V1/orders\"",
            "calls = [\"GET /V1/orders\"]",
        ),
        (
            integrating("calls = [\"GET /V1/directory/countries\", \"GET /V1/orders\"]"),
            "GET /V1/dir",
            "Remove \"GET /V1/directory/countries\"",
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
            "Remove \"Magento_Sales::sales\"",
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
            "Remove `endpoint_url`",
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

#[test]
fn a_value_of_another_type_is_mended() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), &sound());
    let set = |lines: &str| {
        format!("{}[settings]\nlabel = \"Acme ERP\"\n[[setting]]\npath = \"api/key\"\n{lines}\n", sound())
    };
    let with_target = |value: &str| sound().replace("\"2.4.7\"", value);
    let i18n = |locale: &str| format!("{}[i18n]\nlocales = [\"fr_FR\", \"{locale}\"]\n", sound());
    let cases = [
        // Text, place, title, and what the text has afterwards.
        (with_target("2.4"), "magento = 2.", "Replace with \"2.4.*\"", "magento = \"2.4.*\"\n"),
        (
            with_target("[\"2.4.6\", \"2.4.7\"]"),
            "magento = [",
            "Replace with \"2.4.6 || 2.4.7\"",
            "magento = \"2.4.6 || 2.4.7\"\n",
        ),
        (set("type = \"number\"\nmin = \"1\""), "min = ", "Replace with 1", "min = 1\n"),
        (
            set("type = \"text\"\nsort_order = \" 10\""),
            "sort_order = ",
            "Replace with 10",
            "sort_order = 10\n",
        ),
        (
            set("type = \"text\"\nper_environment = \"Yes\""),
            "per_environment = ",
            "Replace with true",
            "per_environment = true\n",
        ),
        (set("type = \"text\"\nlabel = [\"Key\"]"), "label = [", "Replace with \"Key\"", "label = \"Key\"\n"),
        (set("type = \"yesno\"\ndefault = \"0\""), "default = ", "Replace with false", "default = false\n"),
        (set("type = \"number\"\ndefault = \"5\""), "default = ", "Replace with 5", "default = 5\n"),
        (set("type = \"text\"\ndefault = 5"), "default = ", "Replace with \"5\"", "default = \"5\"\n"),
        (
            set("type = \"multiselect\"\noptions = { a = \"Aa\" }\ndefault = \"a\""),
            "default = ",
            "Replace with [\"a\"]",
            "default = [\"a\"]\n",
        ),
        (set("type = \"secret\"\ndefault = \"a\""), "default = ", "Remove `default`", "type = \"secret\"\n"),
        (
            set("type = \"text\"\nmin = 1"),
            "min = ",
            "Write type = \"number\"",
            "type = \"number\"\nmin = 1\n",
        ),
        (set("type = \"text\"\nmin = 1"), "min = ", "Remove `min`", "type = \"text\"\n"),
        (
            set("type = \"number\"\nmin = 9\nmax = 1"),
            "min = ",
            "Write min = 1, max = 9",
            "min = 1\nmax = 9\n",
        ),
        (i18n("de_de"), "de_", "Replace with \"de_DE\"", "[\"fr_FR\", \"de_DE\"]"),
        (i18n("de-DE"), "de-", "Replace with \"de_DE\"", "[\"fr_FR\", \"de_DE\"]"),
        (i18n("zh_CN"), "zh_", "Replace with \"zh_Hans_CN\"", "[\"fr_FR\", \"zh_Hans_CN\"]"),
        (
            sound().replace("erp@acme.com", " erp@acme.com"),
            "email = \"",
            "Replace with \"erp@acme.com\"",
            "email = \"erp@acme.com\"\n",
        ),
        (
            integrating("endpoint_url = \"acme.com/a b\""),
            "endpoint_url = ",
            "Replace with \"https://acme.com/a%20b\"",
            "endpoint_url = \"https://acme.com/a%20b\"\n",
        ),
        (
            sound() + "[[cron]]\nname = \"pull\"\nschedule = \"@daily\"\n",
            "schedule = ",
            "Replace with \"0 0 * * *\"",
            "schedule = \"0 0 * * *\"\n",
        ),
        (
            integrating("calls = [\"patch /v1/orders/:id\"]"),
            "calls = [\"pa",
            "Replace with \"PUT /V1/orders/:id\"",
            "calls = [\"PUT /V1/orders/:id\"]",
        ),
        (
            sound()
                + "[[service]]\nname = \"Sync\"\n[[service.method]]\nname = \"run\"\n\
                       route = \"post /V1/acme-erp/{id}/\"\nacl = \"Magento_Sales::ship\"\n",
            "route = ",
            "Replace with \"POST /V1/acme-erp/:id\"",
            "route = \"POST /V1/acme-erp/:id\"\n",
        ),
        (sound().replace("version =", "version:"), "version", "Replace : with =", "version = \"1.0.0\""),
        (
            sound().replace("\"Lets the ERP read orders\"", "\"C:\\Temp\""),
            "description = \"C:\\",
            "Replace with 'C:\\Temp'",
            "description = 'C:\\Temp'\n",
        ),
        (
            sound() + "[rules]\nurl-not-https = true\n",
            "url-not-https = ",
            "Replace with \"warn\"",
            "url-not-https = \"warn\"\n",
        ),
        (
            sound() + "[rules]\nurl-not-https = false\n",
            "url-not-https = ",
            "Replace with \"allow\"",
            "url-not-https = \"allow\"\n",
        ),
    ];
    for (text, place, title, written) in cases {
        for text in [text.clone(), text.replace('\n', "\r\n")] {
            let (after, _) = taken(&mut editor, &text, place, title);
            assert!(after.replace("\r\n", "\n").contains(written), "{title}:\n{after}");
        }
    }
    assert_eq!(editor.end(), Some(0));
}
