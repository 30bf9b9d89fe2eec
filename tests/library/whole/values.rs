//! XML and CSV readers find the values of the spec.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use super::{WIDE, html, made, text};

fn spec() -> toml::Table {
    WIDE.parse().unwrap()
}

/// The values of a key in the tables of a list.
fn values(list: &str, key: &str) -> Vec<String> {
    let tables = spec()[list].as_array().unwrap().clone();
    tables.iter().filter_map(|table| table.get(key)?.as_str().map(str::to_owned)).collect()
}

fn named<'a>(document: &'a Document<'_>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    document.root().descendants().filter(move |node| node.has_tag_name(name))
}

#[test]
fn labels_and_comments_come_back() {
    let tree = made(WIDE);
    let system = text(&tree, "etc/adminhtml/system.xml");
    let system = Document::parse(&system).unwrap();
    let shown: Vec<&str> = system.root().descendants().filter_map(|node| node.text()).collect();
    // The Admin renders comments as HTML.
    let comments = values("setting", "comment").into_iter().map(|comment| html(&comment));
    for said in values("setting", "label").into_iter().chain(comments) {
        assert!(shown.contains(&said.as_str()), "{said}");
    }
    let options: Vec<&str> =
        named(&system, "option").filter_map(|option| option.attribute("label")).collect();
    assert_eq!(options, ["X", "Y <&>", "X", "Y", "Z"]);
    let menu = text(&tree, "etc/adminhtml/menu.xml");
    let title =
        named(&Document::parse(&menu).unwrap(), "add").next().unwrap().attribute("title").unwrap().to_owned();
    assert_eq!(title, spec()["settings"]["label"].as_str().unwrap());
}

#[test]
fn defaults_come_back() {
    let config = text(&made(WIDE), "etc/config.xml");
    let config = Document::parse(&config).unwrap();
    let of = |path: &str| {
        let (group, field) = path.split_once('/').unwrap();
        let group =
            named(&config, "acme_wide").next().unwrap().children().find(|node| node.has_tag_name(group));
        group
            .unwrap()
            .children()
            .find(|node| node.has_tag_name(field))
            .and_then(|node| node.text().map(str::to_owned))
    };
    for (path, default) in
        [("a1/enabled", "1"), ("a1/name", "a <b> & \"c\" 'd' \\"), ("a1/text", "a\nb"), ("b2/kinds", "x,z.1")]
    {
        assert_eq!(of(path).as_deref(), Some(default), "{path}");
    }
    let secret = named(&config, "secret").next().unwrap();
    assert_eq!(
        (secret.text(), secret.attribute("backend_model")),
        (None, Some(r"Magento\Config\Model\Config\Backend\Encrypted"))
    );
}

#[test]
fn ranges_and_options_hold_wherever_a_value_is_saved_and_read() {
    let tree = made(WIDE);
    let system = text(&tree, "etc/adminhtml/system.xml");
    let system = Document::parse(&system).unwrap();
    let di = text(&tree, "etc/di.xml");
    let di = Document::parse(&di).unwrap();
    // Field, its class, and the items of its virtual type in di.xml.
    for (field, class, items) in [
        ("count", "WholeNumber", vec![("min", "-5"), ("max", "5"), ("is_optional", "false")]),
        ("limit", "WholeNumber", vec![("min", "-2147483648"), ("max", "5"), ("is_optional", "true")]),
        ("any", "WholeNumber", vec![("min", "-2147483648"), ("max", "2147483647"), ("is_optional", "false")]),
        ("kind", "Choice", vec![("x", "true"), ("y", "true"), ("is_multiple", "false")]),
        ("kinds", "Choice", vec![("x", "true"), ("y", "true"), ("z.1", "true"), ("is_multiple", "true")]),
    ] {
        let field = named(&system, "field").find(|it| it.attribute("id") == Some(field)).unwrap();
        let model = field.children().find(|it| it.has_tag_name("backend_model")).unwrap().text().unwrap();
        let of = named(&di, "virtualType").find(|it| it.attribute("name") == Some(model)).unwrap();
        assert_eq!(of.attribute("type"), Some(format!(r"Acme\Wide\Model\Config\Backend\{class}").as_str()));
        let leaves =
            of.descendants().filter(|it| it.has_tag_name("item") && it.attribute("name") != Some("options"));
        let leaves: Vec<_> = leaves.map(|it| (it.attribute("name").unwrap(), it.text().unwrap())).collect();
        assert_eq!(leaves, items, "{model}");
        assert!(tree.paths().any(|path| path.as_str() == format!("Model/Config/Backend/{class}.php")));
    }
    let config = text(&tree, "Model/Config.php");
    assert!(config.contains("return in_array($value, $options, true) ? $value : '';"), "{config}");
    assert!(config.contains("array_values(array_intersect(explode(',', $value), $options))"), "{config}");
}

#[test]
fn observers_stand_in_the_file_of_their_area() {
    let tree = made(WIDE);
    for (path, event, class) in [
        ("etc/frontend/events.xml", "customer_login", r"Acme\Wide\Observer\See"),
        ("etc/adminhtml/events.xml", "customer_save_after", r"Acme\Wide\Observer\See"),
    ] {
        let events = text(&tree, path);
        let events = Document::parse(&events).unwrap();
        let found: Vec<_> = named(&events, "event")
            .map(|it| {
                (
                    it.attribute("name").unwrap(),
                    it.first_element_child().unwrap().attribute("instance").unwrap(),
                )
            })
            .collect();
        assert_eq!(found, [(event, class)], "{path}");
    }
    let seed = text(&tree, "Observer/See.php");
    assert!(seed.contains("Observes customer_login and customer_save_after"), "{seed}");
}

#[test]
fn jobs_keep_their_declared_name_and_class() {
    let tree = made(WIDE);
    let crontab = text(&tree, "etc/crontab.xml");
    let crontab = Document::parse(&crontab).unwrap();
    let jobs: Vec<_> = named(&crontab, "job")
        .map(|it| (it.attribute("name").unwrap(), it.attribute("instance").unwrap()))
        .collect();
    assert!(jobs.contains(&("Acme.other-job", r"Acme\Wide\Model\Job\Other")), "{jobs:?}");
    assert!(jobs.contains(&("acme_wide_do_it", r"Acme\Wide\Cron\DoIt")), "{jobs:?}");
    let seed = text(&tree, "Model/Job/Other.php");
    assert!(seed.contains("namespace Acme\\Wide\\Model\\Job;\n") && seed.contains("class Other\n"), "{seed}");
    assert!(text(&tree, "etc/di.xml").contains(r#"<type name="Acme\Wide\Model\Job\Other">"#));
    assert!(text(&tree, "README.md").contains("Model/Job/Other.php"));
}

#[test]
fn routes_have_the_parameters_of_their_path_before_those_of_the_body() {
    let interface = text(&made(WIDE), "Api/ThingsInterface.php");
    let head = "    public function put(
        int $id,
        string $code,
        \\Magento\\Sales\\Api\\Data\\OrderInterface $order,
        array $lines,
        ?string $note = null,
        ?\\Acme\\Wide\\Api\\Data\\ThingInterface $thing = null,
        ?array $tags = null
    ): array;
";
    assert!(interface.contains(head), "{interface}");
    assert!(interface.contains(
        "     * @param string[]|null $tags\n     * @return \\Acme\\Wide\\Api\\Data\\ThingInterface[]\n"
    ));
    assert!(interface.contains("    public function delete(string $id): void;\n"));
}

#[test]
fn deprecated_routes_are_announced() {
    let tree = made(WIDE);
    let di = text(&tree, "etc/webapi_rest/di.xml");
    let item = "<item name=\"DELETE /V1/acme-wide/:id\" xsi:type=\"array\">
                    <item name=\"since\" xsi:type=\"string\">2026-12-01</item>
                    <item name=\"until\" xsi:type=\"string\">2099-06-01</item>
                    <item name=\"replaced_by\" xsi:type=\"string\">PUT /V1/acme-wide/:id/:code</item>
                </item>";
    assert!(di.contains(item), "{di}");
    assert!(text(&tree, "Plugin/DeprecatedRoutes.php").contains("function afterMatch("));
    assert!(text(&tree, "README.md").contains(
        "- `DELETE /V1/acme-wide/:id`, deprecated from 2026-12-01 on, may be removed from 2099-06-01 on; call \
         `PUT /V1/acme-wide/:id/:code` instead."
    ));
}

#[test]
fn modules_of_what_is_named_are_required() {
    let composer: serde_json::Value = serde_json::from_str(&text(&made(WIDE), "composer.json")).unwrap();
    let required: BTreeMap<String, String> = serde_json::from_value(composer["require"].clone()).unwrap();
    let module = |name: &&str| required.contains_key(&format!("magento/module-{name}"));
    let expected = [
        "authorization",
        "backend",
        "catalog",
        "config",
        "cron",
        "customer",
        "integration",
        "sales",
        "store",
        "webapi",
    ];
    assert_eq!(expected.iter().filter(|name| !module(name)).collect::<Vec<_>>(), Vec::<&&str>::new());
    assert_eq!(required.len(), expected.len() + 2, "{required:?}");
}

#[test]
fn settings_of_another_section_are_added_to_it() {
    let spec = "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\nversion = \"1.0.0\"\n[target]\nmagento = \"2.4.7\"\n[[integration]]\nname = \"Acme\"\nemail = \"a@acme.com\"\nresources = [\"Magento_Backend::store\"]\n[settings]\nsection = \"carriers\"\n[[setting]]\npath = \"acme_erp/key\"\ntype = \"text\"\n";
    let tree = made(spec);
    let system = text(&tree, "etc/adminhtml/system.xml");
    assert!(system.contains("<section id=\"carriers\">\n            <group id=\"acme_erp\""), "{system}");
    assert!(!system.contains("<resource>") && !tree.paths().any(|path| path.as_str() == "etc/acl.xml"));
    assert!(text(&tree, "Model/Config.php").contains("'carriers/acme_erp/key'"));
    assert!(text(&tree, "composer.json").contains("magento/module-shipping"));
}

#[test]
fn settings_of_another_group_are_added_to_it() {
    let spec = "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\nversion = \"1.0.0\"\n[target]\nmagento = \"2.4.7\"\n[[integration]]\nname = \"Acme\"\nemail = \"a@acme.com\"\nresources = [\"Magento_Backend::store\"]\n[settings]\nsection = \"sales\"\n[[setting]]\npath = \"general/acme\"\ntype = \"text\"\n[[setting]]\npath = \"general/on\"\ntype = \"yesno\"\n[[setting]]\npath = \"general/key\"\ntype = \"text\"\ndepends = { \"general/on\" = true, \"general/acme\" = \"x\" }\n";
    let system = text(&made(spec), "etc/adminhtml/system.xml");
    let head =
        "<section id=\"sales\">\n            <group id=\"general\">\n                <field id=\"acme\"";
    assert!(system.contains(head), "{system}");
    assert!(!system.contains("expanded"), "{system}");
    // The schema asks for three letters.
    assert!(system.contains("<field id=\"*/general/on\">1</field>"), "{system}");
    assert!(system.contains("<field id=\"acme\">x</field>"), "{system}");
}
