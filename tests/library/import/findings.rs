//! Findings in existing modules and their places.

use magespec::diag::{Diagnostic, Level, Rule};

use crate::support::modules::{
    API, COMPOSER, CONFIG, INTEGRATION, MODULE, REGISTRATION, findings, finds, imported, legacy, module,
    worse_than_notes,
};

#[test]
fn a_module_that_a_spec_says_in_full_has_no_findings() {
    let dir = module(&[]);
    let told = imported(dir.path(), None);
    assert_eq!(worse_than_notes(&told), []);
    let rules: Vec<Rule> = findings(&told).iter().map(|(_, finding)| finding.rule).collect();
    assert_eq!(rules, [Rule::BearerTokenRefused, Rule::ReleaseNotVerified]);
}

#[test]
fn rules_of_specs_find_at_the_line_of_the_xml() {
    let bad = INTEGRATION
        .replace("erp@acme.com", "erp@acme")
        .replace("Magento_Sales::actions_view", "Magento_Sales::nope");
    let dir = module(&[("etc/integration.xml", &bad)]);
    let told = imported(dir.path(), None);
    assert_eq!(finds(&told, Rule::EmailFormat).1, "erp@acme");
    let (file, marked, finding) = finds(&told, Rule::UnknownResource);
    assert_eq!((file, marked), ("etc/integration.xml", "\"Magento_Sales::nope\""));
    assert!(finding.fix.is_none(), "fixes are for TOML");
    let report = told.reports.iter().find(|report| report.source.name == file).unwrap();
    let position = report.source.position(finding.span.clone().unwrap().start);
    assert_eq!((position.line, position.column), (6, 28));
}

#[test]
fn apostrophes_are_found_in_both_forms() {
    let name = "Acme's ERP";
    let dir = module(&[("etc/integration.xml", &INTEGRATION.replace("Acme ERP", name))]);
    let told = imported(dir.path(), None);
    let (file, marked, _) = finds(&told, Rule::NameApostrophe);
    assert_eq!((file, marked), ("etc/integration.xml", "\"Acme's ERP\""));
    let pair = [("etc/integration/config.xml", CONFIG), ("etc/integration/api.xml", API)];
    let pair = pair.map(|(path, text)| (path, text.replace("Acme ERP", name)));
    let dir = legacy(&[(pair[0].0, &pair[0].1), (pair[1].0, &pair[1].1)]);
    let told = imported(dir.path(), None);
    let (file, marked, _) = finds(&told, Rule::NameApostrophe);
    assert_eq!((file, marked), ("etc/integration/config.xml", "\"Acme's ERP\""));
}

#[test]
fn schemas_of_magento_are_held() {
    for (path, text, marked) in [
        ("etc/module.xml", MODULE.replace("config", "modules"), "<modules"),
        ("etc/module.xml", MODULE.replace("<module name=\"Acme_ErpBridge\">", "<module name=\"Acme_ErpBridge\" active=\"true\">"), "\"true\""),
        ("etc/module.xml", MODULE.replace("</sequence>", "</sequence><sequence/>"), "<sequence/>"),
        ("etc/module.xml", MODULE.replace("<sequence>", "").replace("</sequence>", ""), "<module name=\"Magento_Integration\"/>"),
        ("etc/integration.xml", INTEGRATION.replace("<resources>", "<resource>").replace("</resources>", "</resource>"), "<resource>"),
        ("etc/integration.xml", INTEGRATION.replace("<email>", "<email>a@b.co</email><email>"), "<email>"),
        ("etc/integration.xml", INTEGRATION.replace("<resources>", "text<resources>"), "text"),
        ("etc/acl.xml", "<config><acl><resources><resource id='Magento_Backend::admin'><resource id='Acme_ErpBridge::x' titel='Xyz'/></resource></resources></acl></config>".to_owned(), "'Xyz'"),
    ] {
        let dir = module(&[(path, &text)]);
        let told = imported(dir.path(), None);
        let all = findings(&told);
        let found = all.iter().find(|(_, finding)| finding.rule == Rule::XmlNotAccepted);
        let (source, finding) = found.unwrap_or_else(|| panic!("{path}: {text}"));
        assert!(source.slice(&finding.span.clone().unwrap()).trim_start().starts_with(marked), "{path}: {finding:?}");
    }
    let swapped = CONFIG.replace("<email>", "<endpoint_url>https://a.com/x</endpoint_url><email>");
    let dir = legacy(&[("etc/integration/config.xml", &swapped)]);
    assert_eq!(finds(&imported(dir.path(), None), Rule::XmlNotAccepted).1, "<email>");
    // In etc/integration.xml the order does not matter.
    let swapped = INTEGRATION.replace("<email>", "<endpoint_url>https://a.com/x</endpoint_url><email>");
    let dir = module(&[("etc/integration.xml", &swapped)]);
    assert_eq!(worse_than_notes(&imported(dir.path(), None)), []);
}

#[test]
fn values_are_looked_at_as_they_are_written() {
    let text = INTEGRATION
        .replace("erp@acme.com", "\n  erp@acme.com\n ")
        .replace("</email>", "</email>\n        <endpoint_url></endpoint_url>\n        <identity_link_url/>");
    let dir = module(&[("etc/integration.xml", &text)]);
    let told = imported(dir.path(), None);
    assert_eq!(worse_than_notes(&told), [Rule::EmptyElement, Rule::EmptyElement, Rule::PaddedValue]);
    let spec = told.spec.unwrap();
    assert!(spec.contains("email = \"erp@acme.com\"") && !spec.contains("_url"), "{spec}");
}

#[test]
fn names_have_to_agree() {
    let other = REGISTRATION.replace("Acme_ErpBridge", "Acme_Erp");
    let told = imported(module(&[("registration.php", &other)]).path(), None);
    assert_eq!(finds(&told, Rule::NameMismatch).1, "'Acme_Erp'");
    let other = COMPOSER.replace("Acme\\\\ErpBridge", "acme\\\\ErpBridge");
    let told = imported(module(&[("composer.json", &other)]).path(), None);
    assert_eq!(finds(&told, Rule::NameMismatch).2.level, Level::Warning);
    let other = MODULE.replace("Acme_ErpBridge", "AcmeErpBridge");
    let told = imported(module(&[("etc/module.xml", &other)]).path(), None);
    assert_eq!(finds(&told, Rule::ModuleName).1, "\"AcmeErpBridge\"");
    assert!(told.spec.unwrap().contains("name = \"Acme_ErpBridge\""));
}

#[test]
fn the_pair_has_to_name_the_same() {
    // Its setup script has no `setup_version`.
    let told = imported(legacy(&[]).path(), None);
    assert_eq!(worse_than_notes(&told), [Rule::SetupVersion]);
    let other = API.replace("Acme ERP", "acme ERP");
    let told = imported(legacy(&[("etc/integration/api.xml", &other)]).path(), None);
    assert_eq!(finds(&told, Rule::LegacyNamesDiffer).1, "\"acme ERP\"");
    assert!(told.spec.unwrap().contains("Magento_Sales::actions_view"));
    let other = API.replace("Acme ERP", "Other");
    let told = imported(legacy(&[("etc/integration/api.xml", &other)]).path(), None);
    let found = worse_than_notes(&told);
    assert_eq!(found.iter().filter(|rule| **rule == Rule::LegacyNamesDiffer).count(), 2, "{found:?}");
}

#[test]
fn a_script_has_to_create_what_the_pair_declares() {
    for (script, is_created) in [
        ("<?php $this->m->processIntegrationConfig(['Acme ERP']);", true),
        ("<?php $this->m->processIntegrationConfig($names);", true),
        ("<?php $this->m->processConfigBasedIntegrations($all);", true),
        ("<?php $this->m->processIntegrationConfig(['acme ERP']);", false),
        ("<?php // $this->m->processIntegrationConfig(['Acme ERP']);", false),
    ] {
        let told = imported(legacy(&[("Setup/InstallData.php", script)]).path(), None);
        assert_eq!(!worse_than_notes(&told).contains(&Rule::NeverCreated), is_created, "{script}");
    }
}

#[test]
fn changes_by_moving_to_the_consolidated_form_are_reported() {
    let reason = |api: &str, target: &str| {
        let dir = legacy(&[("etc/integration/api.xml", api)]);
        let told = imported(dir.path(), Some(target));
        finds(&told, Rule::LegacyFormat).2.reason.clone().unwrap()
    };
    let said = reason(API, "2.4.7");
    assert!(said.contains("`Magento_Sales::actions`") && said.contains("resets it"), "{said}");
    let resource = |id: &str| format!("<resource name=\"{id}\"/>");
    let chain = ["sales", "sales_operation", "sales_order", "actions", "actions_view"];
    let chain: String = chain.iter().map(|id| resource(&format!("Magento_Sales::{id}"))).collect();
    let whole = API.replace(&resource("Magento_Sales::actions_view"), &chain);
    let said = reason(&whole, "2.4.7");
    assert!(said.contains("leaves the integration and its tokens alone"), "{said}");
    assert!(reason(&whole, "2.3.0").contains("at every setup:upgrade"));
    let script =
        "<?php\n$this->m->processIntegrationConfig(['Acme ERP']);\n$db->update('x', ['setup_type' => 2]);\n";
    let dir = legacy(&[("etc/integration/api.xml", &whole), ("Setup/InstallData.php", script)]);
    let told = imported(dir.path(), Some("2.4.7"));
    let said = finds(&told, Rule::LegacyFormat).2.reason.clone().unwrap();
    assert!(said.contains("cannot be known: Setup/InstallData.php:3 sets setup_type"), "{said}");
    // A name that no release has was never stored, and is not asked for.
    let unknown = whole.replace(
        "Magento_Sales::sales_operation\"/>",
        "Magento_Sales::sales_operation\"/><resource name=\"Magento_Log::online\"/>",
    );
    assert!(reason(&unknown, "2.4.7").contains("finds no difference"));
    let everything = API.replace("Magento_Sales::actions_view", "Magento_Backend::all");
    let told = imported(legacy(&[("etc/integration/api.xml", &everything)]).path(), Some("2.4.7-p6"));
    assert!(finds(&told, Rule::LegacyFormat).2.reason.as_deref().unwrap().contains("whatever it lists"));
    assert!(told.spec.unwrap().contains("\"Magento_Backend::admin/**\""));
    // 2.0 has nothing else.
    let told = imported(legacy(&[]).path(), Some("2.0.*"));
    assert!(findings(&told).iter().all(|(_, finding)| finding.rule != Rule::LegacyFormat));
    assert!(!told.spec.unwrap().contains("become"));
}

#[test]
fn requirements_that_no_release_meets_are_found_and_kept() {
    let other = COMPOSER.replace(
        "\"103.0.*\",\n        \"magento/module-integration\"",
        "\"2.0.0\",\n        \"magento/module-integration\"",
    );
    let told = imported(module(&[("composer.json", &other)]).path(), None);
    assert_eq!(finds(&told, Rule::RequirementMatchesNothing).1, "\"2.0.0\"");
    let spec = told.spec.unwrap();
    assert!(
        spec.contains("\"magento/framework\" = \"2.0.0\"") && spec.contains("not-installable = \"warn\""),
        "{spec}"
    );
}

#[test]
fn setup_version_is_there_where_it_is_needed() {
    let version =
        |version: &str| MODULE.replace("\"Acme_ErpBridge\"", &format!("\"Acme_ErpBridge\"{version}"));
    let malformed = version(" setup_version=\"v1.0\"");
    let (_, marked, finding) = finds_owned(&[("etc/module.xml", &malformed)], None);
    assert_eq!((marked.as_str(), finding.help.as_deref()), ("\"v1.0\"", Some("write \"1.0\"")));

    let (_, _, finding) = finds_owned(&[], Some(">=2.2.8 <2.3.2"));
    assert_eq!(finding.message, "module.xml has no `setup_version`, which 2.2.8..2.2.11 needs");
    let old = COMPOSER.replace("103.0.*", "101.0.* || 103.0.*");
    let (_, _, finding) = finds_owned(&[("composer.json", &old)], None);
    assert_eq!(finding.message, "module.xml has no `setup_version`, which 2.2.0..2.2.11 needs");

    let script = ("Setup/UpgradeSchema.php", "<?php\n");
    let (_, _, finding) = finds_owned(&[script], None);
    assert_eq!(finding.level, Level::Warning);
    assert!(finding.message.starts_with("Setup/UpgradeSchema.php never runs"), "{}", finding.message);

    let valid = version(" setup_version=\"1.0.0\"");
    for files in [vec![("etc/module.xml", valid.as_str()), script], Vec::new()] {
        let told = imported(module(&files).path(), None);
        assert!(findings(&told).iter().all(|(_, finding)| finding.rule != Rule::SetupVersion));
    }
}

/// The finding of `setup-version` in a module with these files, with the file and the text that it is at.
fn finds_owned(files: &[(&str, &str)], target: Option<&str>) -> (String, String, Diagnostic) {
    let told = imported(module(files).path(), target);
    let (file, marked, finding) = finds(&told, Rule::SetupVersion);
    (file.to_owned(), marked.to_owned(), finding.clone())
}

#[test]
fn urls_with_other_schemes_or_credentials_are_errors() {
    for (url, rule) in
        [("javascript:alert(1)", Rule::UrlScheme), ("https://user:pw@acme.com/", Rule::UrlCredentials)]
    {
        for key in ["identity_link_url", "endpoint_url"] {
            let other = if key == "endpoint_url" { "identity_link_url" } else { "endpoint_url" };
            let urls = format!("</email><{key}>{url}</{key}><{other}>https://acme.com/</{other}>");
            let dir = module(&[("etc/integration.xml", &INTEGRATION.replace("</email>", &urls))]);
            let told = imported(dir.path(), None);
            let (file, marked, finding) = finds(&told, rule);
            assert_eq!((file, marked, finding.level), ("etc/integration.xml", url, Level::Error));
        }
    }
    let homepage = COMPOSER.replacen('{', "{\"homepage\": \"https://user:pw@acme.com/\",", 1);
    let told = imported(module(&[("composer.json", &homepage)]).path(), None);
    let (file, ..) = finds(&told, Rule::UrlCredentials);
    assert_eq!(file, "composer.json");
}
