//! Diagnostics as text, one file per format.

mod github;
mod human;
mod json;
mod sarif;
mod short;

use serde_json::{Value, json};

use super::Report;

/// Output format of diagnostics.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Format {
    /// Marked source, in the style of rustc.
    #[default]
    Human,
    /// One line each: `file:line:col: level[rule]: message`.
    Short,
    /// One JSON document.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands, which GitHub shows as annotations.
    Github,
}

/// Renders all reports in one format. The human format always contains colour codes; the stream strips them where
/// they are not supported.
#[must_use]
pub fn render(format: Format, reports: &[Report]) -> String {
    match format {
        Format::Human => human::render(reports),
        Format::Short => short::render(reports),
        Format::Json => json::render(reports),
        Format::Sarif => sarif::render(reports),
        Format::Github => github::render(reports),
    }
}

/// A JSON document of members by name, with the version of its shape: raised when something in it changes or goes, not
/// when something is added.
#[must_use]
pub fn json_document<const N: usize>(members: [(&str, Value); N]) -> Value {
    let mut document = json!({ "version": 1 });
    for (name, value) in members {
        document[name] = value;
    }
    document
}

fn to_json(document: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(document).map(|json| json + "\n").unwrap_or_default()
}
