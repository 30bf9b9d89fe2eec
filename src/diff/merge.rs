//! Three-way merge.

use similar::{ConflictStyle, TextMerge};

use crate::tree::Restored;

/// Result of a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Merge {
    /// File with both changes.
    Clean(Vec<u8>),
    /// File with conflict markers around the lines that both changed.
    Conflict(Vec<u8>),
}

/// Merges the generated file and an edit by hand, both based on `base`. A line of the base that is in neither is unknown;
/// no result contains it, and markers show the base only if all its lines are known.
pub(super) fn merge(base: &Restored, made: &[u8], edited: &[u8]) -> Merge {
    let mut merge = TextMerge::from_lines(base.bytes.as_slice(), made, edited);
    let style = if base.is_whole { ConflictStyle::Diff3 } else { ConflictStyle::Merge };
    merge.conflict_style(style).labels("last build", "generated from the spec", "your edit");
    let mut merged = Vec::new();
    // Writing to memory does not fail; an incomplete file would count as a conflict.
    let is_whole = merge.to_writer(&mut merged).is_ok();
    if merge.is_conflicted() || !is_whole { Merge::Conflict(merged) } else { Merge::Clean(merged) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(merge: Merge) -> (bool, String) {
        match merge {
            Merge::Clean(bytes) => (true, String::from_utf8(bytes).unwrap()),
            Merge::Conflict(bytes) => (false, String::from_utf8(bytes).unwrap()),
        }
    }

    const BASE: &str = "1\n2\n3\n4\n5\n6\n7\n";

    fn merged(base: &str, made: &str, edited: &str) -> (bool, String) {
        let base = Restored { bytes: base.into(), is_whole: !base.contains('\0') };
        text(merge(&base, made.as_bytes(), edited.as_bytes()))
    }

    #[test]
    fn changes_in_different_places_are_united() {
        let united = merged(BASE, "one\n2\n3\n4\n5\n6\n7\n", "1\n2\n3\n4\n5\n6\n7\n<!-- mine -->\n");
        assert_eq!(united, (true, "one\n2\n3\n4\n5\n6\n7\n<!-- mine -->\n".to_owned()));
        let same = merged(BASE, "one\n2\n3\n4\n5\n6\n7\n", "one\n2\n3\n4\n5\n6\n7\n");
        assert_eq!(same, (true, "one\n2\n3\n4\n5\n6\n7\n".to_owned()));
    }

    #[test]
    fn changes_of_the_same_line_are_marked() {
        let of = |base: &str| merged(base, "1\n2\n3\nmade\n5\n6\n7\n", "1\n2\n3\nmine\n5\n6\n7\n");
        let marked = |base: &str| {
            format!(
                "1\n2\n3\n<<<<<<< generated from the spec\nmade\n{base}=======\nmine\n>>>>>>> your edit\n5\n6\n7\n"
            )
        };
        assert_eq!(of(BASE), (false, marked("||||||| last build\n4\n")));
        assert_eq!(of("1\n2\n3\n\x003\n5\n6\n7\n"), (false, marked("")));
    }

    #[test]
    fn a_line_that_both_removed_need_not_be_known() {
        let united = merged("1\n2\n\x002\n4\n5\n", "one\n2\n4\n5\n", "1\n2\n4\n5\n6\n");
        assert_eq!(united, (true, "one\n2\n4\n5\n6\n".to_owned()));
    }
}
