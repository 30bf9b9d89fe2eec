use magespec::diag::Rule;

use super::{INTEGRATION, MODULE, TARGET, findings, finds, finds_in, passes, spec};

#[test]
fn toml_syntax() {
    let finding = finds_in(Rule::TomlSyntax, "[module]\nname = «Acme_ErpBridge»\n");
    assert_eq!(finding.help.as_deref(), Some("write \"Acme_ErpBridge\""));
    finds_in(Rule::TomlSyntax, "[module]\nname = \"A\"\n«name» = \"B\"\n");
    passes("");
}

#[test]
fn unknown_key() {
    let finding = finds(Rule::UnknownKey, "[target]\nmagento = \"2.4.3\"\n«editions» = \"commerce\"\n");
    assert_eq!(finding.help.as_deref(), Some("did you mean `edition`?"));
    assert_eq!(finding.fix.unwrap().replacement, "edition");
    let finding = finds(Rule::UnknownKey, "[«zebra»]\nx = 1\n");
    assert!(finding.help.unwrap().starts_with("the keys here are: module, target"));
    passes("[target]\nmagento = \"2.4.3\"\nedition = \"commerce\"\n");
}

#[test]
fn missing_key() {
    let finding = finds(
        Rule::MissingKey,
        "«[[integration]]»\nname = \"Acme ERP\"\nresources = [\"Magento_Sales::ship\"]\n",
    );
    assert_eq!(finding.message, "`email` is missing in `[[integration]]`");
    assert_eq!(finding.help.as_deref(), Some("write, for example: email = \"erp@acme.com\""));
    assert!(finding.reason.unwrap().contains("aborts"));
    let finding = finds_in(Rule::MissingKey, &format!("«»{MODULE}{INTEGRATION}"));
    assert_eq!(finding.message, "the table `[target]` is missing");
}

#[test]
fn wrong_type() {
    let finding = finds(
        Rule::WrongType,
        "[[integration]]\nname = «2026-01-01»\nemail = \"erp@acme.com\"\nresources = [\"Magento_Sales::ship\"]\n",
    );
    assert_eq!(finding.message, "`name` must be text, found a date or time");
    for value in ["nan", "1.0", "true", "[]", "99999999999999999999", "0x1F"] {
        let fragment =
            format!("[module]\nname = \"Acme_ErpBridge\"\ndescription = «{value}»\nversion = \"1.0.0\"\n");
        finds(Rule::WrongType, &fragment);
    }
    let finding =
        finds_in(Rule::WrongType, &format!("{MODULE}{TARGET}«[integration]»\nname = \"Acme ERP\"\n"));
    assert_eq!(finding.help.as_deref(), Some("write [[integration]]: there may be several"));
    finds(
        Rule::WrongType,
        "[module]\nname = \"Acme_ErpBridge\"\ndescription = \"x\"\nversion = \"1.0.0\"\nlicense = «1»\n",
    );
}

#[test]
fn invalid_value() {
    let finding = finds(Rule::InvalidValue, "[target]\nmagento = \"2.4.3\"\nedition = «\"comerce\"»\n");
    assert_eq!(finding.help.as_deref(), Some("did you mean \"commerce\"?"));
    assert_eq!(finding.fix.unwrap().replacement, "\"commerce\"");
    let module = "[module]\nname = \"Acme_ErpBridge\"\nversion = \"1.0.0\"\n";
    finds(Rule::InvalidValue, &format!("{module}description = «\" \"»\n"));
    finds(Rule::InvalidValue, &format!("{module}description = \"x\"\nlicense = «\"MIT;\"»\n"));
    finds(Rule::InvalidValue, &format!("{module}description = \"x\"\nlicense = «[]»\n"));
    finds(Rule::InvalidValue, &format!("{module}description = \"x\"\ncopyright = «\"a\\nb\"»\n"));
    finds(Rule::InvalidValue, &format!("{module}description = \"x\"\nrequire = {{ «Acme» = \"*\" }}\n"));
    passes(&format!(
        "{module}description = \"x\"\nrequire = {{ ext-curl = \"*\" }}\nlicense = [\"MIT\", \"OSL-3.0\"]\n"
    ));
}

#[test]
fn control_character() {
    let finding = finds(
        Rule::ControlCharacter,
        "[module]\nname = \"Acme_ErpBridge\"\ndescription = «\"a\\u0007b\"»\nversion = \"1.0.0\"\n",
    );
    assert_eq!(finding.message, "the character U+0007 cannot stand in XML");
    passes(
        "[module]\nname = \"Acme_ErpBridge\"\ndescription = \"tab\\t, line\\n, 🦀 and \\u200F\"\nversion = \"1.0.0\"\n",
    );
}

#[test]
fn several_mistakes_are_reported_at_once() {
    let found = findings(&spec(
        "[[integration]]\nname = \"A\"\nemail = \"nobody\"\nendpoint_url = \"\"\nresource = []\nresources = [\"Magento_Log::online\", \"x\"]\n",
    ));
    let rules: Vec<Rule> = found.iter().map(|finding| finding.rule).collect();
    assert_eq!(
        rules,
        [
            Rule::IntegrationName,
            Rule::EmailFormat,
            Rule::EmptyUrl,
            Rule::UnknownKey,
            Rule::UnknownResource,
            Rule::ResourceFormat
        ]
    );
}
