//! Conditions of a constraint.

use crate::names::MagentoVersion;

/// Condition of a constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bound {
    pub(super) is: Operator,
    pub(super) version: MagentoVersion,
    /// Newest release that it mentions; none if it comes from a wildcard, `~` or `^`.
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

impl Operator {
    /// The operator as it is written.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::Above => ">",
            Self::AtMost => "<=",
            Self::Below => "<",
            Self::Exactly => "=",
            Self::Not => "!=",
        }
    }
}

impl Bound {
    /// Bound with a written version. `<2.4.12` mentions 2.4.11; `<2.5` and `!=2.4.12` mention none.
    pub(super) fn written(is: Operator, version: MagentoVersion) -> Self {
        let names = match is {
            Operator::Not => None,
            Operator::Below if version.p > 0 => Some(version.with_p(version.p - 1)),
            Operator::Below => version.patch.checked_sub(1).map(|patch| MagentoVersion { patch, ..version }),
            _ => Some(version),
        };
        Self { is, version, names }
    }

    pub(super) fn allows(&self, version: MagentoVersion) -> bool {
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
