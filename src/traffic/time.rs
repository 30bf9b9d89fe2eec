//! Time of a request.

use std::{borrow::Cow, str::FromStr};

use jiff::{
    civil::{Date, Time as Clock},
    fmt::temporal::DateTimeParser,
    tz::Offset,
};

/// Second, counted from 1970 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time(i64);

/// Error for text that is not a time.
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

const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * MINUTE;

impl Time {
    /// Parses a time in a log: `10/Oct/2025:13:55:36 +0200` (Apache, nginx), ISO 8601, or a count of seconds,
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

    /// Parses the last second of a time; of a day its last second.
    ///
    /// # Errors
    /// Fails if the text is not a time.
    pub fn end(text: &str) -> Result<Self, InvalidTime> {
        let (Self(start), seconds) = iso(text).ok_or(InvalidTime)?;
        Ok(Self(start + seconds - 1))
    }
}

impl FromStr for Time {
    type Err = InvalidTime;

    /// Parses the first second of a time, in UTC if no offset is given.
    fn from_str(text: &str) -> Result<Self, InvalidTime> {
        iso(text).map(|(time, _)| time).ok_or(InvalidTime)
    }
}

/// Converts to seconds, in UTC if no offset is given. Fractions are dropped.
fn second(date: Date, clock: Clock, offset: Option<Offset>) -> Option<Time> {
    let whole = clock.with().subsec_nanosecond(0).build().ok()?;
    let timestamp = offset.unwrap_or(Offset::UTC).to_timestamp(date.to_datetime(whole)).ok()?;
    Some(Time(timestamp.as_second()))
}

/// Parses `10/Oct/2025:13:55:36 +0200`, with an optional fraction and offset: except for the date it is as in ISO 8601.
fn common(text: &str) -> Option<Time> {
    let (day, clock) = text.split_once(':')?;
    let day = Date::strptime("%d/%b/%Y", day).ok()?;
    iso(&format!("{day}T{clock}")).map(|(time, _)| time)
}

/// Parses `2025-10-10`, `2025-10-10T13:55`, `2025-10-10 13:55:36.123 +02:00`, and returns the seconds that it covers.
fn iso(text: &str) -> Option<(Time, i64)> {
    static PARSER: DateTimeParser = DateTimeParser::new();
    let is_at = |at: usize, sign: u8| text.as_bytes().get(at) == Some(&sign);
    let meant = match text.len() {
        10 => DAY,
        _ if !is_at(13, b':') => return None,
        _ if is_at(16, b':') => 1,
        _ => MINUTE,
    };
    // The parser allows a space before the clock, and none after it.
    let joined = match text.rsplit_once(' ') {
        Some((time, offset)) if time.len() > 10 => Cow::Owned(format!("{time}{offset}")),
        _ => Cow::Borrowed(text),
    };
    let parsed = PARSER.parse_pieces(joined.as_ref()).ok()?;
    if !is_at(4, b'-') || parsed.time_zone_annotation().is_some() {
        return None;
    }
    let time = second(parsed.date(), parsed.time().unwrap_or(Clock::midnight()), parsed.to_numeric_offset())?;
    Some((time, meant))
}

/// Parses `1760104536.123`, or an integer whose size tells the unit.
fn since_1970(text: &str) -> Option<Time> {
    let whole = text.split('.').next()?;
    let count: i64 = whole.bytes().all(|byte| byte.is_ascii_digit()).then(|| whole.parse().ok()).flatten()?;
    // From 1971 to 5138 seconds, milliseconds, microseconds and nanoseconds do not overlap.
    let units = [(100_000_000_000, 1), (100_000_000_000_000, 1_000), (100_000_000_000_000_000, 1_000_000)];
    let unit = units.into_iter().find(|&(end, _)| count < end);
    let in_a_second = unit.map_or(1_000_000_000, |(_, in_a_second)| in_a_second);
    Some(Time(count / in_a_second))
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
            "10/Oct/2025:15:55:36 +02:00",
            "10/Oct/2025:13:55:36Z",
            "2025-10-10T13:55:36Z",
            "2025-10-10T13:55:36.123456Z",
            "2025-10-10 10:25:36-03:30",
            "2025-10-10 15:55:36,5 +0200",
            "2025-10-10t13:55:36z",
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
        for (day, count) in [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("2000-02-29", 11_016),
            ("2000-03-01", 11_017),
            ("2100-03-01", 47_541),
        ] {
            assert_eq!(day.parse(), Ok(Time(count * DAY)));
        }
        assert_eq!("2100-02-29".parse::<Time>(), Err(InvalidTime));
    }

    #[test]
    fn an_end_is_the_last_second_that_is_meant() {
        let second = |text: &str| text.parse::<Time>().unwrap();
        assert_eq!(Time::end("2026-03-01"), Ok(second("2026-03-01T23:59:59Z")));
        assert_eq!(Time::end("2026-03-01T08:30"), Ok(second("2026-03-01T08:30:59")));
        assert_eq!(Time::end("2026-03-01T08:30:10+02:00"), Ok(second("2026-03-01T06:30:10")));
        for text in [
            "",
            "yesterday",
            "2026-3-1",
            "2026-03-01T",
            "2026-03-01T25:00",
            "2026-02-30",
            "01.03.2026",
            "2026-03-01T08",
            "2026-03-01T08+02:00",
            "2026-03-01T08:30[Europe/Berlin]",
            "20260301",
        ] {
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
