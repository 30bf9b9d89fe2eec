//! An explanation as text.

use std::fmt::Write as _;

use super::explained::{CallVerdict, ExplainedCall};
use crate::{diag::printable_line, names::MagentoVersion};

/// Renders the explanation of a call.
pub(super) fn rendered(call: &ExplainedCall, version: MagentoVersion) -> String {
    let mut text = format!("{} {}\n", printable_line(&call.method), printable_line(&call.url));
    let mut say = |label: &str, lines: &[String]| {
        for (place, line) in lines.iter().enumerate() {
            let label = if place == 0 { label } else { "" };
            let _ = writeln!(text, "  {label:8} {}", printable_line(line));
        }
    };
    let status = call.status.map(|status| status.to_string());
    let answer = [status, call.filled_message.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    if !answer.is_empty() {
        say("answer", &[answer]);
    }
    if let Some(route) = &call.route {
        let needs = match &route.needs[..] {
            [] => "needs nothing".to_owned(),
            [one] if one == "anonymous" => "open to anyone".to_owned(),
            [one] if one == "self" => "for the customer who is logged in".to_owned(),
            several => format!("needs {}", several.join(", ")),
        };
        let takes = if call.status != Some(400) || route.takes.is_empty() {
            String::new()
        } else {
            format!("; takes {}", route.takes.join(", "))
        };
        say("route", &[format!("{} {} of Magento {version}; {needs}{takes}", route.method, route.path)]);
    }
    let mut reason = call.reason.clone();
    if call.verdict == CallVerdict::Accepted {
        reason.push("the shop accepted the call".to_owned());
    }
    reason.extend(call.signed.lines());
    let expected = call.expected.as_ref();
    let expected = expected.map(|answer| format!("this release and spec would answer {answer}"));
    say("reason", &reason);
    say("also", &Vec::from_iter(expected));
    for note in &call.notes {
        say("note", std::slice::from_ref(note));
    }
    for check in &call.checks {
        say("check", std::slice::from_ref(check));
    }
    text
}
