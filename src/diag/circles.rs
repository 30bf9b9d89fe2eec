//! Circles in what refers to each other.

/// Returns for each node the number of its circle; none for a node that reaches itself in no way. `next` lists the nodes
/// that a node refers to. Takes time in proportion to nodes and references (Tarjan's algorithm, without recursion).
#[must_use]
pub fn circles(next: &[Vec<usize>]) -> Vec<Option<usize>> {
    const UNSEEN: usize = usize::MAX;
    let count = next.len();
    let (mut order, mut low) = (vec![UNSEEN; count], vec![0; count]);
    let (mut open, mut is_open) = (Vec::new(), vec![false; count]);
    let mut circle = vec![None; count];
    let (mut seen, mut found) = (0, 0);
    for start in 0..count {
        if order[start] != UNSEEN {
            continue;
        }
        // Nodes on the way, each with the number of its references that were followed.
        let mut way = vec![(start, 0)];
        while let Some((node, followed)) = way.pop() {
            if followed == 0 {
                (order[node], low[node]) = (seen, seen);
                seen += 1;
                open.push(node);
                is_open[node] = true;
            }
            if let Some(&other) = next[node].get(followed) {
                way.push((node, followed + 1));
                if order[other] == UNSEEN {
                    way.push((other, 0));
                } else if is_open[other] {
                    low[node] = low[node].min(order[other]);
                }
                continue;
            }
            if let Some(&(above, _)) = way.last() {
                low[above] = low[above].min(low[node]);
            }
            if low[node] == order[node] {
                let at = open.iter().rposition(|&other| other == node).unwrap_or_default();
                let members = open.split_off(at);
                let is_circle = members.len() > 1 || next[node].contains(&node);
                for member in members {
                    is_open[member] = false;
                    circle[member] = is_circle.then_some(found);
                }
                found += 1;
            }
        }
    }
    circle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_that_reach_each_other_are_in_one_circle() {
        for (next, expected) in [
            (vec![], vec![]),
            (vec![vec![]], vec![false]),
            (vec![vec![0]], vec![true]),
            (vec![vec![1], vec![2], vec![]], vec![false, false, false]),
            (vec![vec![1], vec![0, 2], vec![]], vec![true, true, false]),
            (vec![vec![1], vec![2], vec![1, 3], vec![]], vec![false, true, true, false]),
            (vec![vec![1], vec![0], vec![3, 0], vec![2]], vec![true, true, true, true]),
        ] {
            let found = circles(&next);
            assert_eq!(found.iter().map(Option::is_some).collect::<Vec<_>>(), expected, "{next:?}");
        }
        let two = circles(&[vec![1], vec![0], vec![3, 0], vec![2]]);
        assert!(two[0] == two[1] && two[2] == two[3] && two[0] != two[2]);
        let long: Vec<Vec<usize>> = (0..100_000).map(|at| vec![(at + 1) % 100_000]).collect();
        assert!(circles(&long).iter().all(|it| *it == Some(0)), "no recursion");
    }
}
