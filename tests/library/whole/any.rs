//! Whatever spec is accepted: its XML says what the spec says. That its PHP parses is in `tests/outside/php.rs`.

use magespec::tree::Tree;
use proptest::prelude::*;
use roxmltree::Document;
use serde_json::Value;

use super::{html, text};
use crate::support::any::{accepted, spec};

fn all<'a>(list: &'a Value, key: &'a str) -> impl Iterator<Item = &'a str> {
    list.as_array().into_iter().flatten().filter_map(move |it| it[key].as_str())
}

/// The texts and the attributes of a file.
fn said(tree: &Tree, path: &str) -> Vec<String> {
    let file = text(tree, path);
    let document = Document::parse(&file).unwrap_or_else(|error| panic!("{path}: {error}\n{file}"));
    let nodes = document.descendants();
    nodes
        .flat_map(|node| {
            let attributes = node.attributes().map(|it| it.value().to_owned());
            node.text().map(str::to_owned).into_iter().chain(attributes).collect::<Vec<_>>()
        })
        .collect()
}

/// The file says each of these texts.
fn says<'a>(tree: &Tree, path: &str, texts: impl Iterator<Item = &'a str>) {
    let mut texts = texts.peekable();
    let said = texts.peek().map(|_| said(tree, path)).unwrap_or_default();
    texts.for_each(|text| assert!(said.iter().any(|it| it == text), "{text:?} is not in {path}"));
}

fn comes_back(tree: &Tree, spec: &Value) {
    for (path, _) in tree.iter().filter(|(path, _)| path.as_str().ends_with(".xml")) {
        said(tree, path.as_str());
    }
    let comments: Vec<String> = all(&spec["setting"], "comment").map(html).collect();
    let labels = all(&spec["setting"], "label").chain(comments.iter().map(String::as_str));
    says(tree, "etc/adminhtml/system.xml", labels.chain(spec["settings"]["label"].as_str()));
    says(tree, "etc/adminhtml/menu.xml", spec["settings"]["label"].as_str().into_iter());
    says(tree, "etc/config.xml", all(&spec["setting"], "default"));
    says(tree, "etc/integration.xml", all(&spec["integration"], "name"));
    says(tree, "etc/acl.xml", all(&spec["acl"], "title"));
    says(tree, "etc/di.xml", all(&spec["webhook"], "topic"));
    let composer: Value = serde_json::from_str(&text(tree, "composer.json")).unwrap();
    assert_eq!(composer["description"], spec["module"]["description"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_global_rejects: 4096, ..ProptestConfig::default() })]

    #[test]
    fn what_is_accepted_says_the_same_in_xml(spec in spec()) {
        let tree = accepted(&spec);
        prop_assume!(tree.is_some());
        let tree = tree.unwrap();
        comes_back(&tree, &spec);
    }
}
