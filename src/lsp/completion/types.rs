//! Types of services and data.

use lsp_types::CompletionItemKind;

use super::{own::KnownValues, proposal::Proposal};
use crate::catalog::VersionedRow;

/// Types that a method can take or return. With `[]` or `?` behind what is typed, lists or nullable types.
pub(super) fn all(known: &KnownValues<'_>, typed: &str) -> Vec<Proposal> {
    let scalars = ["string", "int", "float", "bool", "mixed", "array"];
    let scalars = scalars.map(|name| Proposal::new(CompletionItemKind::KEYWORD, name, ""));
    let own = known.own.data();
    let own = own.map(|name| Proposal::new(CompletionItemKind::CLASS, name, "data object of this module"));
    let types = known.catalog.types().iter().filter(|it| it.is_used_in_webapi);
    let types = types.filter_map(|it| {
        known.proposal(CompletionItemKind::INTERFACE, &it.class, it.module(), it.releases())
    });
    let name_ends = typed.find(['[', '?']);
    let suffixes: &[&str] = match name_ends.map(|at| &typed[at..at + 1]) {
        Some("[") => &["[]", "[]?"],
        Some(_) => &["?"],
        None => &[""],
    };
    let all = own.chain(scalars).chain(types);
    all.flat_map(|it| {
        suffixes.iter().map(move |suffix| Proposal { text: format!("{}{suffix}", it.text), ..it.clone() })
    })
    .collect()
}
