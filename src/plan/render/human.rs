//! Plan for a terminal, in the layout of Terraform.

use anstyle::{AnsiColor, Style};

use super::wording::{actions, bracketed, fault, folded, grants, reasons, remedies, shown, summary};
use crate::{
    deploy::Instruction,
    diag::{printable, printable_line, styled},
    markup::markdown::FEW,
    plan::{Action, Cause, Delta, ModulePlan, Planned, Reason, paste::to_paste},
};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const GREEN: Style = AnsiColor::Green.on_default();
const RED: Style = AnsiColor::Red.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();

/// Renders plans as coloured text.
#[must_use]
pub fn human(plans: &[ModulePlan<'_>]) -> String {
    let mut text: String = plans.iter().map(module_plan).collect();
    text += &styled(BOLD, summary(&plans.iter().collect::<Vec<_>>()));
    text + "\n"
}

fn module_plan(plan: &ModulePlan<'_>) -> String {
    let releases = plan.spec.catalog.describe(plan.plan.releases);
    let head = format!("{} in {releases}, {}", plan.spec.module.name, plan.against);
    let mut text = format!("{}\n\n", styled(BOLD, head));
    if let Some(fault) = fault(plan) {
        text += &format!("{} {}\n\n", styled(RED, Action::Reset.symbol()), printable_line(&fault));
    }
    for planned in shown(plan) {
        text += &integration(plan, planned);
        text.push('\n');
    }
    for (symbol, line) in folded(plan) {
        text += &format!("{symbol:>3} {}\n\n", printable_line(&line));
    }
    for note in &plan.notes {
        text += &format!("  # {}\n\n", printable_line(note));
    }
    text += &broken(plan);
    text + &instructions("To apply the plan, run:", &plan.instructions)
}

/// Commands below a heading.
pub(super) fn instructions(heading: &str, all: &[Instruction]) -> String {
    if all.is_empty() {
        return String::new();
    }
    let mut text = format!("{heading}\n");
    let command = |step: &Instruction| format!("bin/magento {}", step.line);
    let width = all.iter().map(|step| command(step).len()).fold(28, usize::max);
    for step in all {
        let command = command(step);
        let files = step.files.join(", ") + if step.files.is_empty() { "" } else { ": " };
        text += &format!("  {command:<width$} {}\n", styled(DIM, format!("# {files}{}", step.remark())));
    }
    text + "\n"
}

/// Breaking changes, and PHP to paste.
fn broken(plan: &ModulePlan<'_>) -> String {
    let mut text = String::new();
    if !plan.breaks.is_empty() {
        text += "Breaking changes:\n";
    }
    for broken in &plan.breaks {
        let symbol = broken.symbol();
        let colour = if symbol == "-" { RED } else { YELLOW };
        text += &format!(
            "  {} {} {} {}\n    To do: {}.\n",
            styled(colour, symbol),
            broken.kind(),
            styled(BOLD, broken.subject()),
            printable_line(&broken.message()),
            printable_line(&broken.remedy())
        );
    }
    if !plan.breaks.is_empty() {
        text.push('\n');
    }
    for (what, path, lines) in to_paste(plan) {
        text += &format!("{what} {}:\n\n{}\n", printable_line(path.as_str()), printable(&lines));
    }
    text
}

/// Integration with its actions, changes and remedies.
pub(super) fn integration(plan: &ModulePlan<'_>, planned: &Planned) -> String {
    let colour = match planned.action() {
        Action::Keep | Action::Preserve => Style::new(),
        Action::Create => GREEN,
        Action::Ignored | Action::Unknown | Action::Update | Action::Rename | Action::Orphan => YELLOW,
        Action::Delete | Action::Reset | Action::Abort => RED,
    };
    let actions = actions(plan, planned).into_iter();
    let mut text: String =
        actions.map(|action| format!("  # {} {action}\n", styled(BOLD, &planned.name))).collect();
    let head = format!(
        "{} integration {:?}",
        styled(colour, format!("{:>3}", planned.action().symbol())),
        planned.name
    );
    let lines = lines(plan, planned);
    if lines.is_empty() {
        return format!("{text}{head}\n");
    }
    text += &format!("{head} {{\n");
    for (symbol, line) in lines {
        let colour = match symbol {
            "+" => GREEN,
            "-" | "x" => RED,
            "" => DIM,
            _ => YELLOW,
        };
        text += &format!("      {} {line}\n", styled(colour, format!("{symbol:1}")));
    }
    text += "    }\n";
    for remedy in remedies(plan, planned) {
        text += &format!("    To do: {}.\n", printable_line(&remedy));
    }
    text
}

/// Signs and lines between the braces.
fn lines(plan: &ModulePlan<'_>, planned: &Planned) -> Vec<(&'static str, String)> {
    let mut lines: Vec<(&str, String)> = Vec::new();
    for reason in reasons(planned) {
        let (symbol, line) = reason_line(planned, reason);
        lines.push((symbol, format!("{line}{}", bracketed(plan, reason.releases))));
    }
    if let Some(grants) = grants(planned) {
        lines.push(("+", format!("{grants}: `magespec access` lists them")));
        return lines;
    }
    let is_told = |id: &String| reasons(planned).any(|reason| is_about(&reason.cause, id));
    lines.extend(delta(plan, "permission", &planned.permissions, |id| !is_told(id)));
    let gained = planned.routes.gained.len();
    lines.extend(delta(plan, "route", &planned.routes, |route| {
        gained <= FEW || planned.routes.lost.contains_key(route)
    }));
    if gained > FEW {
        lines.push(("+", format!("{gained} routes: `magespec plan --format markdown` lists them")));
    }
    lines
}

/// Returns true if a reason already states that the resource is gained or lost.
fn is_about(cause: &Cause, resource: &str) -> bool {
    matches!(cause, Cause::Gained { id, .. } | Cause::Lost { id } if id == resource)
}

fn reason_line(planned: &Planned, reason: &Reason) -> (&'static str, String) {
    let resets = planned.actions.contains_key(&Action::Reset);
    let forces = if resets { styled(RED, " # forces reset") } else { String::new() };
    let message = printable_line(&reason.cause.message()).into_owned();
    let quoted =
        |value: Option<&str>| value.map_or_else(|| "(none)".to_owned(), |value| format!("{value:?}"));
    let (before, after) = (quoted(reason.cause.before()), quoted(reason.cause.after()));
    match &reason.cause {
        Cause::Changed { attribute, .. } => {
            ("~", format!("{} = {before} -> {after}{forces}", attribute.as_str()))
        }
        Cause::Gained { is_asked_for: true, .. } => ("+", format!("resources = {after}{forces}")),
        Cause::Gained { .. } if resets => {
            ("+", format!("resources = {after}{}", styled(RED, " # added as an ancestor; forces reset")))
        }
        Cause::Gained { .. } => ("+", format!("resources = {after} # added as an ancestor")),
        Cause::Lost { .. } => ("-", format!("resources = {before}{forces}")),
        Cause::Renamed { .. } => ("~", format!("name = {before} -> {after}")),
        Cause::Superseded { .. } | Cause::Retired => ("-", message),
        Cause::TakenAlong { .. } => ("-", message),
        Cause::TakenOver { .. } => ("~", format!("setup_type = {before} -> {after}: {message}{forces}")),
        cause => (planned_symbol(cause), message),
    }
}

/// Sign of a reason that is a sentence.
const fn planned_symbol(cause: &Cause) -> &'static str {
    match cause {
        cause if cause.is_stop() => "x",
        Cause::Removed { .. } | Cause::Contested { .. } | Cause::Interference { .. } => "?",
        _ => "!",
    }
}

fn delta<T: Ord + std::fmt::Display>(
    plan: &ModulePlan<'_>,
    what: &str,
    delta: &Delta<T>,
    is_shown: impl Fn(&T) -> bool,
) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    for (sign, all) in [("+", &delta.gained), ("-", &delta.lost)] {
        for (it, releases) in all.iter().filter(|(it, _)| is_shown(it)) {
            lines.push((
                sign,
                format!("{what} {}{}", printable_line(&it.to_string()), bracketed(plan, *releases)),
            ));
        }
    }
    lines
}
