//! Plan as Markdown for a review comment.

use std::fmt::Display;

use super::wording::{
    actions, bracketed, fault, folded, forces_reset, grants, remedies, sentences, shown, summary,
};
use crate::{
    catalog::ReleaseSet,
    deploy::Instruction,
    markup::markdown::{FEW, code, escape, list, prose},
    plan::{Action, Delta, ModulePlan, Planned, paste::to_paste},
};

/// Renders plans as Markdown.
#[must_use]
pub fn markdown(plans: &[ModulePlan<'_>]) -> String {
    let mut text: String = plans.iter().map(|plan| module_markdown(plan, 2)).collect();
    text += &format!("{}\n", summary(&plans.iter().collect::<Vec<_>>()));
    text
}

/// Plan of one module, below a heading of the level.
pub(crate) fn module_markdown(plan: &ModulePlan<'_>, level: usize) -> String {
    let (heading, below) = ("#".repeat(level), "#".repeat(level + 1));
    let mut text = format!(
        "{heading} Magento plan for `{}`\n\nMagento `{}` ({}), {}.\n\n",
        plan.spec.module.name,
        plan.spec.module.platform.constraint,
        plan.spec.catalog.describe(plan.plan.releases),
        escape(&plan.against),
    );
    if let Some(fault) = fault(plan) {
        text += &format!("> {}\n\n", prose(&fault));
    }
    text += "| | Integration | Plan |\n|---|---|---|\n";
    for planned in shown(plan) {
        let name = escape(&planned.name);
        let happens = escape(&actions(plan, planned).join("; "));
        text += &format!("| `{}` | **{name}** | {happens} |\n", planned.action().symbol());
    }
    for (symbol, line) in folded(plan) {
        text += &format!("| `{symbol}` | | {} |\n", escape(&line));
    }
    let changed = shown(plan).filter(|planned| planned.action() != Action::Keep || has_changes(planned));
    text += &changed.map(|planned| integration(plan, planned, &below)).collect::<String>();
    for note in &plan.notes {
        text += &format!("\n{}.\n", prose(note));
    }
    text += &broken(plan, &below);
    if !plan.instructions.is_empty() {
        text += &format!("\n{}", instructions(&format!("{below} To apply the plan"), &plan.instructions));
    }
    text + "\n"
}

/// Commands below a heading.
pub(super) fn instructions(heading: &str, all: &[Instruction]) -> String {
    let lines = all.iter().map(|step| {
        let files: Vec<String> = step.files.iter().map(|file| format!("`{file}`")).collect();
        let files = if files.is_empty() { String::new() } else { format!(" for {}", files.join(", ")) };
        format!("- `bin/magento {}`{files}: {}\n", step.line, step.remark())
    });
    format!("{heading}\n\n{}", lines.collect::<String>())
}

/// Breaking changes, and PHP to paste.
fn broken(plan: &ModulePlan<'_>, heading: &str) -> String {
    let mut text = String::new();
    if !plan.breaks.is_empty() {
        text += &format!("\n{heading} Breaking changes\n\n");
    }
    for broken in &plan.breaks {
        let (kind, subject) = (broken.kind(), code(broken.subject()));
        text += &format!(
            "- {kind} {subject} {}. To do: {}.\n",
            escape(&broken.message()),
            prose(&broken.remedy())
        );
    }
    for (what, path, lines) in to_paste(plan) {
        text += &format!("\n{heading} {what} {}\n\n```php\n{lines}```\n", code(path));
    }
    text
}

fn has_changes(planned: &Planned) -> bool {
    !planned.permissions.is_empty() || !planned.routes.is_empty()
}

/// Integration with its changes and remedies, below a heading.
pub(super) fn integration(plan: &ModulePlan<'_>, planned: &Planned, heading: &str) -> String {
    let mut text = format!("\n{heading} {}\n", escape(&planned.name));
    let told: String = sentences(plan, planned).map(|it| format!("- {}\n", prose(&it))).collect();
    if !told.is_empty() {
        text += &format!("\n{told}");
    }
    if let Some(grants) = grants(planned) {
        text += &format!("\nGained: {grants}.\n");
    } else {
        let forces = if forces_reset(planned) { ", which forces the reset" } else { "" };
        text += &delta(plan, "Permissions", forces, &planned.permissions);
        text += &delta(plan, "Routes", "", &planned.routes);
    }
    for remedy in remedies(plan, planned) {
        text += &format!("\nTo do: {}.\n", prose(&remedy));
    }
    text
}

fn delta<T: Ord + Display>(plan: &ModulePlan<'_>, title: &str, note: &str, delta: &Delta<T>) -> String {
    let items = |all: &std::collections::BTreeMap<T, ReleaseSet>| {
        let all = all.iter().map(|(it, releases)| format!("{}{}", code(it), bracketed(plan, *releases)));
        all.collect::<Vec<_>>()
    };
    let lines = [("gained", &delta.gained), ("lost", &delta.lost)].into_iter();
    let lines = lines.filter(|(_, all)| !all.is_empty());
    let line = |(what, all)| match items(all) {
        items if items.len() > FEW => {
            let items: Vec<String> = items.iter().map(|item| format!("- {item}\n")).collect();
            list(&format!("{title} {what}{note}"), &items)
        }
        items => format!("\n{title} {what}{note}: {}\n", items.join(", ")),
    };
    lines.map(line).collect()
}
