//! Which of several states of a thing is likely the one of a release.

use magespec::names::MagentoVersion;

use crate::tables::Releases;

/// Distance between a release and the nearest of others: those of its line come first, the ones before it before those after
/// it.
pub(super) fn nearness(release: MagentoVersion, releases: &Releases) -> (u8, u32, bool) {
    let line = |it: MagentoVersion| (it.major, it.minor, it.patch);
    let distance = |&other: &MagentoVersion| {
        let is_later = other > release;
        let (place, steps) = if line(other) == line(release) {
            (0, other.p.abs_diff(release.p))
        } else if (other.major, other.minor) == (release.major, release.minor) {
            (1, other.patch.abs_diff(release.patch))
        } else {
            (2, other.minor.abs_diff(release.minor))
        };
        (place, steps, is_later)
    };
    releases.iter().map(distance).min().unwrap_or((u8::MAX, 0, false))
}
