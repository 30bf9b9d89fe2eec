//! Human-readable output in the style of rustc.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level as Title, Origin, Renderer, Snippet};

use super::masked::masked;
use crate::diag::{Diagnostic, Level, Report, Source, printable, printable_line};

/// Limit of findings shown per spec; the worst are shown.
const SHOWN: usize = 200;

/// Distance in lines from which two positions get separate snippets.
const NEAR: usize = 100;

/// The reports with the marked source, as rustc shows it.
///
/// Colours are always in it: the stream takes them out where they do not belong.
#[must_use]
pub fn human(reports: &[Report]) -> String {
    let renderer = Renderer::styled();
    let mut out = String::new();
    for report in reports {
        let masked = masked(&report.source, &report.diagnostics);
        let source = masked.as_ref().unwrap_or(&report.source);
        for diagnostic in shown(&report.diagnostics) {
            out += &renderer.render(&[group(source, diagnostic)]);
            out += "\n\n";
        }
        let left_out = report.diagnostics.len().saturating_sub(SHOWN);
        if left_out > 0 {
            let name = printable_line(&report.source.name);
            out += &format!("… and {left_out} more in {name}; `magespec check --format short` lists all\n\n");
        }
    }
    out
}

/// Picks the worst findings, in their order.
fn shown(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut shown: Vec<(usize, &Diagnostic)> = diagnostics.iter().enumerate().collect();
    shown.sort_by_key(|(_, diagnostic)| diagnostic.level);
    shown.truncate(SHOWN);
    shown.sort_by_key(|&(at, _)| at);
    shown.into_iter().map(|(_, diagnostic)| diagnostic).collect()
}

/// A position to mark.
struct Mark<'a> {
    span: &'a Range<usize>,
    label: Option<&'a str>,
    kind: AnnotationKind,
}

fn group<'a>(source: &'a Source, diagnostic: &'a Diagnostic) -> Group<'a> {
    let level = match diagnostic.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
        Level::Note => Title::NOTE,
    };
    let mut group =
        Group::with_title(level.primary_title(printable(&diagnostic.message)).id(diagnostic.rule.id()));
    match &diagnostic.span {
        Some(span) => {
            let primary = Mark { span, label: diagnostic.label.as_deref(), kind: AnnotationKind::Primary };
            let related = diagnostic.related.iter().map(|related| Mark {
                span: &related.span,
                label: Some(&related.label),
                kind: AnnotationKind::Context,
            });
            let line = |mark: &Mark<'_>| source.position(mark.span.start).line;
            let at = line(&primary);
            let (near, far): (Vec<Mark<'_>>, Vec<Mark<'_>>) =
                related.partition(|mark| line(mark).abs_diff(at) <= NEAR);
            group = group.element(snippet(source, [primary].into_iter().chain(near).collect()));
            for mark in far {
                group = group.element(snippet(source, vec![mark]));
            }
        }
        None => group = group.element(Origin::path(printable_line(&source.name))),
    }
    if let Some(reason) = &diagnostic.reason {
        group = group.element(Title::NOTE.message(printable(reason)));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Title::HELP.message(printable(help)));
    }
    group
}

/// Cuts the source to the marked lines: annotate-snippets scans it from the start for each finding.
fn snippet<'a>(source: &'a Source, marks: Vec<Mark<'a>>) -> Snippet<'a, Annotation<'a>> {
    let first = marks.iter().map(|mark| mark.span.start).min().unwrap_or_default();
    let last = marks.iter().map(|mark| mark.span.end).max().unwrap_or_default();
    let first_line = source.position(first).line;
    let bytes = source.lines(first_line..=source.position(last).line);
    let text = &source.text[bytes.clone()];
    // Converts an offset in the source to one in the printed text.
    let shown =
        |at: usize| text.get(..at - bytes.start).map_or(at - bytes.start, |before| printable(before).len());
    let annotations = marks.into_iter().map(|mark| {
        let annotation = mark.kind.span(shown(mark.span.start)..shown(mark.span.end));
        match mark.label {
            Some(label) => annotation.label(printable(label)),
            None => annotation,
        }
    });
    Snippet::source(printable(text))
        .path(printable_line(&source.name))
        .line_start(first_line)
        .annotations(annotations)
}
