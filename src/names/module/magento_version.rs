//! Magento versions: `2.4.7-p3`.

use std::{fmt, str::FromStr};

/// The number of a Magento release. A `-pN` patch comes after its release: 2.4.7 < 2.4.7-p1 < 2.4.8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MagentoVersion {
    /// `2` of 2.4.7-p3.
    pub major: u32,
    /// `4` of 2.4.7-p3.
    pub minor: u32,
    /// `7` of 2.4.7-p3.
    pub patch: u32,
    /// `3` of 2.4.7-p3; 0 without a patch.
    pub p: u32,
}

impl MagentoVersion {
    /// Returns the release `major.minor.patch` without `-pN`.
    #[must_use]
    pub const fn new(major: u32, minor: u32, patch: u32) -> Self {
        Self { major, minor, patch, p: 0 }
    }

    /// Returns the same release with `-pN`.
    #[must_use]
    pub const fn with_p(self, p: u32) -> Self {
        Self { p, ..self }
    }

    /// Returns the release whose last number is one higher, without `-pN`.
    #[must_use]
    pub const fn next_release(self) -> Self {
        Self::new(self.major, self.minor, self.patch.saturating_add(1))
    }

    /// Splits off the version at the start of a text.
    pub(crate) fn split_off(text: &str) -> Option<(Self, &str)> {
        let (major, rest) = number(text)?;
        let (minor, rest) = number(rest.strip_prefix('.')?)?;
        let (patch, rest) = number(rest.strip_prefix('.')?)?;
        let version = Self::new(major, minor, patch);
        let Some(rest) = rest.strip_prefix("-p") else { return Some((version, rest)) };
        let (p, rest) = number(rest)?;
        (p > 0).then_some((version.with_p(p), rest))
    }
}

impl fmt::Display for MagentoVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)?;
        if self.p > 0 {
            write!(f, "-p{}", self.p)?;
        }
        Ok(())
    }
}

/// Error for text that is not a Magento version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseVersionError(pub String);

impl fmt::Display for ParseVersionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a Magento version such as `2.4.7` or `2.4.7-p3`", self.0)
    }
}

impl std::error::Error for ParseVersionError {}

impl FromStr for MagentoVersion {
    type Err = ParseVersionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let whole = Self::split_off(text).filter(|(_, rest)| rest.is_empty());
        whole.map(|(version, _)| version).ok_or_else(|| ParseVersionError(text.to_owned()))
    }
}

/// Splits off the number at the start of a text: digits only, no leading zero.
fn number(text: &str) -> Option<(u32, &str)> {
    let (mut number, mut end) = (0_u32, 0);
    for digit in text.bytes().take_while(u8::is_ascii_digit) {
        number = number.checked_mul(10)?.checked_add(u32::from(digit - b'0'))?;
        end += 1;
    }
    let has_leading_zero = end > 1 && text.starts_with('0');
    (end > 0 && !has_leading_zero).then_some((number, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patches_come_after_their_release() {
        let sorted = ["2.0.0", "2.3.7-p4", "2.4.0", "2.4.7", "2.4.7-p1", "2.4.7-p10", "2.4.8", "2.10.0"];
        let versions: Vec<MagentoVersion> = sorted.iter().map(|text| text.parse().unwrap()).collect();
        assert!(versions.is_sorted());
        assert_eq!(versions.iter().map(ToString::to_string).collect::<Vec<_>>(), sorted);
    }

    #[test]
    fn other_text_is_refused() {
        for text in [
            "",
            "2",
            "2.4",
            "2.4.",
            "2..7",
            "2.4.7.1",
            "2.4.7-p",
            "2.4.7-p0",
            "2.4.7-p01",
            "2.4.7-p1-p2",
            "2.4.7-beta1",
            "02.4.7",
            "00.4.7",
            "v2.4.7",
            "2.4.+7",
            "2.4.7 ",
            "2.4.4294967296",
        ] {
            assert!(text.parse::<MagentoVersion>().is_err(), "{text}");
        }
    }
}
