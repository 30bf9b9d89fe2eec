//! The contract report as Markdown: the summary of a job, or a comment.

use super::{MockReport, not_listed, numbered, reasons};
use crate::{
    markup::markdown::{MarkdownPage, code, escape, fenced, prose},
    mock::{ContractReport, FailedCall, RefusedCall, UnknownAnswer, fixtures::FixtureUse},
};

pub(super) fn render(report: &MockReport<'_>) -> String {
    let contract = report.contract;
    let mut page = MarkdownPage::default();
    page.add(&head(report), "head");
    for integration in &contract.integrations {
        let mut rows = Vec::new();
        for made in &integration.made {
            rows.push(row(&made.call, made.count, ""));
        }
        for made in &integration.unlisted {
            rows.push(row(&made.call, made.count, &prose(&not_listed(&made.call))));
        }
        for call in &integration.never_made {
            rows.push(row(call, 0, "never made"));
        }
        add_table(&mut page, &integration.name, &rows);
    }
    let others = contract.others.iter().map(|made| row(&made.call, made.count, ""));
    add_table(&mut page, "Calls without an integration", &others.collect::<Vec<_>>());
    let refused: Vec<String> = contract.refused.iter().map(refusal).collect();
    add_list(&mut page, "Refused", &refused, contract.more_refused);
    let failed: Vec<String> = contract.failed.iter().map(failure).collect();
    add_list(&mut page, "Answered with an error", &failed, contract.more_failed);
    let unknown = contract.unknown.iter().map(|UnknownAnswer { call, note, count }| {
        format!("- {}, {}: {}\n", code(call), numbered(*count, "time"), escape(note))
    });
    add_list(&mut page, "Generated answers", &unknown.collect::<Vec<_>>(), 0);
    let unused = contract.fixtures.iter().filter(|fixture| fixture.count == 0);
    let unused = unused.map(|FixtureUse { file, call, .. }| format!("- {}: {}\n", code(file), code(call)));
    add_list(&mut page, "Fixtures that answered no call", &unused.collect::<Vec<_>>(), 0);
    page.finish("`--format json` has all of it.")
}

fn head(report: &MockReport<'_>) -> String {
    let specs: Vec<String> = report.specs.iter().map(code).collect();
    let mut text = format!(
        "# Contract with Magento {}\n\nSpecs: {}. {}\n",
        report.magento,
        specs.join(", "),
        verdict(report.contract)
    );
    if let Some((command, status)) = report.run {
        text += &format!("\n{} ended with status {status}.\n", code(command));
    }
    text
}

fn verdict(contract: &ContractReport) -> String {
    let refused: u64 = contract.refused.iter().map(|it| it.count).sum::<u64>() + contract.more_refused;
    if contract.broken {
        format!("The contract is **broken**: {} refused.", numbered(refused, "call"))
    } else {
        "The contract holds: no call was refused.".to_owned()
    }
}

fn add_table(page: &mut MarkdownPage, title: &str, rows: &[String]) {
    if !rows.is_empty() {
        let title = escape(title);
        page.add(&format!("\n## {title}\n\n| Call | Times | |\n|---|--:|---|\n{}", rows.concat()), &title);
    }
}

fn add_list(page: &mut MarkdownPage, title: &str, items: &[String], more: u64) {
    if !items.is_empty() {
        let rest = if more > 0 { format!("- and {more} more\n") } else { String::new() };
        page.add(&format!("\n## {title}\n\n{}{rest}", items.concat()), title);
    }
}

fn row(call: &str, count: u64, note: &str) -> String {
    format!("| {} | {count} | {note} |\n", code(call))
}

fn refusal(refused: &RefusedCall) -> String {
    let RefusedCall { integration, call, status, message, count, .. } = refused;
    let mut item = entry(integration.as_deref(), call, *count, *status, message);
    for reason in reasons(refused) {
        item += &below(&reason);
    }
    item
}

fn failure(failed: &FailedCall) -> String {
    let FailedCall { integration, call, status, message, why, count } = failed;
    let mut item = entry(integration.as_deref(), call, *count, *status, message);
    if let Some(why) = why {
        item += &below(why);
    }
    item
}

fn entry(integration: Option<&str>, call: &str, count: u64, status: u16, message: &str) -> String {
    let by = integration.map(|name| format!(" of {}", escape(name))).unwrap_or_default();
    format!("- {}{by}, {}: {status} {}\n", code(call), numbered(count, "time"), escape(message))
}

/// Reason below an item: a sentence, or lines that keep their form.
fn below(reason: &str) -> String {
    if !reason.trim_end().contains('\n') {
        return format!("  <br>{}\n", prose(reason.trim_end()));
    }
    let block = fenced("", &format!("{}\n", reason.trim_end()));
    let lines: String = block.lines().map(|line| format!("  {line}\n")).collect();
    format!("\n{lines}")
}
