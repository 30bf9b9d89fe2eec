//! Releases with the same ACL tree.

use crate::catalog::ReleaseSet;

/// Groups the releases of some rows by the rows that they have, oldest first.
pub(super) fn eras(rows: impl Iterator<Item = ReleaseSet>) -> Vec<ReleaseSet> {
    // Many rows have the same releases.
    let mut sets: Vec<ReleaseSet> = rows.collect();
    sets.sort_unstable();
    sets.dedup();
    let mut eras = vec![sets.iter().fold(ReleaseSet::default(), |all, set| all | *set)];
    for set in sets {
        for at in 0..eras.len() {
            let (inside, outside) = (eras[at] & set, eras[at] - set);
            if !inside.is_empty() && !outside.is_empty() {
                eras[at] = inside;
                eras.push(outside);
            }
        }
    }
    eras.sort_by_key(|era| era.first());
    eras
}
