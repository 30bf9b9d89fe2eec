//! Releases with the same ACL tree.

use super::{AclRoot, AclRow, blocking_roots};
use crate::catalog::ReleaseSet;

/// Releases with the same tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Era {
    pub(super) releases: ReleaseSet,
    /// Resources of these releases, indexed like the ids.
    pub(super) nodes: Vec<Option<EraNode>>,
    /// All indexes, parents before children.
    pub(super) order: Vec<usize>,
    /// Index of the root below which Magento looks up resources, if it does.
    admin: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct EraNode {
    pub(super) row: usize,
    pub(super) parent: Option<usize>,
    /// True if it or an ancestor is disabled: Magento removes it with everything below
    /// (docs/magento/resolving-permissions.md#disabled).
    pub(super) is_cut: bool,
    /// True if its topmost ancestor is Magento_Backend::admin and Magento looks up resources there.
    pub(super) is_below_admin: bool,
}

impl EraNode {
    /// Returns true if Magento grants the resource.
    pub(super) fn is_grantable(self) -> bool {
        !self.is_cut && self.is_below_admin
    }
}

/// Rows that are roots.
pub(super) fn roots<'a>(rows: impl Iterator<Item = &'a AclRow>) -> Vec<AclRoot<'a>> {
    let roots = rows.filter(|row| row.parent.is_none());
    roots.map(|row| AclRoot { id: &row.id, sort_order: row.sort_order, is_disabled: row.disabled }).collect()
}

/// Groups releases that share the same rows, oldest first.
pub(super) fn eras(rows: &[AclRow]) -> Vec<ReleaseSet> {
    // Many rows have the same releases.
    let mut sets: Vec<ReleaseSet> = rows.iter().map(|row| row.releases).collect();
    sets.sort_unstable();
    sets.dedup();
    let mut eras = vec![sets.iter().fold(ReleaseSet::default(), |all, set| all | *set)];
    for set in sets {
        let parts = eras.iter().flat_map(|&era| [era & set, era - set]);
        eras = parts.filter(|part| !part.is_empty()).collect();
    }
    eras.sort_by_key(|era| era.first());
    eras
}

impl Era {
    /// Builds an era. `places` holds the indexes of each row's resource and parent, `admin` that of the root.
    pub(super) fn new(
        releases: ReleaseSet,
        rows: &[AclRow],
        places: &[(Option<usize>, Option<usize>)],
        count: usize,
        admin: Option<usize>,
    ) -> Self {
        let mut era =
            Self { releases, nodes: vec![None; count], order: Vec::with_capacity(count), admin: None };
        let Some(release) = releases.first() else { return era };
        for (at, (row, &(place, parent))) in rows.iter().zip(places).enumerate() {
            if let Some(place) = place.filter(|_| row.releases.contains(release)) {
                era.nodes[place] = Some(EraNode { row: at, parent, is_cut: false, is_below_admin: false });
            }
        }
        let is_second =
            blocking_roots(&roots(rows.iter().filter(|row| row.releases.contains(release)))).is_empty();
        era.admin = admin.filter(|_| is_second);
        era.sort(0..count);
        era.follow_parents(rows, 0);
        era
    }

    /// This era with resources of a module, which all its releases have: `added`, the indexes in order and rows of these, and for
    /// each other resource and row its new index.
    pub(super) fn with(
        &self,
        rows: &[AclRow],
        added: &[(usize, EraNode)],
        moved: &[usize],
        moved_rows: &[usize],
    ) -> Self {
        let mut nodes = Vec::with_capacity(moved.len() + added.len());
        let mut added_later = added.iter().peekable();
        for node in &self.nodes {
            while let Some((_, own)) = added_later.next_if(|(place, _)| *place == nodes.len()) {
                nodes.push(Some(*own));
            }
            nodes.push(node.map(|node| EraNode {
                row: moved_rows[node.row],
                parent: node.parent.map(|parent| moved[parent]),
                ..node
            }));
        }
        nodes.extend(added_later.map(|(_, own)| Some(*own)));
        let order = self.order.iter().map(|&place| moved[place]).collect();
        let admin = self.admin.map(|admin| moved[admin]);
        let mut era = Self { releases: self.releases, nodes, order, admin };
        era.sort(added.iter().map(|&(place, _)| place));
        era.follow_parents(rows, moved.len());
        era
    }

    /// Sets what follows from the parents, from this place in the order on.
    fn follow_parents(&mut self, rows: &[AclRow], from: usize) {
        for at in from..self.order.len() {
            let place = self.order[at];
            let above = self.parent(place).and_then(|parent| Some((parent, self.nodes[parent]?)));
            let admin = self.admin;
            if let Some(node) = &mut self.nodes[place] {
                node.is_cut = rows[node.row].disabled || above.is_some_and(|(_, above)| above.is_cut);
                node.is_below_admin =
                    above.is_some_and(|(parent, above)| Some(parent) == admin || above.is_below_admin);
            }
        }
    }

    /// Adds resources to the order, parents before children. Own resources may form a cycle by mistake; those come in
    /// any order.
    fn sort(&mut self, places: impl Iterator<Item = usize> + Clone) {
        let mut is_sorted = vec![true; self.nodes.len()];
        for place in places.clone() {
            is_sorted[place] = false;
        }
        for at in places {
            let first = self.order.len();
            let mut next = Some(at);
            while let Some(place) = next.filter(|&place| !is_sorted[place]) {
                is_sorted[place] = true;
                self.order.push(place);
                next = self.parent(place);
            }
            self.order[first..].reverse();
        }
    }

    /// Indexes of `top` and everything below it, parents before children.
    pub(super) fn below(&self, top: usize) -> Vec<usize> {
        let (mut below, mut is_below) = (vec![top], vec![false; self.nodes.len()]);
        is_below[top] = self.nodes[top].is_some();
        for &place in self.order.iter().skip_while(|&&place| place != top).skip(1) {
            let parent = self.nodes[place].and_then(|node| node.parent);
            if parent.is_some_and(|parent| is_below[parent]) {
                is_below[place] = true;
                below.push(place);
            }
        }
        below
    }

    pub(super) fn parent(&self, place: usize) -> Option<usize> {
        self.nodes[place]?.parent.filter(|&parent| self.nodes[parent].is_some())
    }

    /// Indexes of the ancestors, nearest first. Own resources may form a cycle by mistake, so the walk stops after as
    /// many steps as there are resources.
    pub(super) fn ancestors(&self, place: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.parent(place), |&place| self.parent(place)).take(self.nodes.len())
    }
}
