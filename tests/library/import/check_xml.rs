//! Faults in the XML of modules without a spec, whether or not import could carry the file.

use magespec::diag::{Diagnostic, Rule};

use crate::support::modules::{COMPOSER, INTEGRATION, MODULE, checked, found, module, nodes, place};

/// The finding of a rule in a module with these files.
#[track_caller]
fn finding(files: &[(&str, &str)], rule: Rule) -> Diagnostic {
    let reports = checked(module(files).path());
    let mut all = reports.into_iter().flat_map(|report| report.diagnostics);
    all.find(|it| it.rule == rule).unwrap_or_else(|| panic!("{rule}"))
}

#[test]
fn acl_xml() {
    for (text, expected) in [
        (
            "<resource id=\"Acme_ErpBridge::x\"/>",
            Some((Rule::AclTitle, "<resource id=\"Acme_ErpBridge::x\"/>")),
        ),
        ("<resource id=\"Acme_ErpBridge::x\" title=\"X\"/>", Some((Rule::AclTitle, "\"X\""))),
        (
            "<resource id=\"Magento_Backend::stores\"><resource id=\"Magento_Sales::sales\"/></resource>",
            Some((Rule::AclParent, "\"Magento_Sales::sales\"")),
        ),
        (
            "<resource id=\"Magento_Sales::sales_order\"/>",
            Some((Rule::AclParent, "\"Magento_Sales::sales_order\"")),
        ),
        (
            "<resource id=\"Magento_Sales::sales\"/><resource id=\"Magento_Sales::sales\"/>",
            Some((Rule::AclDuplicate, "\"Magento_Sales::sales\"")),
        ),
        (
            "<resource id=\"Acme_ErpBridge::x\" title=\"Xyz\"/><resource id=\"Acme_ErpBridge::x\" title=\"Xyz\"/>",
            Some((Rule::AclDuplicate, "\"Acme_ErpBridge::x\"")),
        ),
        (
            "<resource id=\"Magento_Sales::slaes\"><resource id=\"Acme_ErpBridge::x\" title=\"Xyz\"/></resource>",
            Some((Rule::AclParent, "\"Magento_Sales::slaes\"")),
        ),
        (
            "<resource id=\"Acme_ErpBridge::x\" title=\"Xyz\" sortOrder=\"ten\"/>",
            Some((Rule::XmlNotAccepted, "\"ten\"")),
        ),
        ("<resource id=\"Acme_ErpBridge::x\" title=\"Xyz\" sortOrder=\"10\"/>", None),
        (
            "<resource id=\"Magento_Sales::sales\"><resource id=\"Magento_Sales::sales_operation\"><resource id=\"Acme_ErpBridge::x\" title=\"Xyz\"/></resource></resource>",
            None,
        ),
        // What another vendor's module has there is not known.
        ("<resource id=\"Other_Vendor::x\"/>", None),
    ] {
        let expected: Vec<_> =
            expected.into_iter().map(|(rule, marked)| place("etc/acl.xml", 2, rule, marked)).collect();
        assert_eq!(found(&[("etc/acl.xml", &nodes(text))]), expected, "{text}");
    }
    let moved =
        nodes("<resource id=\"Magento_Backend::stores\"><resource id=\"Magento_Sales::sales\"/></resource>");
    let moved = finding(&[("etc/acl.xml", &moved)], Rule::AclParent);
    assert_eq!(moved.help.as_deref(), Some("put it into <resource id=\"Magento_Backend::admin\">"));
}

#[test]
fn what_the_module_disables_cannot_be_requested() {
    let acl = nodes("<resource id=\"Acme_ErpBridge::off\" title=\"Off\" disabled=\"true\"/>");
    let integration =
        INTEGRATION.replace("<resources>", "<resources><resource name=\"Acme_ErpBridge::off\"/>");
    assert_eq!(
        found(&[("etc/acl.xml", &acl), ("etc/integration.xml", &integration)]),
        [place("etc/integration.xml", 5, Rule::DisabledResource, "\"Acme_ErpBridge::off\"")]
    );
}

/// A fault in one file is found beside faults in others, even if those cannot be read at all.
#[test]
fn files_are_checked_on_their_own() {
    let acl = nodes("<resource id=\"Acme_ErpBridge::x\"/>");
    let csp = "<csp_whitelist><policies><policy id=\"script-src\"><values>\n<value id=\"a\" type=\"host\">*</value>\n<value id=\"b\" type=\"hash\" algorithm=\"sha256\">47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=</value></values></policy></policies></csp_whitelist>";
    let files =
        [("etc/acl.xml", acl.as_str()), ("etc/integration.xml", "<config>"), ("etc/csp_whitelist.xml", csp)];
    let found = found(&files);
    assert!(
        found.contains(&place("etc/acl.xml", 2, Rule::AclTitle, "<resource id=\"Acme_ErpBridge::x\"/>")),
        "{found:#?}"
    );
    assert!(found.contains(&place("etc/csp_whitelist.xml", 2, Rule::CspOpen, "*")), "{found:#?}");
    assert!(found.iter().any(|(place, _)| place.ends_with("xml-unreadable")), "{found:#?}");
    assert_eq!(found.len(), 3, "{found:#?}");
}

#[test]
fn hashes_of_csp_whitelist_xml() {
    let hash = |attributes: &str, digest: &str| {
        let csp = format!(
            "<csp_whitelist><policies><policy id=\"script-src\"><values>\n<value id=\"b\" type=\"hash\" {attributes}>{digest}</value></values></policy></policies></csp_whitelist>"
        );
        found(&[("etc/csp_whitelist.xml", &csp)])
    };
    let digest = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    assert_eq!(hash("algorithm=\"sha256\"", digest), []);
    let cut = place("etc/csp_whitelist.xml", 2, Rule::InvalidValue, "47DE=");
    assert_eq!(hash("algorithm=\"sha256\"", "47DE="), [cut]);
    let other = place("etc/csp_whitelist.xml", 2, Rule::InvalidValue, digest);
    assert_eq!(hash("algorithm=\"sha384\"", digest), [other]);
    let old = place("etc/csp_whitelist.xml", 2, Rule::InvalidValue, "\"sha1\"");
    assert!(hash("algorithm=\"sha1\"", digest).contains(&old));
}

#[test]
fn menu_xml() {
    let menu = |entries: &str| format!("<config><menu>\n{entries}\n</menu></config>");
    let entry = "<add id=\"Acme_ErpBridge::a\" title=\"Acme\" module=\"Acme_ErpBridge\" parent=\"Magento_Backend::stores_settings\" resource=\"Magento_Sales::sales\"/>";
    for (from, to, rule, marked) in [
        ("Magento_Sales::sales", "Acme_ErpBridge::nope", Rule::UnknownResource, "\"Acme_ErpBridge::nope\""),
        ("Magento_Sales::sales", "Magento_Sales::nope", Rule::UnknownResource, "\"Magento_Sales::nope\""),
        ("Magento_Sales::sales", "Other_Vendor::x", Rule::UnverifiableResource, "\"Other_Vendor::x\""),
        ("stores_settings", "stores_setings", Rule::UnknownPlace, "\"Magento_Backend::stores_setings\""),
        ("Acme_ErpBridge::a", "Magento_Backend::stores", Rule::NameTaken, "\"Magento_Backend::stores\""),
        ("title=\"Acme\"", "title=\"A\"", Rule::XmlNotAccepted, "\"A\""),
        (
            "/>",
            "/><add id=\"Acme_ErpBridge::a\" title=\"Acme\" module=\"Acme_ErpBridge\" parent=\"Acme_ErpBridge::a\" resource=\"Magento_Sales::sales\"/>",
            Rule::DeclaredTwice,
            "\"Acme_ErpBridge::a\"",
        ),
        ("<add", "<ad", Rule::XmlNotAccepted, "<ad"),
    ] {
        let text = menu(&entry.replacen(from, to, 1));
        let found = found(&[("etc/adminhtml/menu.xml", &text)]);
        let [(at, slice)] = found.as_slice() else { panic!("{to}: {found:#?}") };
        assert_eq!(at, &format!("etc/adminhtml/menu.xml:2 {rule}"));
        assert!(slice.starts_with(marked), "{slice}");
    }
    assert_eq!(found(&[("etc/adminhtml/menu.xml", &menu(entry))]), []);
    // Administrators are meant for what an entry needs.
    let acl = nodes("<resource id=\"Acme_ErpBridge::x\" title=\"Xyz\"/>");
    let text = menu(&entry.replace("Magento_Sales::sales", "Acme_ErpBridge::x"));
    let reports = checked(module(&[("etc/acl.xml", &acl), ("etc/adminhtml/menu.xml", &text)]).path());
    assert!(reports.iter().flat_map(|it| &it.diagnostics).all(|it| it.rule != Rule::AclUnused));
}

#[test]
fn csp_whitelist_xml() {
    let csp = |directive: &str, value: &str| {
        format!(
            "<csp_whitelist><policies><policy id=\"{directive}\"><values>\n{value}\n</values></policy></policies></csp_whitelist>"
        )
    };
    let host = |host: &str| format!("<value id=\"a\" type=\"host\">{host}</value>");
    let file = "etc/csp_whitelist.xml";
    for (directive, value, line, rule, marked) in [
        ("script-src", host("*"), 2, Rule::CspOpen, "*"),
        ("connect-src", host("https:"), 2, Rule::CspOpen, "https:"),
        ("connect-src", host("*.com"), 2, Rule::CspOpen, "*.com"),
        ("script-src", host("self"), 2, Rule::InvalidValue, "self"),
        ("script-src", host("a b"), 2, Rule::InvalidValue, "a b"),
        ("image-src", host("https://acme.com"), 1, Rule::InvalidValue, "\"image-src\""),
        (
            "img-src",
            format!("{}{}", host("https://a.acme.com"), host("https://b.acme.com")),
            2,
            Rule::DeclaredTwice,
            "\"a\"",
        ),
        (
            "script-src",
            "<value id=\"a\" type=\"nonce\">x</value>".to_owned(),
            2,
            Rule::XmlNotAccepted,
            "\"nonce\"",
        ),
        (
            "script-src",
            "<value id=\"a\" type=\"hash\">x</value>".to_owned(),
            2,
            Rule::InvalidValue,
            "<value id=\"a\" type=\"hash\">",
        ),
        (
            "script-src",
            "<value id=\"a\">https://acme.com</value>".to_owned(),
            2,
            Rule::XmlNotAccepted,
            "<value id=\"a\">",
        ),
    ] {
        let text = csp(directive, &value);
        assert_eq!(found(&[(file, &text)]), [place(file, line, rule, marked)], "{value}");
    }
    for (directive, value) in [
        ("script-src", "<value id=\"a\" type=\"hash\" algorithm=\"sha256\">47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=</value>".to_owned()),
        ("script-src", host("'self'")),
        ("worker-src", host("https://acme.com")),
        ("img-src", host("*.acme.com")),
    ] {
        assert_eq!(found(&[(file, &csp(directive, &value))]), [], "{value}");
    }
}

#[test]
fn composer_json_and_module_xml() {
    let require = |more: &str| {
        COMPOSER.replace("\"magento/framework\"", &format!("{more},\n        \"magento/framework\""))
    };
    for (more, line, rule, marked) in [
        ("\"magento/module-nope\": \"*\"", 9, Rule::NotInstallable, "\"*\""),
        ("\"acme/module-erp-bridge\": \"*\"", 9, Rule::RequiresItself, "\"*\""),
        ("\"magento/module-catalog\": \"!!\"", 9, Rule::RequireSyntax, "!!"),
    ] {
        let text = require(more);
        let found = found(&[("composer.json", &text)]);
        let [(at, slice)] = found.as_slice() else { panic!("{more}: {found:#?}") };
        assert_eq!(at, &format!("composer.json:{line} {rule}"));
        assert!(slice.contains(marked), "{slice}");
    }
    let private = COMPOSER.replace(
        "\"require\": {",
        "\"repositories\": [\n        { \"type\": \"composer\", \"url\": \"https://user:pw@repo.acme.com\" }\n    ],\n    \"require\": {",
    );
    assert_eq!(
        found(&[("composer.json", &private)]),
        [place("composer.json", 8, Rule::UrlCredentials, "\"https://user:pw@repo.acme.com\"")]
    );
    // Keys that a spec says elsewhere are no concern of the file.
    let authors = COMPOSER.replace("\"require\": {", "\"authors\": {},\n    \"require\": {");
    assert_eq!(found(&[("composer.json", &authors)]), []);
    let other = COMPOSER.replace(
        "\"103.0.*\",\n        \"magento/module-integration\"",
        "\"^102\",\n        \"magento/module-integration\"",
    );
    assert!(
        found(&[("composer.json", &other)]).iter().any(|(at, _)| at == "composer.json:9 not-installable")
    );
    let itself = MODULE.replace("Magento_Sales", "Acme_ErpBridge");
    assert_eq!(
        found(&[("etc/module.xml", &itself)]),
        [place("etc/module.xml", 6, Rule::RequiresItself, "\"Acme_ErpBridge\"")]
    );
}

#[test]
fn integration_xml() {
    let file = "etc/integration.xml";
    for (from, to, line, rule, marked) in [
        ("Acme ERP", "Acme's ERP", 3, Rule::NameApostrophe, "\"Acme's ERP\""),
        ("Acme ERP", "Acme 😀", 3, Rule::FourByteCharacter, "\"Acme 😀\""),
        (
            "Magento_Sales::actions_view",
            "Magento_Backend::admin",
            6,
            Rule::RootResource,
            "\"Magento_Backend::admin\"",
        ),
        (
            "Magento_Sales::actions_view",
            "Magento_Sales::sales/**",
            6,
            Rule::ResourceFormat,
            "\"Magento_Sales::sales/**\"",
        ),
        (
            "</email>",
            "</email><endpoint_url>http://erp.acme.com</endpoint_url><identity_link_url>https://erp.acme.com</identity_link_url>",
            4,
            Rule::UrlNotHttps,
            "http://erp.acme.com",
        ),
        (
            "</email>",
            "</email><endpoint_url>https://acme.com/x y</endpoint_url><identity_link_url>https://erp.acme.com</identity_link_url>",
            4,
            Rule::InvalidValue,
            "https://acme.com/x y",
        ),
    ] {
        let text = INTEGRATION.replacen(from, to, 1);
        let found = found(&[(file, &text)]);
        assert!(found.contains(&place(file, line, rule, marked)), "{to}: {found:#?}");
    }
}
