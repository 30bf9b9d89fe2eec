//! The specs of docs/least-privilege.md.

use magespec::{
    catalog::Catalog,
    check,
    diag::{Level, Source},
    resolve::{Resolved, resolve},
    spec::load,
};

pub(crate) const PAGE: &str = include_str!("../../docs/least-privilege.md");

/// The release in which resources are granted and routes opened.
pub(crate) const RELEASE: &str = "2.4.7";

/// The specs of the page, each with what the page leaves out.
pub(crate) fn specs() -> Vec<String> {
    let blocks = PAGE.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let head = format!(
        "[module]\nname = \"Acme_Example\"\ndescription = \"x\"\nversion = \"1.0.0\"\n[target]\nmagento = \"={RELEASE}\"\n"
    );
    blocks.map(|block| format!("{head}{block}")).collect()
}

/// A spec that is right, looked up.
pub(crate) fn resolved(text: &str) -> Resolved {
    let source = Source::new("integration.toml", text);
    let loaded = load(&source);
    let resolved = resolve(&loaded, Catalog::bundled());
    let findings = check::spec(&loaded, resolved.as_ref(), Catalog::bundled());
    let worse = findings.iter().filter(|finding| finding.level != Level::Note);
    assert_eq!(worse.map(|finding| &finding.message).collect::<Vec<_>>(), Vec::<&String>::new(), "{text}");
    resolved.unwrap()
}
