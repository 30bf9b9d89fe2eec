//! Findings as diagnostics.

use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location,
    NumberOrString, Uri,
};

use super::{documents::EditorText, rule_page::RulePage};
use crate::diag::{self, Level, Rule};

/// Converts a finding about a document.
pub(super) fn diagnostic(uri: &Uri, text: &EditorText, finding: &diag::Diagnostic) -> Diagnostic {
    let own = finding.span.as_ref().zip(finding.label.as_ref());
    let others = finding.related.iter().map(|related| (&related.span, &related.label));
    let related = own.into_iter().chain(others).map(|(span, label)| DiagnosticRelatedInformation {
        location: Location::new(uri.clone(), text.range(span)),
        message: label.clone(),
    });
    let href = RulePage(finding.rule).uri().parse().ok();
    Diagnostic {
        range: finding.span.as_ref().map(|span| text.range(span)).unwrap_or_default(),
        severity: Some(match finding.level {
            Level::Error => DiagnosticSeverity::ERROR,
            Level::Warning => DiagnosticSeverity::WARNING,
            Level::Note => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(finding.rule.id().to_owned())),
        code_description: href.map(|href| CodeDescription { href }),
        source: Some("magespec".to_owned()),
        message: finding.text(),
        related_information: Some(related.collect::<Vec<_>>()).filter(|related| !related.is_empty()),
        tags: tag(finding.rule).map(|tag| vec![tag]),
        data: None,
    }
}

/// Tag of what a rule marks: unnecessary if it has no effect.
fn tag(rule: Rule) -> Option<DiagnosticTag> {
    match rule {
        Rule::AclUnused
        | Rule::DuplicateCall
        | Rule::DuplicateResource
        | Rule::ExclusionHasNoEffect
        | Rule::FormerNameLeft
        | Rule::ImpliedResource
        | Rule::KeepWithoutEffect
        | Rule::UnmanagedFile => Some(DiagnosticTag::UNNECESSARY),
        Rule::DeprecationOver | Rule::LegacyFormat => Some(DiagnosticTag::DEPRECATED),
        _ => None,
    }
}
