//! Completion of keys, headers and values.

mod keys;
mod proposal;
mod values;

use lsp_types::{CompletionItem, CompletionItemKind, CompletionList, CompletionTextEdit, TextEdit};

use super::{
    cursor::{Cursor, CursorPlace},
    documents::EditorText,
};
use crate::project::Project;
use proposal::Proposal;
use values::KnownValues;

/// Largest number of items in an answer. The editor asks again with the next letter.
const MOST: usize = 200;

/// Completes what is at a cursor. `project` has the last spec that could be read.
pub(super) fn complete(
    project: &Project,
    text: &EditorText,
    offset: usize,
    cursor: &Cursor,
) -> CompletionList {
    let typed = &text.as_str()[cursor.span.start..offset.clamp(cursor.span.start, cursor.span.end)];
    let (kind, proposals) = match cursor.place {
        CursorPlace::Key => {
            (CompletionItemKind::PROPERTY, keys::of_table(project, &cursor.route, &cursor.span))
        }
        CursorPlace::Header => (CompletionItemKind::MODULE, keys::of_header(&cursor.route)),
        CursorPlace::Value => (CompletionItemKind::VALUE, KnownValues::of(project).at(&cursor.route)),
    };
    let mut ranked: Vec<(bool, u8, Proposal)> = proposals
        .into_iter()
        .filter_map(|it| {
            let rank = it.rank(typed)?;
            let is_in_all = it.releases.is_none_or(|releases| (project.releases - releases).is_empty());
            Some((!is_in_all, rank, it))
        })
        .collect();
    // Stable: proposals of one rank stay in their order.
    ranked.sort_by_key(|(is_in_some, rank, _)| (*is_in_some, *rank));
    let is_incomplete = ranked.len() > MOST;
    let catalog = project.catalogs.get().in_question();
    let items = ranked.into_iter().take(MOST).enumerate().map(|(at, (is_in_some, _, proposal))| {
        let only =
            proposal.releases.filter(|_| is_in_some).map(|set| format!("only in {}", catalog.describe(set)));
        let details = [Some(proposal.detail), only].into_iter().flatten().filter(|it| !it.is_empty());
        let new_text = match cursor.place {
            CursorPlace::Value if !cursor.is_quoted => quoted(&proposal.text),
            CursorPlace::Key => format!("{} = ", proposal.text),
            CursorPlace::Value | CursorPlace::Header => proposal.text.clone(),
        };
        CompletionItem {
            label: proposal.text,
            kind: Some(kind),
            detail: Some(details.collect::<Vec<_>>().join("; ")).filter(|detail| !detail.is_empty()),
            sort_text: Some(format!("{at:04}")),
            // It was searched here: the editor must not leave it out.
            filter_text: Some(typed.to_owned()).filter(|typed| !typed.is_empty()),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range: text.range(&cursor.span), new_text })),
            ..CompletionItem::default()
        }
    });
    CompletionList {
        is_incomplete: is_incomplete || cursor.place == CursorPlace::Value,
        items: items.collect(),
    }
}

/// Value as TOML: a number or a boolean as it is, anything else as a string.
fn quoted(text: &str) -> String {
    if text == "true" || text == "false" { text.to_owned() } else { toml::Value::from(text).to_string() }
}
