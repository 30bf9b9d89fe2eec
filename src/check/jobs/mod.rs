//! Rules on `[[cron]]`: groups and schedules.

mod schedule;

use std::ops::Range;

use schedule::{Expression, Fault, StepDifference, Steps};

use super::{Context, Resolved, references::Foreign};
use crate::{
    catalog::{Catalog, ReleaseSet},
    diag::{Diagnostic, Help, Level, Rule},
    names::MagentoVersion,
    spec::{code::Cron, pointer},
};

/// First release that counts steps from their start (docs/magento/cron.md#steps).
const COUNTED_FROM: MagentoVersion = MagentoVersion::new(2, 4, 1);

/// Reports schedules that Magento cannot read, and jobs that have none.
pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let unreadable = of_spec(context).filter_map(|schedule| schedule.unreadable());
    let jobs = context.spec.cron.iter().enumerate();
    unreadable.chain(jobs.filter_map(|(at, job)| unscheduled(context, at, job))).collect()
}

/// Reports a job that nothing schedules, and one that is scheduled but says that it is not.
fn unscheduled(context: &Context<'_>, at: usize, job: &Cron) -> Option<Diagnostic> {
    let is_scheduled = job.schedule.is_some() || job.config_path.is_some();
    let route = pointer!["cron", at];
    let is_said_to_be = job.scheduled != Some(false);
    if is_scheduled && !is_said_to_be {
        return Some(
            Diagnostic::new(
                Rule::InvalidValue,
                format!("`{}` has a schedule and `scheduled = false`", job.name),
            )
            .at(context.spans.value(&route.key("scheduled")))
            .reason("`scheduled = false` is for a job that config.xml or another module schedules")
            .help(Help::new("remove `scheduled`, or the schedule").removal()),
        );
    }
    (!is_scheduled && is_said_to_be).then(|| {
        Diagnostic::new(Rule::MissingKey, "`schedule` is missing in [[cron]]")
            .at(context.spans.key(&route))
            .label("in this table")
            .reason("the job in crontab.xml needs it, or `config_path` for a schedule that a setting holds")
            .help("for example: schedule = \"*/15 * * * *\"; `scheduled = false` leaves it to config.xml or another module")
    })
}

/// Reports schedules that never run or that releases of the target read differently.
pub(super) fn schedules(context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
    of_spec(context).flat_map(|schedule| schedule.check(resolved.target.releases)).collect()
}

fn of_spec<'a>(context: &'a Context<'_>) -> impl Iterator<Item = ScheduleOf<'a>> {
    context.spec.cron.iter().enumerate().filter_map(|(at, job)| {
        let text = job.schedule.as_ref()?.as_str();
        let place = context.spans.value(&pointer!["cron", at, "schedule"]);
        // Text with escapes stays with its quotes.
        let unquoted = |span: Range<usize>| {
            if span.len() == text.len() + 2 { span.start + 1..span.end - 1 } else { span }
        };
        Some(ScheduleOf { catalog: context.catalog, text, place: place.map(unquoted) })
    })
}

/// Reports cron groups that a release of the target lacks.
pub(super) fn check_in(context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
    let own = context.spec.module.name.id();
    let jobs = context.spec.cron.iter().enumerate();
    let groups = jobs.filter_map(|(at, job)| Some((at, job.group.as_ref()?.as_str())));
    groups
        .filter(|(_, group)| *group != own)
        .filter_map(|(at, group)| {
            group_missing(context, resolved, context.spans.value(&pointer!["cron", at, "group"]), group)
        })
        .collect()
}

/// Reports a cron group that a release of the target lacks.
pub(super) fn group_missing(
    context: &Context<'_>,
    resolved: &Resolved,
    place: Option<Range<usize>>,
    group: &str,
) -> Option<Diagnostic> {
    let foreign = Foreign {
        context,
        resolved,
        rule: Rule::UnknownCronGroup,
        what: "cron group",
        reason: "Magento schedules jobs by the group's entry in cron_groups.xml and does not schedule jobs of other groups",
    };
    foreign.missing(place, group, &context.catalog.cron().groups, |it| &it.module)
}

/// Schedule of a job, in a spec or a crontab.xml.
pub(super) struct ScheduleOf<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) text: &'a str,
    /// Place of the text, of the same length unless it has escapes there or is written with other white space.
    pub(super) place: Option<Range<usize>>,
}

impl ScheduleOf<'_> {
    /// Reports the first part that Magento cannot read.
    pub(super) fn unreadable(&self) -> Option<Diagnostic> {
        Expression::read(self.text).err().map(|fault| self.faulty(fault))
    }

    /// Reports parts that never match, a schedule that never runs, and steps that the releases read differently.
    pub(super) fn check(&self, releases: ReleaseSet) -> Vec<Diagnostic> {
        let Ok(expression) = Expression::read(self.text) else { return Vec::new() };
        let catalog = self.catalog;
        let divisible = catalog.those(releases, |version| version < COUNTED_FROM);
        let by_reading = [(Steps::Divisible, divisible), (Steps::Counted, releases - divisible)];
        let readings: Vec<(Steps, ReleaseSet)> =
            by_reading.into_iter().filter(|(_, releases)| !releases.is_empty()).collect();
        let never: Vec<(Fault, ReleaseSet)> = readings
            .iter()
            .filter_map(|&(steps, releases)| Some((expression.never(steps)?, releases)))
            .collect();
        let never_everywhere = never.len() == readings.len();
        let steps: Vec<Steps> = readings.iter().map(|&(steps, _)| steps).collect();
        // A reason that holds for the newest releases counts if there are several.
        let mut findings: Vec<Diagnostic> = match never.into_iter().next_back() {
            Some((fault, _)) if never_everywhere => return vec![self.faulty(fault)],
            Some((fault, releases)) => {
                let mut finding = self.faulty(fault);
                finding.message = format!("{} of {}", finding.message, catalog.describe(releases));
                vec![finding]
            }
            None => {
                let faults = expression.faults(&steps).into_iter();
                faults.map(|fault| Diagnostic { level: Level::Warning, ..self.faulty(fault) }).collect()
            }
        };
        if steps.len() > 1 {
            findings
                .extend(expression.differences().into_iter().map(|it| self.differs(it, divisible, releases)));
        }
        findings
    }

    fn faulty(&self, fault: Fault) -> Diagnostic {
        let message =
            format!("`{}` is not a valid {} in a schedule", &self.text[fault.span.clone()], fault.field);
        Diagnostic::new(Rule::CronSchedule, message)
            .at(self.span(&fault.span))
            .reason(fault.reason)
            .help(fault.help)
    }

    fn differs(&self, difference: StepDifference, divisible: ReleaseSet, releases: ReleaseSet) -> Diagnostic {
        let catalog = self.catalog;
        let StepDifference { span, divisible: before, counted: after } = difference;
        let message = format!(
            "`{}` matches {} in {}, and {} in {}",
            &self.text[span.clone()],
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

    /// Place of a part; of the whole text if their offsets may differ.
    fn span(&self, part: &Range<usize>) -> Option<Range<usize>> {
        let span = self.place.clone()?;
        let is_same = span.len() == self.text.len();
        Some(if is_same { span.start + part.start..span.start + part.end } else { span })
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
