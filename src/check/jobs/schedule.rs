//! Cron expressions as Magento reads them (`module-cron/Model/Schedule.php`, `matchCronExpression`;
//! docs/magento/cron.md#steps).

use std::{collections::BTreeSet, ops::Range};

/// Fault in an expression.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Faulty part, in bytes of the expression.
    pub(super) span: Range<usize>,
    /// Name of the field, such as `minute`.
    pub(super) field: &'static str,
    pub(super) reason: String,
    pub(super) help: String,
}

/// Reading of a step such as `5/15` (docs/magento/cron.md#steps).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Steps {
    /// Up to 2.4.0-p1: the numbers that the step divides.
    Divisible,
    /// From 2.4.1 on: the numbers that are a multiple of the step away from the start.
    Counted,
}

/// Part that the releases read differently.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct StepDifference {
    /// The part, in bytes of the expression.
    pub(super) span: Range<usize>,
    /// Its numbers up to 2.4.0-p1.
    pub(super) divisible: Vec<u32>,
    /// Its numbers from 2.4.1 on.
    pub(super) counted: Vec<u32>,
}

/// Field of an expression; there are five.
#[derive(Debug, PartialEq, Eq)]
struct ScheduleField {
    name: &'static str,
    lowest: u32,
    highest: u32,
    /// Names for its numbers, from the lowest on.
    words: &'static [&'static str],
}

static FIELDS: [ScheduleField; 5] = [
    ScheduleField { name: "minute", lowest: 0, highest: 59, words: &[] },
    ScheduleField { name: "hour", lowest: 0, highest: 23, words: &[] },
    ScheduleField { name: "day", lowest: 1, highest: 31, words: &[] },
    ScheduleField {
        name: "month",
        lowest: 1,
        highest: 12,
        words: &[
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
    },
    ScheduleField {
        name: "day of the week",
        lowest: 0,
        highest: 6,
        words: &["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"],
    },
];

/// Expression whose parts are all readable.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Expression {
    fields: Vec<FieldParts>,
}

/// Field of an expression with the parts of its list.
#[derive(Debug, PartialEq, Eq)]
struct FieldParts {
    field: &'static ScheduleField,
    /// The whole list, in bytes of the expression.
    span: Range<usize>,
    parts: Vec<SchedulePart>,
}

/// Part of a list.
#[derive(Debug, PartialEq, Eq)]
struct SchedulePart {
    span: Range<usize>,
    values: Values,
    step: Option<u32>,
}

#[derive(Debug, PartialEq, Eq)]
enum Values {
    All,
    One(u32),
    Range(u32, u32),
}

/// Reason and help.
type Wrong = (String, String);

impl Expression {
    /// Reads an expression. The error is the first part that Magento cannot read.
    pub(super) fn read(schedule: &str) -> Result<Self, Fault> {
        let mut start = 0;
        let mut fields = Vec::new();
        for (field, text) in FIELDS.iter().zip(schedule.split(' ')) {
            let whole = start..start + text.len();
            let mut parts = Vec::new();
            for part in text.split(',') {
                let span = start..start + part.len();
                start = span.end + 1;
                match field.read(part) {
                    Ok((values, step)) => parts.push(SchedulePart { span, values, step }),
                    Err((reason, help)) => return Err(Fault { span, field: field.name, reason, help }),
                }
            }
            fields.push(FieldParts { field, span: whole, parts });
        }
        Ok(Self { fields })
    }

    /// Fault for which the job never runs.
    pub(super) fn never(&self, steps: Steps) -> Option<Fault> {
        let empty = self.fields.iter().find(|it| it.numbers(steps).is_empty());
        if let Some(fault) = empty.and_then(|it| it.faults(&[steps]).next()) {
            return Some(fault);
        }
        let [_, _, days, months, _] = self.fields.as_slice() else { return None };
        let longest = months.numbers(steps).into_iter().map(days_of).max()?;
        days.numbers(steps).iter().all(|day| *day > longest).then(|| Fault {
            span: days.span.clone(),
            field: "day",
            reason: format!("none of its months has more than {longest} days, so the job would never run"),
            help: format!("write a day up to {longest}, or another month"),
        })
    }

    /// Parts that are wrong in each of the readings.
    pub(super) fn faults(&self, readings: &[Steps]) -> Vec<Fault> {
        self.fields.iter().flat_map(|it| it.faults(readings)).collect()
    }

    /// Parts that mean something else from 2.4.1 on.
    pub(super) fn differences(&self) -> Vec<StepDifference> {
        let differs = |it: &&FieldParts| it.numbers(Steps::Divisible) != it.numbers(Steps::Counted);
        let parts =
            self.fields.iter().filter(differs).flat_map(|it| it.parts.iter().map(|part| (it.field, part)));
        let difference = |(field, part): (&ScheduleField, &SchedulePart)| StepDifference {
            span: part.span.clone(),
            divisible: part.numbers(field, Steps::Divisible),
            counted: part.numbers(field, Steps::Counted),
        };
        parts.map(difference).filter(|it| it.divisible != it.counted).collect()
    }
}

impl FieldParts {
    fn numbers(&self, steps: Steps) -> BTreeSet<u32> {
        self.parts.iter().flat_map(|part| part.numbers(self.field, steps)).collect()
    }

    fn faults(&self, readings: &[Steps]) -> impl Iterator<Item = Fault> {
        let fault = |part: &SchedulePart| {
            let (reason, help) = part.wrong(self.field, readings)?;
            Some(Fault { span: part.span.clone(), field: self.field.name, reason, help })
        };
        self.parts.iter().filter_map(fault)
    }
}

impl SchedulePart {
    /// Numbers of the field that match.
    fn numbers(&self, field: &ScheduleField, steps: Steps) -> Vec<u32> {
        let step = self.step.unwrap_or(1);
        let all = field.lowest..=field.highest;
        let (range, start) = match self.values {
            Values::All => (all.clone(), 0),
            // The start of a step is not the lowest number: `20/15` matches 5 too.
            Values::One(start) if self.step.is_some() && steps == Steps::Counted => (all.clone(), start),
            Values::One(number) => (number..=number, number),
            Values::Range(from, to) => (from..=to, from),
        };
        let start = if steps == Steps::Counted { start } else { 0 };
        all.filter(|number| range.contains(number) && number.abs_diff(start) % step == 0).collect()
    }

    fn wrong(&self, field: &ScheduleField, readings: &[Steps]) -> Option<Wrong> {
        let ScheduleField { lowest, highest, .. } = field;
        let (from, to) = match self.values {
            Values::All => (*lowest, *highest),
            Values::One(number) => (number, number),
            Values::Range(from, to) => (from, to),
        };
        if let Some(outside) = [from, to].into_iter().find(|number| !(lowest..=highest).contains(&number)) {
            return Some(field.not_a_number(&outside.to_string()));
        }
        if from > to {
            let range =
                |from: u32, to: u32| if from == to { from.to_string() } else { format!("{from}-{to}") };
            let (end, start) = (range(from, *highest), range(*lowest, to));
            let help = format!("write {end},{start}, or put the lower end first");
            return Some((
                "a range goes from the lower to the higher end; this one never matches".to_owned(),
                help,
            ));
        }
        let step = self.step?;
        if step > *highest {
            return Some(self.too_far(field, readings));
        }
        if readings.iter().any(|steps| !self.numbers(field, *steps).is_empty()) {
            return None;
        }
        let reason = format!(
            "Magento uses the numbers from {from} to {to} that are divisible by {step}, and there are none"
        );
        Some((reason, format!("write */{step}, or a list of numbers")))
    }

    /// Explains a step that is greater than every number of the field.
    fn too_far(&self, field: &ScheduleField, readings: &[Steps]) -> Wrong {
        let matching: BTreeSet<u32> = readings.iter().flat_map(|steps| self.numbers(field, *steps)).collect();
        let (reason, help) = field.not_a_step();
        let Some(number) = matching.first() else { return (reason, help) };
        (format!("{reason}; this one matches only {number}"), format!("write {number}, or a smaller step"))
    }
}

/// Number of days in a month, at most.
fn days_of(month: u32) -> u32 {
    match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl ScheduleField {
    fn read(&self, part: &str) -> Result<(Values, Option<u32>), Wrong> {
        let (values, step) = match part.split_once('/') {
            Some((values, step)) => (values, Some(step)),
            None => (part, None),
        };
        let values = match values.split_once('-') {
            _ if values == "*" => Values::All,
            Some((from, to)) => Values::Range(self.number(from)?, self.number(to)?),
            None => Values::One(self.number(values)?),
        };
        let Some(step) = step else { return Ok((values, None)) };
        let step = step.parse::<u32>().ok().filter(|step| *step > 0).ok_or_else(|| self.not_a_step())?;
        Ok((values, Some(step)))
    }

    fn number(&self, text: &str) -> Result<u32, Wrong> {
        let lower = text.to_lowercase();
        let is_word = |word: &&str| lower.len() >= 3 && word.starts_with(lower.as_str());
        let word =
            self.words.iter().zip(self.lowest..).find(|(word, _)| is_word(word)).map(|(_, number)| number);
        word.or_else(|| text.parse().ok()).ok_or_else(|| self.not_a_number(text))
    }

    fn not_a_step(&self) -> Wrong {
        (
            format!("a step is a number from 1 to {}", self.highest),
            "write for example */15 in the minute field".to_owned(),
        )
    }

    fn not_a_number(&self, text: &str) -> Wrong {
        let Self { lowest, highest, words, .. } = self;
        let (names, example) = match words.first() {
            Some(word) => (" or a name", format!(", or a name such as {}", &word[..3])),
            None => ("", String::new()),
        };
        let sunday = if *highest == 6 && text == "7" { "; Sunday is 0" } else { "" };
        (
            format!("it must be a number from {lowest} to {highest}{names}{sunday}"),
            format!(
                "write *, a number{example}, a range such as {lowest}-{highest}, or a comma-separated list"
            ),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [Steps; 2] = [Steps::Divisible, Steps::Counted];

    #[test]
    fn schedules_that_run() {
        for text in [
            "* * * * *",
            "*/15 * * * *",
            "0 3 * * *",
            "0,30 8-18 1-15 jan-mar mon-fri",
            "10-40/10 */2 1,15 * 0",
            "0 0 1 January Sunday",
            "5 4 31 12 6",
            "15/15 * * * *",
            "0 0 29 2 *",
            "0 0 31 2,3 *",
            "0 0 1,31 2 *",
            "0 0 30 * *",
        ] {
            let read = Expression::read(text).unwrap();
            assert_eq!(BOTH.map(|steps| read.never(steps)), [None, None], "{text}");
            assert_eq!(read.faults(&BOTH), [], "{text}");
        }
    }

    #[test]
    fn schedules_that_never_run() {
        for (text, part, field) in [
            ("60 * * * *", "60", "minute"),
            ("* 24 * * *", "24", "hour"),
            ("* * 0 * *", "0", "day"),
            ("* * 32 * *", "32", "day"),
            ("* * * 13 *", "13", "month"),
            ("* * * * 7", "7", "day of the week"),
            ("40-10 * * * *", "40-10", "minute"),
            ("* * */90 * *", "*/90", "day"),
            ("0 0 30 2 *", "30", "day"),
            ("0 0 30-31 feb *", "30-31", "day"),
            ("0 0 31 4,jun,9,11 *", "31", "day"),
        ] {
            let read = Expression::read(text).unwrap();
            for steps in BOTH {
                let found = read.never(steps).expect(text);
                assert_eq!((&text[found.span], found.field), (part, field), "{text}");
            }
        }
    }

    #[test]
    fn schedules_that_cannot_be_read() {
        for (text, part, field) in [
            ("* * * foo *", "foo", "month"),
            ("* * * * jan", "jan", "day of the week"),
            ("mon * * * *", "mon", "minute"),
            ("1,,2 * * * *", "", "minute"),
            ("1-2-3 * * * *", "1-2-3", "minute"),
            ("*/0 * * * *", "*/0", "minute"),
            ("*/x * * * *", "*/x", "minute"),
            ("*-5 * * * *", "*-5", "minute"),
            ("- * * * *", "-", "minute"),
        ] {
            let found = Expression::read(text).expect_err(text);
            assert_eq!((&text[found.span], found.field), (part, field), "{text}");
        }
    }

    #[test]
    fn parts_that_are_wrong_beside_others() {
        for (text, part) in [
            ("0,5-61 * * * *", "5-61"),
            ("* * * * 6,7", "7"),
            ("*/90 * * * *", "*/90"),
            ("0,40-10 * * * *", "40-10"),
            ("0,41-59/60 * * * *", "41-59/60"),
        ] {
            let read = Expression::read(text).unwrap();
            assert_eq!(read.never(Steps::Counted), None, "{text}");
            let [found] = <[Fault; 1]>::try_from(read.faults(&BOTH)).expect(text);
            assert_eq!(&text[found.span], part, "{text}");
        }
    }

    /// The numbers that `Schedule::matchCronExpression` of 2.3.7 and of 2.4.8 accepts.
    #[test]
    fn steps_before_and_from_2_4_1() {
        for (part, divisible, counted) in [
            ("5/15", vec![], vec![5, 20, 35, 50]),
            ("20/15", vec![], vec![5, 20, 35, 50]),
            ("15/15", vec![15], vec![0, 15, 30, 45]),
            ("10-40/20", vec![20, 40], vec![10, 30]),
            ("58/1", vec![58], (0..60).collect()),
        ] {
            let read = Expression::read(&format!("{part} * * * *")).unwrap();
            let [found] = <[StepDifference; 1]>::try_from(read.differences()).expect(part);
            assert_eq!((found.divisible, found.counted), (divisible, counted), "{part}");
        }
        for same in ["*/15", "0-59/15", "0/1,*", "30-59/15", "7"] {
            assert_eq!(Expression::read(&format!("{same} * * * *")).unwrap().differences(), [], "{same}");
        }
        assert!(Expression::read("5/15 * * * *").unwrap().never(Steps::Divisible).is_some());
        assert_eq!(Expression::read("5/15 * * * *").unwrap().never(Steps::Counted), None);
    }
}
