//! Constraints over Magento releases.

use std::{fmt, str::FromStr};

use super::{Bound, ConstraintError, Operator, parse};
use crate::names::MagentoVersion;

/// Constraint over Magento releases, in Composer's syntax: `>=2.4.4 <2.4.9`, `2.4.*`, `~2.4.6 || ^2.3`.
///
/// It differs from Composer's in one point: a bare `2.4.7` means that release and its `-pN` patches. As in Composer, a
/// patch comes after its release, so `<=2.4.7` and `2.4.4 - 2.4.7` exclude 2.4.7-p1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    text: String,
    /// Alternatives, each a list of conditions.
    alternatives: Vec<Vec<Bound>>,
}

impl Constraint {
    /// Returns true if the release is allowed.
    #[must_use]
    pub fn allows(&self, version: MagentoVersion) -> bool {
        self.alternatives.iter().any(|bounds| bounds.iter().all(|bound| bound.allows(version)))
    }

    /// Releases that the text mentions, as in `2.4.12` or `>=2.4.4 <2.4.12`, and that are allowed. An upper bound that
    /// is the very next release, or the next line, mentions none.
    pub(in crate::catalog) fn named(&self) -> impl Iterator<Item = MagentoVersion> {
        let bounds = self.alternatives.iter().flatten();
        bounds.filter_map(|bound| bound.names).filter(|&version| self.allows(version))
    }

    /// Releases that the text names by themselves: `=2.3.5`, `2.3.4-p1`, and a bare `2.3.5`, which also names its
    /// patches.
    pub(in crate::catalog) fn single(&self) -> impl Iterator<Item = MagentoVersion> {
        let of = |bounds: &Vec<Bound>| match bounds.as_slice() {
            [Bound { is: Operator::Exactly, version, .. }] => Some(*version),
            [
                Bound { is: Operator::AtLeast, version, .. },
                Bound { is: Operator::Below, version: end, names: None },
            ] => (*end == version.next_release()).then_some(*version),
            _ => None,
        };
        self.alternatives.iter().filter_map(of)
    }

    /// Next patch after each exclusive lower bound: 2.4.9-p1 for `>2.4.9`.
    pub(in crate::catalog) fn next(&self) -> impl Iterator<Item = MagentoVersion> {
        let above = self.alternatives.iter().flatten().filter(|bound| bound.is == Operator::Above);
        let next = above.map(|bound| bound.version.with_p(bound.version.p.saturating_add(1)));
        next.filter(|&version| self.allows(version))
    }

    /// Releases without their patches: the end of a range (`<=2.4.8`), or a single release (`=2.4.8`), for which the flag
    /// is true.
    pub(crate) fn ends(&self) -> impl Iterator<Item = (MagentoVersion, bool)> {
        let ends = self.alternatives.iter().flatten().filter_map(|bound| match bound.is {
            Operator::AtMost => Some((bound.version, false)),
            Operator::Exactly => Some((bound.version, true)),
            _ => None,
        });
        let ends = ends.filter(|(version, _)| version.p == 0);
        ends.filter(|&(version, _)| self.allows(version) && !self.allows(version.with_p(1)))
    }

    /// Lower bound of each alternative; none for one without.
    pub(in crate::catalog) fn starts(&self) -> impl Iterator<Item = Option<MagentoVersion>> {
        let is_lower =
            |bound: &&Bound| matches!(bound.is, Operator::AtLeast | Operator::Above | Operator::Exactly);
        self.alternatives.iter().map(move |bounds| bounds.iter().find(is_lower).map(|bound| bound.version))
    }

    /// Range with its ends exchanged, for one that ends before it begins: `>=2.4.6 <2.4.9` for `>=2.4.9 <2.4.6`.
    #[must_use]
    pub fn exchanged(&self) -> Option<String> {
        let [bounds] = self.alternatives.as_slice() else { return None };
        let (mut from, mut to) = (None, None);
        for bound in bounds {
            match bound.is {
                Operator::AtLeast | Operator::Above => from = Some(bound),
                Operator::AtMost | Operator::Below => to = Some(bound),
                Operator::Exactly | Operator::Not => return None,
            }
        }
        let (from, to) = (from?, to?);
        let is_reversed = bounds.len() == 2 && from.version > to.version;
        is_reversed.then(|| format!("{}{} {}{}", from.is.as_str(), to.version, to.is.as_str(), from.version))
    }

    /// The same range from a release on: `>=2.4.0 <2.4.9` for `>=2.3.0,<2.4.9`, and `>=2.4.0 <3.0.0` for `^2.3`. None
    /// for alternatives, and for a constraint without a lower end.
    #[must_use]
    pub fn raised(&self, start: MagentoVersion) -> Option<String> {
        let [bounds] = self.alternatives.as_slice() else { return None };
        let is_start = |bound: &&Bound| matches!(bound.is, Operator::AtLeast | Operator::Above);
        let (starts, others): (Vec<_>, Vec<_>) = bounds.iter().partition(is_start);
        if starts.is_empty() || others.iter().any(|bound| bound.is == Operator::Exactly) {
            return None;
        }
        let others = others.iter().map(|bound| format!(" {}{}", bound.is.as_str(), bound.version));
        Some(format!(">={start}{}", others.collect::<String>()))
    }

    /// First release that the text mentions.
    #[must_use]
    pub fn first(&self) -> Option<MagentoVersion> {
        self.alternatives.iter().flatten().map(|bound| bound.version).next()
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
