//! Faults in the two forms of integrations, and what check and import say of them.

use std::collections::HashSet;

use magespec::diag::{Diagnostic, Rule};

use crate::support::modules::{
    API, COMPOSER, CONFIG, INSTALL, INTEGRATION, MODULE, checked, imported, legacy, module, nodes,
};

/// The pair gets no ancestors, so all of them are listed.
#[test]
fn the_pair_is_checked_as_a_pair() {
    let rules = |api: &str| {
        let dir = legacy(&[
            ("etc/integration/api.xml", api),
            ("etc/module.xml", &MODULE.replace("Bridge\"", "Bridge\" setup_version=\"1.0.0\"")),
        ]);
        let reports = checked(dir.path());
        let findings: Vec<Diagnostic> = reports.into_iter().flat_map(|it| it.diagnostics).collect();
        let quiet = [Rule::BearerTokenRefused, Rule::ReleaseNotVerified];
        findings.into_iter().filter(|it| !quiet.contains(&it.rule)).collect::<Vec<_>>()
    };
    let of = |rules: &[Diagnostic]| rules.iter().map(|it| it.rule).collect::<Vec<_>>();
    let all = API.replace(
        "<resource name=\"Magento_Sales::actions_view\"/>",
        "<resource name=\"Magento_Sales::sales\"/><resource name=\"Magento_Sales::actions_view\"/>",
    );
    assert_eq!(of(&rules(&all)), [Rule::LegacyFormat]);
    let alone = API.replace("Magento_Sales::actions_view", "Magento_Backend::all");
    assert_eq!(of(&rules(&alone)), [Rule::LegacyFormat, Rule::BroadGrant]);
    // What one finding says of a root, the other does not contradict.
    let both = API.replace("<resources>", "<resources><resource name=\"Magento_Backend::all\"/>");
    let found = rules(&both);
    assert_eq!(of(&found), [Rule::LegacyFormat, Rule::RootResource]);
    let texts: Vec<String> = found.iter().map(Diagnostic::text).collect();
    assert!(
        texts[0].contains("which grants nothing beside others") || texts[0].contains("also grants"),
        "{texts:#?}"
    );
    assert!(!texts[0].contains("no longer grants") && texts[1].contains("grants nothing here"), "{texts:#?}");
}

#[test]
fn integrations_of_both_forms_are_checked_each_in_its_own() {
    let config = CONFIG.replace("Acme ERP", "Acme Old");
    let api = API
        .replace("Acme ERP", "Acme Old")
        .replace("<resources>", "<resources><resource name=\"Magento_Sales::sales\"/>");
    let consolidated =
        INTEGRATION.replace("<resources>", "<resources>\n<resource name=\"Magento_Sales::sales\"/>");
    let install = INSTALL.replace("Acme ERP", "Acme Old");
    let files = [
        ("etc/integration/config.xml", config.as_str()),
        ("etc/integration/api.xml", &api),
        ("etc/integration.xml", &consolidated),
        ("Setup/InstallData.php", &install),
    ];
    let reports = checked(module(&files).path());
    let implied = |file: &str| {
        let report = reports.iter().find(|report| report.source.name == file).unwrap();
        report.diagnostics.iter().filter(|it| it.rule == Rule::ImpliedResource).count()
    };
    assert_eq!((implied("etc/integration.xml"), implied("etc/integration/api.xml")), (1, 0));
}

#[test]
fn php_of_the_module_may_create_what_the_pair_declares() {
    for php in [
        "<?php $this->m->processConfigBasedIntegrations($all);",
        "<?php use Magento\\Integration\\Api\\IntegrationServiceInterface as S; $this->s->create(['name' => 'Acme ERP']);",
        "<?php use Magento\\Integration\\Model\\IntegrationFactory; $this->f->create()->setData($d)->save();",
        "<?php $c->insert($setup->getTable('integration'), ['name' => 'Acme ERP']);",
    ] {
        let dir = legacy(&[("Setup/InstallData.php", "<?php\n"), ("Model/Install.php", php)]);
        let reports = checked(dir.path());
        assert!(
            reports.iter().flat_map(|it| &it.diagnostics).all(|it| it.rule != Rule::NeverCreated),
            "{php}"
        );
    }
    let dir = legacy(&[("Setup/InstallData.php", "<?php\n")]);
    assert!(
        checked(dir.path()).iter().flat_map(|it| &it.diagnostics).any(|it| it.rule == Rule::NeverCreated)
    );
}

/// Import says what it changes, check does not.
#[test]
fn findings_about_importing_appear_with_import_only() {
    let events = "<config><event name=\"sales_order_place_after\"><observer name=\"x\"/></event></config>";
    let dir = module(&[
        ("etc/events.xml", events),
        ("composer.json", &COMPOSER.replace("\"type\": \"magento2-module\",", "")),
    ]);
    let about = |it: &Diagnostic| matches!(it.rule, Rule::NotCarried | Rule::DerivedDiffers);
    assert!(!checked(dir.path()).iter().flat_map(|it| &it.diagnostics).any(about));
    let imported = imported(dir.path(), None);
    assert_eq!(imported.reports.iter().flat_map(|it| &it.diagnostics).filter(|it| about(it)).count(), 2);
}

/// A file that a spec can say is carried, whatever is wrong with another one.
#[test]
fn a_fault_elsewhere_does_not_keep_a_file_from_being_imported() {
    let csp = "<csp_whitelist><policies><policy id=\"img-src\"><values><value id=\"a\" type=\"host\">https://a.acme.com</value></values></policy></policies></csp_whitelist>";
    let bad = INTEGRATION.replace("erp@acme.com", "erp");
    let acl = nodes("<resource id=\"Acme_ErpBridge::x\" title=\"X\"/>");
    let dir = module(&[("etc/integration.xml", &bad), ("etc/acl.xml", &acl), ("etc/csp_whitelist.xml", csp)]);
    let told = imported(dir.path(), None);
    assert!(told.reports.iter().flat_map(|it| &it.diagnostics).all(|it| it.rule != Rule::NotCarried));
    assert!(told.spec.unwrap().contains("[csp]"));
}

/// Help for XML names elements and attributes, not keys of specs.
#[test]
fn no_help_speaks_of_specs() {
    let system = "<config><system><section id=\"acme\" showInDefault=\"1\"><label>Acme</label><tab>servic</tab><group id=\"main\">\
        <field id=\"key\" type=\"obscure\"/><field id=\"key\" type=\"text\"><depends><field id=\"nope\">1</field><field id=\"sel\">c</field></depends></field>\
        <field id=\"sel\" type=\"select\"><options><option label=\"A\">a</option></options></field>\
        <field id=\"txt\" type=\"textarea\"><options><option label=\"A\">a</option></options></field>\
        <field id=\"num\" type=\"text\"><validate>digits-range-9-1</validate></field></group></section>\
        <section id=\"sales\" showInDefault=\"1\"><label>Sales</label></section><section id=\"nowhere\"/></system></config>";
    let config =
        "<config><default><acme><main><key>x</key><sel>b</sel><num>x</num></main></acme></default></config>";
    let resource = |id: &str| format!("<resource name=\"{id}\"/>");
    let ids = [
        "Magento_Backend::admin",
        "Magento_Sales::nope",
        "Acme_ErpBridge::nope",
        "Other_Vendor::x",
        "a/**",
        "Magento_AsynchronousOperations::system_magento_logging_bulk_operations",
    ];
    let integration = INTEGRATION
        .replace("<resources>", &format!("<resources>{}", ids.map(resource).concat()))
        .replace("erp@acme.com", "erp")
        .replace("</email>", "</email><endpoint_url>erp</endpoint_url>");
    let none = "<integration name=\"B\"><email>b@acme.com</email><endpoint_url>erp.acme.com</endpoint_url></integration></config>";
    let integration = integration.replace("</config>", none);
    let acl = nodes(
        "<resource id=\"Acme_ErpBridge::x\"/><resource id=\"Other::y\" title=\"Yyy\"/><resource id=\"Acme_ErpBridge::z\" title=\"Zzz\"><resource id=\"Acme_ErpBridge::z\" title=\"Zzz\"/></resource><resource id=\"Magento_Sales::slaes\"><resource id=\"Acme_ErpBridge::w\" title=\"W\"/></resource>",
    );
    let composer = COMPOSER
        .replace("\"proprietary\"", "[\"MIT\", \"(x;y)\"], \"keywords\": \"erp\", \"homepage\": \"x\"")
        .replace("\"1.0.0\"", "\"v1\"")
        .replace("\"103.0.*\"", "\"102.0.7\"")
        .replace(
            "\"require\": {",
            "\"repositories\": [{ \"url\": \"https://user:pw@acme.com\" }], \"require\": {",
        );
    let old = COMPOSER.replace("103.0.*", "101.0.*").replace("100.4.*", "100.2.*");
    let old = old.replace("~8.1.0||~8.2.0||~8.3.0||~8.4.0", "~7.0.13||~7.1.0");
    let csp = "<csp_whitelist><policies><policy id=\"script-src\"><values><value id=\"a\" type=\"host\">*</value><value id=\"b\" type=\"host\">none</value><value id=\"c\" type=\"host\">a b</value></values></policy></policies></csp_whitelist>";
    let menu = "<config><menu><add id=\"Acme_ErpBridge::a\" title=\"Acme\" module=\"Acme_ErpBridge\" parent=\"Acme::nope\" resource=\"Acme_ErpBridge::nope\"/></menu></config>";
    let webapi = "<routes><route url=\"/V1/acme/:list/:id\" method=\"GET\"><service class=\"Acme\\ErpBridge\\Api\\StockInterface\" method=\"get\"/><resources><resource ref=\"self\"/></resources></route>\
        <route url=\"/V1/products/:sku\" method=\"PATCH\"><service class=\"Acme\\ErpBridge\\Api\\StockInterface\" method=\"set\"/><resources><resource ref=\"anonymus\"/><resource ref=\"A::b, C::d\"/></resources></route></routes>";
    let php = r"<?php
namespace Acme\ErpBridge\Api;
interface StockInterface
{
    /** x
     * @param string[] $list
     * @return \Magento\Framework\Nope
     */
    public function get($list, $id);

    /** @return \Magento\Sales\Api\Data\NopeInterface */
    public function set(string|int $sku, array $a);
}
";
    let events = "<config><event name=\"acme_2_after\"><observer name=\"inventory\" instance=\"Acme\\ErpBridge\\Nope\"/></event></config>";
    let module_xml = MODULE.replace("Magento_Sales", "magento_sales");
    let files = [
        ("etc/adminhtml/system.xml", system),
        ("etc/config.xml", config),
        ("etc/integration.xml", &integration),
        ("etc/acl.xml", &acl),
        ("etc/csp_whitelist.xml", csp),
        ("etc/adminhtml/menu.xml", menu),
        ("etc/webapi.xml", webapi),
        ("Api/StockInterface.php", php),
        ("etc/events.xml", events),
        ("etc/module.xml", &module_xml),
        ("composer.json", &composer),
    ];
    let config = CONFIG.replace("erp@acme.com", "x");
    let api = API.replace(
        "<resources>",
        "<resources><resource name=\"Magento_Backend::all\"/><resource name=\"Acme_ErpBridge::nope\"/>",
    );
    let pair = [("etc/integration/config.xml", config.as_str()), ("etc/integration/api.xml", &api)];
    let mut rules = HashSet::new();
    let digits = [("composer.json", old.as_str()), ("etc/events.xml", events)];
    for dir in [module(&files), module(&pair), module(&digits)] {
        for finding in checked(dir.path()).into_iter().flat_map(|it| it.diagnostics) {
            let text = finding.text();
            let speaks = [
                "[[",
                "[rules]",
                "[module]",
                "[settings]",
                "[csp]",
                " = \"",
                " = [",
                " = {",
                "the target:",
                "a spec",
                "the spec",
                "`body`",
                "of type \"",
                "or target",
            ];
            assert!(!speaks.iter().any(|it| text.contains(it)), "{finding:#?}");
            rules.insert(finding.rule);
        }
    }
    assert!(rules.len() >= 30, "{rules:?}");
}
