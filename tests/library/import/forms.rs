//! The forms that a spec may ask for: below a folder, and the legacy pair for any target.

use magespec::{
    Compilation,
    catalog::Catalog,
    compile,
    diag::{Level, Rule, Source},
    tree::{Tree, TreePath},
};

fn compiled(module: &str, target: &str, more: &str) -> Compilation {
    // PHP must escape the backslash.
    let name = if module.contains(LEGACY) { r"Acme\\s" } else { "Acme’s" };
    let spec = format!(
        "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\nversion = \"1.2.0\"\n{module}\n[target]\nmagento = \"{target}\"\n\
         [[integration]]\nname = \"{name}\"\nemail = \"a@b.co\"\nresources = [\"Magento_Sales::actions_view\"]\n{more}"
    );
    compile(Source::new("integration.toml", spec), Catalog::bundled())
}

fn tree(module: &str, target: &str, more: &str) -> Tree {
    let compilation = compiled(module, target, more);
    assert!(compilation.module.is_some(), "{:#?}", compilation.report.diagnostics);
    compilation.tree
}

fn paths(tree: &Tree) -> Vec<&str> {
    tree.paths().map(TreePath::as_str).collect()
}

fn text(tree: &Tree, path: &str) -> String {
    String::from_utf8(tree.get(&TreePath::new(path).unwrap()).unwrap().contents.clone()).unwrap()
}

const LEGACY: &str = "format = \"legacy\"";

#[test]
fn files_go_below_the_source_and_the_package_stays_above() {
    let tree = tree("source = \"src\"", "2.4.7", "");
    assert_eq!(
        paths(&tree),
        [
            "README.md",
            "composer.json",
            "src/etc/integration.xml",
            "src/etc/module.xml",
            "src/registration.php"
        ]
    );
    let composer: serde_json::Value = serde_json::from_str(&text(&tree, "composer.json")).unwrap();
    assert_eq!(
        composer["autoload"],
        serde_json::json!({ "files": ["src/registration.php"], "psr-4": { "Acme\\Erp\\": "src/" } })
    );
}

#[test]
fn further_keys_stand_behind_the_derived_ones() {
    let more = "[composer]\nsupport = { email = \"a@b.co\" }\nabandoned = false\n[composer.autoload]\nclassmap = [\"lib\"]\nfiles = [\"f.php\", \"registration.php\"]\npsr-4 = { 'Acme\\Sdk\\' = \"sdk/\" }\n";
    let composer = text(&tree("", "2.4.7", more), "composer.json");
    let value: serde_json::Value = serde_json::from_str(&composer).unwrap();
    let keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys[keys.len() - 3..], ["autoload", "abandoned", "support"]);
    assert_eq!(
        value["autoload"],
        serde_json::json!({
            "files": ["registration.php", "f.php"], "psr-4": { "Acme\\Erp\\": "", "Acme\\Sdk\\": "sdk/" }, "classmap": ["lib"],
        })
    );
}

#[test]
fn derived_keys_are_refused() {
    for (more, marked) in [
        ("[composer]\nversion = \"2.0.0\"\n", "version"),
        ("[composer.require]\n\"a/b\" = \"*\"\n", "require"),
        ("[composer.autoload.psr-4]\n'Acme\\Erp\\' = \"x\"\n", "Acme\\Erp"),
    ] {
        let report = compiled("", "2.4.7", more).report;
        let found: Vec<_> = report.diagnostics.iter().filter(|it| it.rule == Rule::ComposerKey).collect();
        let [finding] = found.as_slice() else { panic!("{more}: {:#?}", report.diagnostics) };
        assert!(report.source.slice(&finding.span.clone().unwrap()).contains(marked), "{finding:?}");
    }
}

#[test]
fn php_and_setup_version_may_be_given() {
    let tree = tree("setup_version = \"7.1\"\nrequire = { php = \"~8.2.0\" }", "2.4.7", "");
    let composer: serde_json::Value = serde_json::from_str(&text(&tree, "composer.json")).unwrap();
    assert_eq!(composer["require"]["php"], "~8.2.0");
    assert_eq!(composer["require"].as_object().unwrap().keys().next().unwrap(), "php");
    assert!(text(&tree, "etc/module.xml").contains("setup_version=\"7.1\""));
}

#[test]
fn the_legacy_form_takes_the_script_that_its_releases_run() {
    for (target, scripts, has_version) in [
        ("2.0.*", vec!["Setup/InstallData.php", "Setup/UpgradeData.php"], true),
        ("~2.2.8", vec!["Setup/InstallData.php", "Setup/UpgradeData.php"], true),
        ("2.0.0 || 2.4.7", vec!["Setup/InstallData.php", "Setup/UpgradeData.php"], true),
        ("2.4.7", vec!["Setup/Patch/Data/ProcessIntegrations"], false),
    ] {
        let tree = tree(LEGACY, target, "");
        let found: Vec<&str> = paths(&tree).into_iter().filter(|path| path.starts_with("Setup")).collect();
        assert_eq!(found.len(), scripts.len(), "{target}: {found:?}");
        assert!(
            found.iter().zip(&scripts).all(|(found, script)| found.starts_with(script)),
            "{target}: {found:?}"
        );
        assert_eq!(text(&tree, "etc/module.xml").contains("setup_version"), has_version, "{target}");
        assert!(text(&tree, "etc/integration/api.xml").contains("Magento_Sales::actions_view"));
        assert!(!paths(&tree).contains(&"etc/integration.xml"), "{target}");
    }
}

#[test]
fn a_data_patch_is_another_one_when_the_pair_changes() {
    let patch = |module: &str, more: &str| {
        let tree = tree(&format!("{LEGACY}\n{module}"), "2.4.7", more);
        paths(&tree).into_iter().find(|path| path.starts_with("Setup/")).unwrap().to_owned()
    };
    let first = patch("", "");
    assert_eq!(patch("copyright = \"other\"\nkeywords = [\"x\"]", ""), first);
    assert_ne!(patch("", "endpoint_url = \"https://a.com/x\"\n"), first);
}

#[test]
fn rules_about_resets_and_ancestors_are_not_about_the_pair() {
    let listed = "resources = [\"Magento_Sales::sales\", \"Magento_Sales::actions_view\", \"Magento_Customer::group\"]";
    let rules = |module: &str| {
        let spec = format!(
            "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\nversion = \"1.2.0\"\n{module}\n[target]\nmagento = \"~2.2.6\"\n\
             [[integration]]\nname = \"Acme\"\nemail = \"a@b.co\"\n{listed}\n"
        );
        let report = compile(Source::new("x", spec), Catalog::bundled()).report;
        let rules = report.diagnostics.iter().map(|finding| finding.rule);
        rules.filter(|rule| *rule != Rule::ReleaseNotVerified).collect::<Vec<_>>()
    };
    assert!(rules("").contains(&Rule::ImpliedResource) && rules("").contains(&Rule::TargetAlwaysResets));
    assert_eq!(rules(LEGACY), []);
}

#[test]
fn an_integration_of_the_pair_needs_resources_from_2_1_on() {
    let level = |target: &str| {
        let spec = format!(
            "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\nversion = \"1.2.0\"\n{LEGACY}\n[target]\nmagento = \"{target}\"\n\
             [[integration]]\nname = \"Acme\"\nemail = \"a@b.co\"\n"
        );
        let report = compile(Source::new("x", spec), Catalog::bundled()).report;
        report.diagnostics.iter().find(|finding| finding.rule == Rule::NoResources).unwrap().level
    };
    assert_eq!((level("2.0.*"), level("2.4.7")), (Level::Warning, Level::Error));
}
