//! Code actions: the fixes of findings, and other levels of their rules.

use std::collections::HashMap;

use lsp_types::{CodeAction, CodeActionKind, CodeActionOrCommand, TextEdit, Uri, WorkspaceEdit};

use super::{cursor, diagnostics::diagnostic, documents::EditorText};
use crate::{
    diag::{Diagnostic, Report},
    spec::pointer,
};

/// Actions for the findings that touch a range.
pub(super) fn actions(
    uri: &Uri,
    text: &EditorText,
    report: &Report,
    range: lsp_types::Range,
) -> Vec<CodeActionOrCommand> {
    let (start, end) = (text.offset(range.start), text.offset(range.end));
    let touches = |finding: &&Diagnostic| {
        finding.span.as_ref().is_some_and(|span| span.start <= end && start <= span.end)
    };
    let here = report.diagnostics.iter().filter(touches);
    here.flat_map(|finding| {
        let action = |title: String, kind, edit, is_preferred| CodeAction {
            title,
            kind: Some(kind),
            diagnostics: Some(vec![diagnostic(uri, text, finding)]),
            edit: Some(changes(uri, edit)),
            is_preferred: Some(is_preferred),
            ..CodeAction::default()
        };
        let fix = finding.fix.as_ref().map(|fix| {
            let edit = TextEdit { range: text.range(&fix.span), new_text: fix.replacement.clone() };
            let title = match fix.replacement.as_str() {
                "" => "Remove it".to_owned(),
                replacement => {
                    format!("Replace by {}", replacement.lines().next().unwrap_or_default().trim())
                }
            };
            action(title, CodeActionKind::QUICKFIX, edit, true)
        });
        let id = finding.rule.id();
        let allow = finding.rule.can_be_relaxed().then(|| {
            action(format!("Allow {id} in this spec"), CodeActionKind::QUICKFIX, allow(text, id), false)
        });
        fix.into_iter().chain(allow).map(CodeActionOrCommand::CodeAction)
    })
    .collect()
}

/// Adds a rule to `[rules]`, with the table if the spec has none.
fn allow(text: &EditorText, rule: &str) -> TextEdit {
    let line = format!("{rule} = \"allow\"\n");
    let rules = pointer!["rules"];
    let header = cursor::headers(text.as_str()).into_iter().find(|header| header.route == rules);
    let (at, new_text) = match header {
        Some(header) => {
            let line_end = text.as_str()[header.span.end..].find('\n').map(|end| header.span.end + end + 1);
            match line_end {
                Some(at) => (at, line),
                None => (text.as_str().len(), format!("\n{line}")),
            }
        }
        None => {
            let end = if text.as_str().ends_with('\n') { "" } else { "\n" };
            (text.as_str().len(), format!("{end}\n[rules]\n{line}"))
        }
    };
    TextEdit { range: text.range(&(at..at)), new_text }
}

fn changes(uri: &Uri, edit: TextEdit) -> WorkspaceEdit {
    WorkspaceEdit { changes: Some(HashMap::from([(uri.clone(), vec![edit])])), ..WorkspaceEdit::default() }
}
