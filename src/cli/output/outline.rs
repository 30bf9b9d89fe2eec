//! Tree drawing.

/// Guides in front of the lines of a tree, from the depth of each: `│  └─ `.
pub(in crate::cli) fn guides(depths: &[usize]) -> Vec<String> {
    // True if another line of that depth follows below the same parent.
    let mut follows: Vec<bool> = Vec::new();
    let mut guides: Vec<String> = Vec::new();
    for &depth in depths.iter().rev() {
        follows.resize(depth + 1, false);
        let above = follows.iter().take(depth).skip(1).map(|&open| if open { "│  " } else { "   " });
        let own = match (depth, follows[depth]) {
            (0, _) => "",
            (_, true) => "├─ ",
            (_, false) => "└─ ",
        };
        guides.push(above.chain([own]).collect());
        follows[depth] = true;
    }
    guides.reverse();
    guides
}

#[cfg(test)]
mod tests {
    use super::guides;

    #[test]
    fn lines_are_joined_to_those_above() {
        assert_eq!(
            guides(&[0, 1, 2, 2, 1, 2, 0, 1]),
            ["", "├─ ", "│  ├─ ", "│  └─ ", "└─ ", "   └─ ", "", "└─ "]
        );
    }
}
