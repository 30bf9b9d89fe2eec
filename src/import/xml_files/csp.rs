//! Import of `etc/csp_whitelist.xml`.

use serde_json::{Map, Value, json};

use super::{Entry, Names, Unsupported, needed};
use crate::parsers::xml::Element;

pub(super) fn read(root: &Element, _: &Names<'_>) -> Result<Vec<Entry>, Unsupported> {
    let mut policies: Map<String, Value> = Map::new();
    for policy in root.named("policies").flat_map(|policies| policies.named("policy")) {
        let directive = needed(policy, "id")?;
        let hosts = policies.entry(directive.value.clone()).or_insert_with(|| json!([]));
        for value in policy.named("values").flat_map(|values| values.named("value")) {
            let kind = needed(value, "type")?;
            if kind.value != "host" {
                return Err(Unsupported::new(
                    format!(
                        "{} has a value of type {}, and a spec lists only hosts",
                        directive.value, kind.value
                    ),
                    &kind.span,
                ));
            }
            if let Value::Array(hosts) = hosts {
                hosts.push(json!(value.text().trimmed()));
            }
        }
    }
    let at = root.name.span.clone();
    let values: Vec<(String, Value)> = policies.into_iter().collect();
    let entry = (!values.is_empty()).then_some(Entry { table: "csp", is_list: false, values, at });
    Ok(entry.into_iter().collect())
}
