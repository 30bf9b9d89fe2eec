//! As rustc does.

use annotate_snippets::{AnnotationKind, Group, Level as Title, Renderer, Snippet};

use crate::diag::{Diagnostic, Level, Report, Source};

pub(super) fn render(reports: &[Report]) -> String {
    let renderer = Renderer::styled();
    let findings = reports.iter().flat_map(|report| {
        let source = &report.source;
        report.diagnostics.iter().map(move |diagnostic| (source, diagnostic))
    });
    findings.map(|(source, diagnostic)| renderer.render(&[group(source, diagnostic)]) + "\n\n").collect()
}

fn group<'a>(source: &'a Source, diagnostic: &'a Diagnostic) -> Group<'a> {
    let level = match diagnostic.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
        Level::Note => Title::NOTE,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.rule.id());
    let mut group = match &diagnostic.span {
        Some(span) => {
            let primary = AnnotationKind::Primary.span(span.clone());
            let primary = match &diagnostic.label {
                Some(label) => primary.label(label.as_str()),
                None => primary,
            };
            let related = diagnostic.related.iter().map(|related| {
                AnnotationKind::Context.span(related.span.clone()).label(related.label.as_str())
            });
            let snippet = Snippet::source(source.text.as_str()).path(source.name.as_str());
            title.element(snippet.annotation(primary).annotations(related))
        }
        None => title.element(annotate_snippets::Origin::path(source.name.as_str())),
    };
    if let Some(reason) = &diagnostic.reason {
        group = group.element(Title::NOTE.message(reason.as_str()));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Title::HELP.message(help.as_str()));
    }
    group
}
