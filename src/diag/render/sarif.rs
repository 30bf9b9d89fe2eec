//! SARIF 2.1.0, the format of code scanning services.

use serde_json::{Value, json};

use super::json::LineRange;
use crate::diag::{Diagnostic, FilePlace, Report, Rule, Source};

/// SARIF 2.1.0, for code scanning.
#[must_use]
pub fn sarif(reports: &[Report]) -> String {
    let results: Vec<Value> = reports
        .iter()
        .flat_map(|report| report.diagnostics.iter().map(|diagnostic| result(&report.source, diagnostic)))
        .collect();
    super::to_json(&log(results))
}

/// SARIF 2.1.0 for a run that failed before it had results, with the reason as a notification.
#[must_use]
pub fn sarif_failure(message: &str, place: Option<&FilePlace>) -> Value {
    let mut notification = json!({ "level": "error", "message": { "text": message } });
    if let Some(FilePlace { file, line }) = place {
        let mut physical = json!({ "artifactLocation": { "uri": uri(file) } });
        if let Some(line) = line {
            physical["region"] = json!({ "startLine": line });
        }
        notification["locations"] = json!([{ "physicalLocation": physical }]);
    }
    let mut log = log(Vec::new());
    log["runs"][0]["invocations"] = json!([{
        "executionSuccessful": false,
        "exitCode": 1,
        "toolExecutionNotifications": [notification],
    }]);
    log
}

fn log(results: Vec<Value>) -> Value {
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "magespec",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": Rule::ALL.iter().map(|&rule| descriptor(rule)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn descriptor(rule: Rule) -> Value {
    json!({
        "id": rule.id(),
        "shortDescription": { "text": rule.title() },
        "help": { "text": rule.page(), "markdown": rule.page() },
        "defaultConfiguration": { "level": rule.level() },
        "properties": { "tags": [rule.family().to_string()] },
    })
}

fn result(source: &Source, diagnostic: &Diagnostic) -> Value {
    let mut result = json!({
        "ruleId": diagnostic.rule.id(),
        "ruleIndex": Rule::ALL.iter().position(|&rule| rule == diagnostic.rule),
        "level": diagnostic.level,
        "message": { "text": diagnostic.text() },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(&source.name) },
            "region": region(&LineRange::of(source, diagnostic)),
        } }],
    });
    if let Some(fix) = &diagnostic.fix {
        result["fixes"] = json!([{
            "description": { "text": diagnostic.help.as_deref().unwrap_or("replace") },
            "artifactChanges": [{
                "artifactLocation": { "uri": uri(&source.name) },
                "replacements": [{
                    "deletedRegion": region(&LineRange::at(source, &fix.span)),
                    "insertedContent": { "text": fix.replacement },
                }],
            }],
        }]);
    }
    result
}

fn region(place: &LineRange) -> Value {
    json!({
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    })
}

/// Converts the path to a relative URI reference: everything except letters, digits and `-._~/` becomes %XX of its
/// UTF-8 bytes.
fn uri(path: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    path.bytes().map(encode).collect()
}
