//! Every rule: a spec that triggers exactly it, with its place, and one that does not.

mod acl;
mod api;
mod calls;
mod commerce;
mod declared;
mod document;
mod events;
mod files;
mod former;
mod integration;
mod jobs;
mod levels;
mod mage_os;
mod many;
mod menu;
mod module;
mod pages;
mod placeholders;
mod places;
mod resources;
mod routes;
mod secrets;
mod settings;
mod shops;
mod target;
mod webhooks;

use magespec::{
    catalog::{Catalog, Shop, ShopResource},
    compile,
    diag::{Diagnostic, Rule, Source},
};

const MODULE: &str = r#"
[module]
name = "Acme_ErpBridge"
description = "Lets the Acme ERP read orders"
version = "1.0.0"
"#;

const TARGET: &str = r#"
[target]
magento = "2.4.3"
"#;

const INTEGRATION: &str = r#"
[[integration]]
name = "Acme ERP"
email = "erp@acme.com"
resources = ["Magento_Sales::actions_view"]
"#;

/// The fragment with the tables that it lacks of the smallest spec.
fn spec(fragment: &str) -> String {
    let defaults = [("[module]", MODULE), ("[target]", TARGET), ("[[integration]]", INTEGRATION)];
    let missing = defaults.iter().filter(|(header, _)| !fragment.contains(header)).map(|(_, table)| *table);
    missing.chain([fragment]).collect()
}

fn findings(text: &str) -> Vec<Diagnostic> {
    findings_in(text, Catalog::bundled())
}

/// All findings but the note on releases that are not known from their code, which most targets have.
fn findings_in(text: &str, catalog: &Catalog) -> Vec<Diagnostic> {
    let mut findings = all_findings(text, catalog);
    findings.retain(|finding| finding.rule != Rule::ReleaseNotVerified);
    findings
}

fn all_findings(text: &str, catalog: &Catalog) -> Vec<Diagnostic> {
    compile(Source::new("integration.toml", text), catalog).report.diagnostics
}

/// The catalog of a shop of the release, which has these resources and a few of its own below the root, and one below
/// another root.
fn shop(release: &str, ids: &[&str]) -> Catalog {
    let resource = |parent: Option<&str>| ShopResource {
        parent: parent.map(str::to_owned),
        title: "Title".to_owned(),
        module: "Acme_Shop".to_owned(),
        sort_order: 0,
        is_disabled: false,
    };
    let root = "Magento_Backend::admin";
    let mut shop = Shop::new(release.parse().unwrap());
    shop.resources.insert(root.to_owned(), resource(None));
    let own = ["Acme_Shop::a", "Acme_Shop::b", "Acme_Shop::c", "Acme_Shop::d"];
    shop.resources.extend(own.iter().chain(ids).map(|&id| (id.to_owned(), resource(Some(root)))));
    // Behind Magento's roots it is in nobody's way.
    let behind = ShopResource { sort_order: 30, ..resource(None) };
    shop.resources.insert("Acme_Other::root".to_owned(), behind);
    shop.resources.insert("Acme_Other::child".to_owned(), resource(Some("Acme_Other::root")));
    Catalog::of_shop(shop)
}

/// The fragment triggers the rule once, at the text between « and », and no other rule.
#[track_caller]
fn finds(rule: Rule, fragment: &str) -> Diagnostic {
    finds_in(rule, &spec(fragment))
}

/// The same for a whole spec.
#[track_caller]
fn finds_in(rule: Rule, marked: &str) -> Diagnostic {
    let start = marked.find('«').expect("a mark");
    let text = marked.replace('«', "");
    let end = text.find('»').expect("a mark");
    let text = text.replace('»', "");
    let found = findings(&text);
    let [finding] = found.as_slice() else { panic!("{} findings: {found:#?}", found.len()) };
    assert_eq!(finding.rule, rule, "{finding:#?}");
    let span = finding.span.clone().expect("a place");
    assert_eq!(&text[span.clone()], &text[start..end], "{finding:#?}");
    assert_eq!(span, start..end);
    is_whole(finding);
    finding.clone()
}

/// The finding says what is wrong, why, and what to write instead.
#[track_caller]
fn is_whole(finding: &Diagnostic) {
    let parts = [Some(&finding.message), finding.reason.as_ref(), finding.help.as_ref()];
    assert!(parts.iter().all(|part| part.is_some_and(|text| !text.is_empty())), "{finding:#?}");
}

/// The text with the fixes of its findings.
fn fixed(text: &str) -> String {
    let mut fixes: Vec<_> = findings(text).into_iter().filter_map(|finding| finding.fix).collect();
    fixes.sort_by_key(|fix| std::cmp::Reverse(fix.span.start));
    fixes.iter().fold(text.to_owned(), |mut text, fix| {
        text.replace_range(fix.span.clone(), &fix.replacement);
        text
    })
}

/// The fragment triggers the rule among others.
fn triggers(rule: Rule, fragment: &str) -> bool {
    findings(&spec(fragment)).iter().any(|finding| finding.rule == rule)
}

/// The fragment triggers nothing.
#[track_caller]
fn passes(fragment: &str) {
    let found = findings(&spec(fragment));
    assert!(found.is_empty(), "{found:#?}");
}
