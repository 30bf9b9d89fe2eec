//! Values that a spec omits, because they would be rejected or grant nothing.

use std::ops::Range;

use serde_json::Value;

use super::outline::Outline;
use crate::{
    diag::{Diagnostic, Level, Rule},
    spec::pointer,
};

/// Omits resources that grant nothing.
pub(super) fn omit_rejected(outline: &mut Outline, found: &[Diagnostic]) {
    for (integration, listed) in lists(&outline.json, "resources") {
        for at in 0..listed {
            let route = pointer!["integration", integration, "resources", at];
            let span = outline.spans.value(&route);
            let why = found.iter().filter(|finding| finding.span == span).find_map(reason);
            if let Some(why) = why {
                outline.notes.rejected.insert(route, why.to_owned());
            }
        }
    }
}

/// Moves optional values that would be rejected from `[module]` to `[composer]`, so that composer.json keeps them.
pub(super) fn move_rejected_package_keys(outline: &mut Outline, found: &[Diagnostic]) {
    for key in ["version", "package", "license", "homepage", "keywords", "authors"] {
        let Some(place) = outline.spans.value(&pointer!["module", key]) else { continue };
        let is_in = |span: &Range<usize>| place.start <= span.start && span.end <= place.end;
        let is_refused =
            |finding: &Diagnostic| finding.level == Level::Error && finding.span.as_ref().is_some_and(is_in);
        if found.iter().any(is_refused)
            && let Some(module) = outline.json["module"].as_object_mut()
            && let Some(value) = module.shift_remove(key).filter(|_| key != "package")
        {
            outline.json["composer"][key] = value;
        }
    }
}

fn lists(json: &Value, key: &str) -> Vec<(usize, usize)> {
    let integrations = json["integration"].as_array().into_iter().flatten();
    let lengths = integrations.map(|integration| integration[key].as_array().map_or(0, Vec::len));
    lengths.enumerate().collect()
}

/// Reason why a resource is omitted; none if it stays.
fn reason(finding: &Diagnostic) -> Option<&'static str> {
    Some(match finding.rule {
        Rule::UnknownResource if finding.message.contains("declared by this module") => {
            "etc/acl.xml does not declare it"
        }
        Rule::UnknownResource => "it exists in no release of the target",
        Rule::DisabledResource => "it is disabled in Magento",
        Rule::RootResource => "a root grants nothing",
        Rule::ResourceFormat => "it is not a resource",
        Rule::DuplicateResource => "listed twice",
        _ => return None,
    })
}
