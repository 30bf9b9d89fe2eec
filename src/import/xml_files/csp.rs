//! Import of `etc/csp_whitelist.xml`.

use std::collections::BTreeMap;

use serde_json::json;

use super::{Entry, Names, Reading, Unsupported, needed};
use crate::{
    parsers::xml::{Element, XmlNode},
    spec::pointer,
};

/// Normalizes the file: Magento adds up what it has of a directive, and a host that is repeated counts once.
pub(super) fn normal(root: &Element) -> Element {
    let mut normal = root.clone();
    for node in &mut normal.children {
        let XmlNode::Element(policies) = node else { continue };
        let mut merged: Vec<Element> = Vec::new();
        for policy in policies.elements() {
            let id = |it: &Element| it.attribute("id").map(|id| id.value.clone());
            let at = merged.iter().position(|other| id(other) == id(policy)).unwrap_or(merged.len());
            if at == merged.len() {
                merged.push(Element { children: Vec::new(), ..policy.clone() });
            }
            let Some(merged) = merged.get_mut(at) else { continue };
            for value in policy.named("values").flat_map(Element::elements) {
                let is_same = |other: &Element| {
                    other.text().trimmed() == value.text().trimmed()
                        && other.attribute("type").map(|it| &it.value)
                            == value.attribute("type").map(|it| &it.value)
                };
                if !merged.elements().any(is_same) {
                    merged.children.push(XmlNode::Element(value.clone()));
                }
            }
        }
        merged.retain(|policy| policy.elements().next().is_some());
        policies.children = merged.into_iter().map(XmlNode::Element).collect();
    }
    normal
}

pub(super) fn read(root: &Element, _: &Names<'_>) -> Reading {
    let mut reading = Reading::default();
    let mut entry = Entry::table("csp", &root.name.span);
    // A directive may be named more than once.
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for policy in root.named("policies").flat_map(|policies| policies.named("policy")) {
        let Some(directive) = reading.keep(needed(policy, "id")) else { continue };
        let list = pointer![directive.value];
        for value in policy.named("values").flat_map(|values| values.named("value")) {
            let Some(kind) = reading.keep(needed(value, "type")) else { continue };
            let algorithm = value.attribute("algorithm").filter(|_| kind.value == "hash");
            if kind.value == "host" || algorithm.is_some() {
                let count = counts.entry(&directive.value).or_default();
                if *count == 0 {
                    entry.put_at_key(list.clone(), &directive.span, json!([]), &policy.name.span);
                }
                let text = value.text();
                let source = algorithm.map_or_else(
                    || text.trimmed().to_owned(),
                    |algorithm| format!("'{}-{}'", algorithm.value, text.trimmed()),
                );
                entry.put(list.key(*count), source, &text.span);
                *count += 1;
            } else {
                let what = format!(
                    "{} has a value of type {}, and a spec lists hosts, and hashes with their algorithm",
                    directive.value, kind.value
                );
                reading.unsupported.push(Unsupported::new(what, &kind.span));
            }
        }
    }
    if !counts.is_empty() {
        reading.entries.push(entry);
    }
    reading
}
