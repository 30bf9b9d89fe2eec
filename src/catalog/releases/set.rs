//! Sets of releases.

use std::ops::{BitAnd, BitOr, Sub};

use super::ReleaseId;

/// Set of releases in the catalog.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReleaseSet([u128; 2]);

impl ReleaseSet {
    /// Adds a release.
    pub fn insert(&mut self, release: ReleaseId) {
        self.0[usize::from(release.0 / 128)] |= 1 << (release.0 % 128);
    }

    /// Releases from the first to the last, both included.
    #[must_use]
    pub fn run(first: ReleaseId, last: ReleaseId) -> Self {
        let both = [first].into_iter().filter(|&first| first <= last).collect::<Self>();
        both | (Self::until(last) - Self::until(first))
    }

    /// Releases until the last, which is included.
    fn until(last: ReleaseId) -> Self {
        let half = |of: u8| match last.0 / 128 {
            high if high > of => u128::MAX,
            high if high == of => u128::MAX >> (127 - last.0 % 128),
            _ => 0,
        };
        Self([half(0), half(1)])
    }

    /// Returns true if the release is in the set.
    #[must_use]
    pub fn contains(self, release: ReleaseId) -> bool {
        self.0[usize::from(release.0 / 128)] & (1 << (release.0 % 128)) != 0
    }

    /// Returns true if the set is empty.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// Number of releases in the set.
    #[must_use]
    pub fn len(self) -> usize {
        self.0.iter().map(|half| half.count_ones() as usize).sum()
    }

    /// Releases of the set, oldest first.
    pub fn iter(self) -> impl Iterator<Item = ReleaseId> {
        [0, 128].into_iter().zip(self.0).flat_map(|(offset, half)| {
            // Each step takes the lowest bit away.
            let bits = std::iter::successors(Some(half), |half| Some(half & half.wrapping_sub(1)))
                .take_while(|&half| half != 0);
            bits.map(move |half| ReleaseId(offset + low_byte(half.trailing_zeros())))
        })
    }

    /// Oldest release.
    #[must_use]
    pub fn first(self) -> Option<ReleaseId> {
        self.iter().next()
    }

    /// Newest release.
    #[must_use]
    pub fn last(self) -> Option<ReleaseId> {
        self.iter().last()
    }
}

/// Number of bits, at most 128.
fn low_byte(bits: u32) -> u8 {
    bits.to_le_bytes()[0]
}

impl FromIterator<ReleaseId> for ReleaseSet {
    fn from_iter<I: IntoIterator<Item = ReleaseId>>(releases: I) -> Self {
        let mut set = Self::default();
        releases.into_iter().for_each(|release| set.insert(release));
        set
    }
}

impl BitOr for ReleaseSet {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self([self.0[0] | other.0[0], self.0[1] | other.0[1]])
    }
}

impl BitAnd for ReleaseSet {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        Self([self.0[0] & other.0[0], self.0[1] & other.0[1]])
    }
}

impl Sub for ReleaseSet {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self([self.0[0] & !other.0[0], self.0[1] & !other.0[1]])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_combine() {
        let set = |ids: &[u8]| ids.iter().map(|&id| ReleaseId(id)).collect::<ReleaseSet>();
        let (a, b) = (set(&[0, 127, 128, 255]), set(&[127, 200]));
        assert_eq!(a & b, set(&[127]));
        assert_eq!(a | b, set(&[0, 127, 128, 200, 255]));
        assert_eq!(a - b, set(&[0, 128, 255]));
        assert_eq!((a.len(), a.first(), a.last()), (4, Some(ReleaseId(0)), Some(ReleaseId(255))));
        assert!((a - a).is_empty());
    }

    #[test]
    fn runs_have_both_ends() {
        let ends = [0, 1, 126, 127, 128, 129, 254, 255];
        for (first, last) in ends.into_iter().flat_map(|first| ends.map(|last| (first, last))) {
            let each = (first..=last).map(ReleaseId).collect::<ReleaseSet>();
            assert_eq!(ReleaseSet::run(ReleaseId(first), ReleaseId(last)), each, "{first} to {last}");
        }
    }
}
