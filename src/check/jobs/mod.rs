//! Rules on `[[cron]]`: groups and schedules.

mod schedule;

use std::ops::Range;

use schedule::{Difference, Expression, Fault, Steps};

use super::{Context, Resolved, references::Foreign};
use crate::{
    catalog::ReleaseSet,
    diag::{Diagnostic, Level, Rule},
    names::MagentoVersion,
    spec::{code::Cron, pointer},
};

/// First release that counts steps from their start (docs/magento/cron.md#steps).
const COUNTED_FROM: MagentoVersion = MagentoVersion::new(2, 4, 1);

/// Reports schedules that Magento cannot read.
pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let jobs = context.spec.cron.iter().enumerate();
    let unreadable = |(at, job): (usize, &Cron)| {
        let fault = Expression::read(job.schedule.as_str()).err()?;
        Some(ScheduleOf { context, at, job }.faulty(fault))
    };
    jobs.filter_map(unreadable).collect()
}

/// Reports schedules that never run or that releases of the target read differently.
pub(super) fn schedules(context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
    let jobs = context.spec.cron.iter().enumerate();
    let read = jobs.filter_map(|(at, job)| {
        Some((ScheduleOf { context, at, job }, Expression::read(job.schedule.as_str()).ok()?))
    });
    read.flat_map(|(of, expression)| of.check(&expression, resolved.target.releases)).collect()
}

/// Reports cron groups that a release of the target lacks.
pub(super) fn check_in(context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
    let own = context.spec.module.name.id();
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

/// Schedule of a job in the spec.
struct ScheduleOf<'a> {
    context: &'a Context<'a>,
    at: usize,
    job: &'a Cron,
}

impl ScheduleOf<'_> {
    fn check(&self, expression: &Expression, releases: ReleaseSet) -> Vec<Diagnostic> {
        let catalog = self.context.catalog;
        let divisible = catalog.those(releases, |version| version < COUNTED_FROM);
        let by_reading = [(Steps::Divisible, divisible), (Steps::Counted, releases - divisible)];
        let readings: Vec<(Steps, ReleaseSet)> =
            by_reading.into_iter().filter(|(_, releases)| !releases.is_empty()).collect();
        let never: Vec<(Fault, ReleaseSet)> = readings
            .iter()
            .filter_map(|&(steps, releases)| Some((expression.never(steps)?, releases)))
            .collect();
        let never_everywhere = never.len() == readings.len();
        if let Some((fault, releases)) = never.into_iter().next() {
            let mut finding = self.faulty(fault);
            if !never_everywhere {
                finding.message = format!("{} of {}", finding.message, catalog.describe(releases));
            }
            return vec![finding];
        }
        let steps: Vec<Steps> = readings.iter().map(|&(steps, _)| steps).collect();
        let mut findings: Vec<Diagnostic> = expression
            .faults(&steps)
            .into_iter()
            .map(|fault| Diagnostic { level: Level::Warning, ..self.faulty(fault) })
            .collect();
        if steps.len() > 1 {
            findings
                .extend(expression.differences().into_iter().map(|it| self.differs(it, divisible, releases)));
        }
        findings
    }

    fn faulty(&self, fault: Fault) -> Diagnostic {
        let text = self.job.schedule.as_str();
        let message = format!("`{}` is not a valid {} in a schedule", &text[fault.span.clone()], fault.field);
        Diagnostic::new(Rule::CronSchedule, message)
            .at(self.span(&fault.span))
            .reason(fault.reason)
            .help(fault.help)
    }

    fn differs(&self, difference: Difference, divisible: ReleaseSet, releases: ReleaseSet) -> Diagnostic {
        let catalog = self.context.catalog;
        let Difference { span, divisible: before, counted: after } = difference;
        let message = format!(
            "`{}` matches {} in {}, and {} in {}",
            &self.job.schedule.as_str()[span.clone()],
            in_words(&before),
            catalog.describe(divisible),
            in_words(&after),
            catalog.describe(releases - divisible)
        );
        Diagnostic::new(Rule::CronStepDiffers, message)
            .at(self.span(&span))
            .reason("up to 2.4.0-p1 a step takes the numbers that it divides, and from 2.4.1 on it counts from its start")
            .help("list the numbers, separated by commas")
    }

    /// Place of a part. Text without escapes has the same offsets between its quotes.
    fn span(&self, part: &Range<usize>) -> Option<Range<usize>> {
        let span = self.context.spans.value(&pointer!["cron", self.at, "schedule"])?;
        if span.len() != self.job.schedule.as_str().len() + 2 {
            return Some(span);
        }
        let start = span.start + 1 + part.start;
        Some(start..start + part.len())
    }
}

/// Lists numbers, the first ones if there are many.
fn in_words(numbers: &[u32]) -> String {
    let listed: Vec<String> = numbers.iter().take(6).map(ToString::to_string).collect();
    match listed.as_slice() {
        [] => "nothing".to_owned(),
        listed if numbers.len() > listed.len() => format!("{}, …", listed.join(", ")),
        listed => listed.join(", "),
    }
}
