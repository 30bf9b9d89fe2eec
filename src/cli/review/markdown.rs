//! Review as Markdown: a comment on a pull request, or the summary of a job.

use super::{Review, access::undeclared};
use crate::{
    cli::{access::details, changes::section},
    diag::{printable_line, render::short},
    diff::render::{changes_in_words, write_markdown},
    markup::markdown::{MarkdownPage, code, escape, fold, list, prose},
    plan::render::{module_markdown, summary},
};

pub(super) fn render(review: &Review<'_>) -> String {
    let mut document = MarkdownPage::default();
    document.add(&head(review), "head");
    document.add("\n## Plan\n\n", "heading");
    for plan in &review.plans {
        document.add(&module_markdown(plan, 3), &code(&plan.spec.module.name));
    }
    document.add("## For other systems\n", "heading");
    for changes in &review.changes {
        let name = code(changes.module);
        let title = if review.changes.len() > 1 { format!("\n### {name}\n") } else { String::new() };
        document.add(&(title + &section(changes, 4)), &name);
    }
    document.add("\n## Access\n", "heading");
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
            let items = gains.items.iter().map(|(name, when)| format!("- {}{when}\n", code(name)));
            text += &list(gains.title, &items.collect::<Vec<_>>());
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
        "# Review of {}\n\nCompared with {}.\n\n- [Plan](#plan): {}\n- [For other systems](#for-other-systems): {}.\n- [Access](#access): {}.\n- [Changes](#changes): {}.\n",
        escape(&review.subject()),
        prose(&printable_line(&review.earlier)),
        prose(plan.trim_start_matches("Plan: ")),
        review.notices_in_words(),
        review.access_in_words(),
        changes_in_words(&review.comparisons),
    );
    for (spec, why) in &review.failed {
        text += &format!(
            "\n> {} could not be compared: {}.\n",
            code(printable_line(spec.as_str())),
            prose(&printable_line(why))
        );
    }
    let findings: Vec<String> =
        short(&review.findings).lines().map(|line| format!("- {}\n", escape(line))).collect();
    if !findings.is_empty() {
        text += &list("Findings", &findings);
    }
    text
}
