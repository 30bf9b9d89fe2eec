//! Review as Markdown: a comment on a pull request, or the summary of a job.

use super::{Review, access::undeclared};
use crate::{
    cli::access::details,
    diag::{printable_line, render::short},
    diff::render::{changes_in_words, write_markdown},
    markup::markdown::{MarkdownPage, code, escape, prose},
    plan::render::{module_markdown, summary},
};

/// Number of items from which on a list is folded.
const MANY: usize = 20;

pub(super) fn render(review: &Review<'_>) -> String {
    let mut document = MarkdownPage::default();
    document.add(&head(review), "head");
    document.add("\n## Plan\n\n", "heading");
    for plan in &review.plans {
        document.add(&module_markdown(plan, 3), &code(&plan.spec.module.name));
    }
    document.add("## Access\n", "heading");
    for change in review.access() {
        let subject = change.subject;
        let mut text = format!(
            "\n### {} of `{}`\n\n{}. {}\n",
            escape(subject.integration.name.as_str()),
            subject.module,
            subject.summary(),
            change.in_words()
        );
        for gains in change.gains() {
            let items: String =
                gains.items.iter().map(|(name, when)| format!("- {}{when}\n", code(name))).collect();
            text += &match gains.items.len() > MANY {
                true => fold(&format!("{}: {}", gains.title, gains.items.len()), &items),
                false => format!("\n{}:\n\n{items}", gains.title),
            };
        }
        document.add(&text, &escape(subject.integration.name.as_str()));
        let title = "All permissions and routes";
        document.add_aside(&fold(title, details(subject, 4).trim_start()), title);
    }
    for name in undeclared(&review.plans) {
        let text = format!(
            "\n### {}\n\nNo longer declared: it keeps its permissions, and its tokens stay valid, until it is removed.\n",
            escape(name)
        );
        document.add(&text, &escape(name));
    }
    document.add("\n## Changes\n\n", "heading");
    write_markdown(&mut document, &review.comparisons, review.layout, "###");
    document.finish("Run `magespec review --format html` for all of it.")
}

/// Title, table of contents with the essence of each section, and findings.
fn head(review: &Review<'_>) -> String {
    let plans: Vec<_> = review.plans.iter().collect();
    let plan = summary(&plans);
    let mut text = format!(
        "# Review of {}\n\nCompared with {}.\n\n- [Plan](#plan): {}\n- [Access](#access): {}.\n- [Changes](#changes): {}.\n",
        escape(&review.subject()),
        prose(&printable_line(&review.earlier)),
        prose(plan.trim_start_matches("Plan: ")),
        review.access_in_words(),
        changes_in_words(&review.comparisons),
    );
    for spec in &review.failed {
        text += &format!(
            "\n> {} could not be compared: run `magespec check`.\n",
            code(printable_line(spec.as_str()))
        );
    }
    let findings: Vec<String> =
        short(&review.findings).lines().map(|line| format!("- {}\n", escape(line))).collect();
    if !findings.is_empty() {
        text += &fold(&format!("Findings: {}", findings.len()), &findings.concat());
    }
    text
}

/// Text that can be unfolded. The title is plain text without markup.
fn fold(title: &str, text: &str) -> String {
    format!("\n<details><summary>{title}</summary>\n\n{text}\n</details>\n")
}
