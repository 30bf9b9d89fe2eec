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

#[test]
fn php_5_5_reads_the_code_for_2_0() {
    let spec = "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\nversion = \"1.0.0\"\n[target]\nmagento = \"2.0.0\"\n\
                [[integration]]\nname = \"Acme ERP\"\nemail = \"a@b.co\"\nresources = [\"Acme_Erp::new\"]\n\
                [[acl]]\nid = \"Acme_Erp::new\"\nrenamed_from = \"Acme_Erp::old\"\ntitle = \"Things\"\nparent = \"Magento_Backend::admin\"\n\
                [settings]\nlabel = \"Acme ERP\"\n[[setting]]\npath = \"api/url\"\nrenamed_from = \"acme_erp/a/b\"\ntype = \"url\"\nlabel = \"URL\"\n\
                [[cron]]\nname = \"pull\"\nrenamed_from = \"push\"\nschedule = \"* * * * *\"\n";
    let tree = emit(&module(spec));
    let php: Vec<_> = tree.paths().filter(|path| path.as_str().ends_with(".php")).collect();
    assert!(
        ["Plugin/RenameResources.php", "Setup/Recurring.php"]
            .iter()
            .all(|it| php.iter().any(|path| path.as_str() == *it))
    );
    for path in php {
        let code = text(&tree, path.as_str());
        let newer = code.lines().filter(|line| {
            (line.contains("const ") && line.ends_with('['))
                || ["...$", " ?? ", " ** ", " <=> "].iter().any(|it| line.contains(it))
        });
        assert_eq!(newer.collect::<Vec<_>>(), [""; 0], "{path}");
        assert!(!code.contains("self::RESOURCES") && !code.contains("self::JOBS"), "{path}");
    }
}

#[test]
fn the_readme_says_of_each_integration_what_changes_it() {
    let readme = |keep: &[&str]| {
        let integrations = keep.iter().zip(["One", "Two"]).map(|(keep, name)| {
            format!(
                "[[integration]]\nname = \"{name}\"\nemail = \"a@b.co\"\nkeep_credentials = {keep}\nresources = [\"Magento_Sales::sales\"]\n"
            )
        });
        let head = "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\nversion = \"1.0.0\"\n[target]\nmagento = \"2.4.7\"\n";
        text(&emit(&module(&(head.to_owned() + &integrations.collect::<String>()))), "README.md").to_owned()
    };
    let has = |readme: &str, parts: [(&str, bool); 4]| {
        for (part, expected) in parts {
            assert_eq!(readme.contains(part), expected, "{part}\n{readme}");
        }
    };
    let (removed, another) = ("A removed URL stays", "permissions of another integration change");
    let (reset, plugin) = ("click *Reauthorize*", "A plugin of this module keeps keys and tokens valid");
    has(&readme(&["false"]), [(removed, true), (another, false), (reset, true), (plugin, false)]);
    has(
        &readme(&["\"unless-permissions-grow\""]),
        [(removed, false), (another, false), (reset, true), (plugin, true)],
    );
    has(&readme(&["true"]), [(removed, false), (another, false), (reset, false), (plugin, true)]);
    let mixed = readme(&["true", "false"]);
    has(
        &mixed,
        [
            ("A removed URL of such an integration stays", true),
            (another, true),
            (reset, true),
            (plugin, true),
        ],
    );
}
