//! Import of `etc/csp_whitelist.xml`.

use std::collections::BTreeMap;

use serde_json::json;

use super::{Entry, Names, Reading, Unsupported, needed};
use crate::{parsers::xml::Element, spec::pointer};

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
            if kind.value == "host" {
                let count = counts.entry(&directive.value).or_default();
                if *count == 0 {
                    entry.put_at_key(list.clone(), &directive.span, json!([]), &policy.name.span);
                }
                let host = value.text();
                entry.put(list.key(*count), host.trimmed(), &host.span);
                *count += 1;
            } else {
                let what = format!(
                    "{} has a value of type {}, and a spec lists only hosts",
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
