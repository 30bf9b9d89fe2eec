//! What is left out of a spec, because it would be refused or grants nothing.

use std::ops::Range;

use serde_json::Value;

use super::outline::Outline;
use crate::{
    diag::{Diagnostic, Level, Rule},
    spec::pointer,
};

/// Leaves out resources that grant nothing anyway.
pub(super) fn omit_rejected(outline: &mut Outline, found: &[Diagnostic]) {
    for (integration, listed) in lists(&outline.json, "resources") {
        for at in 0..listed {
            let route = pointer!["integration", integration, "resources", at];
            let span = outline.spans.value(&route);
            let why = found.iter().filter(|finding| finding.span == span).find_map(reason);
            if let Some(why) = why {
                outline.notes.rejected.insert(route.to_string(), why.to_owned());
            }
        }
    }
}

/// Leaves out what a spec may be without, where it is refused.
pub(super) fn omit_rejected_package_keys(outline: &mut Outline, found: &[Diagnostic]) {
    for key in ["package", "license", "homepage", "keywords", "authors"] {
        let Some(place) = outline.spans.value(&pointer!["module", key]) else { continue };
        let is_in = |span: &Range<usize>| place.start <= span.start && span.end <= place.end;
        let is_refused =
            |finding: &Diagnostic| finding.level == Level::Error && finding.span.as_ref().is_some_and(is_in);
        if found.iter().any(is_refused)
            && let Some(module) = outline.json["module"].as_object_mut()
        {
            module.shift_remove(key);
        }
    }
}

fn lists(json: &Value, key: &str) -> Vec<(usize, usize)> {
    let integrations = json["integration"].as_array().into_iter().flatten();
    let lengths = integrations.map(|integration| integration[key].as_array().map_or(0, Vec::len));
    lengths.enumerate().collect()
}

/// Why a resource is left out; none if it stays.
fn reason(finding: &Diagnostic) -> Option<&'static str> {
    Some(match finding.rule {
        Rule::UnknownResource if finding.message.contains("own resources") => {
            "etc/acl.xml does not declare it"
        }
        Rule::UnknownResource => "no release of the target has it",
        Rule::DisabledResource => "Magento has it switched off",
        Rule::RootResource => "a root grants nothing",
        Rule::ResourceFormat => "it is no resource",
        Rule::DuplicateResource => "listed twice",
        _ => return None,
    })
}
