//! Faults in the settings of modules without a spec.

use magespec::diag::Rule;

use crate::support::modules::{found, place};

const FIELD: &str = "<field id=\"key\" type=\"text\"><label>Key</label></field>";

fn system(fields: &str) -> String {
    format!(
        "<config><system>\n<tab id=\"acme\"><label>Acme</label></tab>\n<section id=\"acme\" showInDefault=\"1\">\n<label>Acme</label><tab>acme</tab>\n<resource>Magento_Config::config</resource>\n<group id=\"main\">\n{fields}\n</group></section></system></config>"
    )
}

#[test]
fn system_xml() {
    let file = "etc/adminhtml/system.xml";
    let good = system(FIELD);
    assert_eq!(found(&[(file, &good)]), []);
    for (from, to, line, rule, marked) in [
        (
            "Magento_Config::config",
            "Acme_ErpBridge::config",
            5,
            Rule::UnknownResource,
            "Acme_ErpBridge::config",
        ),
        (
            "Magento_Config::config",
            "Magento_Config::confg",
            5,
            Rule::UnknownResource,
            "Magento_Config::confg",
        ),
        (
            "Magento_Config::config",
            "Other_Vendor::config",
            5,
            Rule::UnverifiableResource,
            "Other_Vendor::config",
        ),
        (
            "<resource>Magento_Config::config</resource>",
            "",
            3,
            Rule::SettingsHome,
            "<section id=\"acme\" showInDefault=\"1\">",
        ),
        ("<tab>acme</tab>", "", 3, Rule::SettingsHome, "<section id=\"acme\" showInDefault=\"1\">"),
        ("<tab>acme</tab>", "<tab>servic</tab>", 4, Rule::UnknownPlace, "servic"),
        (
            "<section id=\"acme\" showInDefault=\"1\">",
            "<section id=\"sales\" showInDefault=\"1\">",
            3,
            Rule::SettingTaken,
            "\"sales\"",
        ),
        (FIELD, "", 3, Rule::SettingsHome, "<section id=\"acme\" showInDefault=\"1\">"),
        (
            "type=\"text\"",
            "type=\"obscure\"",
            7,
            Rule::FieldIncomplete,
            "<field id=\"key\" type=\"obscure\">",
        ),
        (
            "type=\"text\"",
            "type=\"multiselect\"",
            7,
            Rule::FieldIncomplete,
            "<field id=\"key\" type=\"multiselect\">",
        ),
        (
            "</field>",
            "<depends><field id=\"nope\">1</field></depends></field>",
            7,
            Rule::UnknownSetting,
            "<field id=\"nope\">",
        ),
        (
            "</field>",
            "<depends><field id=\"*/*/nope\">1</field></depends></field>",
            7,
            Rule::UnknownSetting,
            "<field id=\"*/*/nope\">",
        ),
        (
            "</group>",
            "</group><group id=\"main\"><field id=\"b2\" type=\"text\"/></group>",
            8,
            Rule::DeclaredTwice,
            "\"main\"",
        ),
    ] {
        let text = good.replacen(from, to, 1);
        assert_eq!(found(&[(file, &text)]), [place(file, line, rule, marked)], "{to}");
    }
    let twice = system(&format!("{FIELD}\n{FIELD}"));
    assert_eq!(found(&[(file, &twice)]), [place(file, 8, Rule::DeclaredTwice, "\"key\"")]);
}

#[test]
fn fields_that_wait_for_others() {
    let file = "etc/adminhtml/system.xml";
    let waiting = |other: &str| {
        system(&format!(
            "{other}\n<field id=\"b\" type=\"text\"><depends>\n<field id=\"other\">1</field></depends></field>"
        ))
    };
    let days = waiting(
        "<field id=\"other\" type=\"multiselect\"><source_model>Other\\Module\\Model\\Days</source_model><can_be_empty>1</can_be_empty></field>",
    );
    assert_eq!(found(&[(file, &days)]), [place(file, 9, Rule::SettingValue, "<field id=\"other\">")]);
    let secret = waiting(
        "<field id=\"other\" type=\"obscure\"><backend_model>Magento\\Config\\Model\\Config\\Backend\\Encrypted</backend_model></field>",
    );
    let config = "<config><default><acme><main><other backend_model=\"Magento\\Config\\Model\\Config\\Backend\\Encrypted\"/></main></acme></default></config>";
    assert_eq!(
        found(&[(file, &secret), ("etc/config.xml", config)]),
        [place(file, 9, Rule::SettingValue, "<field id=\"other\">")]
    );
    // Nothing decrypts it.
    let reading = "<?php $this->config->getValue('acme/main/other');";
    assert!(found(&[(file, &secret), ("Model/Config.php", reading)]).contains(&place(
        file,
        7,
        Rule::FieldIncomplete,
        "<field id=\"other\" type=\"obscure\">"
    )));
    let decrypting = "<?php $this->encryptor->decrypt($this->config->getValue('acme/main/other'));";
    assert_eq!(found(&[(file, &secret), ("Model/Config.php", decrypting)]).len(), 1);
    let choice = waiting(
        "<field id=\"other\" type=\"select\"><source_model>Other\\Module\\Model\\Modes</source_model></field>",
    );
    assert_eq!(found(&[(file, &choice)]), []);
}

#[test]
fn defaults_in_config_xml() {
    let of = |field: &str, default: &str| {
        let config =
            format!("<config><default><acme><main>\n<key>{default}</key></main></acme></default></config>");
        let field = FIELD.replace("type=\"text\"><label>Key</label>", field);
        found(&[("etc/adminhtml/system.xml", &system(&field)), ("etc/config.xml", &config)])
    };
    let number = "type=\"text\"><validate>validate-digits digits-range-1-10</validate>";
    let select = "type=\"select\"><options><option label=\"A\">a</option></options>";
    let secret = "type=\"obscure\"><backend_model>Magento\\Config\\Model\\Config\\Backend\\Encrypted</backend_model><config_path>a/b/c</config_path>";
    for (field, default) in [(number, "99"), (number, "many"), (select, "b"), (secret, "abc")] {
        assert_eq!(of(field, default), [place("etc/config.xml", 2, Rule::SettingValue, default)], "{field}");
    }
    let fraction = "type=\"text\"><validate>validate-number</validate>";
    let source = "type=\"select\"><source_model>Other\\Module\\Model\\Modes</source_model>";
    for (field, default) in [(number, "5"), (select, "a"), (fraction, "0.5"), (source, "x"), (number, "")] {
        assert_eq!(of(field, default), [], "{field}");
    }
}

#[test]
fn models_of_the_module_exist() {
    let file = "etc/adminhtml/system.xml";
    let model = |element: &str, class: &str| {
        system(&format!(
            "<field id=\"key\" type=\"text\"><label>Key</label>\n<{element}>{class}</{element}></field>"
        ))
    };
    let php = "<?php\nnamespace Acme\\ErpBridge\\Model;\nclass Days { public function toOptionArray() {} public function week() {} }\n";
    for element in ["source_model", "backend_model", "frontend_model"] {
        let class = r"Acme\ErpBridge\Model\Nope";
        let text = model(element, class);
        assert_eq!(
            found(&[(file, &text), ("Model/Days.php", php)]),
            [place(file, 8, Rule::ClassMissing, class)],
            "{element}"
        );
    }
    for (class, expected) in [
        (r"Acme\ErpBridge\Model\Days", None),
        (r"\Acme\ErpBridge\Model\Days", None),
        (r"Acme\ErpBridge\Model\Days::week", None),
        (r"Acme\ErpBridge\Model\Days::month", Some(Rule::MethodMissing)),
        (r"Acme\ErpBridge\Model\Nope::week", Some(Rule::ClassMissing)),
        (r"Other\Module\Model\Nope", None),
        (r"Magento\Config\Model\Config\Source\Yesno", None),
        (r"Magento\Config\Model\Config\Source\Yesnoo", Some(Rule::ClassMissing)),
    ] {
        let text = model("source_model", class);
        let expected: Vec<_> = expected.into_iter().map(|rule| place(file, 8, rule, class)).collect();
        assert_eq!(found(&[(file, &text), ("Model/Days.php", php)]), expected, "{class}");
    }
    let without = php.replace("toOptionArray", "options");
    let class = r"Acme\ErpBridge\Model\Days";
    assert_eq!(
        found(&[(file, &model("source_model", class)), ("Model/Days.php", &without)]),
        [place(file, 8, Rule::MethodMissing, class)]
    );
    let config = "<config><default><acme><main>\n<key backend_model=\"Acme\\ErpBridge\\Model\\Nope\"/></main></acme></default></config>";
    assert_eq!(
        found(&[("etc/config.xml", config), ("Model/Days.php", php)]),
        [place("etc/config.xml", 2, Rule::ClassMissing, r#""Acme\ErpBridge\Model\Nope""#)]
    );
}

#[test]
fn credentials_in_config_xml() {
    let of = |scope: &str, name: &str, value: &str| {
        let config = format!(
            "<config><{scope}><acme><main>\n<{name}>{value}</{name}></main></acme></{scope}></config>"
        );
        found(&[("etc/config.xml", &config)])
    };
    let file = "etc/config.xml";
    for (name, value, rule) in [
        ("base_url", "https://user:pw@acme.com", Rule::UrlCredentials),
        ("base_url", r"https://user:pw\@acme.com", Rule::UrlCredentials),
        ("api_key", "a1b2c3d4e5", Rule::SecretInSpec),
        ("clientSecret", "changeme", Rule::SecretInSpec),
        ("text", "sk_live_0123456789", Rule::SecretInSpec),
    ] {
        for scope in ["default", "websites", "stores"] {
            assert_eq!(of(scope, name, value), [place(file, 2, rule, value)], "{scope} {name}");
        }
    }
    for (name, value) in
        [("base_url", "https://acme.com"), ("token_lifetime", "86400"), ("password", ""), ("api_key", "none")]
    {
        assert_eq!(of("default", name, value), [], "{name}");
    }
    // Each has one finding, whether or not a field sets it.
    let url =
        "<config><default><acme><main>\n<key>https://user:pw@acme.com</key></main></acme></default></config>";
    let system = system(FIELD);
    assert_eq!(
        found(&[("etc/adminhtml/system.xml", &system), (file, url)]),
        [place(file, 2, Rule::UrlCredentials, "https://user:pw@acme.com")]
    );
}

/// A spec has one section, a file may have more.
#[test]
fn each_section_is_checked() {
    let section = |id: &str| {
        format!(
            "<section id=\"{id}\"><label>Acme</label><tab>service</tab><resource>Magento_Config::config</resource><group id=\"main\">\n{FIELD}\n{FIELD}</group></section>"
        )
    };
    let file = "etc/adminhtml/system.xml";
    let text = format!("<config><system>{}{}</system></config>", section("one"), section("two"));
    assert_eq!(found(&[(file, &text)]), [3, 5].map(|line| place(file, line, Rule::DeclaredTwice, "\"key\"")));
    // Fields of any name, in any section.
    let text = format!(
        "<config><system><section id=\"sales\"><group id=\"general\">\n{}\n{}\n</group></section></system></config>",
        "<field id=\"a-b\"><comment>x</comment></field>", "<field id=\"A-b\" type=\"text\"/>"
    );
    assert_eq!(found(&[(file, &text)]), [place(file, 3, Rule::DeclaredTwice, "\"A-b\"")]);
    // In another module's section, fields may be changed and may wait for fields that are not in the file.
    let text = "<config><system><section id=\"sales\"><group id=\"general\">\n<field id=\"hide_customer_ip\"><comment>x</comment></field>\n</group><group id=\"acme\"><field id=\"b2\" type=\"text\"><depends><field id=\"*/general/hide_customer_ip\">1</field></depends></field></group></section></system></config>";
    assert_eq!(found(&[(file, text)]), []);
    let text = "<config><system><section id=\"nowhere\">\n<group id=\"acme\"><field id=\"b2\" type=\"text\"/></group></section></system></config>";
    assert_eq!(found(&[(file, text)]), [place(file, 1, Rule::UnknownPlace, "\"nowhere\"")]);
}
