//! Completion of keys, headers and values.

mod calls;
mod events;
mod keys;
mod own;
mod payload;
mod proposal;
mod releases;
mod resources;
mod settings;
mod types;
mod values;

use std::ops::Range;

use lsp_types::{
    CompletionItem, CompletionItemLabelDetails, CompletionItemTag, CompletionList, CompletionTextEdit,
    InsertTextFormat, TextEdit,
};
use serde_json::json;

use keys::WrittenHeader;
pub(super) use keys::toml;

use super::{
    cursor::{Cursor, CursorPlace},
    documents::{Draft, EditorFeatures, EditorText},
};
use own::KnownValues;
use proposal::Proposal;

/// Largest number of items in an answer. The editor asks again with the next letter.
const MOST: usize = 200;

/// Order of proposals: the unlikely ones last, then what some releases lack, then by rank, weight and length.
type ProposalOrder = (bool, bool, u8, usize, usize);

/// Proposals for a part of the text.
struct Completed {
    span: Range<usize>,
    /// Part of the text in front of the cursor, to search for.
    typed: String,
    proposals: Vec<Proposal>,
    /// True if a further letter may find what is not among them.
    is_searched: bool,
}

/// Completes what is at a cursor in the document of a URI.
pub(super) fn complete(
    uri: &str,
    draft: &Draft<'_>,
    text: &EditorText,
    offset: usize,
    cursor: &Cursor,
    features: &EditorFeatures,
) -> CompletionList {
    let Completed { span, typed, mut proposals, is_searched } = match cursor.place {
        CursorPlace::Key => key(draft, text.as_str(), offset, cursor),
        CursorPlace::Header => header(text.as_str(), offset, cursor),
        CursorPlace::Value => value(draft, text.as_str(), offset, cursor),
    };
    // In front of a name, its other parts are still to be typed: another name would take its value.
    if cursor.place != CursorPlace::Value && offset <= cursor.outer().start && cursor.keys.is_empty() {
        let brackets = ['[', ']', '"', '\''];
        let written = text.as_str()[span.clone()].trim_matches(brackets);
        proposals.retain(|it| it.text.trim_start_matches(brackets).starts_with(written));
    }
    let mut ranked: Vec<(ProposalOrder, Proposal)> = proposals
        .into_iter()
        .filter_map(|it| {
            let rank = it.rank(&typed)?;
            let is_in_all = it.releases.is_none_or(|releases| (draft.releases - releases).is_empty());
            // Of texts that only contain what was typed, the shortest has least else.
            let length = if rank > 0 { it.text.len() } else { 0 };
            Some(((it.is_last, !is_in_all, rank, it.weight, length), it))
        })
        .collect();
    // Stable: proposals of one rank stay in their order.
    ranked.sort_by_key(|(rank, _)| *rank);
    let has_titles = ranked.iter().any(|(_, proposal)| !proposal.title.is_empty());
    let range = text.range(&span);
    let written = &text.as_str()[span.start..offset.max(span.start)];
    let route = match cursor.place {
        CursorPlace::Value => cursor.route.clone(),
        CursorPlace::Key | CursorPlace::Header => cursor.route.key(""),
    };
    let is_list =
        cursor.place == CursorPlace::Value && cursor.quotes.is_empty() && keys::is_list(&cursor.route);
    let is_long = ranked.len() > MOST;
    let items = ranked.into_iter().take(MOST).enumerate().map(|(at, ((_, is_in_some, ..), proposal))| {
        let only = proposal
            .releases
            .filter(|_| is_in_some)
            .map(|set| format!("only in {}", draft.catalog.describe(set)));
        let is_flag = proposal.is_flag();
        let tags = proposal.is_deprecated.then(|| vec![CompletionItemTag::DEPRECATED]);
        let details = [Some(proposal.detail), only].into_iter().flatten().filter(|it| !it.is_empty());
        let detail = Some(details.collect::<Vec<_>>().join("; ")).filter(|detail| !detail.is_empty());
        // In a short line, the last title of a path tells most.
        let brief = detail.as_deref().map(|detail| detail.rsplit(" > ").next().unwrap_or(detail));
        let label_details = brief
            .filter(|_| features.has_label_details)
            .map(|brief| CompletionItemLabelDetails { detail: None, description: Some(brief.to_owned()) });
        let (new_text, is_snippet) = match (proposal.snippet, cursor.place) {
            (Some(snippet), _) if features.has_snippets => (snippet, true),
            (Some(snippet), _) => (keys::without_places(&snippet), false),
            (None, CursorPlace::Value) if is_flag => (proposal.text.clone(), false),
            (None, CursorPlace::Value) if is_list => {
                (format!("[{}]", in_quotes(cursor, &proposal.text)), false)
            }
            (None, CursorPlace::Value) => (in_quotes(cursor, &proposal.text), false),
            (None, CursorPlace::Key | CursorPlace::Header) => (proposal.text.clone(), false),
        };
        // What begins with the text is found by its label.
        let is_found = proposal.text.to_lowercase().starts_with(&written.to_lowercase());
        CompletionItem {
            data: Some(json!({ "uri": uri, "route": &*route, "text": proposal.text })),
            label: proposal.text,
            kind: Some(proposal.kind),
            label_details,
            detail,
            tags: tags.filter(|_| features.has_tags),
            sort_text: Some(format!("{at:04}")),
            // It was searched here: the editor must not leave it out.
            filter_text: Some(written.to_owned()).filter(|_| !is_found),
            insert_text_format: is_snippet.then_some(InsertTextFormat::SNIPPET),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text })),
            ..CompletionItem::default()
        }
    });
    let items: Vec<CompletionItem> = items.collect();
    // With the next letter, an editor asks again or searches the labels and `filter_text` of a complete list.
    let is_incomplete =
        is_long || is_searched || has_titles || items.iter().any(|item| item.filter_text.is_some());
    CompletionList { is_incomplete, items }
}

fn key(draft: &Draft<'_>, text: &str, offset: usize, cursor: &Cursor) -> Completed {
    if let Some((route, span)) = payload::at(cursor) {
        let typed = text[span.start..offset.max(span.start)].trim_start_matches(['"', '\'']).to_owned();
        let mut proposals = payload::keys(draft, &route, &typed);
        name_only_if(is_assigned(text, span.end), &mut proposals);
        return Completed { span, typed, proposals, is_searched: true };
    }
    let line = text[..cursor.span.start].rfind('\n').map_or(0, |at| at + 1);
    if text[line..cursor.span.start].contains('.') && is_alone(text, &(line..cursor.span.end)) {
        // `service.method` for a table within another.
        let typed = text[line..offset.max(line)].to_owned();
        let written = WrittenHeader { text, line: line..cursor.span.end, has_bracket: true };
        let proposals = keys::tables(&written);
        return Completed { span: line..cursor.span.end, typed, proposals, is_searched: false };
    }
    let mut proposals = KnownValues::of(draft).keys(&cursor.route);
    proposals.retain(|it| !keys::is_there(draft, &cursor.route.key(&it.text), &cursor.outer()));
    // Of the rules in the schema, only some have another level than their own.
    if *cursor.route != *"/rules" {
        proposals.extend(keys::of_table(draft, &cursor.route, &cursor.span));
    }
    name_only_if(is_assigned(text, cursor.outer().end), &mut proposals);
    if is_alone(text, &cursor.span) {
        let tables = keys::tables(&WrittenHeader { text, line: cursor.outer(), has_bracket: false });
        // At the start, `[module]` comes before keys that few specs have.
        let place = if cursor.route.is_empty() { 0 } else { proposals.len() };
        proposals.splice(place..place, tables);
    }
    let typed = text[cursor.span.start..offset.clamp(cursor.span.start, cursor.span.end)].to_owned();
    Completed { span: cursor.outer(), typed, proposals, is_searched: false }
}

/// Completes the header around a cursor as a whole, with its brackets and the keys that its table requires.
fn header(text: &str, offset: usize, cursor: &Cursor) -> Completed {
    let line = text[..cursor.span.start].rfind('\n').map_or(0, |at| at + 1);
    let start = line + text[line..].find('[').unwrap_or(0);
    let end = text[cursor.span.end..].find('\n').map_or(text.len(), |at| cursor.span.end + at);
    let behind = text[cursor.span.end..end].trim_end();
    let closing = behind.len() - behind.trim_start_matches(']').len();
    let is_whole = behind.len() == closing && start <= cursor.span.start;
    if !is_whole {
        let (span, typed) = (cursor.span.clone(), String::new());
        return Completed { span, typed, proposals: Vec::new(), is_searched: false };
    }
    let typed = text[start..offset.max(start)].trim_start_matches('[').to_owned();
    let line = start..cursor.span.end + closing;
    let mut proposals = keys::tables(&WrittenHeader { text, line, has_bracket: true });
    for proposal in &mut proposals {
        // What follows the header may be there already.
        let has_keys = text[end..].lines().nth(1).is_some_and(|next| next.contains('='));
        if has_keys {
            proposal.snippet = None;
        }
    }
    Completed { span: start..cursor.span.end + closing, typed, proposals, is_searched: false }
}

fn value(draft: &Draft<'_>, text: &str, offset: usize, cursor: &Cursor) -> Completed {
    // Behind a quote that is missing, the rest of the line is not part of the text.
    let end = if cursor.is_closed { cursor.span.end } else { offset.max(cursor.span.start) };
    let span = cursor.span.start..end;
    let typed = text[span.start..offset.clamp(span.start, span.end)].to_owned();
    let typed = if cursor.quotes.starts_with('"') { typed.replace("\\\\", "\\") } else { typed };
    let known = KnownValues::of(draft);
    let behind = text[span.end..].trim_start_matches([' ', '\t']);
    let is_free = behind.is_empty() || behind.starts_with(['\n', '\r', '#', ',', ']', '}']);
    // In front of a value no other one can stand.
    let is_taken = span.is_empty() && cursor.quotes.is_empty() && !is_free;
    let mut proposals = if is_taken { Vec::new() } else { known.at(&cursor.route, &typed) };
    proposals.retain(|proposal| cursor.quotes.is_empty() || !proposal.is_flag());
    if *cursor.route == *"/target/magento" && text[span.clone()].contains(releases::OPERATORS) {
        // Of a constraint, the version at the cursor is completed.
        let word = typed.rfind(releases::OPERATORS).map_or(0, |at| at + 1);
        let rest = &text[span.start + typed.len()..span.end];
        let behind = &rest[rest.find(releases::OPERATORS).unwrap_or(rest.len())..];
        let proposals = releases::versions(&known, &typed[..word], behind);
        let span = span.start + word..span.end - behind.len();
        return Completed { span, typed: typed[word..].to_owned(), proposals, is_searched: true };
    }
    Completed { span, typed, proposals, is_searched: true }
}

/// Text for a value: with quotes if there are none yet, with what its quotes need otherwise.
fn in_quotes(cursor: &Cursor, text: &str) -> String {
    let end = if cursor.is_closed { "" } else { cursor.quotes };
    match cursor.quotes {
        "" => toml::Value::from(text).to_string(),
        quotes if quotes.starts_with('"') => text.replace('\\', "\\\\").replace('"', "\\\"") + end,
        _ => text.to_owned() + end,
    }
}

/// Returns true if a key has its value already.
fn is_assigned(text: &str, end: usize) -> bool {
    text[end..].trim_start_matches([' ', '\t']).starts_with('=')
}

fn name_only_if(is_assigned: bool, proposals: &mut [Proposal]) {
    if is_assigned {
        for proposal in proposals {
            let name = proposal.snippet.as_ref().and_then(|snippet| snippet.split(" = ").next());
            proposal.snippet = name.map(str::to_owned);
        }
    }
}

/// Returns true if nothing else is on the line.
fn is_alone(text: &str, span: &Range<usize>) -> bool {
    let before = text[..span.start].rsplit('\n').next().unwrap_or_default();
    let behind = text[span.end..].split('\n').next().unwrap_or_default();
    before.trim().is_empty() && behind.trim().is_empty()
}
