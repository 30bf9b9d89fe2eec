//! Consequences of the parents of resources.

use super::{AclTable, eras::eras};
use crate::{
    catalog::{ReleaseSet, acl::blocking_roots},
    names::AclId,
};

/// Consequences of the parents of the resources in a table.
#[derive(Debug, Clone)]
pub(super) struct Inheritance {
    /// Places of all resources, parents before children.
    pub(super) order: Vec<usize>,
    /// False if some parent comes later in the order.
    pub(super) is_sorted: bool,
    /// Releases with the same tree, oldest first.
    pub(super) eras: Vec<ReleaseSet>,
    /// By number of the state.
    pub(super) states: Vec<Inherited>,
}

/// Consequences of the ancestors of a state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Inherited {
    /// Releases in which it or an ancestor is disabled: Magento removes it with everything below
    /// (docs/magento/resolving-permissions.md#disabled).
    pub(super) cut: ReleaseSet,
    /// Releases in which its topmost ancestor is Magento_Backend::admin and Magento looks up resources there.
    below_admin: ReleaseSet,
}

impl Inherited {
    /// Releases in which Magento grants the resource.
    pub(super) fn grantable(self) -> ReleaseSet {
        self.below_admin - self.cut
    }
}

impl Inheritance {
    pub(super) fn of(table: &AclTable) -> Self {
        let (order, eras) = (order(table), eras(table.states.iter().map(|state| state.releases)));
        let (states, is_sorted) = follow(table, &order, &eras);
        Self { order, is_sorted, eras, states }
    }
}

/// Places of all resources, parents before children. Two resources may be below each other, in different releases or by
/// mistake in one; those come in any order.
fn order(table: &AclTable) -> Vec<usize> {
    let mut order = Vec::with_capacity(table.size());
    let (mut is_open, mut is_sorted) = (vec![false; table.size()], vec![false; table.size()]);
    let mut next: Vec<usize> = (0..table.size()).rev().collect();
    while let Some(&place) = next.last() {
        if is_open[place] {
            next.pop();
            if !std::mem::replace(&mut is_sorted[place], true) {
                order.push(place);
            }
        } else {
            is_open[place] = true;
            let parents = table.states(place).iter().filter_map(|state| state.parent);
            next.extend(parents.filter(|&parent| !is_open[parent]));
        }
    }
    order
}

/// Follows the parents, again if one of these came later in the order and has changed. Also returns true if none came
/// later.
fn follow(table: &AclTable, order: &[usize], eras: &[ReleaseSet]) -> (Vec<Inherited>, bool) {
    let admin = table.place(AclId::ADMIN);
    let is_looked_up = |era: &&ReleaseSet| blocking_roots(&table.roots(era.first())).is_empty();
    let looked_up = eras.iter().filter(is_looked_up).fold(ReleaseSet::default(), |all, era| all | *era);
    let mut inherited = vec![Inherited::default(); table.states.len()];
    let (mut is_changed, mut has_later) = (true, true);
    while is_changed && has_later {
        (is_changed, has_later) = (false, false);
        let mut is_done = vec![false; table.size()];
        for &place in order {
            for at in table.range(place) {
                let state = table.states[at];
                has_later |= state.parent.is_some_and(|parent| !is_done[parent]);
                let mut found = Inherited::default();
                for above in state.parent.into_iter().flat_map(|parent| table.range(parent)) {
                    let both = state.releases & table.states[above].releases;
                    let granted =
                        if state.parent == admin { looked_up } else { inherited[above].below_admin };
                    found.cut = found.cut | (both & inherited[above].cut);
                    found.below_admin = found.below_admin | (both & granted);
                }
                if table.rows.get(state.row).disabled {
                    found.cut = state.releases;
                }
                is_changed |= found != std::mem::replace(&mut inherited[at], found);
            }
            is_done[place] = true;
        }
    }
    (inherited, !has_later)
}
