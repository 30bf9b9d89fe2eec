//! Emitted files: they follow the house style, and other parsers read exactly the model's values from them.

use std::collections::BTreeSet;

use magespec::{
    catalog::Catalog,
    compile,
    diag::Source,
    emit::emit,
    model::{AclNode, Call, Module},
    names::{AclId, AclTitle, IntegrationName, Url},
    tree::{Tree, TreePath},
};
use proptest::prelude::*;
use roxmltree::{Document, Node};

mod operations;
mod plugin;

fn module(spec: &str) -> Module {
    let compilation = compile(Source::new("integration.toml", spec), Catalog::bundled());
    compilation.module.unwrap_or_else(|| panic!("{:#?}", compilation.report.diagnostics))
}

fn text(tree: &Tree, path: &str) -> String {
    let file = tree.get(&TreePath::new(path).unwrap()).unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8(file.contents.clone()).unwrap()
}

/// A spec with permissions of its own.
const OWN_RESOURCES: &str = r#"
[module]
name = "Acme_ErpBridge"
description = "Lets the Acme ERP read orders and hear of changes"
version = "1.0.0"
sequence = ["Magento_Catalog", "Magento_Customer", "Magento_Store"]

[module.require]
"magento/module-catalog" = "104.0.*"
"magento/module-cron" = "100.4.*"
"magento/module-customer" = "103.0.*"
"magento/module-store" = "101.1.*"

[target]
magento = ">=2.4.4 <2.4.9"

[[integration]]
name = "Acme ERP"
email = "erp@acme.example"
resources = ["Magento_Sales::actions_view", "Acme_ErpBridge::export_write", "Acme_ErpBridge::export_read"]

[[acl]]
id = "Acme_ErpBridge::config"
title = "Acme ERP"
parent = "Magento_Config::config"

[[acl]]
id = "Acme_ErpBridge::erp"
title = "Acme ERP"
parent = "Magento_Backend::admin"
sort_order = 100
children = [
  { id = "Acme_ErpBridge::export_read", title = "Read exported orders" },
  { id = "Acme_ErpBridge::export_write", title = "Confirm exported orders" },
]
"#;

#[test]
fn the_order_of_a_spec_changes_nothing() {
    let calls = CALLS.replace("  \"GET /V1/modules\",\n", "");
    let other = calls.replace("calls = [\n", "calls = [\n  \"GET /V1/modules\",\n");
    assert_ne!(other, CALLS);
    assert_eq!(emit(&module(&other)), emit(&module(CALLS)));
    let other = OWN_RESOURCES
        .replace(
            r#"["Magento_Sales::actions_view", "Acme_ErpBridge::export_write", "Acme_ErpBridge::export_read"]"#,
            r#"["Acme_ErpBridge::export_read", "Magento_Sales::actions_view", "Acme_ErpBridge::export_write"]"#,
        )
        .replace("\"Magento_Catalog\", \"Magento_Customer\"", "\"Magento_Customer\", \"Magento_Catalog\"");
    assert_ne!(other, OWN_RESOURCES);
    assert_eq!(emit(&module(&other)), emit(&module(OWN_RESOURCES)));
}

fn smallest(target: &str, more: &str) -> Module {
    module(&format!(
        "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\nversion = \"1.2.0-beta1\"\n[target]\nmagento = \"{target}\"\n\
         [[integration]]\nname = \"Acme\"\nemail = \"a@b.co\"\nresources = [\"Magento_Sales::sales\"]\n{more}"
    ))
}

#[test]
fn setup_version_stands_where_a_release_requires_it() {
    for (target, expected) in
        [("2.0.*", true), ("2.1.18", true), (">=2.2.8 <2.4.9", true), ("2.3.1", false), ("2.4.7", false)]
    {
        let text = text(&emit(&smallest(target, "")), "etc/module.xml");
        assert_eq!(text.contains("setup_version=\"1.2.0\""), expected, "{target}");
    }
}

/// Magento dispatches events in lower case, and `RecordWebhook` looks them up by that name.
#[test]
fn names_of_events_are_written_in_lower_case() {
    let webhooks = r#"
settings = { label = "Acme" }
setting = [
  { path = "erp/url", type = "url" }, { path = "erp/secret", type = "secret" },
  { path = "erp/enabled", type = "yesno" }, { path = "erp/timeout", type = "number", min = 1, max = 60 },
]
webhooks = { url = "erp/url", secret = "erp/secret", enabled = "erp/enabled", timeout = "erp/timeout" }
webhook = [{ topic = "order.saved", event = "Sales_Order_Save_After", fields = { increment_id = "string" } }]
"#;
    let more = "[[observer]]\nname = \"push\"\nevent = \"checkout_directpost_placeOrder\"\n";
    let spec = "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\nversion = \"1.0.0\"\n\
                [target]\nmagento = \"2.3.7\"\n\
                [[integration]]\nname = \"Acme\"\nemail = \"a@b.co\"\nresources = [\"Magento_Sales::sales\"]\n";
    let tree = emit(&module(&[webhooks, spec, more].concat()));
    for (path, name) in [
        ("etc/events.xml", "<event name=\"sales_order_save_after\">"),
        ("etc/di.xml", "\"sales_order_save_after\""),
    ] {
        assert!(text(&tree, path).contains(name), "{path}: {}", text(&tree, path));
    }
    assert!(text(&tree, "etc/events.xml").contains("<event name=\"checkout_directpost_placeorder\">"));
    let observed = more.replace("checkout_directpost_placeOrder", "checkout_controller_onepage_saveOrder");
    let tree = emit(&smallest("2.0.0", &observed));
    assert!(
        text(&tree, "etc/events.xml").contains("\"checkout_controller_onepage_saveOrder\""),
        "2.0 compares case"
    );
}

#[test]
fn strict_types_and_translate_stand_where_the_oldest_release_takes_them() {
    let own = "[[acl]]\nid = \"Acme_Erp::x\"\ntitle = \"Xyz\"\nparent = \"Magento_Backend::admin\"\n";
    for (target, strict, translate) in
        [("2.0.*", false, false), ("2.1.18", false, true), ("2.2.9", false, true), ("2.3.1", true, true)]
    {
        let tree = emit(&smallest(target, own));
        assert_eq!(text(&tree, "registration.php").contains("strict_types"), strict, "{target}");
        assert_eq!(text(&tree, "etc/acl.xml").contains("translate"), translate, "{target}");
    }
}

#[test]
fn legacy_targets_get_the_pair_and_the_scripts_and_others_do_not() {
    let paths = |target| {
        emit(&smallest(target, "")).iter().map(|(path, _)| path.to_string()).collect::<BTreeSet<_>>()
    };
    let legacy = [
        "Setup/InstallData.php",
        "Setup/UpgradeData.php",
        "etc/integration/api.xml",
        "etc/integration/config.xml",
    ];
    for path in legacy {
        assert!(paths("2.0.*").contains(path));
        assert!(!paths("2.1.0").contains(path));
    }
    assert!(!paths("2.0.*").contains("etc/integration.xml"));
    assert!(paths("2.1.0").contains("etc/integration.xml"));
}

#[test]
fn readme_lists_the_ancestors_that_magento_grants() {
    let readme = text(&emit(&smallest("2.4.7", "")), "README.md");
    assert!(readme.contains("| `Magento_Sales::sales` | Sales |"), "{readme}");
    assert!(readme.contains("Magento also grants their ancestors: `Magento_Backend::admin`."), "{readme}");
}

const CALLS: &str = r#"
[module]
name = "Acme_Erp"
description = "x"
version = "1.0.0"
[target]
magento = ">=2.2.7 <2.2.10"
[[integration]]
name = "Acme"
email = "a@b.co"
calls = [
  { route = "POST /rest/V1/order/12/ship?x", why = "parcels | *all*" },
  "GET /V1/directory/countries",
  "GET https://acme.com/rest/V1/orders/{id}",
  "GET /V1/modules",
]
"#;

#[test]
fn readme_names_the_objects_to_leave_out_instead_of_sending_null() {
    let with = |kind: &str| {
        let api = format!(
            "[[service]]\nname = \"Things\"\nmethod = [{{ name = \"save\", route = \"POST /V1/acme/things\", acl = \"self\", body = {{ thing = \"Thing\" }} }}]\n\
             [[data]]\nname = \"Thing\"\nfields = {{ id = \"int?\", parent = \"{kind}\" }}\n"
        );
        text(&emit(&smallest("2.4.7", &api)), "README.md")
    };
    assert!(with("Thing?").contains("arrives as an empty object: `parent` of `Thing`.\n"));
    assert!(!with("Thing[]?").contains("empty object"));
}

#[test]
fn readme_lists_the_calls_as_the_catalog_spells_them() {
    let readme = text(&emit(&module(CALLS)), "README.md");
    let table = "\
| Route | Requires | Reason |
|---|---|---|
| `GET /V1/directory/countries` | nothing | |
| `GET /V1/modules` | `Magento_Backend::admin` | |
| `POST /V1/order/:orderId/ship` | `Magento_Sales::sales` before 2.2.8, `Magento_Sales::ship` from 2.2.8 on | parcels \\| \\*all\\* |
| `GET /V1/orders/:id` | `Magento_Sales::sales` before 2.2.8, `Magento_Sales::actions_view` from 2.2.8 on | |
";
    assert!(readme.contains(&format!("\n\n{table}\n| Resource |")), "{readme}");
    let without = CALLS.replace(", why = \"parcels | *all*\"", "");
    let readme = text(&emit(&module(&without)), "README.md");
    assert!(
        readme.contains("| Route | Requires |\n|---|---|\n| `GET /V1/directory/countries` | nothing |\n"),
        "{readme}"
    );
}

/// The root comes with the others and is not found where it is asked for.
#[test]
fn resources_know_the_calls_they_are_for() {
    let module = module(CALLS);
    let [integration] = module.integrations.as_slice() else { panic!() };
    let needs = |call: &Call, id: &AclId| call.needs.iter().any(|need| need.resources.contains(id));
    let calls_for = |id: &AclId| {
        integration.calls.iter().filter(|call| needs(call, id)).map(|call| call.path.as_str()).collect()
    };
    let found: Vec<(&str, Vec<&str>)> =
        integration.resources.iter().map(|it| (it.id.as_str(), calls_for(&it.id))).collect();
    let (orders, ship) = ("/V1/orders/:id", "/V1/order/:orderId/ship");
    assert_eq!(
        found,
        [
            ("Magento_Sales::actions_view", vec![orders]),
            ("Magento_Sales::sales", vec![ship, orders]),
            ("Magento_Sales::ship", vec![ship]),
        ]
    );
    assert!(module.sequence.iter().any(|module| module.as_str() == "Magento_Sales"));
    assert!(!module.require.contains_key("magento/module-sales"), "an id alone needs no package");
    assert!(integration.implied.iter().any(|it| it.id.as_str() == "Magento_Backend::admin"));
}

#[test]
fn legacy_integrations_request_what_calls_need_as_well() {
    let legacy = CALLS
        .replace(">=2.2.7 <2.2.10", "2.0.*")
        .replace("POST /rest/V1/order/12/ship?x", "PUT /V1/products/x");
    let api = text(&emit(&module(&legacy)), "etc/integration/api.xml");
    for id in ["Magento_Backend::admin", "Magento_Catalog::products", "Magento_Sales::sales"] {
        assert!(api.contains(id), "{api}");
    }
}

/// Text with everything in it that means something in XML, PHP, JSON or Markdown.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = proptest::sample::select(vec![
        "'", "\"", "&", "<", ">", "]]>", "--", "?>", "*/", "\\", "$x", "{$y}", "\n", "\r\n", "\t", "🦀",
        "\u{200f}", "é", "&amp;", "<!--", "<?php", "#", "|", "`", "a", "B", " ", "%", "\u{a0}", "e\u{301}",
        "{{ x }}", "{% if %}",
    ]);
    prop::collection::vec(pieces, 2..12).prop_map(|pieces| pieces.concat())
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> &'a str {
    node.attribute(name).unwrap_or_else(|| panic!("no {name}"))
}

/// `(id, title, sort order)` of all nodes, the first below the root.
fn nodes(nodes: &[AclNode]) -> Vec<(String, Option<(String, i32)>)> {
    let node = |node: &AclNode| {
        let declared = node
            .declared
            .as_ref()
            .map(|own| (own.title.as_ref().unwrap().to_string(), own.sort_order.unwrap()));
        let mut all = vec![(node.id.to_string(), declared)];
        all.extend(self::nodes(&node.children));
        all
    };
    nodes.iter().flat_map(node).collect()
}

fn read_back(module: &Module) {
    let tree = emit(module);
    let composer: serde_json::Value = serde_json::from_str(&text(&tree, "composer.json")).unwrap();
    assert_eq!(composer["description"], module.description.as_str());
    let keywords =
        if module.keywords.is_empty() { serde_json::Value::Null } else { module.keywords.clone().into() };
    assert_eq!(composer["keywords"], keywords);
    let acl = text(&tree, "etc/acl.xml");
    let acl = Document::parse(&acl).unwrap();
    let found: Vec<_> = acl
        .descendants()
        .filter(|node| node.has_tag_name("resource"))
        .map(|node| {
            let declared = node
                .attribute("title")
                .map(|title| (title.to_owned(), attribute(node, "sortOrder").parse().unwrap()));
            (attribute(node, "id").to_owned(), declared)
        })
        .collect();
    assert_eq!(found, nodes(&module.acl));
    if !module.platform.is_legacy {
        let xml = text(&tree, "etc/integration.xml");
        let document = Document::parse(&xml).unwrap();
        let found = document.descendants().filter(|node| node.has_tag_name("integration"));
        for (node, integration) in found.zip(&module.integrations) {
            let child =
                |name| node.children().find(|child| child.has_tag_name(name)).and_then(|child| child.text());
            assert_eq!(attribute(node, "name"), integration.name.as_str());
            assert_eq!(child("email"), Some(integration.email.as_str()));
            assert_eq!(child("endpoint_url"), integration.endpoint_url.as_ref().map(Url::as_str));
            let resources = node.descendants().filter(|node| node.has_tag_name("resource"));
            let resources: Vec<&str> = resources.map(|node| attribute(node, "name")).collect();
            assert_eq!(resources, integration.resources.iter().map(|it| it.id.as_str()).collect::<Vec<_>>());
        }
    }
}

fn hostile_module(target: &str, name: &str, description: &str, title: &str, url: &str) -> Option<Module> {
    let own = "[[acl]]\nid = \"Acme_Erp::x\"\ntitle = \"Xyz\"\nparent = \"Magento_Sales::sales\"\n";
    let mut module = smallest(target, own);
    module.description = description.to_owned();
    module.keywords = vec![description.to_owned()];
    module.copyright = Some(name.replace(['\r', '\n'], " "));
    let integration = module.integrations.first_mut()?;
    integration.name = IntegrationName::new(name).ok()?;
    integration.endpoint_url = Some(Url::new(url).ok()?);
    fn declared(node: &mut AclNode) -> Option<&mut magespec::model::DeclaredAcl> {
        if node.declared.is_some() {
            node.declared.as_mut()
        } else {
            node.children.first_mut().and_then(declared)
        }
    }
    declared(module.acl.first_mut()?)?.title = Some(AclTitle::new(title).ok()?);
    Some(module)
}

proptest! {
    #[test]
    fn hostile_text_reads_back(name in hostile(), description in hostile(), title in hostile(), url in "https://[!-~]{1,20}") {
        for target in ["2.0.*", "2.4.7"] {
            let Some(module) = hostile_module(target, &name, &description, &title, &url) else { continue };
            read_back(&module);
            prop_assert_eq!(emit(&module), emit(&module));
        }
    }
}

#[test]
fn the_admin_can_empty_a_multiselect_and_shows_comments_as_text() {
    let settings = "[settings]\nlabel = \"Acme ERP\"\n[[setting]]\npath = \"erp/kinds\"\ntype = \"multiselect\"\n\
                    options = { a = \"A\" }\ncomment = \"Up to <b> & more\"\n";
    let system = |more: &str| {
        text(&emit(&smallest("2.4.7", &format!("{settings}{more}"))), "etc/adminhtml/system.xml")
    };
    let optional = system("");
    assert!(optional.contains("<can_be_empty>1</can_be_empty>"), "{optional}");
    let document = Document::parse(&optional).unwrap();
    let comment = document.descendants().find(|node| node.has_tag_name("comment")).unwrap();
    assert_eq!(comment.text(), Some("Up to &lt;b&gt; &amp; more"));
    assert!(!system("required = true\n").contains("can_be_empty"));
}

/// The example has a secret that signs.
#[test]
fn a_secret_without_a_key_is_refused_and_never_signs() {
    let tree = emit(&module(include_str!("../../examples/erp-bridge/integration.toml")));
    let system = text(&tree, "etc/adminhtml/system.xml");
    let secret = system.split("id=\"signing_secret\"").nth(1).unwrap();
    assert!(
        secret.contains(r"<backend_model>Acme\ErpBridge\Model\Config\Backend\SigningSecret</backend_model>")
    );
    assert!(text(&tree, "Model/Config/Backend/SigningSecret.php").contains("->key($secret)"));
    assert!(text(&tree, "Model/Webhook/Signer.php").contains("if ($key === '') {"));
    assert!(
        text(&tree, "Test/Unit/Model/Webhook/SignerTest.php")
            .contains("[[''], ['whsec_'], ['whsec_not base64!'], ['whsec_TWFn ZW50'], ['whsec_TWFnZQ']]")
    );
    let older = emit(&module(include_str!("../../examples/erp-bridge-2.3/integration.toml")));
    assert!(
        text(&older, "Model/Webhook/Signer.php").contains("base64_encode($key) === $encoded ? $key : ''")
    );
}

#[test]
fn events_of_no_store_are_recorded_for_the_first_store_with_webhooks() {
    let spec = include_str!("../../examples/erp-bridge/integration.toml");
    let record = text(&emit(&module(spec)), "Observer/RecordWebhook.php");
    assert!(record.contains("$storeId === 0 ? $this->storeManager->getStores() : []"), "{record}");
}
