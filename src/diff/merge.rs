//! Three-way merge.

use similar::{ConflictStyle, TextMerge};

/// Result of a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Merge {
    /// File with both changes.
    Clean(Vec<u8>),
    /// File with conflict markers around the lines that both changed.
    Conflict(Vec<u8>),
}

/// Merges the generated file and an edit by hand, both based on `base`.
pub(super) fn merge(base: &[u8], made: &[u8], edited: &[u8]) -> Merge {
    let mut merge = TextMerge::from_lines(base, made, edited);
    merge.conflict_style(ConflictStyle::Diff3).labels("last build", "generated from the spec", "your edit");
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

    const BASE: &[u8] = b"1\n2\n3\n4\n5\n6\n7\n";

    #[test]
    fn changes_in_different_places_are_united() {
        let merged = merge(BASE, b"one\n2\n3\n4\n5\n6\n7\n", b"1\n2\n3\n4\n5\n6\n7\n<!-- mine -->\n");
        assert_eq!(text(merged), (true, "one\n2\n3\n4\n5\n6\n7\n<!-- mine -->\n".to_owned()));
        let same = merge(BASE, b"one\n2\n3\n4\n5\n6\n7\n", b"one\n2\n3\n4\n5\n6\n7\n");
        assert_eq!(text(same), (true, "one\n2\n3\n4\n5\n6\n7\n".to_owned()));
    }

    #[test]
    fn changes_of_the_same_line_are_marked() {
        let (is_clean, marked) = text(merge(BASE, b"1\n2\n3\nmade\n5\n6\n7\n", b"1\n2\n3\nmine\n5\n6\n7\n"));
        assert!(!is_clean);
        assert_eq!(
            marked,
            "1\n2\n3\n<<<<<<< generated from the spec\nmade\n||||||| last build\n4\n=======\nmine\n>>>>>>> your \
             edit\n5\n6\n7\n"
        );
    }
}
