//! Changes as Markdown: for the other side, and in a review.

use super::ModuleChanges;
use crate::{
    diag::plural,
    markup::markdown::{code, escape, prose},
    plan::Notice,
};

pub(super) fn render(all: &[ModuleChanges<'_>], earlier: &str) -> String {
    let each = all.iter().map(|changes| {
        let title = format!("## Changes in `{}` since {}\n", changes.module, code(earlier));
        title + &section(changes, 3)
    });
    each.collect::<Vec<_>>().join("\n")
}

/// Notices on one module, below headings of the level.
pub(in crate::cli) fn section(changes: &ModuleChanges<'_>, level: usize) -> String {
    let mut text = String::new();
    for (title, notices) in changes.parts() {
        if notices.is_empty() {
            continue;
        }
        text += &format!("\n{} {title}\n\n", "#".repeat(level));
        text.extend(notices.into_iter().map(line));
    }
    if text.is_empty() { "\nNothing that others need to know.\n".to_owned() } else { text }
}

fn line(notice: &Notice) -> String {
    let subject = if notice.kind == "integration" {
        format!("**{}**", escape(&notice.subject))
    } else {
        code(&notice.subject)
    };
    format!("- {} {subject} {}.\n", notice.kind, prose(&notice.message))
}

/// Numbers of notices in words.
pub(in crate::cli) fn essence<'a>(all: impl IntoIterator<Item = &'a Notice>) -> String {
    let (breaking, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|notice| notice.is_breaking);
    let breaking = (!breaking.is_empty()).then(|| format!("{} breaking", breaking.len()));
    let others = (!others.is_empty()).then(|| plural(others.len(), "other change"));
    let parts: Vec<String> = breaking.into_iter().chain(others).collect();
    if parts.is_empty() { "nothing that others need to know".to_owned() } else { parts.join(", ") }
}
