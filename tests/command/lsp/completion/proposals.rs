//! Proposals that fit where they are made.

use serde_json::json;

use super::{super::editor::Editor, HEAD, behind, completed};

#[test]
fn what_no_release_grants_is_not_proposed() {
    let ids = behind(&["[[integration]]\nresources = [\"Magento_Config::|\"]"]);
    assert!(!ids[0].labels().contains(&"Magento_Config::advanced"), "{:?}", ids[0].labels());
    assert!(ids[0].labels().contains(&"Magento_Config::config_system"), "{:?}", ids[0].labels());
}

#[test]
fn a_list_gets_its_brackets() {
    let cases = [
        ("[[integration]]\nresources = |", "Acme_Erp::erp", "resources = [\"Acme_Erp::erp\"]"),
        ("[[integration]]\nresources = [|]", "Acme_Erp::erp", "resources = [\"Acme_Erp::erp\"]"),
        ("[[integration]]\nresources = [\"|\"]", "Acme_Erp::erp", "resources = [\"Acme_Erp::erp\"]"),
        ("[[integration]]\ncalls = |", "GET /V1/orders", "calls = [\"GET /V1/orders\"]"),
        ("[[acl]]\nparent = |", "Acme_Erp::erp", "parent = \"Acme_Erp::erp\""),
    ];
    for (completed, (text, label, expected)) in behind(&cases.map(|case| case.0)).iter().zip(cases) {
        assert_eq!(completed.taken(label), expected, "{text}");
    }
}

#[test]
fn tables_are_proposed_where_they_can_stand() {
    let cases = [
        ("[[service]]\nname = \"A\"\n\n|", "[[service.method]]", true),
        ("[[service]]\nname = \"A\"\nmethod = []\n\n|", "[[service.method]]", false),
        ("|\n\n[[service]]\nname = \"A\"\n", "[[service.method]]", false),
        ("[[service]]\nname = \"A\"\n[[service.method]]\nname = \"a\"\n\n|", "[[service.method]]", true),
        ("[[acl]]\nid = \"Acme_Erp::a\"\n\n|", "[[acl.children]]", true),
        ("[[service]]\nname = \"A\"\n|\n\n[[service.method]]\nname = \"a\"\n", "[[service]]", false),
        ("[[service]]\nname = \"A\"\n|\n\n[[service.method]]\nname = \"a\"\n", "[[service.method]]", true),
        ("[[service]]\nname = \"A\"\n\n[[service.method]]\nname = \"a\"\n\n|", "[[service]]", true),
        (
            "[[acl]]\nid = \"Acme_Erp::a\"\nchildren = [{ id = \"Acme_Erp::b\" }]\n\n|",
            "[[acl.children]]",
            false,
        ),
    ];
    let texts = cases.map(|case| format!("{HEAD}\n{}", case.0));
    for (completed, (text, label, expected)) in
        completed(&texts.each_ref().map(String::as_str)).iter().zip(cases)
    {
        assert_eq!(completed.labels().contains(&label), expected, "{text}");
    }
}

#[test]
fn choices_of_flags_and_texts_have_their_own_quotes() {
    let taken = behind(&["[[integration]]\nkeep_cred|"])[0].taken("keep_credentials");
    assert!(taken.starts_with("keep_credentials = ${1|true,false,\"unless-permissions-grow\"|}"), "{taken}");
}

#[test]
fn an_id_is_proposed_once_in_any_target() {
    let wide = HEAD.replace(">=2.4.4 <2.4.9", ">=2.2.0");
    let cases = [
        ("[settings]\nsection = \"admin|\"", "admin"),
        ("[settings]\ntab = \"sales|\"", "sales"),
        ("[[menu]]\nparent = \"Magento_Sales::|\"", "Magento_Sales::sales_order"),
        ("[[setting]]\nextends = \"general/store_inf|\"", "general/store_information/name"),
        ("[settings.groups.a]\nextends = \"general/|\"", "general/country"),
        ("[[cron]]\ngroup = \"|\"", "default"),
        ("[[setting]]\nsource_model = 'Yesno|'", r"Magento\Config\Model\Config\Source\Yesno"),
        ("[[data]]\nfields = { a = 'Sales OrderInterface|' }", r"Magento\Sales\Api\Data\OrderInterface"),
        ("[[integration]]\ncalls = [\"GET /V1/orders|\"]", "GET /V1/orders"),
        ("[[observer]]\nevent = \"sales_order_save|\"", "sales_order_save_after"),
        ("[module]\nsequence = [\"Magento_Sale|\"]", "Magento_Sales"),
        ("[module.require]\nmodule-sales|", "magento/module-sales"),
    ];
    // Completing fails if something is proposed twice.
    let texts = cases.map(|case| format!("{wide}\n{}", case.0));
    for (completed, (text, label)) in completed(&texts.each_ref().map(String::as_str)).iter().zip(cases) {
        let detail = completed.item(label)["detail"].as_str().unwrap_or_default();
        assert!(!detail.contains("only in"), "{text}: {detail}");
    }
}

#[test]
fn nothing_is_proposed_that_ends_in_a_circle_or_twice_in_a_list() {
    let acl = "[[acl]]\nid = \"Acme_Erp::a\"\ntitle = \"A\"\nparent = \"Magento_Backend::admin\"\n\
               children = [{ id = \"Acme_Erp::b\", title = \"B\" }]\n\n\
               [[acl]]\nid = \"Acme_Erp::c\"\ntitle = \"C\"\nparent = \"Acme_Erp::b\"\n\n\
               [[acl]]\nid = \"Acme_Erp::d\"\ntitle = \"D\"\nparent = \"Magento_Backend::admin\"\n";
    let own = acl.replacen("parent = \"Magento_Backend::admin\"", "parent = \"Acme_Erp::|\"", 1);
    let order = "[[webhook]]\nevent = \"sales_order_save_after\"\n";
    let method = "[[service]]\nname = \"A\"\n\n[[service.method]]\nname = \"b\"\nroute = \"GET /V1/a/:id\"\n";
    let mut texts = vec![format!("{HEAD}\n{own}")];
    let behind_head = [
        &format!("{order}changed = [\"state\", \"stat|\"]"),
        "[[integration]]\ncalls = [\"customers me|\"]",
        "[[integration]]\ncalls = [\"GET /V1/orders\", \"GET /V1/order|\"]",
        "[[integration]]\ncalls = [{ route = \"GET /V1/orders\" }, { route = \"GET /V1/order|\" }]",
        &format!("{method}replaced_by = \"GET /V1/a|\""),
        &format!("{method}path_only = [\"id\", \"|\"]"),
        "[i18n]\nlocales = [\"de_DE\", \"de|\"]",
        "[i18n]\nlocales = [\"en_|\"]",
        "[[data]]\nname = \"A\"\nfields = { b = \"B\" }\n\n[[data]]\nname = \"B\"\nfields = { a = \"|\" }",
        "[module]\nsequence = [\"Magento_Sales\", \"Magento_Sale|\"]",
        "[[webhook]]\nevent = [\"sales_order_save_after\", \"sales_order_save_|\"]",
    ];
    texts.extend(behind_head.iter().map(|text| format!("{HEAD}\n{text}")));
    let all = completed(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    let absent = [
        "Acme_Erp::b",
        "state",
        "GET /V1/customers/me",
        "GET /V1/orders",
        "GET /V1/orders",
        "GET /V1/a/:id",
        "id",
        "de_DE",
        "en_US",
        "A",
        "Magento_Sales",
        "sales_order_save_after",
    ];
    for (completed, absent) in all.iter().zip(absent) {
        assert!(!completed.labels().contains(&absent), "{}: {:?}", completed.text, completed.labels());
    }
    assert_eq!(all[0].labels(), ["Acme_Erp::d"]);
    assert!(all[1].labels().contains(&"status"));
    assert!(
        ["B?", "B[]", "A?", "A[]"].iter().all(|it| all[9].labels().contains(it)),
        "{:?}",
        all[9].labels()
    );
}

#[test]
fn methods_know_their_parameters() {
    let method = "[[service]]\nname = \"A\"\n\n[[service.method]]\nname = \"b\"\nroute = \"PUT /V1/a/:customerId\"\n\
                  body = { first = \"string\", note = \"string?\", is_new = \"bool\", count = \"int\", list = \"string[]\" }\n";
    let cases = [
        &format!("{method}defaults = {{ | }}"),
        &format!("{method}defaults = {{ count = 1, list = [], | }}"),
        &format!("{method}defaults = {{ is_new = | }}"),
        &format!("{method}data = {{ | }}"),
        &format!("{method}data = {{ customerId = {{ value = \"|\" }} }}"),
        &format!("{method}returns = \"|\""),
    ];
    let all = behind(&cases.map(String::as_str));
    assert_eq!(all[0].labels(), ["list"]);
    assert_eq!(all[1].labels(), ["is_new"]);
    assert_eq!(all[1].taken("is_new"), "defaults = { count = 1, list = [], is_new = ${1|true,false|} }");
    assert_eq!(all[2].labels(), ["true", "false"]);
    assert_eq!(all[3].labels(), ["count", "customerId", "first", "is_new", "list", "note"]);
    assert_eq!(all[3].taken("customerId"), "data = { customerId = { value = \"${1:%customer_id%}\" } }");
    assert_eq!(all[4].labels(), ["%customer_id%", "%cart_id%"]);
    let forms = ["ExportResult", "ExportResult[]", "ExportResult?", "ExportResult[]?", "int[]"];
    assert!(forms.iter().all(|it| all[5].labels().contains(it)), "{:?}", all[5].labels());
}

#[test]
fn values_fit_the_keys_beside_them() {
    let method = "[[service]]\nname = \"A\"\n\n[[service.method]]\nname = \"b\"\nroute = \"GET /V1/a/:order_id/:id\"\n";
    let cases = [
        format!("{method}parameters = {{ orderId = \"|\" }}"),
        format!("{method}parameters = {{ orderId = \"int\" }}\npath_only = [\"|\"]"),
        format!("{method}path_only = [\"order_id\"]\nparameters = {{ | }}"),
        format!("{method}search = true\nreturns = \"|\""),
        "[webhooks]\nsecret = \"connection/signing_secret\"\nsecond_secret = \"|\"".to_owned(),
        "[webhooks]\nurl = \"|\"".to_owned(),
        "[[webhook]]\nevent = \"sales_order_|\"\nchanged = [\"state\"]".to_owned(),
        "[[webhook]]\nevent = [\"sales_order_save_after\", \"sales_order_|\"]\nchanged = [\"state\"]"
            .to_owned(),
        "[[observer]]\nevent = \"sales_order_save_after\"\nid = \"|\"".to_owned(),
        "[[acl]]\nid = \"Acme_Erp::x\"\nparent = \"Magento_Sales::actions\"\nparents = [{ id = \"|\" }]"
            .to_owned(),
        format!("{method}body = {{ a = \"arr|\" }}"),
    ];
    let [path, path_only, parameters, search, secret, url, event, beside, id, above, body] =
        behind(&cases.each_ref().map(String::as_str)).try_into().map_err(|_| "as many").unwrap();
    assert_eq!(path.labels(), ["string", "int", "float", "bool"]);
    assert_eq!(
        [path_only.labels(), parameters.labels(), search.labels()],
        [["id"], ["id"], ["ExportResult"]]
    );
    assert!(secret.labels().is_empty(), "{:?}", secret.labels());
    assert_eq!(url.labels(), ["connection/base_url"]);
    assert!(event.labels().contains(&"sales_order_save_after"));
    assert!(!event.labels().iter().any(|it| it.contains("_delete_")), "{:?}", event.labels());
    assert!(beside.labels().iter().any(|it| it.contains("_delete_")), "{:?}", beside.labels());
    assert!(id.labels().is_empty(), "{:?}", id.labels());
    let above = above.labels();
    assert!(
        above.contains(&"Magento_Sales::sales") && !above.contains(&"Magento_Catalog::catalog"),
        "{above:?}"
    );
    assert!(!body.labels().contains(&"array"), "{:?}", body.labels());
}

#[test]
fn keys_of_a_setting_fit_its_type() {
    let setting = |keys: &str| format!("[[setting]]\npath = \"a/b\"\n{keys}\n|");
    let cases = [
        setting("type = \"url\""),
        setting("type = \"secret\""),
        setting("type = \"number\"\nmin = 3"),
        setting("type = \"select\"\noptions = { a = \"A\" }"),
        setting("type = \"select\"\nsource_model = \"X\\\\Y\""),
        "[[service]]\nname = \"A\"\n[[service.method]]\nname = \"b\"\n|".to_owned(),
        "[[service]]\nname = \"A\"\n[[service.method]]\nname = \"b\"\ndeprecated = \"2099-01-01\"\n|"
            .to_owned(),
    ];
    let [url, secret, number, select, of_model, method, deprecated] =
        behind(&cases.each_ref().map(String::as_str)).try_into().map_err(|_| "as many").unwrap();
    let lacks = |completed: &super::Completed, keys: &[&str]| {
        let labels = completed.labels();
        assert!(keys.iter().all(|key| !labels.contains(key)), "{labels:?}");
    };
    lacks(&url, &["min", "max", "options"]);
    assert!(url.taken("default").contains("\"${1:https://"), "{}", url.taken("default"));
    lacks(&secret, &["default", "min", "options"]);
    lacks(&number, &["options"]);
    assert!(number.labels().contains(&"max") && number.taken("default").contains("default = ${1:3}"));
    lacks(&select, &["min", "source_model", "source_service"]);
    assert!(select.taken("default").contains("default = \"${1:a}\""));
    lacks(&of_model, &["options", "source_service"]);
    lacks(&method, &["replaced_by"]);
    assert!(deprecated.labels().contains(&"replaced_by"));
}

#[test]
fn a_module_comes_first() {
    let completed = completed(&["|"]);
    assert_eq!(completed[0].labels()[0], "[module]");
}

#[test]
fn facts_stand_beside_each_item_where_the_editor_can_show_them() {
    let dir = tempfile::tempdir().unwrap();
    let text = HEAD.replace("Magento_Sales::sales/**", "view order");
    for is_shown in [true, false] {
        let mut editor = Editor::start(dir.path());
        let item = json!({ "labelDetailsSupport": is_shown });
        let features = json!({ "completion": { "completionItem": item } });
        editor.request("initialize", json!({ "capabilities": { "textDocument": features } }));
        editor.open_file("integration.toml", "toml", &text);
        let list = editor.behind("textDocument/completion", &text, "view order");
        let first = &list["items"][0];
        assert_eq!(first["label"], "Magento_Sales::actions_view");
        assert_eq!(first["detail"], "Sales > Operations > Orders > Actions > View");
        let brief = if is_shown { json!({ "description": "View" }) } else { json!(null) };
        assert_eq!(first["labelDetails"], brief);
        assert_eq!(editor.end(), Some(0));
    }
}

#[test]
fn what_fits_best_comes_first_and_once() {
    let found = behind(&[
        "[[webhook]]\nevent = \"sales_order|\"",
        "[retired]\n|",
        "[[observer]]\nevent = \"sales_order|\"",
    ]);
    let events = found[0].labels();
    assert_eq!(events[0], "sales_order_save_after", "{events:?}");
    let place = |name: &str| events.iter().position(|event| *event == name).unwrap();
    assert!(place("sales_order_item_save_after") < place("sales_order_delete_after"));
    assert!(place("sales_order_delete_after") < place("sales_order_save_commit_after"));
    assert!(place("sales_order_delete_after") < place("sales_order_load_after"));
    let details = found[1].list["items"].as_array().unwrap().iter();
    let details: Vec<&str> = details.filter_map(|item| item["detail"].as_str()).collect();
    assert!(details.iter().all(|detail| !detail.contains('\n')), "{details:#?}");
    let required = HEAD.replace("license =", "require = { \"magento/framework\" = \"|\" }\nlicense =");
    let versions = completed(&[&required]).remove(0);
    let mut labels = versions.labels();
    assert!(labels.len() > 4, "{labels:?}");
    let count = labels.len();
    labels.sort_unstable();
    labels.dedup();
    assert_eq!(labels.len(), count, "{labels:?}");
    let licences = completed(&[&HEAD.replace("\"proprietary\"", "\"|\"")]).remove(0);
    assert!(licences.labels().contains(&"MIT"), "{:?}", licences.labels());
}
