//! Events that are named after the prefix of a model or a collection.

use std::rc::Rc;

use super::found::{Found, keys};
use crate::php::{ClassFile, Classes, DispatchCall, NamePart, dispatches, property};
use crate::scan::blocks::short;

/// Class that all models with events extend.
pub(super) const ABSTRACT_MODEL: &str = "Magento\\Framework\\Model\\AbstractModel";

/// Suffixes of the events of every model.
const MODEL: [&str; 9] = [
    "load_before",
    "load_after",
    "save_before",
    "save_after",
    "save_commit_after",
    "delete_before",
    "delete_after",
    "delete_commit_after",
    "clear",
];

/// Events named after prefixes.
pub(super) struct Prefixed {
    pub(super) found: Vec<Found>,
    /// Models that have all events of models, and the line for them.
    pub(super) families: Vec<(String, [String; 6])>,
}

/// Events of the classes that declare a prefix, in the methods that they have or inherit.
pub(super) fn prefixed(files: &[ClassFile], classes: &Classes) -> Prefixed {
    let mut all = Prefixed { found: Vec::new(), families: Vec::new() };
    for file in files {
        let lineage = classes.lineage(&file.name);
        let own = property(file, "_eventPrefix").filter(|prefix| !prefix.is_empty());
        let Some(prefix) = own.clone().or_else(|| inherited(&lineage)) else { continue };
        let object = lineage.iter().find_map(|file| property(file, "_eventObject")).unwrap_or_default();
        let (mut found, mut of_models) = (Vec::new(), Vec::new());
        let is_model = lineage.iter().any(|file| file.name == ABSTRACT_MODEL);
        // What a class inherits with its prefix stands with the class that declares it.
        let reach = if own.is_some() { lineage.len() } else { 1 };
        for (at, ancestor) in lineage.iter().enumerate().take(reach) {
            let nearer = lineage.get(..at).unwrap_or_default();
            for call in dispatches(ancestor, classes) {
                let Some(event) = name(&call, &prefix) else { continue };
                if is_replaced(nearer, &call.method) {
                    continue;
                }
                if ancestor.name == ABSTRACT_MODEL {
                    of_models.push(event.clone());
                }
                found.push(Found {
                    class: file.name.clone(),
                    event,
                    kind: if is_model { "model" } else { "collection" },
                    keys: keys(ancestor, &call, &object, &file.name),
                    method: call.method,
                });
            }
        }
        let members = MODEL.map(|suffix| format!("{prefix}_{suffix}"));
        if members.iter().all(|member| of_models.contains(member)) {
            found.retain(|it| !members.contains(&it.event));
            let family = [&format!("{prefix}_*"), "model", "", "", "", &object].map(str::to_owned);
            all.families.push((short(&file.name), family));
        }
        all.found.extend(found);
    }
    all
}

/// Prefix of the nearest class that declares one.
fn inherited(lineage: &[Rc<ClassFile>]) -> Option<String> {
    lineage.iter().find_map(|file| property(file, "_eventPrefix")).filter(|prefix| !prefix.is_empty())
}

/// Name of an event with a prefix; none if it has none, or other variable parts.
fn name(call: &DispatchCall, prefix: &str) -> Option<String> {
    if !call.name.contains(&NamePart::Prefix) {
        return None;
    }
    let part = |part: &NamePart| match part {
        NamePart::Text(text) => Some(text.clone()),
        NamePart::Prefix => Some(prefix.to_owned()),
        NamePart::Code(_) => None,
    };
    call.name.iter().map(part).collect()
}

/// Returns true if a nearer class has the method without calling the inherited one.
fn is_replaced(nearer: &[Rc<ClassFile>], method: &str) -> bool {
    nearer.iter().any(|file| {
        file.class.method(method).is_some_and(|own| {
            let body = file.text.get(own.span.clone()).unwrap_or_default();
            !file.class.is_interface && !body.contains(&format!("parent::{method}("))
        })
    })
}
