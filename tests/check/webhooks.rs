use magespec::diag::Rule;

use super::{finds, passes};

const SETTINGS: &str = "[settings]\nlabel = \"Acme ERP\"\n[[setting]]\npath = \"erp/url\"\ntype = \"url\"\n[[setting]]\npath = \"erp/secret\"\ntype = \"secret\"\n[[setting]]\npath = \"erp/enabled\"\ntype = \"yesno\"\n[[setting]]\npath = \"erp/timeout\"\ntype = \"number\"\n";
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
    passes(&format!("{SETTINGS}[webhooks]\n{DELIVERY}{WEBHOOK}"));
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
