//! Composer's constraint syntax over Magento releases.

mod parse;

use std::{fmt, ops::Range, str::FromStr};

use crate::names::MagentoVersion;

/// A constraint over Magento releases, in Composer's syntax: `>=2.4.4 <2.4.9`, `2.4.*`, `~2.4.6 || ^2.3`.
///
/// It differs from Composer's in one point: a bare `2.4.7` is that release together with its `-pN` patches. As in
/// Composer a patch comes after its release, so `<=2.4.7` and `2.4.4 - 2.4.7` leave 2.4.7-p1 out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    text: String,
    /// Any of these.
    alternatives: Vec<Vec<Bound>>,
}

/// Text that is no constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConstraintError {
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// The offending part, in bytes of the text.
    pub span: Range<usize>,
}

/// One condition of a constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Bound {
    is: Comparison,
    version: MagentoVersion,
    /// Whether the version was written, and not worked out from a wildcard, `~` or `^`.
    written: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    AtLeast,
    Above,
    AtMost,
    Below,
    Exactly,
    Not,
}

impl Constraint {
    /// Whether the release is allowed.
    #[must_use]
    pub fn allows(&self, version: MagentoVersion) -> bool {
        self.alternatives.iter().any(|bounds| bounds.iter().all(|bound| bound.allows(version)))
    }

    /// Whether a release that came after `newest` is written here: `2.4.12`, `>=2.4.4 <2.4.12`. An upper bound that
    /// is the very next release, or the next line, only ends what is known.
    pub(super) fn names_beyond(&self, newest: MagentoVersion) -> bool {
        let next = MagentoVersion::new(newest.major, newest.minor, newest.patch + 1);
        let is_beyond = |bound: &Bound| match bound.is {
            Comparison::Not => false,
            Comparison::Below => bound.written && bound.version > next && bound.version.patch > 0,
            _ => bound.written && bound.version > newest,
        };
        self.alternatives.iter().flatten().any(is_beyond)
    }
}

impl Bound {
    fn allows(&self, version: MagentoVersion) -> bool {
        match self.is {
            Comparison::AtLeast => version >= self.version,
            Comparison::Above => version > self.version,
            Comparison::AtMost => version <= self.version,
            Comparison::Below => version < self.version,
            Comparison::Exactly => version == self.version,
            Comparison::Not => version != self.version,
        }
    }
}

impl FromStr for Constraint {
    type Err = ConstraintError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self { text: text.to_owned(), alternatives: parse::alternatives(text)? })
    }
}

impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for ConstraintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message, self.help)
    }
}

impl std::error::Error for ConstraintError {}
