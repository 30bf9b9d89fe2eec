//! Faults in the two forms of integrations, and what check and import say of them.

use magespec::diag::{Diagnostic, Rule};

use crate::support::modules::{
    API, CONFIG, INSTALL, INTEGRATION, MODULE, checked, imported, legacy, module, nodes,
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
    let events = "<config><event name=\"sales_order_place_after\"><observer name=\"x\" instance=\"Other\\Module\\X\"/></event></config>";
    let dir = module(&[
        ("etc/events.xml", events),
        ("etc/module.xml", &MODULE.replace("<module name=\"Magento_Sales\"/>", "")),
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
