//! Former and retired names of integrations, and credentials that are kept.

use magespec::diag::{Level, Rule};

use super::{finds, passes};

fn renamed(names: &str) -> String {
    format!(
        "[[integration]]\nname = \"Acme ERP\"\nrenamed_from = {names}\nemail = \"a@b.co\"\nresources = [\"Magento_Sales::ship\"]\n\
         [rules]\nformer-name-left = \"allow\"\n"
    )
}

fn two(first: &str, second: &str) -> String {
    let one = |name: &str, lines: &str| {
        format!(
            "[[integration]]\nname = \"{name}\"\n{lines}\nemail = \"a@b.co\"\nresources = [\"Magento_Sales::ship\"]\n"
        )
    };
    one("Acme ERP", first) + &one("Acme Shop", second) + "[rules]\nformer-name-left = \"allow\"\n"
}

fn retired(name: &str, names: &str) -> String {
    format!(
        "[[integration]]\nname = \"{name}\"\nemail = \"a@b.co\"\nresources = [\"Magento_Sales::ship\"]\n\
         [retired]\nintegrations = [{names}]\n"
    )
}

#[test]
fn a_former_name_is_neither_present_nor_listed_twice() {
    finds(Rule::FormerName, &renamed("«\"Acme ERP\"»"));
    finds(Rule::FormerName, &renamed("[\"Acme Old\", «\"Acme ERP\"»]"));
    finds(Rule::FormerName, &renamed("[\"Acme Old\", «\"Acme Old\"»]"));
    for other in ["Acme Shop", "ACME shop"] {
        finds(Rule::FormerName, &two(&format!("renamed_from = «\"{other}\"»"), ""));
    }
    finds(Rule::FormerName, &two("renamed_from = \"Old\"", "renamed_from = [«\"Old\"»]"));
    // A change of case is a rename.
    passes(&renamed("[\"ACME ERP\", \"Acme Old\"]"));
    passes(&two("renamed_from = \"Old\"", "renamed_from = \"Older\""));
}

#[test]
fn a_former_name_is_noted_until_it_goes() {
    let finding = finds(
        Rule::FormerNameLeft,
        "[[integration]]\nname = \"Acme ERP\"\nrenamed_from = «\"Old\"»\nemail = \"a@b.co\"\nresources = [\"Magento_Sales::ship\"]\n",
    );
    assert_eq!(finding.level, Level::Note);
    assert!(finding.help.unwrap().contains("magespec status"));
}

#[test]
fn former_and_retired_names_are_names() {
    finds(Rule::IntegrationName, &renamed("«\"A\"»"));
    finds(Rule::IntegrationName, &renamed(&format!("[«\"{}\"»]", "x".repeat(256))));
    finds(Rule::IntegrationName, &retired("Acme ERP", "«\" \"»"));
}

#[test]
fn a_retired_name_is_not_declared() {
    finds(Rule::RetiredName, &retired("Acme ERP", "\"Old CRM\", «\"Acme ERP\"»"));
    finds(Rule::RetiredName, &retired("Acme ERP", "«\"acme erp\"»"));
    finds(Rule::RetiredName, &retired("Acme ERP", "\"Old CRM\", «\"Old CRM\"»"));
    let both = renamed("\"Old CRM\"") + "[retired]\nintegrations = [«\"Old CRM\"»]\n";
    finds(Rule::RetiredName, &both);
    passes(&retired("Acme ERP", "\"Old CRM\", \"Older CRM\""));
}

#[test]
fn the_pair_needs_no_care() {
    let pair = |value: &str| {
        format!(
            "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\nversion = \"1.0.0\"\nformat = \"legacy\"\n\
             [[integration]]\nname = \"Acme ERP\"\nemail = \"a@b.co\"\nkeep_credentials = {value}\nresources = [\"Magento_Sales::ship\"]\n"
        )
    };
    finds(Rule::KeepWithoutEffect, &pair("«true»"));
    finds(Rule::KeepWithoutEffect, &pair("«\"unless-permissions-grow\"»"));
    passes(&pair("false"));
}

#[test]
fn releases_that_always_reset_are_no_matter_if_credentials_are_kept() {
    let kept = |value: &str| {
        format!(
            "[target]\nmagento = \"2.2.5\"\n[[integration]]\nname = \"Acme ERP\"\nemail = \"a@b.co\"\nkeep_credentials = {value}\n\
             resources = [\"Magento_Sales::ship\"]\n"
        )
    };
    passes(&kept("true"));
    passes(&kept("\"unless-permissions-grow\""));
    finds(Rule::TargetAlwaysResets, &kept("false").replace("\"2.2.5\"", "«\"2.2.5\"»"));
}

#[test]
fn other_values_are_refused() {
    let kept = |value: &str| {
        format!(
            "[[integration]]\nname = \"Acme ERP\"\nemail = \"a@b.co\"\nkeep_credentials = {value}\nresources = [\"Magento_Sales::ship\"]\n"
        )
    };
    for value in ["«\"always\"»", "«\"true\"»", "«\"unless-permission-grows\"»"] {
        finds(Rule::InvalidValue, &kept(value));
    }
    finds(Rule::WrongType, &kept("«1»"));
}

#[test]
fn what_the_module_declares_by_itself_is_no_former_name() {
    let acl = |former: &str| {
        format!(
            "[[acl]]\nid = \"Acme_ErpBridge::settings\"\ntitle = \"Settings\"\nparent = \"Magento_Sales::sales\"\nrenamed_from = {former}\n\
             [settings]\nlabel = \"Acme ERP\"\n[[setting]]\npath = \"api/url\"\ntype = \"url\"\n\
             [[integration]]\nname = \"Acme ERP\"\nemail = \"a@b.co\"\nresources = [\"Acme_ErpBridge::settings\"]\n"
        )
    };
    finds(Rule::FormerName, &acl("«\"Acme_ErpBridge::config\"»"));
    let job = |former: &str| {
        format!(
            "[settings]\nlabel = \"Acme ERP\"\n[[setting]]\npath = \"api/url\"\ntype = \"url\"\n\
             [[setting]]\npath = \"api/secret\"\ntype = \"secret\"\n\
             [[setting]]\npath = \"api/on\"\ntype = \"yesno\"\ndefault = false\n\
             [[setting]]\npath = \"api/wait\"\ntype = \"number\"\ndefault = 5\nmin = 1\nmax = 30\n\
             [rules]\nevent-caution = \"allow\"\n\
             [webhooks]\nurl = \"api/url\"\nsecret = \"api/secret\"\nenabled = \"api/on\"\ntimeout = \"api/wait\"\n\
             [[webhook]]\ntopic = \"order.saved\"\nevent = \"sales_order_save_after\"\nfields = {{ entity_id = \"int\" }}\n\
             [[cron]]\nname = \"sync\"\nschedule = \"0 3 * * *\"\nrenamed_from = {former}\n"
        )
    };
    for own in ["deliver", "prune"] {
        finds(Rule::FormerName, &job(&format!("«\"acme_erpbridge_{own}_webhooks\"»")));
    }
    let short = finds(Rule::FormerNameLeft, &job("«\"pull\"»"));
    assert_eq!(short.level, Level::Warning);
    assert!(short.help.unwrap().starts_with("write `acme_erpbridge_pull`"));
}
