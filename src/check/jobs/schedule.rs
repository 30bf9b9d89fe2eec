//! Cron expressions as Magento reads them (`module-cron/Model/Schedule.php`, `matchCronExpression`).

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

/// Field of an expression; there are five.
struct ScheduleField {
    name: &'static str,
    lowest: u32,
    highest: u32,
    /// Names for its numbers, from the lowest on.
    words: &'static [&'static str],
}

const FIELDS: [ScheduleField; 5] = [
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

/// First part that Magento cannot parse or that never matches.
pub(super) fn fault(schedule: &str) -> Option<Fault> {
    let mut start = 0;
    let mut all: Vec<(Range<usize>, BTreeSet<u32>)> = Vec::new();
    for (field, text) in FIELDS.iter().zip(schedule.split(' ')) {
        let whole = start..start + text.len();
        let mut numbers = BTreeSet::new();
        for part in text.split(',') {
            let span = start..start + part.len();
            match field.check(part) {
                Ok(found) => numbers.extend(found),
                Err((reason, help)) => return Some(Fault { span, field: field.name, reason, help }),
            }
            start = span.end + 1;
        }
        all.push((whole, numbers));
    }
    let [_, _, (span, days), (_, months), _] = all.as_slice() else { return None };
    let longest = months.iter().map(|month| days_of(*month)).max()?;
    days.iter().all(|day| *day > longest).then(|| Fault {
        span: span.clone(),
        field: "day",
        reason: format!("none of its months has more than {longest} days, so the job would never run"),
        help: format!("write a day up to {longest}, or another month"),
    })
}

/// Number of days in a month, at most.
fn days_of(month: u32) -> u32 {
    match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Reason and help.
type Wrong = (String, String);

impl ScheduleField {
    /// Numbers that one part of a list stands for.
    fn check(&self, part: &str) -> Result<Vec<u32>, Wrong> {
        let (values, step) = match part.split_once('/') {
            Some((values, step)) => (values, Some(step)),
            None => (part, None),
        };
        let range = match values.split_once('-') {
            _ if values == "*" => None,
            Some((from, to)) => Some((self.number(from)?, self.number(to)?)),
            None => Some((self.number(values)?, self.number(values)?)),
        };
        if let Some((from, to)) = range.filter(|(from, to)| from > to) {
            let help = format!(
                "write two ranges, {from}-{},{}-{to}, or put the lower end first",
                self.highest, self.lowest
            );
            return Err((
                "a range goes from the lower to the higher end; this one never matches".to_owned(),
                help,
            ));
        }
        let highest = self.highest;
        let (from, to) = range.unwrap_or((self.lowest, highest));
        let Some(step) = step else { return Ok((from..=to).collect()) };
        let step = step.parse::<u32>().ok().filter(|step| (1..=highest).contains(step)).ok_or_else(|| {
            (
                format!("a step is a number from 1 to {highest}"),
                "write for example */15 in the minute field".to_owned(),
            )
        })?;
        // Magento uses the numbers divisible by the step, wherever the range begins.
        let numbers: Vec<u32> = (from..=to).filter(|number| number % step == 0).collect();
        if !numbers.is_empty() {
            return Ok(numbers);
        }
        let reason = format!(
            "Magento uses the numbers from {from} to {to} that are divisible by {step}, and there are none"
        );
        Err((reason, format!("write */{step}, or a list of numbers")))
    }

    fn number(&self, text: &str) -> Result<u32, Wrong> {
        let Self { lowest, highest, words, .. } = self;
        let lower = text.to_lowercase();
        let is_word = |word: &&str| lower.len() >= 3 && word.starts_with(lower.as_str());
        let word = words.iter().zip(*lowest..).find(|(word, _)| is_word(word)).map(|(_, number)| number);
        let number = || text.parse::<u32>().ok().filter(|number| (lowest..=highest).contains(&number));
        word.or_else(number).ok_or_else(|| {
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
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(fault(text), None, "{text}");
        }
    }

    #[test]
    fn schedules_that_do_not() {
        for (text, part, field) in [
            ("60 * * * *", "60", "minute"),
            ("* 24 * * *", "24", "hour"),
            ("* * 0 * *", "0", "day"),
            ("* * 32 * *", "32", "day"),
            ("* * * 13 *", "13", "month"),
            ("* * * foo *", "foo", "month"),
            ("* * * * 7", "7", "day of the week"),
            ("* * * * jan", "jan", "day of the week"),
            ("mon * * * *", "mon", "minute"),
            ("1,,2 * * * *", "", "minute"),
            ("0,5-61 * * * *", "5-61", "minute"),
            ("40-10 * * * *", "40-10", "minute"),
            ("1-2-3 * * * *", "1-2-3", "minute"),
            ("*/0 * * * *", "*/0", "minute"),
            ("*/90 * * * *", "*/90", "minute"),
            ("*/x * * * *", "*/x", "minute"),
            ("5/15 * * * *", "5/15", "minute"),
            ("*-5 * * * *", "*-5", "minute"),
            ("- * * * *", "-", "minute"),
            ("0 0 30 2 *", "30", "day"),
            ("0 0 30-31 feb *", "30-31", "day"),
            ("0 0 31 4,jun,9,11 *", "31", "day"),
        ] {
            let found = fault(text).expect(text);
            assert_eq!((&text[found.span.clone()], found.field), (part, field), "{text}");
        }
    }
}
