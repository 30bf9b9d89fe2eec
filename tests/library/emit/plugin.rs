//! The plugin that keeps, renames and deletes integrations.

use magespec::emit::emit;
use roxmltree::{Document, Node};

use super::{module, text};

#[test]
fn the_plugin_has_the_names_that_the_spec_lists() {
    let spec = |target: &str, lines: &str| {
        format!(
            "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\nversion = \"1.0.0\"\n[target]\nmagento = \"{target}\"\n\
             [[integration]]\nname = \"Acme ERP\"\nemail = \"a@b.co\"\nkeep_credentials = true\nrenamed_from = [\"It's <&>\", \"ACME ERP\"]\n\
             resources = [\"Magento_Sales::sales\"]\n{lines}"
        )
    };
    let retired = "[retired]\nintegrations = [\"Old \\\"CRM\\\"\"]\n";
    for (target, keep) in
        [("2.0.0", None), (">=2.1.0 <2.2", Some("always")), (">=2.4.4 <2.4.9", Some("always"))]
    {
        let tree = emit(&module(&spec(target, retired)));
        let di = text(&tree, "etc/di.xml");
        let document = Document::parse(&di).unwrap();
        let items = |name: &str| {
            let list = document.descendants().find(|it| it.attribute("name") == Some(name)).unwrap();
            let texts = list.descendants().filter(Node::is_text).filter_map(|it| it.text());
            texts.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect::<Vec<_>>()
        };
        let expected: Vec<&str> =
            ["Acme ERP"].into_iter().chain(keep).chain(["It's <&>", "ACME ERP"]).collect();
        assert_eq!(items("integrations"), expected, "{target}");
        assert_eq!(items("retired"), ["Old \"CRM\""], "{target}");
        assert_eq!(
            text(&tree, "Plugin/ProcessIntegrations.php").contains("ConsolidatedConfig"),
            keep.is_some()
        );
    }
    let none = spec("2.4.7", "").replace("keep_credentials = true", "keep_credentials = false");
    let none = none.lines().filter(|line| !line.starts_with("renamed_from")).collect::<Vec<_>>().join("\n");
    assert!(emit(&module(&none)).paths().all(|path| !path.as_str().starts_with("Plugin/")));
}
