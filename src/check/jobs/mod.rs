//! Rules on `[[cron]]`: groups and schedules.

mod schedule;

use super::{Context, Resolved, references::Foreign};
use crate::{
    diag::{Diagnostic, Rule},
    spec::{Pointer, code::Cron, pointer},
};

pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let jobs = context.spec.cron.iter().enumerate();
    jobs.filter_map(|(at, job)| never(context, &pointer!["cron", at, "schedule"], job)).collect()
}

/// Reports cron groups that a release of the target lacks.
pub(super) fn check_in(context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
    let own = context.spec.module.name.as_str().to_lowercase();
    let foreign = Foreign {
        context,
        resolved,
        rule: Rule::UnknownCronGroup,
        what: "cron group",
        reason: "Magento schedules jobs by the group's entry in cron_groups.xml and does not schedule jobs of other groups",
    };
    let jobs = context.spec.cron.iter().enumerate();
    let groups = jobs.filter_map(|(at, job)| Some((at, job.group.as_ref()?.as_str())));
    groups
        .filter(|(_, group)| *group != own)
        .filter_map(|(at, group)| {
            foreign.missing(&pointer!["cron", at, "group"], group, &context.catalog.cron().groups, |it| {
                &it.module
            })
        })
        .collect()
}

fn never(context: &Context<'_>, route: &Pointer, job: &Cron) -> Option<Diagnostic> {
    let text = job.schedule.as_str();
    let fault = schedule::fault(text)?;
    let span = context.spans.value(route);
    // Text without escapes has the same offsets between its quotes.
    let part = span.clone().filter(|span| span.len() == text.len() + 2).map(|span| {
        let start = span.start + 1 + fault.span.start;
        start..start + fault.span.len()
    });
    let message = format!("`{}` is not a valid {} in a schedule", &text[fault.span], fault.field);
    Some(Diagnostic::new(Rule::CronSchedule, message).at(part.or(span)).reason(fault.reason).help(fault.help))
}
