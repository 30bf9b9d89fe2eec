//! The contract report as text.

use std::fmt::Write as _;

use super::{not_listed, reasons};
use crate::{
    diag::printable_line,
    mock::{CallCount, ContractReport, FailedCall, RefusedCall, UnknownAnswer, fixtures::FixtureUse},
};

/// Report for people.
pub(in crate::cli::mock) fn render(contract: &ContractReport) -> String {
    let mut text = ReportText::default();
    for integration in &contract.integrations {
        text.line(&integration.name);
        for CallCount { call, count } in &integration.made {
            text.counted(*count, call);
        }
        for CallCount { call, count } in &integration.unlisted {
            text.counted(*count, &format!("{call}  {}", not_listed(call)));
        }
        for call in &integration.never_made {
            text.line(&format!("   never   {call}"));
        }
    }
    text.heading("Calls without an integration", !contract.others.is_empty());
    for CallCount { call, count } in &contract.others {
        text.counted(*count, call);
    }
    text.heading("Refused", !contract.refused.is_empty());
    for refused in &contract.refused {
        let RefusedCall { integration, call, status, message, count, .. } = refused;
        text.answered(*count, call, integration.as_deref(), *status, message);
        reasons(refused).for_each(|reason| text.below(&reason));
    }
    text.more(contract.more_refused, "more refused calls");
    text.heading("Answered with an error", !contract.failed.is_empty());
    for FailedCall { integration, call, status, message, why, count } in &contract.failed {
        text.answered(*count, call, integration.as_deref(), *status, message);
        why.iter().for_each(|reason| text.below(reason));
    }
    text.more(contract.more_failed, "more errors");
    text.heading("Generated answers", !contract.unknown.is_empty());
    for UnknownAnswer { call, note, count } in &contract.unknown {
        text.counted(*count, &format!("{call}: {note}"));
    }
    let unused = || contract.fixtures.iter().filter(|fixture| fixture.count == 0);
    text.heading("Fixtures that answered no call", unused().next().is_some());
    for FixtureUse { file, call, .. } in unused() {
        text.line(&format!("           {file}  {call}"));
    }
    text.0
}

/// Lines of the report.
#[derive(Default)]
struct ReportText(String);

impl ReportText {
    fn line(&mut self, text: &str) {
        self.0 += text;
        self.0.push('\n');
    }

    fn heading(&mut self, text: &str, is_there: bool) {
        if is_there {
            self.line(text);
        }
    }

    fn counted(&mut self, count: u64, text: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "  {count:>6} × {text}");
    }

    fn answered(&mut self, count: u64, call: &str, by: Option<&str>, status: u16, message: &str) {
        let by = by.map(|name| format!(" ({name})")).unwrap_or_default();
        self.counted(count, &format!("{call}{by}: {status} {}", printable_line(message)));
    }

    fn more(&mut self, count: u64, text: &str) {
        if count > 0 {
            self.line(&format!("  {count:>6} {text}"));
        }
    }

    fn below(&mut self, reason: &str) {
        for line in reason.lines() {
            self.line(&format!("           {line}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_stays_on_its_line() {
        let mut text = ReportText::default();
        text.answered(2, "POST /V1/order/:orderId/ship", Some("Acme ERP"), 400, "Error(s):\nno items");
        assert_eq!(text.0, "       2 × POST /V1/order/:orderId/ship (Acme ERP): 400 Error(s):␊no items\n");
    }
}
