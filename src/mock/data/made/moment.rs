//! Times as Magento writes them.

use jiff::Timestamp;

/// Seconds between 1970 and 2026.
const YEAR_2026: u64 = 1_767_225_600;

/// `2026-01-01 00:00:00` for seconds since 1970.
pub(in crate::mock::data) fn moment(seconds: u64) -> String {
    let seconds = i64::try_from(seconds).unwrap_or_default();
    let time = Timestamp::from_second(seconds).unwrap_or_default();
    time.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// Time in 2026 that an id has.
pub(in crate::mock::data) fn moment_of(id: i64) -> String {
    let id = u64::try_from(id).unwrap_or_default() % 1_000;
    moment(YEAR_2026 + id * 27_431)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_have_dates() {
        assert_eq!(moment(YEAR_2026), "2026-01-01 00:00:00");
        assert_eq!(moment(1_796_083_199), "2026-11-30 23:59:59");
    }
}
