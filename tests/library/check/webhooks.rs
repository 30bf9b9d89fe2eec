use magespec::diag::Rule;

use super::{finds, passes};

const SETTINGS: &str = "[settings]\nlabel = \"Acme ERP\"\n[[setting]]\npath = \"erp/url\"\ntype = \"url\"\n[[setting]]\npath = \"erp/secret\"\ntype = \"secret\"\n[[setting]]\npath = \"erp/enabled\"\ntype = \"yesno\"\n[[setting]]\npath = \"erp/timeout\"\ntype = \"number\"\nmin = 1\nmax = 60\n";
const DELIVERY: &str =
    "url = \"erp/url\"\nsecret = \"erp/secret\"\nenabled = \"erp/enabled\"\ntimeout = \"erp/timeout\"\n";
const WEBHOOK: &str =
    "[[webhook]]\ntopic = \"order.saved\"\nevent = \"cms_page_save_after\"\nfields = { page_id = \"int\" }\n";

#[test]
fn unknown_setting() {
    for (key, other) in [("url", "secret"), ("secret", "url"), ("enabled", "timeout"), ("timeout", "enabled")]
    {
        for setting in [other, "nope"] {
            let given = format!("{key} = \"erp/{key}\"");
            let delivery = DELIVERY.replace(&given, &format!("{key} = «\"erp/{setting}\"»"));
            finds(Rule::UnknownSetting, &format!("{SETTINGS}[webhooks]\n{delivery}{WEBHOOK}"));
        }
    }
    for setting in ["url", "nope"] {
        let second = format!("second_secret = «\"erp/{setting}\"»\n");
        finds(Rule::UnknownSetting, &format!("{SETTINGS}[webhooks]\n{DELIVERY}{second}{WEBHOOK}"));
    }
    passes(&format!("{SETTINGS}[webhooks]\n{DELIVERY}{WEBHOOK}"));
}

#[test]
fn the_second_secret_is_another_one() {
    let second = "second_secret = «\"erp/secret\"»\n";
    finds(Rule::DeclaredTwice, &format!("{SETTINGS}[webhooks]\n{DELIVERY}{second}{WEBHOOK}"));
    let settings = format!("{SETTINGS}[[setting]]\npath = \"erp/next\"\ntype = \"secret\"\n");
    passes(&format!("{settings}[webhooks]\n{DELIVERY}second_secret = \"erp/next\"\n{WEBHOOK}"));
}

/// `bin/magento` keeps one of two commands with the same name.
#[test]
fn commands_of_magento_are_taken() {
    let spec = |keys: &str| format!("{SETTINGS}[webhooks]\n{DELIVERY}{keys}\n{WEBHOOK}");
    for prefix in ["indexer", "queue:consumers", "store"] {
        finds(Rule::NameTaken, &spec(&format!("commands = «\"{prefix}\"»")));
    }
    for wrong in ["Acme", "acme:", ":acme", "acme webhooks", ""] {
        finds(Rule::InvalidValue, &spec(&format!("commands = «\"{wrong}\"»")));
    }
    for prefix in ["acme:webhooks", "acme", "store:webhooks", "acme_erp:web-hooks"] {
        passes(&spec(&format!("commands = \"{prefix}\"\nnotify_minutes = 30")));
    }
}

/// The module has jobs and an observer of its own with webhooks.
#[test]
fn names_that_webhooks_have_are_taken() {
    let webhooks = format!("[rules]\nevent-caution = \"allow\"\n{SETTINGS}[webhooks]\n{DELIVERY}{WEBHOOK}");
    let observer = "[[observer]]\nname = \"x1\"\nevent = \"cms_page_save_after\"\n";
    finds(Rule::DeclaredTwice, &format!("{webhooks}{observer}id = «\"acme_erpbridge_webhook\"»\n"));
    let job = "[[cron]]\nname = \"x1\"\nschedule = \"0 3 * * *\"\n";
    finds(Rule::DeclaredTwice, &format!("{webhooks}{job}id = «\"acme_erpbridge_prune_webhooks\"»\n"));
    passes(&format!("{webhooks}{job}id = \"acme_erpbridge_webhook\"\n"));
}

#[test]
fn webhooks_incomplete() {
    finds(Rule::WebhooksIncomplete, &WEBHOOK.replace("[[webhook]]", "«[[webhook]]»"));
    finds(Rule::WebhooksIncomplete, &format!("{SETTINGS}[«webhooks»]\n{DELIVERY}"));
}

#[test]
fn webhooks_release() {
    let spec = |target: &str, head: &str| {
        format!(
            "[target]\nmagento = \"{target}\"\n{SETTINGS}{head}\n{DELIVERY}{WEBHOOK}[rules]\ntarget-always-resets = \"allow\"\n"
        )
    };
    let finding = finds(Rule::WebhooksRelease, &spec(">=2.2.8 <2.4", "[«webhooks»]"));
    assert!(finding.help.unwrap().contains("narrow the target"), "it has releases that can");
    finds(Rule::WebhooksRelease, &spec("2.2.10", "[«webhooks»]"));
    passes(&spec("2.3.0", "[webhooks]"));
}

#[test]
fn name_too_long() {
    let spec = |name: &str| {
        format!(
            "[module]\nname = {name}\ndescription = \"x\"\nversion = \"1.0.0\"\n{SETTINGS}[webhooks]\n{DELIVERY}{WEBHOOK}"
        )
    };
    let name = |length: usize| format!("\"Acme_{}\"", "B".repeat(length - 5));
    finds(Rule::NameTooLong, &spec(&format!("«{}»", name(38))));
    passes(&spec(&name(37)));
}

#[test]
fn csp_release() {
    let spec = |target: &str, head: &str| {
        format!("[target]\nmagento = \"{target}\"\n{head}\nconnect-src = [\"https://acme.com\"]\n")
    };
    finds(Rule::CspRelease, &spec("2.3.4", "[«csp»]"));
    finds(Rule::CspRelease, &spec(">=2.3.4 <2.4", "[«csp»]"));
    passes(&spec("2.3.5-p1", "[csp]"));
}

#[test]
fn webhook_delivery() {
    let spec = |keys: &str| format!("{SETTINGS}[webhooks]\n{DELIVERY}{keys}\n{WEBHOOK}");
    let marked = |range: &str| {
        spec("")
            .replace("min = 1\nmax = 60", range)
            .replace("timeout = \"erp/timeout\"", "timeout = «\"erp/timeout\"»")
    };
    for range in ["", "min = 1", "max = 60", "min = 0\nmax = 60", "min = 1\nmax = 301"] {
        finds(Rule::WebhookDelivery, &marked(range));
    }
    finds(Rule::WebhookDelivery, &spec("first_delay = «30000»"));
    finds(Rule::WebhookDelivery, &spec("longest_delay = «30»"));
    finds(Rule::WebhookDelivery, &spec("max_attempts = «101»"));
    passes(&spec("first_delay = 30\nlongest_delay = 30\nmax_attempts = 100"));
}

#[test]
fn secret_field() {
    let spec = |fields: &str| {
        format!(
            "{SETTINGS}[webhooks]\n{DELIVERY}[[webhook]]\ntopic = \"customer.saved\"\nevent = \"customer_save_after\"\nfields = {{ {fields} }}\n[rules]\nevent-caution = \"allow\"\n"
        )
    };
    for name in ["rp_token", "password_hash", "password"] {
        let fields = format!("entity_id = \"int\", «{name}» = \"string\"");
        finds(Rule::SecretField, &spec(&fields));
    }
    passes(&spec("entity_id = \"int\", email = \"string\""));
}

#[test]
fn csp_hosts() {
    let csp = |keys: &str| format!("[csp]\n{keys}\n");
    for (directive, host) in [
        ("script-src", "*"),
        ("default-src", "https:"),
        ("object-src", "https://*"),
        ("connect-src", "http://erp.acme.com"),
        ("base-uri", "*"),
        ("script-src", "https://*:443"),
        ("script-src", "*.com"),
        ("script-src", "*.co.uk/x.js"),
        ("connect-src", "*"),
        ("connect-src", "wss:"),
        ("form-action", "https://*.com"),
    ] {
        finds(Rule::CspOpen, &csp(&format!("{directive} = [«\"{host}\"»]")));
    }
    passes(&csp(
        "img-src = [\"*\", \"data:\"]\nscript-src = [\"*.acme.com\", \"https://erp.acme.com:8443/x.js\"]",
    ));
    passes(&csp("connect-src = [\"blob:\", \"*.acme.com\", \"*.acme.co.uk\"]\nframe-src = [\"*.com\"]"));
    finds(Rule::DeclaredTwice, &csp("img-src = [\"acme.com\", «\"acme.com\"»]"));
    finds(Rule::InvalidValue, &csp("img-src = [«\"acme.com:70000\"»]"));
    finds(Rule::InvalidValue, &csp("img-src = «[]»"));
    let digest = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    passes(&csp(&format!("script-src = [\"'sha256-{digest}'\"]")));
    finds(Rule::InvalidValue, &csp("script-src = [«\"'sha256-47DE='\"»]"));
    finds(Rule::InvalidValue, &csp(&format!("script-src = [«\"'sha512-{digest}'\"»]")));
}

#[test]
fn csp_keywords_have_quotes() {
    let csp = |source: &str| format!("[csp]\nscript-src = [\"https://erp.acme.com\", {source}]\n");
    let finding = finds(Rule::InvalidValue, &csp("«\"self\"»"));
    assert_eq!(finding.help.as_deref(), Some("write \"'self'\""));
    finds(Rule::InvalidValue, &csp("«\"Unsafe-Inline\"»"));
    finds(Rule::InvalidValue, &csp("«\"none\"»"));
    finds(Rule::InvalidValue, &csp("«\"'none'\"»"));
    passes(&csp("\"'self'\", \"'unsafe-inline'\", \"self.acme.com\""));
}

#[test]
fn feature_release() {
    let spec = |target: &str, rest: &str| {
        format!("[target]\nmagento = \"{target}\"\n[rules]\ntarget-always-resets = \"allow\"\n{rest}")
    };
    let observer =
        |area: &str| format!("[[observer]]\nname = \"log\"\nevent = \"customer_logout\"\narea = {area}\n");
    let finding = finds(Rule::FeatureRelease, &spec("2.2.11 || 2.4.3", &observer("«\"graphql\"»")));
    assert!(finding.help.unwrap().contains("narrow the target"));
    passes(&spec("2.4.3", &observer("\"graphql\"")));
    let setting = |value: &str| {
        format!(
            "[settings]\nlabel = \"Acme ERP\"\n[[setting]]\npath = \"erp/url\"\ntype = \"url\"\nper_environment = {value}\n"
        )
    };
    finds(Rule::FeatureRelease, &spec("2.1.18", &setting("«true»")));
    passes(&spec("2.2.11", &setting("true")));
}

#[test]
fn locales() {
    let i18n = |list: &str| format!("[i18n]\nlocales = {list}\n");
    finds(Rule::UnknownLocale, &i18n("[\"de_DE\", «\"de_FR\"»]"));
    finds(Rule::DeclaredTwice, &i18n("[\"de_DE\", «\"de_DE\"»]"));
    finds(Rule::InvalidValue, &i18n("[«\"en_US\"»]"));
    finds(Rule::InvalidValue, &i18n("«[]»"));
    passes(&i18n("[\"de_DE\", \"zh_Hans_CN\"]"));
}
