//! Findings as diagnostics.

use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location,
    NumberOrString, Uri,
};

use super::documents::EditorText;
use crate::diag::{self, Level, Rule};

/// Page of a rule, without the name of the rule.
const PAGES: &str =
    concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/v", env!("CARGO_PKG_VERSION"), "/docs/rules/");

/// Converts a finding about a document.
pub(super) fn diagnostic(uri: &Uri, text: &EditorText, finding: &diag::Diagnostic) -> Diagnostic {
    let related = finding.related.iter().map(|related| DiagnosticRelatedInformation {
        location: Location::new(uri.clone(), text.range(&related.span)),
        message: related.label.clone(),
    });
    let href = format!("{PAGES}{}.md", finding.rule.id()).parse().ok();
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
        tags: is_unused(finding.rule).then(|| vec![DiagnosticTag::UNNECESSARY]),
        data: None,
    }
}

/// Returns true if what the rule marks has no effect.
fn is_unused(rule: Rule) -> bool {
    matches!(rule, Rule::AclUnused | Rule::DuplicateCall | Rule::DuplicateResource)
}
