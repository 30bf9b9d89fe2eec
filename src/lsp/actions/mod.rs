//! Code actions: the fixes of findings, levels of their rules, and other ways to write what is at the cursor.

mod edits;
mod of_findings;
mod rewrites;

use std::collections::HashMap;

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, Range, TextEdit, WorkspaceEdit,
};

use super::{
    diagnostics::diagnostic,
    documents::{EditorText, OpenSpec},
};
use crate::{
    diag::{Diagnostic, Fix},
    project::Project,
};

/// Kinds of actions, for the editor to choose from.
pub(super) const KINDS: [CodeActionKind; 3] =
    [CodeActionKind::QUICKFIX, CodeActionKind::REFACTOR_REWRITE, CodeActionKind::SOURCE_FIX_ALL];

/// Spec that actions change, as it was compiled from the present text.
struct ActionTarget<'a> {
    document: &'a OpenSpec,
    text: &'a EditorText,
    project: &'a Project,
}

/// ActionChange of a spec under a title.
struct ActionChange {
    title: String,
    edits: Vec<TextEdit>,
}

/// Actions for a range, of the kinds that the editor asks for.
pub(super) fn actions(document: &OpenSpec, params: &CodeActionParams) -> Vec<CodeActionOrCommand> {
    let target = ActionTarget { document, text: document.text(), project: document.latest() };
    let mut all = target.of_findings(params.range);
    let rewrites = target.rewrites(params.range.start).into_iter();
    all.extend(rewrites.map(|change| target.action(change, CodeActionKind::REFACTOR_REWRITE, None)));
    all.extend(target.fix_all());
    let asked = params.context.only.as_deref();
    let is_asked = |action: &CodeAction| {
        let kind = action.kind.as_ref().map_or("", CodeActionKind::as_str);
        let is_of = |asked: &CodeActionKind| {
            kind.strip_prefix(asked.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        asked.is_none_or(|asked| asked.iter().any(is_of))
    };
    all.into_iter().filter(is_asked).map(CodeActionOrCommand::CodeAction).collect()
}

impl ActionTarget<'_> {
    fn action(&self, change: ActionChange, kind: CodeActionKind, finding: Option<&Diagnostic>) -> CodeAction {
        CodeAction {
            title: change.title,
            kind: Some(kind),
            diagnostics: finding.map(|it| vec![diagnostic(self.document.uri(), self.text, it)]),
            edit: Some(WorkspaceEdit {
                changes: Some(HashMap::from([(self.document.uri().clone(), change.edits)])),
                ..WorkspaceEdit::default()
            }),
            ..CodeAction::default()
        }
    }

    /// Actions for the findings that touch a range.
    fn of_findings(&self, range: Range) -> Vec<CodeAction> {
        let (start, end) = (self.text.offset(range.start), self.text.offset(range.end));
        let touches = |finding: &&Diagnostic| {
            finding.span.as_ref().is_some_and(|span| span.start <= end && start <= span.end)
        };
        let here = self.project.report.diagnostics.iter().filter(touches);
        here.flat_map(|finding| {
            let fix = finding.fix.as_ref().map(|fix| {
                let action = self.action(self.fix(fix), CodeActionKind::QUICKFIX, Some(finding));
                CodeAction { is_preferred: Some(true), ..action }
            });
            let others = self.answers(finding).into_iter();
            let others = others.map(|change| self.action(change, CodeActionKind::QUICKFIX, Some(finding)));
            fix.into_iter().chain(others).collect::<Vec<_>>()
        })
        .collect()
    }

    fn fix(&self, fix: &Fix) -> ActionChange {
        let title = match fix.replacement.lines().next().unwrap_or_default().trim() {
            "" => "Remove it".to_owned(),
            replacement => format!("Replace by {replacement}"),
        };
        ActionChange { title, edits: vec![self.replacement(&fix.span, fix.replacement.clone())] }
    }

    /// All machine fixes that do not overlap, if there are several.
    fn fix_all(&self) -> Option<CodeAction> {
        let mut fixes: Vec<&Fix> =
            self.project.report.diagnostics.iter().filter_map(|it| it.fix.as_ref()).collect();
        fixes.sort_by_key(|fix| (fix.span.start, fix.span.end));
        fixes.dedup();
        let mut end = 0;
        fixes.retain(|fix| {
            let is_apart = fix.span.start >= end;
            end = end.max(fix.span.end);
            is_apart
        });
        let title = match fixes.len() {
            0 => return None,
            1 => "Apply the fix".to_owned(),
            count => format!("Apply all {count} fixes"),
        };
        let edits = fixes.iter().map(|fix| self.replacement(&fix.span, fix.replacement.clone())).collect();
        Some(self.action(ActionChange { title, edits }, CodeActionKind::SOURCE_FIX_ALL, None))
    }
}
