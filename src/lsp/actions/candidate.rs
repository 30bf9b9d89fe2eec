//! Action before it is offered.

use std::collections::HashMap;

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
}

/// Demand on the spec after an action, besides that the findings which it answers are gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Demand {
    /// No more errors: a machine fix is right, but may uncover another fault.
    Fixes,
    /// No other errors: what was meant may have warnings of its own.
    Suggests,
    /// No other errors and warnings.
    Answers,
    /// No other errors, and the same permissions for each integration.
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
        let errors = |project: &Project| project.report.count(Level::Error);
        match self.demand {
            Demand::Fixes if reach(before) == reach(after) => errors(after) <= errors(before),
            Demand::Fixes => reach(after) > reach(before),
            Demand::Suggests => {
                let (old, new) = (reach(before), reach(after));
                new > old || new == old && added(Level::Error, before, after).is_none()
            }
            Demand::Answers => !is_worse(before, after),
            Demand::SameGrants => errors(after) <= errors(before) && grants(after) == grants(before),
        }
    }

    /// Action for an editor. A machine fix is preferred to other answers.
    pub(super) fn into_action(self, uri: &Uri, text: &EditorText) -> CodeAction {
        let findings: Vec<_> = self.findings.iter().map(|it| diagnostic(uri, text, it)).collect();
        let is_fix = self.demand == Demand::Fixes && !findings.is_empty();
        CodeAction {
            title: self.title,
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
