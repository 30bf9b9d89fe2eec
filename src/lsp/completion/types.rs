//! Types of services and data.

use lsp_types::CompletionItemKind;

use super::{own::KnownValues, proposal::Proposal};
use crate::spec::{Pointer, pointer};

/// Types that a method can take or return, or a field at a route can have. With `[]` or `?` behind what is typed, lists or
/// nullable types.
pub(super) fn all(known: &KnownValues<'_>, route: &Pointer, typed: &str) -> Vec<Proposal> {
    // Only a class that exists may have documented what is in an array.
    let has_array = known.own.has_interface(route);
    let scalars = ["string", "int", "float", "bool", "mixed", "array"];
    let scalars = if has_array { &scalars[..] } else { &scalars[..5] };
    let steps = route.names();
    let own = known.own.data();
    match steps.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        // One segment of a path is one plain value.
        ["service", "method", "parameters", _] => {
            let plain = |name: &&str| Proposal::new(CompletionItemKind::KEYWORD, *name, "");
            return scalars[..4].iter().map(plain).collect();
        }
        ["service", "method", "returns"] if known.own.is_search(route) => {
            return own
                .map(|name| Proposal::new(CompletionItemKind::CLASS, name, "data object of this module"))
                .collect();
        }
        _ => {}
    }
    let scalars = scalars.iter().map(|name| Proposal::new(CompletionItemKind::KEYWORD, *name, ""));
    let own = own.map(|name| Proposal::new(CompletionItemKind::CLASS, name, "data object of this module"));
    let types = known.catalog.types();
    let is_used = |class: &str| types.find(class).iter().any(|it| it.is_used_in_webapi);
    let types =
        known.of_table(types, |it| Proposal::new(CompletionItemKind::INTERFACE, &*it.class, it.module()));
    let types = types.into_iter().filter(|it| is_used(&it.text));
    let name_ends = typed.find(['[', '?']);
    let suffixes: &[&str] = match name_ends.map(|at| &typed[at..at + 1]) {
        Some("[") => &["[]", "[]?"],
        Some(_) => &["?"],
        None => &["", "[]", "?", "[]?"],
    };
    // Lists of Magento's types are only proposed behind a bracket: there are many.
    let of_magento = if name_ends.is_some() { suffixes } else { &suffixes[..1] };
    let with = |suffixes: &'static [&str], weight: usize| {
        move |it: Proposal| {
            suffixes.iter().map(move |suffix| Proposal {
                text: format!("{}{suffix}", it.text),
                weight: weight + usize::from(!suffix.is_empty()),
                ..it.clone()
            })
        }
    };
    let all = own.chain(scalars).flat_map(with(suffixes, 0)).chain(types.flat_map(with(of_magento, 2)));
    let endless = container(known, route);
    all.filter(|it| endless.is_none_or(|data| !known.own.contains(&it.text, data))).collect()
}

/// Name of the data object with a field at a route.
fn container<'a>(known: &KnownValues<'a>, route: &Pointer) -> Option<&'a str> {
    let steps: Vec<&str> = route.steps().collect();
    let ["data", at, "fields", ..] = steps.as_slice() else { return None };
    known.draft.json.pointer(&pointer!["data", at])?.get("name")?.as_str()
}
