//! Rules on etc/crontab.xml and etc/cron_groups.xml.

use std::ops::Range;

use super::{ExistingModule, Firsts, classes::MethodOf, twice};
use crate::{
    check::{
        jobs::{ScheduleOf, group_missing},
        taken_names::TakenNames,
    },
    diag::{Diagnostic, Level, Rule},
    parsers::{SpannedText, xml::Element},
};

pub(super) fn check(module: &ExistingModule<'_>) -> Vec<Diagnostic> {
    let groups = module.files.beside.get("etc/cron_groups.xml").map(|document| &document.root);
    let crontab = module.files.tables.get("etc/crontab.xml").map(|document| &document.root);
    let declared: Vec<&SpannedText> = groups
        .into_iter()
        .flat_map(|root| root.named("group"))
        .filter_map(|group| group.attribute("id"))
        .collect();
    let names = TakenNames { context: &module.context, releases: module.resolved.target.releases };
    let mut findings = Vec::new();
    if !module.is_core {
        findings.extend(declared.iter().filter_map(|id| names.group(&id.value, Some(id.span.clone()))));
    }
    let mut firsts = Firsts::new();
    for group in crontab.into_iter().flat_map(|root| root.named("group")) {
        let Some(id) = group.attribute("id") else { continue };
        if !declared.iter().any(|it| it.value == id.value) {
            findings.extend(group_missing(
                &module.context,
                module.resolved,
                Some(id.span.clone()),
                &id.value,
            ));
        }
        for job in group.named("job") {
            findings.extend(self::job(module, &names, &id.value, job));
            let Some(name) = job.attribute("name") else { continue };
            let first = firsts.seen((&id.value, &name.value), &name.span);
            findings.extend(first.map(|first| {
                twice(Rule::DeclaredTwice, "this job is declared twice".to_owned(), &name.span, first)
                    .reason("jobs merge by group and name, so only one of them runs")
                    .help("rename or remove one of them")
            }));
        }
    }
    findings
}

fn job(module: &ExistingModule<'_>, names: &TakenNames<'_>, group: &str, job: &Element) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let class = job.attribute("instance");
    let is_own = class.is_some_and(|class| module.is_own(&class.value));
    if let Some(name) = job.attribute("name").filter(|_| is_own && !module.is_core) {
        findings.extend(names.job(group, &name.value, Some(name.span.clone())));
    }
    if let Some((class, method)) =
        class.zip(job.attribute("method")).filter(|(class, _)| !module.is_virtual(class))
        && let MethodOf::Fault(fault) = module.method(class, method)
    {
        findings.push(*fault);
    }
    match job.named("schedule").next().map(Element::text) {
        Some(schedule) => findings.extend(self::schedule(module, &schedule)),
        None if is_own => findings.extend(unscheduled(module, group, job)),
        None => {}
    }
    findings
}

/// Reports a job that nothing schedules (docs/magento/cron.md#without-schedule).
fn unscheduled(module: &ExistingModule<'_>, group: &str, job: &Element) -> Option<Diagnostic> {
    let name = job.attribute("name")?;
    let mut setting = module.files.tables.get("etc/config.xml").map(|document| &document.root);
    for step in ["default", "crontab", group, "jobs", &name.value, "schedule"] {
        setting = setting.and_then(|it| it.named(step).next());
    }
    let of_magento = module.context.catalog.cron().jobs.find(&name.value);
    if job.named("config_path").next().is_some()
        || setting.is_some()
        || of_magento.iter().any(|it| it.group == group)
    {
        return None;
    }
    let message = format!("the job `{}` has no schedule", name.value);
    let mut finding = Diagnostic::new(Rule::CronSchedule, message)
        .at(name.span.clone())
        .reason(format!(
            "Magento skips a job without <schedule> and <config_path>, unless the setting crontab/{group}/jobs/{}/schedule/cron_expr has its schedule",
            name.value
        ))
        .help("write <schedule>*/15 * * * *</schedule>, or <config_path> with the path of a setting");
    finding.level = Level::Warning;
    Some(finding)
}

/// Reports a schedule that Magento cannot read, that never runs, or that the releases read differently.
fn schedule(module: &ExistingModule<'_>, written: &SpannedText) -> Vec<Diagnostic> {
    let fields: Vec<&str> = written.value.split_whitespace().collect();
    if !(5..=6).contains(&fields.len()) {
        let message = format!("`{}` is not a schedule of five fields", written.trimmed());
        return vec![
            Diagnostic::new(Rule::CronSchedule, message)
                .at(written.span.clone())
                .reason("a schedule has five fields: minute, hour, day, month and day of the week; with fewer or more, Magento stops scheduling the whole group")
                .help("write for example */15 * * * *"),
        ];
    }
    let text = fields.join(" ");
    let schedule = ScheduleOf { catalog: module.context.catalog, text: &text, place: Some(trimmed(written)) };
    let mut findings: Vec<Diagnostic> = schedule.unreadable().into_iter().collect();
    findings.extend(schedule.check(module.resolved.target.releases));
    findings
}

/// Place of a text without the white space around it.
fn trimmed(text: &SpannedText) -> Range<usize> {
    if text.span.len() != text.value.len() {
        return text.span.clone();
    }
    let start = text.span.start + text.value.len() - text.value.trim_start().len();
    start..start + text.trimmed().len()
}
