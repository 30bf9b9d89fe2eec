//! Files of the user's: whether the classes that the spec declares are there.

use magespec::{
    catalog::Catalog,
    compile_onto,
    diag::{Diagnostic, Rule, Source},
    tree::TreePath,
};

use super::{is_whole, spec};

const SPEC: &str = r#"
[[service]]
name = "Stock"

[[service.method]]
name = "get"
route = "GET /V1/acme/stock/:sku"
acl = "Magento_Sales::actions_view"

[[service.method]]
name = "set"
route = "PUT /V1/acme/stock/:sku"
acl = "Magento_Sales::actions_view"
body = { amount = "int" }

[[cron]]
name = "pull_stock"
schedule = "*/15 * * * *"
"#;

const LOCK: &str = include_str!("../../../examples/erp-bridge/integration.lock");

const WHOLE: &str =
    "<?php class Stock { public function get($sku): void {} public function SET($sku, $amount): void {} }";

const JOB: &str = "<?php\nclass PullStock { public function execute() {} }";

const RULES: [Rule; 5] =
    [Rule::ClassMissing, Rule::MethodMissing, Rule::MethodDiffers, Rule::ClassLeft, Rule::RouteParameter];

/// Findings about the user's files, with these files on disk, each with the text it points at.
fn found(text: &str, files: &[(&str, &str)]) -> Vec<(Rule, String, Diagnostic)> {
    let text = spec(text);
    let on_disk = |path: &TreePath| {
        let file = files.iter().find(|(name, _)| path.as_str() == *name);
        file.map(|(_, text)| text.as_bytes().to_vec())
    };
    let report =
        compile_onto(Source::new("integration.toml", text.as_str()), Catalog::bundled(), &on_disk).report;
    let ours = |finding: &Diagnostic| RULES.contains(&finding.rule) || finding.rule == Rule::SetupVersion;
    let found = report.diagnostics.into_iter().filter(ours).inspect(is_whole);
    found.map(|it| (it.rule, text[it.span.clone().unwrap()].to_owned(), it)).collect()
}

/// Classes that settings name are on disk, if the module is; those of Magento are in a module that it has.
#[test]
fn classes_of_settings_are_there() {
    let settings = |class: &str| {
        format!(
            "[settings]\nlabel = \"Acme ERP\"\n[[setting]]\npath = \"erp/stage\"\ntype = \"select\"\nsource_model = '{class}'\n"
        )
    };
    let registration = ("registration.php", "<?php");
    let own = settings(r"\Acme\ErpBridge\Model\Stages::all");
    let missing = found(&own, &[registration]);
    let [(Rule::ClassMissing, at, finding)] = missing.as_slice() else { panic!("{missing:#?}") };
    assert_eq!(at, r"'\Acme\ErpBridge\Model\Stages::all'");
    assert_eq!(finding.help.as_deref(), Some("add Model/Stages.php, or correct the name"));
    assert_eq!(found(&own, &[registration, ("Model/Stages.php", "<?php class Stages {}")]), []);
    let wiring = r#"<config><virtualType name="Acme\ErpBridge\Model\Stages" type="Other"/></config>"#;
    assert_eq!(found(&own, &[registration, ("etc/di.xml", wiring)]), []);
    assert_eq!(found(&own, &[]), [], "nothing is there yet");
    for class in [r"Magento\Config\Model\Config\Source\Yesno", r"Other\Module\Model\Stages", "AcmeStages"] {
        assert_eq!(found(&settings(class), &[registration]), [], "{class}");
    }
    let unknown = found(&settings(r"Magento\Confg\Model\Config\Source\Yesno"), &[]);
    assert!(matches!(unknown.as_slice(), [(Rule::ClassMissing, _, _)]), "{unknown:#?}");
    for class in [r"Magento\Config\Model\Config\Source\YesNo", r"Magento\Config\Model\Confg\Source\Yesno"] {
        let misspelt = found(&settings(class), &[]);
        let [(Rule::ClassMissing, _, finding)] = misspelt.as_slice() else {
            panic!("{class}: {misspelt:#?}")
        };
        assert_eq!(
            finding.help.as_deref(),
            Some(r"did you mean `Magento\Config\Model\Config\Source\Yesno`?")
        );
    }
    assert_eq!(
        found(&settings(r"Magento\Config\Model\Config\Source\SomethingElse"), &[]),
        [],
        "not all are known"
    );
}

/// An interface that is the user's has the methods that routes call, or the code to add is in the help.
#[test]
fn interfaces_of_the_user_have_the_methods_that_routes_call() {
    let api = "Api/StockInterface.php";
    let unmanaged = SPEC.to_owned() + "[files]\nunmanaged = [\"Api/StockInterface.php\"]\n";
    let existing = SPEC.replace("name = \"Stock\"", "name = \"Stock\"\ninterface = 'Api\\StockInterface'");
    for spec in [unmanaged.as_str(), &existing] {
        let whole = "<?php interface StockInterface { function get($sku); function SET($sku, $amount); }";
        assert_eq!(found(spec, &[(api, whole)]), []);
        let parents = "<?php interface StockInterface extends Other {}";
        assert_eq!(found(spec, &[(api, parents)]), []);
        assert_eq!(found(spec, &[]), [], "it may be elsewhere");
        let lacking = found(spec, &[(api, "<?php interface StockInterface { function get($sku); }")]);
        let [(Rule::MethodMissing, at, finding)] = lacking.as_slice() else { panic!("{lacking:#?}") };
        assert_eq!(at, "\"set\"");
        let help = finding.help.as_deref().unwrap();
        let signature = "add `public function set(string $sku, int $amount): void;` with the doc block";
        assert!(help.starts_with(signature), "{help}");
        assert!(help.contains("`@param int $amount`, `@return void`"), "{help}");
    }
    // What is generated is not compared.
    assert_eq!(found(SPEC, &[(api, "<?php interface StockInterface {}")]), []);
}

#[test]
fn parameters_of_a_path_are_those_of_the_users_method() {
    let api = "Api/StockInterface.php";
    let existing = SPEC.replace("name = \"Stock\"", "name = \"Stock\"\ninterface = 'Api\\StockInterface'");
    let php = "<?php interface StockInterface { function get($number); function set($sku, $amount); }";
    let lost = found(&existing, &[(api, php)]);
    let [(Rule::RouteParameter, at, finding)] = lost.as_slice() else { panic!("{lost:#?}") };
    assert_eq!(at, "\"GET /V1/acme/stock/:sku\"");
    assert!(finding.help.as_deref().unwrap().contains("path_only = [\"sku\"]"));
    let said = existing.replacen("acl =", "path_only = [\"sku\"]\nacl =", 1);
    assert_eq!(found(&said, &[(api, php)]), []);
    let spelled = php.replace("$number", "$stock_sku").replace("stock_sku", "stockSku");
    let said = existing.replacen(":sku\"", ":stock_sku\"", 1);
    assert_eq!(found(&said, &[(api, &spelled)]), []);
}

#[test]
fn what_is_not_written_yet_is_not_missing() {
    assert_eq!(found(SPEC, &[]), []);
    assert_eq!(found(SPEC, &[("Model/Stock.php", WHOLE), ("Cron/PullStock.php", JOB)]), []);
}

#[test]
fn a_class_that_was_deleted_is_missing() {
    let found = found(SPEC, &[("integration.lock", LOCK), ("Model/Stock.php", WHOLE)]);
    let [(Rule::ClassMissing, at, finding)] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(at, "\"pull_stock\"");
    assert_eq!(finding.message, "Cron/PullStock.php was deleted, but the module still uses its class");
}

#[test]
fn a_file_with_another_class_has_not_the_one_it_should() {
    for text in ["<?php // mine", "<?php class Stocks {}", "", "class Stock {}"] {
        let found = found(SPEC, &[("Model/Stock.php", text)]);
        let [(Rule::ClassMissing, at, finding)] = found.as_slice() else { panic!("{found:#?}") };
        assert_eq!(
            (at.as_str(), finding.message.as_str()),
            ("\"Stock\"", "Model/Stock.php does not declare the class `Stock`")
        );
    }
}

#[test]
fn a_file_with_an_open_bracket_or_quote_is_not_read_further() {
    for text in [
        "<?php $x = 'a;\nclass Stock {}",
        "<?php class Stock { public function get($sku) {",
        "<?php class Stock { f(] }",
    ] {
        let found = found(SPEC, &[("Model/Stock.php", text)]);
        let [(Rule::ClassMissing, at, finding)] = found.as_slice() else { panic!("{found:#?}") };
        assert_eq!(at, "\"Stock\"");
        assert!(finding.message.contains("a bracket or a quote is not closed"), "{}", finding.message);
    }
}

#[test]
fn a_method_that_the_class_does_not_have_is_found_where_it_is_declared() {
    for text in [
        "<?php class Stock implements StockInterface { public function get($sku): void { /* function set() {} */ } }",
        "<?php class Stock { function get($sku): void { $this->set(); } private $set; }",
    ] {
        let found = found(SPEC, &[("Model/Stock.php", text)]);
        let [(Rule::MethodMissing, at, finding)] = found.as_slice() else { panic!("{found:#?}") };
        assert_eq!(
            (at.as_str(), finding.message.as_str()),
            ("\"set\"", "Model/Stock.php has no method `set`")
        );
    }
    let found = found(SPEC, &[("Cron/PullStock.php", "<?php class PullStock { function run() {} }")]);
    let [(Rule::MethodMissing, at, _)] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(at, "\"pull_stock\"");
}

#[test]
fn methods_may_come_from_elsewhere() {
    for text in ["<?php class Stock extends Base {}", "<?php class Stock { use Stocks; }"] {
        assert_eq!(found(SPEC, &[("Model/Stock.php", text)]), []);
    }
}

#[test]
fn a_file_that_is_left_to_the_user_is_not_looked_at() {
    let text = format!("{SPEC}\n[files]\nunmanaged = [\"Model/Stock.php\"]\n");
    assert_eq!(found(&text, &[("Model/Stock.php", "<?php // elsewhere")]), []);
    let levels = format!("{SPEC}\n[rules]\nclass-missing = \"allow\"\n");
    assert_eq!(found(&levels, &[("Model/Stock.php", "<?php // mine")]), []);
}

/// The examples of the two pages, with the files that they are about.
#[test]
fn examples_do_what_they_say() {
    for rule in RULES {
        let stock = match rule {
            Rule::MethodDiffers => "<?php class Stock { function set(string $sku, int $quantity): void {} }",
            _ => "<?php class Stock { function get($sku): void {} }",
        };
        let job = ("Cron/PullStock.php", JOB);
        let files = [("integration.lock", LOCK), ("Model/Stock.php", stock), job];
        let files = if rule == Rule::ClassMissing { &files[..2] } else { &files[..] };
        for (heading, expected) in [("## Bad", true), ("## Good", false)] {
            let block = super::pages::block(rule.page(), heading).unwrap();
            let found = found(block, files);
            assert_eq!(found.iter().any(|(it, ..)| *it == rule), expected, "{rule}, {heading}: {found:#?}");
        }
    }
}

#[test]
fn setup_scripts_need_a_setup_version() {
    let module = |target: &str, keys: &str| {
        format!(
            "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\nversion = \"1.0.0\"\n{keys}[target]\nmagento = \"{target}\"\n"
        )
    };
    let script = [("Setup/UpgradeSchema.php", "<?php\n")];
    let found_with = |target: &str, keys: &str| found(&module(target, keys), &script);
    let findings = found_with("2.4.7", "");
    assert_eq!(findings.len(), 1, "{findings:#?}");
    assert_eq!((findings[0].0, findings[0].1.as_str()), (Rule::SetupVersion, "\"1.0.0\""));
    assert_eq!(found_with("2.4.7", "setup_version = \"1.0.0\"\n"), []);
    assert_eq!(found_with(">=2.2.8 <2.3.1", ""), []);
    let of_source = [("src/Setup/UpgradeSchema.php", "<?php\n")];
    assert_eq!(found(&module("2.4.7", "source = \"src\"\n"), &of_source).len(), 1);
}
