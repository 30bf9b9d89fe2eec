//! Action before it is offered.

use std::{collections::HashMap, ops::Range};

use lsp_types::{CodeAction, CodeActionKind, Uri, WorkspaceEdit};

use crate::{
    diag::{Diagnostic, Level},
    lsp::{
        diagnostics::diagnostic,
        documents::EditorText,
        edits::{SpecChange, added, grants, is_worse, reach},
    },
    project::Project,
};

/// Action that is offered if the spec is sound after it.
pub(super) struct ActionCandidate<'a> {
    pub(super) title: String,
    pub(super) change: SpecChange,
    pub(super) kind: CodeActionKind,
    pub(super) demand: Demand,
    /// Findings that it answers.
    pub(super) findings: Vec<&'a Diagnostic>,
    /// Error that it leads to.
    pub(super) next: Option<String>,
}

/// Demand on the spec after an action, besides that the findings which it answers are gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Demand {
    /// No more errors: a machine fix is right, but may uncover another fault, which its title then names.
    Fixes,
    /// No other errors: what was meant may have warnings of its own.
    Suggests,
    /// No other errors and warnings.
    Answers,
    /// No other errors than before, and the same permissions for each integration.
    SameGrants,
}

impl ActionCandidate<'_> {
    /// Returns true if the spec is sound after the action. `after` is that spec.
    pub(super) fn is_sound(&self, before: &Project, after: &Project) -> bool {
        let is_left = |finding: &&Diagnostic| {
            let start = finding.span.as_ref().map(|span| self.change.moved(span.start));
            after.report.diagnostics.iter().any(|other| {
                (other.rule, &other.message, other.span.as_ref().map(|span| span.start))
                    == (finding.rule, &finding.message, start)
            })
        };
        if self.findings.iter().any(is_left) {
            return false;
        }
        // With another target, the same fault may have another text.
        let has_less = |finding: &&Diagnostic| {
            let start = |it: &Diagnostic| it.span.as_ref().map(|span| span.start);
            let moved = finding.span.as_ref().map(|span| self.change.moved(span.start));
            let count = |project: &Project, at| {
                let found = project.report.diagnostics.iter();
                found.filter(|it| it.rule == finding.rule && start(it) == at).count()
            };
            count(after, moved) < count(before, start(finding))
        };
        if self.demand == Demand::Answers && !self.findings.iter().all(has_less) {
            return false;
        }
        let errors = |project: &Project| project.report.count(Level::Error);
        match self.demand {
            Demand::Fixes if reach(before) == reach(after) => errors(after) <= errors(before),
            Demand::Fixes => reach(after) > reach(before),
            Demand::Suggests => {
                let (old, new) = (reach(before), reach(after));
                new > old || new == old && added(Level::Error, before, after).is_none()
            }
            Demand::Answers => !is_worse(before, after),
            Demand::SameGrants => {
                added(Level::Error, before, after).is_none() && grants(after) == grants(before)
            }
        }
    }

    /// Error that comes next: a new one, or one that was not seen before on a line that the action writes. `after` is the
    /// spec after it.
    pub(super) fn next_error(&self, before: &Project, after: &Project) -> Option<String> {
        let known =
            |error: &Diagnostic| before.report.diagnostics.iter().any(|it| it.message == error.message);
        let (written, text) = (self.change.written(), &after.report.source.text);
        let is_on = |line: &Range<usize>, span: &Range<usize>| {
            let before = text.get(..line.start).unwrap_or_default();
            let behind = text.get(line.end..).unwrap_or_default();
            let start = before.rfind('\n').map_or(0, |end| end + 1);
            let end = behind.find('\n').map_or(text.len(), |end| line.end + end);
            start <= span.end && span.start <= end
        };
        let is_written = |error: &&Diagnostic| {
            error.span.as_ref().is_some_and(|span| written.iter().any(|line| is_on(line, span)))
        };
        let is_seen = reach(before) == reach(after);
        let errors = after.report.diagnostics.iter().filter(|it| it.level == Level::Error && !known(it));
        let mut errors = errors.filter(|error| is_seen || is_written(error));
        errors.next().map(|error| error.message.clone())
    }

    /// Action for an editor. A machine fix is preferred to other answers.
    pub(super) fn into_action(self, uri: &Uri, text: &EditorText) -> CodeAction {
        let findings: Vec<_> = self.findings.iter().map(|it| diagnostic(uri, text, it)).collect();
        let is_fix = self.demand == Demand::Fixes && !findings.is_empty() && self.next.is_none();
        let next = self.next.map(|error| format!(" (then: {error})"));
        CodeAction {
            title: self.title + &next.unwrap_or_default(),
            kind: Some(self.kind),
            diagnostics: Some(findings).filter(|findings| !findings.is_empty()),
            is_preferred: is_fix.then_some(true),
            edit: Some(WorkspaceEdit {
                changes: Some(HashMap::from([(uri.clone(), self.change.into_text_edits(text))])),
                ..WorkspaceEdit::default()
            }),
            ..CodeAction::default()
        }
    }
}
