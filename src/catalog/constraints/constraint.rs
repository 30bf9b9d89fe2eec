//! A constraint over Magento releases.

use std::{fmt, ops::Range, str::FromStr};

use super::parse;
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
    /// What is certainly meant by the offending part.
    pub instead: Option<String>,
}

impl ConstraintError {
    /// The same error, with what is certainly meant.
    pub(super) fn instead(self, instead: impl Into<String>) -> Self {
        Self { instead: Some(instead.into()), ..self }
    }
}

/// One condition of a constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bound {
    pub(super) is: Operator,
    pub(super) version: MagentoVersion,
    /// The newest release that is spoken of here; none for what was worked out from a wildcard, `~` or `^`.
    pub(super) names: Option<MagentoVersion>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
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

    /// The releases that are written here, by `2.4.12` or `>=2.4.4 <2.4.12`, and that are allowed. An upper bound that
    /// is the very next release, or the next line, names none.
    pub(in crate::catalog) fn named(&self) -> impl Iterator<Item = MagentoVersion> {
        let bounds = self.alternatives.iter().flatten();
        bounds.filter_map(|bound| bound.names).filter(|&version| self.allows(version))
    }

    /// The next patch after each release that an allowed one must come after: 2.4.9-p1 of `>2.4.9`.
    pub(in crate::catalog) fn next(&self) -> impl Iterator<Item = MagentoVersion> {
        let above = self.alternatives.iter().flatten().filter(|bound| bound.is == Operator::Above);
        let next = above.map(|bound| bound.version.with_p(bound.version.p.saturating_add(1)));
        next.filter(|&version| self.allows(version))
    }

    /// The first release that is spoken of.
    #[must_use]
    pub fn first(&self) -> Option<MagentoVersion> {
        self.alternatives.iter().flatten().map(|bound| bound.version).next()
    }
}

impl Bound {
    /// A bound whose version was written. `<2.4.12` speaks of 2.4.11; `<2.5` of nothing, and so does `!=2.4.12`.
    pub(super) fn written(is: Operator, version: MagentoVersion) -> Self {
        let names = match is {
            Operator::Not => None,
            Operator::Below if version.p > 0 => Some(version.with_p(version.p - 1)),
            Operator::Below => version.patch.checked_sub(1).map(|patch| MagentoVersion { patch, ..version }),
            _ => Some(version),
        };
        Self { is, version, names }
    }

    fn allows(&self, version: MagentoVersion) -> bool {
        match self.is {
            Operator::AtLeast => version >= self.version,
            Operator::Above => version > self.version,
            Operator::AtMost => version <= self.version,
            Operator::Below => version < self.version,
            Operator::Exactly => version == self.version,
            Operator::Not => version != self.version,
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
