//! Secrets in values and comments, and syntax of TOML 1.1.

use super::*;

const KEY: &str = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";

fn setting(path: &str, keys: &str) -> String {
    format!("[settings]\nlabel = \"ERP\"\n[[setting]]\npath = \"{path}\"\n{keys}\n")
}

#[test]
fn secrets_are_found_in_every_text() {
    for spec in [
        MODULE.replace("\"Lets the Acme ERP read orders\"", &format!("«\"Reads {KEY} orders\"»")),
        format!("{MODULE}keywords = [«\"{KEY}\"»]\n"),
        INTEGRATION.replace(
            "resources = [\"Magento_Sales::actions_view\"]",
            &format!("calls = [{{ route = \"GET /V1/orders\", why = «\"{KEY}\"» }}]"),
        ),
        setting("main/text", &format!("type = \"text\"\nlabel = «\"The {KEY}\"»")),
        setting("main/text", &format!("type = \"text\"\ncomment = «\"The {KEY}\"»")),
        setting("main/text", "type = \"text\"\ncomment = «\"Test with password: hunter2\"»"),
        setting("main/text", &format!("type = \"text\"\ntooltip = «'''\n{KEY}'''»")),
        setting("main/api_key", "type = \"text\"\ndefault = «\"k-12345\"»"),
        setting("main/api_key", "type = \"textarea\"\ndefault = «\"k-12345\"»"),
        setting("main/password", "type = \"password\"\ndefault = «\"Sup3rS3cret!\"»"),
        setting("main/password", "type = \"obscure\"\ndefault = «\"Sup3rS3cret!\"»"),
        setting("main/endpoint", &format!("type = \"text\"\ndefault = «\"{KEY}\"»")),
        "[composer]\nextra = { token = «\"a1b2c3d4\"» }\n".to_owned(),
        "[config.default]\n\"payment/acme/api_key\" = «\"a1b2c3d4\"»\n".to_owned(),
        format!("[config.default]\n\"payment/acme/title\" = «\"{KEY}\"»\n"),
        format!("«# the old one: {KEY}»\n"),
        "[csp] «# api_key = \"abcdefgh\"»\nconnect-src = [\"https://acme.com\"]\n".to_owned(),
    ] {
        let finding = finds(Rule::SecretInSpec, &spec);
        assert!(!finding.text().contains(KEY) && !finding.text().contains("hunter2"), "{finding:#?}");
    }
    let finding =
        finds(Rule::SecretInSpec, &setting("main/token", "type = \"text\"\ndefault = «\"k-12345\"»"));
    let help = finding.help.unwrap();
    assert!(help.contains("type = \"secret\"") && help.contains("config:set"), "{help}");
}

#[test]
fn credentials_in_urls_are_errors_in_comments_too() {
    for url in
        ["https://shop:s3cret@acme.com", "https://acme.com/?api_key=a1b2c3d4", "ssh://git:s3cret@acme.com"]
    {
        finds(Rule::UrlCredentials, &format!("«# see {url}»\n"));
    }
}

#[test]
fn names_hashes_and_ids_are_no_secrets() {
    for spec in [
        setting("main/api_key", "type = \"secret\""),
        setting("main/api_key", "type = \"secret\"\ncomment = \"As in the ERP, such as sk_live_…\""),
        setting("main/token_lifetime", "type = \"text\"\ndefault = \"86400s\""),
        setting("main/token", "type = \"text\"\ndefault = \"{{customer}}\""),
        setting("main/uuid", "type = \"text\"\ndefault = \"123e4567-e89b-12d3-a456-426614174000\""),
        "# commit 3f2a9c1b7d8e6f5a4b3c2d1e0f9a8b7c6d5e4f3a\n".to_owned(),
        "# https://docs.acme.com/a8f3b2c9d1e7f6a5b4c3d2e1f0a9b8c7/api\n".to_owned(),
        "# api_key = \"…\"\n".to_owned(),
    ] {
        passes(&spec);
    }
}

#[test]
fn newer_syntax_of_toml_has_a_note() {
    let acl = |children: &str| {
        format!(
            "[[acl]]\nid = \"Acme_ErpBridge::erp\"\ntitle = \"ERP\"\nparent = \"Magento_Backend::stores_settings\"\n{children}\n"
        )
    };
    let child = "id = \"Acme_ErpBridge::sync\", title = \"Sync\"";
    let found =
        |text: &str| findings(&spec(text)).into_iter().filter(|it| it.rule == Rule::TomlVersion).count();
    assert_eq!(found(&acl(&format!("children = [{{ {child}, }}]"))), 1);
    assert_eq!(found(&acl(&format!("children = [{{\n{child} }}]"))), 1);
    assert_eq!(found(&acl(&format!("children = [\n{{ {child} }},\n]"))), 0);
    for (heading, expected) in [("## Bad", 1), ("## Good", 0)] {
        assert_eq!(found(pages::block(Rule::TomlVersion.page(), heading).unwrap()), expected);
    }
    finds(Rule::TomlVersion, &MODULE.replace("read orders", "read «\\x»41 orders"));
}
