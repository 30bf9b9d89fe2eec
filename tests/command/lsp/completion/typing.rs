//! Completion while a text is typed: at any place, with what is written elsewhere.

use super::{HEAD, TABLES, behind, completed, first};

/// Places between the braces of a table, after a comma, and in the table of one field.
#[test]
fn fields_are_completed_wherever_they_are_written() {
    let order = "[[webhook]]\nevent = \"sales_order_save_after\"\n";
    let of_order = [
        "fields = {|}",
        "fields = { |}",
        "fields = {| }",
        "fields = { | }",
        "fields = {\t|\t}",
        "fields = { a = \"string\", | }",
        "fields = { a = \"string\",|}",
        "fields = { a = { from = \"state\" }, | }",
        "fields = { |",
        "fields = {\n  |\n}",
        "[webhook.fields]\n  |  ",
        "fields = { grand_t| }",
        "fields = { \"grand_t|\" }",
        "fields.grand_t|",
        "when = { | }",
        "when = { state = \"new\", | }",
        "[webhook.when]\n|",
    ];
    let of_field = [
        "fields = { number = {|} }",
        "fields = { number = { | } }",
        "fields = { number = { f| } }",
        "fields = { number = { type = \"string\", | } }",
        "fields = { number = { |",
        "fields.number = { | }",
        "[webhook.fields.number]\n|",
        "[webhook.fields.number]\nf|",
    ];
    let texts = |rest: &[&str]| rest.iter().map(|rest| format!("{order}{rest}")).collect::<Vec<_>>();
    let texts = [texts(&of_order), texts(&of_field)].concat();
    let completed = behind(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    let (of_order, of_field) = completed.split_at(of_order.len());
    for it in of_order {
        let labels = it.labels();
        assert!(labels.contains(&"grand_total") && !labels.contains(&"from"), "{labels:?} in {}", it.text);
    }
    for it in of_field {
        let labels = it.labels();
        assert!(labels.contains(&"from") && !labels.contains(&"grand_total"), "{labels:?} in {}", it.text);
    }
    let [dotted] =
        behind(&[&format!("{order}fields.billing_address.ci|")]).try_into().map_err(|_| "one").unwrap();
    assert_eq!(dotted.taken("billing_address.city"), "fields.\"billing_address.city\" = \"${1:string}\"");
}

#[test]
fn no_letter_loses_what_the_next_would_find() {
    let cases =
        ["[rules]\n|", "[rules]\nhttps|", "[module.require]\n|", "[module.require]\nsales|", "service.m|"];
    let order = "[[webhook]]\nevent = \"sales_order_save_after\"\nfields = { billing|";
    for it in behind(&[&cases[..], &[order]].concat()) {
        assert_eq!(it.list["isIncomplete"], true, "{}", it.text);
    }
    let [plain] = behind(&["[[cron]]\n|"]).try_into().map_err(|_| "one").unwrap();
    assert_eq!(plain.list["isIncomplete"], false);
}

#[test]
fn each_rule_is_proposed_once_with_its_level() {
    let [rules] = behind(&["[rules]\n|"]).try_into().map_err(|_| "one").unwrap();
    assert_eq!(rules.item("url-not-https")["detail"], "A URL that does not use HTTPS (default: warning)");
    assert!(!rules.labels().contains(&"toml-syntax"), "no level but its own is allowed");
}

#[test]
fn own_names_are_those_that_the_spec_declares() {
    let head = HEAD.replace("Acme_Erp", "RJMetrics_ERPBridge");
    let settings = "[settings]\nlabel = \"Acme ERP\"\n";
    let acl = "[[acl]]\nid = \"Acme_Erp::erp\"\n\n[[acl]]\nparent = \"Acme_|\"\n";
    let cases = [
        format!("{head}\n[[service]]\n[[service.method]]\nroute = \"GET |\""),
        format!("{HEAD}\n{settings}\n{acl}"),
        format!("{HEAD}\n{settings}resource = \"Acme_Erp::erp\"\n\n{acl}"),
    ];
    // A key that is being typed hides nothing of what follows.
    let typed = format!("{HEAD}\n[[cron]]\nna\n\n[[acl]]\nparent = \"Acme_|\"\n{TABLES}");
    let [while_typed] = completed(&[&typed]).try_into().map_err(|_| "one").unwrap();
    assert_eq!(while_typed.labels(), ["Acme_Erp::erp", "Acme_Erp::sync", "Acme_Erp::config"]);
    let [route, with_own, with_other] =
        completed(&cases.each_ref().map(String::as_str)).try_into().map_err(|_| "as many").unwrap();
    first(&route, &["GET /V1/rjmetrics-erp-bridge/"]);
    assert_eq!(with_own.labels(), ["Acme_Erp::erp", "Acme_Erp::config"]);
    assert_eq!(with_other.labels(), ["Acme_Erp::erp"]);
}

#[test]
fn an_item_replaces_what_it_completes_and_nothing_else() {
    let of_target = |magento: &str| HEAD.replace(">=2.4.4 <2.4.9", magento);
    let cases = [
        (of_target(">=2.4.4| <2.4.9"), "2.4.5", "magento = \">=2.4.5 <2.4.9\""),
        (of_target(">=2.4.| <2.4.9"), "2.4.5", "magento = \">=2.4.5 <2.4.9\""),
        (of_target(">=2.4.4 <2.4|"), "2.4.8", "magento = \">=2.4.4 <2.4.8\""),
        (of_target(">=2.4.4 <|"), "2.4.9", "magento = \">=2.4.4 <2.4.9\""),
        (
            HEAD.replace("\"Magento_Sales::sales/**\"", "\"Magento_Sales::sh|, \"Magento_Sales::hold\""),
            "Magento_Sales::ship",
            "resources = [\"Magento_Sales::ship\", \"Magento_Sales::hold\"]",
        ),
    ];
    let marked: Vec<&str> = cases.iter().map(|(text, ..)| text.as_str()).collect();
    for (it, (text, label, expected)) in completed(&marked).iter().zip(&cases) {
        assert_eq!(it.taken(label).lines().next(), Some(*expected), "{text}");
    }
    let [at_key, below] = completed(&[&HEAD.replace("email =", "|email ="), &of_target(">=2.4.4 <|")])
        .try_into()
        .map_err(|_| "two")
        .unwrap();
    assert_eq!(at_key.labels(), ["email"]);
    assert!(!below.labels().contains(&"2.4.4"), "{:?}", below.labels());
    assert_eq!(below.item("2.4.6")["detail"], "2.4.4..2.4.5-p14");
}

#[test]
fn what_is_open_hides_nothing_of_the_tables_that_follow() {
    for open in ["keywords = [", "keywords = [\n  \"erp\",\n", "composer = { extra = { a = [", "require = {"]
    {
        let head = HEAD.replace("license =", &format!("{open}\n\n[x]\nlicense ="));
        let [group, parent] = completed(&[
            &format!("{head}{TABLES}\n[[cron]]\ngroup = \"|\""),
            &format!("{head}{TABLES}\n[[acl]]\nparent = \"Acme_Erp|\""),
        ])
        .try_into()
        .map_err(|_| "two")
        .unwrap();
        first(&group, &["default"]);
        first(&parent, &["Acme_Erp::erp"]);
    }
}

#[test]
fn nothing_is_proposed_in_front_of_a_value() {
    let cases = [
        ("[[acl]]\nid = \"Acme_Erp::a\"\nparent =| \"Magento_Backend::admin\"", 0),
        ("[[acl]]\nid = \"Acme_Erp::a\"\nparent |= \"Magento_Backend::admin\"", 0),
        ("[[integration]]\nresources = | [\"Magento_Sales::sales\"]", 0),
        ("[[integration]]\nresources = [\"Magento_Sales::sales\",| \"Magento_Sales::ship\"]", 0),
        ("[[integration]]\nresources = [\"Magento_Sales::sales\", |]", 200),
        ("[[integration]]\nkeep_credentials = | # why", 3),
        ("[[integration]]\ncalls = [{ route = | }]", 200),
    ];
    for (completed, (text, count)) in behind(&cases.map(|case| case.0)).iter().zip(cases) {
        assert_eq!(completed.labels().len(), count, "{text}");
    }
}
