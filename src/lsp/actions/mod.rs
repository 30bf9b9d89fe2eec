//! Code actions: the fixes of findings, levels of their rules, and other ways to write what is at the cursor.

mod candidate;
mod of_findings;
mod rewrites;
mod suggestions;

use lsp_types::{CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, Range};

use super::{
    documents::{EditorText, OpenSpec, Workspace},
    edits::{SpanEdit, SpecChange, SpecText},
};
use crate::{
    diag::{Diagnostic, Fix},
    project::Project,
};
use candidate::{ActionCandidate, Demand};

/// Kinds of actions, for the editor to choose from.
pub(super) const KINDS: [CodeActionKind; 3] =
    [CodeActionKind::QUICKFIX, CodeActionKind::REFACTOR_REWRITE, CodeActionKind::SOURCE_FIX_ALL];

/// Most actions for a range, and fewest. Each is compiled before it is offered.
const MOST: usize = 40;
const FEWEST: usize = 6;

/// Bytes that are compiled for a range at most, unless the text is so long that the fewest actions take more.
const MOST_BYTES: usize = 1 << 20;

/// Most findings of a range that are looked at, those at its start first.
const FINDINGS: usize = 20;

/// Spec that actions change, as it was compiled from the present text.
struct ActionTarget<'a> {
    document: &'a OpenSpec,
    text: &'a EditorText,
    project: &'a Project,
    places: SpecText<'a>,
}

/// Title of a change, with its edits.
struct Titled {
    title: String,
    edits: Vec<SpanEdit>,
}

/// Actions for a range, of the kinds that the editor asks for, after which the spec is no worse; none if the editor no
/// longer waits for them.
pub(super) fn actions(
    document: &OpenSpec,
    params: &CodeActionParams,
    workspace: &Workspace,
    is_stale: &mut dyn FnMut() -> bool,
) -> Option<Vec<CodeActionOrCommand>> {
    let (text, project) = (document.text(), document.latest());
    let places = SpecText::new(text.as_str(), &project.loaded.spans);
    let target = ActionTarget { document, text, project, places };
    let asked = params.context.only.as_deref();
    let is_asked = |kind: &CodeActionKind| {
        let is_of = |asked: &CodeActionKind| {
            let rest = kind.as_str().strip_prefix(asked.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        asked.is_none_or(|asked| asked.iter().any(is_of))
    };
    let most = (MOST_BYTES / text.as_str().len().max(1)).clamp(FEWEST, MOST);
    let mut all = Vec::new();
    if is_asked(&CodeActionKind::QUICKFIX) {
        all.extend(target.of_findings(params.range));
        all.truncate(most);
    }
    if is_asked(&CodeActionKind::REFACTOR_REWRITE) {
        all.extend(target.rewrites(params.range.start));
    }
    if is_asked(&CodeActionKind::SOURCE_FIX_ALL) {
        all.extend(target.fix_all(asked.is_some()));
    }
    let texts: Vec<String> = all.iter().map(|candidate| candidate.change.applied(text.as_str())).collect();
    let mut is_sound: Vec<Option<bool>> = vec![None; all.len()];
    for at in 0..all.len() {
        if is_sound[at].is_none() {
            if is_stale() {
                return None;
            }
            // Equal changes lead to one spec.
            let after = document.with_text(texts[at].clone(), workspace);
            for same in (at..all.len()).filter(|&same| texts[same] == texts[at]) {
                is_sound[same] = Some(all[same].is_sound(project, &after));
                all[same].next = all[same].next_error(project, &after);
            }
        }
    }
    let sound = all.into_iter().zip(is_sound).filter(|(_, is_sound)| *is_sound == Some(true));
    let sound = sound.map(|(candidate, _)| target.action(candidate));
    Some(sound.map(CodeActionOrCommand::CodeAction).collect())
}

/// First line of a text for a title, without the commas and the white space around it.
fn shown(text: &str) -> String {
    const SHOWN: usize = 60;
    let lines = text.lines().map(|line| line.trim_matches(|c: char| c == ',' || c.is_whitespace()));
    let line = lines.into_iter().find(|line| !line.is_empty()).unwrap_or_default();
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

impl<'a> ActionTarget<'a> {
    fn action(&self, candidate: ActionCandidate<'_>) -> CodeAction {
        candidate.into_action(self.document.uri(), self.text)
    }

    fn candidate(&self, titled: Titled, kind: CodeActionKind, demand: Demand) -> ActionCandidate<'a> {
        let change = SpecChange::new(self.text.as_str(), titled.edits);
        ActionCandidate { title: titled.title, change, kind, demand, findings: Vec::new(), next: None }
    }

    /// Actions for the findings that touch a range; one for all findings with the same answer.
    fn of_findings(&self, range: Range) -> Vec<ActionCandidate<'a>> {
        let (start, end) = (self.text.offset(range.start), self.text.offset(range.end));
        let touches = |finding: &&Diagnostic| {
            finding.span.as_ref().is_some_and(|span| span.start <= end && start <= span.end)
        };
        let mut all: Vec<ActionCandidate> = Vec::new();
        for finding in self.project.report.diagnostics.iter().filter(touches).take(FINDINGS) {
            let fix = finding.fix.as_ref().map(|fix| (self.fix(fix), Demand::Fixes));
            let answers = self.answers(finding).into_iter().map(|answer| (answer, Demand::Answers));
            let suggested = if fix.is_some() { Vec::new() } else { self.suggestions(finding) };
            let suggested = suggested.into_iter().map(|meant| (meant, Demand::Suggests));
            for (titled, demand) in fix.into_iter().chain(suggested).chain(answers) {
                let candidate = self.candidate(titled, CodeActionKind::QUICKFIX, demand);
                let known =
                    all.iter_mut().find(|it| it.title == candidate.title && it.change == candidate.change);
                match known {
                    Some(known) => known.findings.push(finding),
                    None => all.push(ActionCandidate { findings: vec![finding], ..candidate }),
                }
            }
        }
        all
    }

    fn fix(&self, fix: &Fix) -> Titled {
        let (old, new) = (self.text.as_str().get(fix.span.clone()).unwrap_or_default(), &fix.replacement);
        let title = match new.trim() {
            "" => format!("Remove {}", shown(old)),
            _ if fix.span.is_empty() => format!("Insert {}", shown(new)),
            // A sign alone says little.
            sign if sign.len() == 1 && sign.contains(|c: char| c.is_ascii_punctuation()) => {
                format!("Replace {} with {sign}", shown(old))
            }
            _ => format!("Replace with {}", shown(new)),
        };
        Titled { title, edits: vec![(fix.span.clone(), new.clone())] }
    }

    /// All machine fixes that do not overlap, if there are any; one alone only if the editor asks for all, because it is
    /// offered where its finding is.
    fn fix_all(&self, is_asked: bool) -> Option<ActionCandidate<'a>> {
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
        let title = match fixes.as_slice() {
            [] => return None,
            [fix] if is_asked => self.fix(fix).title,
            [_] => return None,
            all => format!("Apply all {} fixes", all.len()),
        };
        let edits = fixes.iter().map(|fix| (fix.span.clone(), fix.replacement.clone())).collect();
        Some(self.candidate(Titled { title, edits }, CodeActionKind::SOURCE_FIX_ALL, Demand::Fixes))
    }
}
