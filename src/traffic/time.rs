//! When a request was made.

use std::str::FromStr;

/// A second, counted from 1970 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time(i64);

/// Text that is no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidTime;

impl std::error::Error for InvalidTime {}

impl std::fmt::Display for InvalidTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(
            "write a day such as 2026-03-01, or a time such as 2026-03-01T08:30 or 2026-03-01T08:30:00+02:00",
        )
    }
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY: i64 = 24 * 60 * 60;

impl Time {
    /// A time as logs write it: `10/Oct/2025:13:55:36 +0200` (Apache, nginx), ISO 8601, or a count of seconds,
    /// milliseconds, microseconds or nanoseconds since 1970.
    pub(super) fn logged(text: &str) -> Option<Self> {
        if text.as_bytes().get(2) == Some(&b'/') {
            common(text)
        } else if text.as_bytes().get(4) == Some(&b'-') {
            let (time, _) = iso(text)?;
            Some(time)
        } else {
            since_1970(text)
        }
    }

    /// The last second that is meant: of a day its last.
    ///
    /// # Errors
    /// If the text is no time.
    pub fn end(text: &str) -> Result<Self, InvalidTime> {
        let (Self(start), seconds) = iso(text).ok_or(InvalidTime)?;
        Ok(Self(start + seconds - 1))
    }
}

impl FromStr for Time {
    type Err = InvalidTime;

    /// The first second that is meant. Where no offset is given, UTC is.
    fn from_str(text: &str) -> Result<Self, InvalidTime> {
        iso(text).map(|(time, _)| time).ok_or(InvalidTime)
    }
}

/// Reads text from its start.
struct Reader<'a>(&'a str);

impl<'a> Reader<'a> {
    fn number(&mut self, digits: usize) -> Option<i64> {
        let word = self.word(digits)?;
        word.bytes().all(|byte| byte.is_ascii_digit()).then(|| word.parse().ok()).flatten()
    }

    fn word(&mut self, length: usize) -> Option<&'a str> {
        let (word, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(word)
    }

    fn skip(&mut self, one_of: &[char]) -> Option<()> {
        self.0 = self.0.strip_prefix(one_of)?;
        Some(())
    }

    /// `+0200`, `+02:00`, `Z`, or nothing: how many seconds later than UTC clocks are.
    fn offset(&mut self) -> Option<i64> {
        if self.0.is_empty() || self.skip(&['Z', 'z']).is_some() {
            return Some(0);
        }
        let sign = if self.0.starts_with('-') { -1 } else { 1 };
        self.skip(&['+', '-'])?;
        let hours = self.number(2)?;
        let _ = self.skip(&[':']);
        let minutes = if self.0.is_empty() { 0 } else { self.number(2)? };
        (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes) * 60)
    }

    fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

/// `10/Oct/2025:13:55:36 +0200`, perhaps with a fraction of the second.
fn common(text: &str) -> Option<Time> {
    let mut reader = Reader(text);
    let day = reader.number(2)?;
    reader.skip(&['/'])?;
    let name = reader.word(3)?;
    let month = (1..).zip(MONTHS).find(|(_, known)| *known == name)?.0;
    reader.skip(&['/'])?;
    let year = reader.number(4)?;
    reader.skip(&[':'])?;
    let (seconds, _) = clock(&mut reader)?;
    let _ = reader.skip(&[' ']);
    let offset = reader.offset()?;
    reader.end()?;
    Some(Time(days(year, month, day)? * DAY + seconds - offset))
}

/// `2025-10-10`, `2025-10-10T13:55`, `2025-10-10 13:55:36.123+02:00`; with how many seconds are meant.
fn iso(text: &str) -> Option<(Time, i64)> {
    let mut reader = Reader(text);
    let year = reader.number(4)?;
    reader.skip(&['-'])?;
    let month = reader.number(2)?;
    reader.skip(&['-'])?;
    let day = days(year, month, reader.number(2)?)? * DAY;
    if reader.0.is_empty() {
        return Some((Time(day), DAY));
    }
    reader.skip(&['T', 't', ' '])?;
    let (seconds, meant) = clock(&mut reader)?;
    let _ = reader.skip(&[' ']);
    let offset = reader.offset()?;
    reader.end()?;
    Some((Time(day + seconds - offset), meant))
}

/// `13:55`, `13:55:36`, `13:55:36.123`: seconds of the day, and how many are meant.
fn clock(reader: &mut Reader<'_>) -> Option<(i64, i64)> {
    let hours = reader.number(2)?;
    reader.skip(&[':'])?;
    let minutes = reader.number(2)?;
    let has_seconds = reader.skip(&[':']).is_some();
    let seconds = if has_seconds { reader.number(2)? } else { 0 };
    if has_seconds && reader.skip(&['.', ',']).is_some() {
        reader.0 = reader.0.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    // 60 is a leap second.
    let is_valid = hours < 24 && minutes < 60 && seconds <= 60;
    is_valid.then_some((hours * 3600 + minutes * 60 + seconds, if has_seconds { 1 } else { 60 }))
}

/// `1760104536.123`, or without a point in a unit that its size tells.
fn since_1970(text: &str) -> Option<Time> {
    let whole = text.split('.').next()?;
    let count: i64 = whole.bytes().all(|byte| byte.is_ascii_digit()).then(|| whole.parse().ok()).flatten()?;
    // From 1971 to 5138 seconds, milliseconds, microseconds and nanoseconds do not overlap.
    let units = [(100_000_000_000, 1), (100_000_000_000_000, 1_000), (100_000_000_000_000_000, 1_000_000)];
    let unit = units.into_iter().find(|&(end, _)| count < end);
    let in_a_second = unit.map_or(1_000_000_000, |(_, in_a_second)| in_a_second);
    Some(Time(count / in_a_second))
}

/// Days since 1970-01-01; none for a date that is none.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let is_leap = |year: i64| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let lengths = [31, if is_leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let before = usize::try_from(month - 1).ok()?;
    let length = *lengths.get(before)?;
    let leaps = |year: i64| year / 4 - year / 100 + year / 400;
    let years = (year - 1970) * 365 + leaps(year - 1) - leaps(1969);
    let months: i64 = lengths[..before].iter().sum();
    (1..=length).contains(&day).then(|| years + months + day - 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn logs_write_times_in_many_ways() {
        for text in [
            "10/Oct/2025:13:55:36 +0000",
            "10/Oct/2025:15:55:36 +0200",
            "10/Oct/2025:15:55:36.123 +0200",
            "10/Oct/2025:13:55:36",
            "2025-10-10T13:55:36Z",
            "2025-10-10T13:55:36.123456Z",
            "2025-10-10 10:25:36-03:30",
            "1760104536",
            "1760104536.789",
            "1760104536789",
            "1760104536789012",
            "1760104536789012345",
        ] {
            assert_eq!(Time::logged(text), Some(Time(1_760_104_536)), "{text}");
        }
        for text in
            ["", "-", "10/Okt/2025:13:55:36 +0000", "30/Feb/2025:13:55:36 +0000", "2025-13-01", "x", "-1"]
        {
            assert_eq!(Time::logged(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_counted() {
        for (year, month, day, count) in [
            (1970, 1, 1, 0),
            (1969, 12, 31, -1),
            (2000, 2, 29, 11_016),
            (2000, 3, 1, 11_017),
            (2100, 3, 1, 47_541),
        ] {
            assert_eq!(days(year, month, day), Some(count));
        }
        assert_eq!(days(2100, 2, 29), None);
    }

    #[test]
    fn an_end_is_the_last_second_that_is_meant() {
        let second = |text: &str| text.parse::<Time>().unwrap();
        assert_eq!(Time::end("2026-03-01"), Ok(second("2026-03-01T23:59:59Z")));
        assert_eq!(Time::end("2026-03-01T08:30"), Ok(second("2026-03-01T08:30:59")));
        assert_eq!(Time::end("2026-03-01T08:30:10+02:00"), Ok(second("2026-03-01T06:30:10")));
        for text in
            ["", "yesterday", "2026-3-1", "2026-03-01T", "2026-03-01T25:00", "2026-02-30", "01.03.2026"]
        {
            assert_eq!(
                (text.parse::<Time>(), Time::end(text)),
                (Err(InvalidTime), Err(InvalidTime)),
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in ".{0,40}", digits in "[0-9:/T+Z.-]{0,40}") {
            let _ = (Time::logged(&text), Time::logged(&digits), Time::end(&text), Time::end(&digits));
        }
    }
}
