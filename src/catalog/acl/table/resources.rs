//! Resources of a table by id, release and pattern.

use std::{
    collections::{BTreeSet, HashSet},
    ops::BitOr,
};

use super::{AclTable, inheritance::Inheritance, state::AclState};
use crate::{
    catalog::{
        ReleaseId, ReleaseSet,
        acl::{AclRow, blocking_roots},
        glob::fits_glob,
    },
    names::{AclId, Pattern},
};

impl AclTable {
    /// Ids of all resources, sorted.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(AsRef::as_ref)
    }

    /// One release for each different tree, oldest first: a statement that holds in these holds in all.
    pub fn distinct(&self) -> impl Iterator<Item = ReleaseId> {
        self.inheritance().eras.iter().filter_map(|era| era.first())
    }

    /// Returns true if both releases have the same tree.
    #[must_use]
    pub fn is_same(&self, one: ReleaseId, other: ReleaseId) -> bool {
        self.inheritance().eras.iter().any(|era| era.contains(one) && era.contains(other))
    }

    /// Returns true if the id is one of the two roots, which cannot be granted.
    #[must_use]
    pub fn is_root(&self, id: &str) -> bool {
        id == AclId::ADMIN || id == AclId::ALL
    }

    /// Releases that have the resource, disabled or not.
    pub(super) fn exists(&self, id: &str) -> ReleaseSet {
        self.place(id).map(|place| self.releases_at(place)).unwrap_or_default()
    }

    /// Releases that have the resource, with neither it nor an ancestor disabled.
    #[must_use]
    pub fn present(&self, id: &str) -> ReleaseSet {
        let inherited = &self.inheritance().states;
        self.all_states(id, |at| self.states[at].releases - inherited[at].cut)
    }

    /// Releases in which the resource or an ancestor is disabled.
    #[must_use]
    pub fn disabled(&self, id: &str) -> ReleaseSet {
        let inherited = &self.inheritance().states;
        self.all_states(id, |at| inherited[at].cut)
    }

    /// Releases in which the resource can be granted: it is present and below Magento_Backend::admin, where Magento
    /// looks up resources as long as that is the second root (docs/magento/resolving-permissions.md#lookup).
    #[must_use]
    pub fn grantable(&self, id: &str) -> ReleaseSet {
        self.place(id).map(|place| self.grantable_at(place)).unwrap_or_default()
    }

    /// Number of the resources that can be granted in a release.
    #[must_use]
    pub fn count(&self, release: ReleaseId) -> usize {
        (0..self.size()).filter(|&place| self.is_grantable(place, release)).count()
    }

    /// Roots that keep Magento from granting anything in a release, because Magento_Backend::admin is not the second
    /// root.
    #[must_use]
    pub fn blocking_roots(&self, release: ReleaseId) -> Vec<&str> {
        blocking_roots(&self.roots(Some(release)))
    }

    /// Ancestors of the resource in a release, nearest first, root last.
    #[must_use]
    pub fn ancestors(&self, id: &str, release: ReleaseId) -> Vec<&str> {
        let places = self.place(id).into_iter().flat_map(|place| self.above(place, release));
        places.map(|place| self.id(place)).collect()
    }

    /// The resources with all their ancestors in a release.
    #[must_use]
    pub fn with_ancestors<'a>(
        &'a self,
        ids: impl IntoIterator<Item = &'a str>,
        release: ReleaseId,
    ) -> BTreeSet<&'a str> {
        let ids: Vec<(Option<usize>, &str)> = ids.into_iter().map(|id| (self.place(id), id)).collect();
        let unknown = ids.iter().filter(|(place, _)| place.is_none()).map(|&(_, id)| id);
        self.up(ids.iter().filter_map(|&(place, _)| place), release).chain(unknown).collect()
    }

    /// The resources with all ancestors that they have in some release.
    #[must_use]
    pub fn with_ancestors_ever<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> BTreeSet<&str> {
        self.up_ever(ids).map(|place| self.id(place)).collect()
    }

    /// Returns true if each of the resources has the same ancestors in all releases that have it.
    #[must_use]
    pub fn keeps_ancestors<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> bool {
        self.up_ever(ids).all(|place| {
            let mut parents = self.states(place).iter().map(|state| state.parent);
            let parent = parents.next().flatten();
            let has_parent = |parent| (self.releases_at(place) - self.releases_at(parent)).is_empty();
            parents.all(|other| other == parent) && parent.is_none_or(has_parent)
        })
    }

    /// Places of the resources and of all ancestors that they have in some release.
    fn up_ever<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> impl Iterator<Item = usize> {
        let Inheritance { order, is_sorted, .. } = self.inheritance();
        // Releases in which each is one of them or above one.
        let mut above = vec![ReleaseSet::default(); self.size()];
        for place in ids.into_iter().filter_map(|id| self.place(id)) {
            above[place] = self.releases_at(place);
        }
        let mut is_changed = true;
        while std::mem::take(&mut is_changed) {
            for &place in order.iter().rev() {
                for &AclState { parent, releases, .. } in self.states(place) {
                    let here = above[place] & releases;
                    let Some(parent) = parent.filter(|_| !here.is_empty()) else { continue };
                    let found = above[parent] | (here & self.releases_at(parent));
                    is_changed |= found != std::mem::replace(&mut above[parent], found) && !is_sorted;
                }
            }
        }
        (0..self.size()).filter(move |&place| !above[place].is_empty())
    }

    /// Resources that can be granted in a release, from among some, with all their ancestors.
    pub(in crate::catalog) fn granted<'a>(
        &'a self,
        ids: impl IntoIterator<Item = &'a str>,
        release: ReleaseId,
    ) -> BTreeSet<&'a str> {
        let places = ids.into_iter().filter_map(|id| self.place(id));
        self.up(places.filter(|&place| self.is_grantable(place, release)), release).collect()
    }

    /// Resources at some places with all their ancestors in a release, sorted.
    fn up(&self, places: impl Iterator<Item = usize>, release: ReleaseId) -> impl Iterator<Item = &str> {
        let mut is_in = vec![false; self.size()];
        for place in places {
            let mut next = Some(place);
            while let Some(place) = next.filter(|&place| !is_in[place]) {
                is_in[place] = true;
                next = self.parent_at(place, release);
            }
        }
        (0..self.size()).filter(move |&place| is_in[place]).map(|place| self.id(place))
    }

    /// Ancestors that the resource has in every release, nearest first.
    #[must_use]
    pub fn constant_ancestors(&self, id: &str) -> Vec<&str> {
        let mut eras = self.distinct();
        let (Some(first), Some(place)) = (eras.next(), self.place(id)) else { return Vec::new() };
        let mut always: Vec<usize> = self.above(place, first).collect();
        for release in eras {
            if !self.above(place, release).eq(always.iter().copied()) {
                let ancestors: HashSet<usize> = self.above(place, release).collect();
                always.retain(|ancestor| ancestors.contains(ancestor));
            }
        }
        always.into_iter().map(|place| self.id(place)).collect()
    }

    /// Parent of the resource in a release.
    #[must_use]
    pub fn parent(&self, id: &str, release: ReleaseId) -> Option<&str> {
        Some(self.id(self.parent_at(self.place(id)?, release)?))
    }

    /// Resources that match the pattern, sorted, each with the releases in which it can be granted.
    #[must_use]
    pub fn select(&self, pattern: Pattern<'_>) -> Vec<(&str, ReleaseSet)> {
        let releases = |place| self.grantable_at(place);
        let fitting: Vec<(&str, ReleaseSet)> = match pattern {
            Pattern::Exact(exact) => {
                self.place(exact).into_iter().map(|place| (self.id(place), releases(place))).collect()
            }
            Pattern::Glob(glob) => {
                let start = glob.split(['*', '?']).next().unwrap_or_default();
                let places = self.ids.partition_point(|id| id.as_ref() < start)..self.size();
                let near = places.take_while(|&place| self.id(place).starts_with(start));
                let fitting = near.filter(|&place| fits_glob(glob.as_bytes(), self.id(place).as_bytes()));
                fitting.map(|place| (self.id(place), releases(place))).collect()
            }
            Pattern::Subtree(top) => self.place(top).map(|top| self.below(top)).unwrap_or_default(),
        };
        fitting.into_iter().filter(|(_, releases)| !releases.is_empty()).collect()
    }

    /// The resource and everything below it, with the releases in which each can be granted.
    fn below(&self, top: usize) -> Vec<(&str, ReleaseSet)> {
        let mut below = vec![ReleaseSet::default(); self.size()];
        below[top] = self.releases_at(top);
        let Inheritance { order, is_sorted, .. } = self.inheritance();
        let mut is_changed = true;
        // Resources may change places from one release to another.
        while std::mem::take(&mut is_changed) {
            for &place in order.iter().filter(|&&place| place != top) {
                let of_parent = |AclState { parent, releases, .. }| Some(below[parent?] & releases);
                let found = self.union(place, |at| of_parent(self.states[at]).unwrap_or_default());
                is_changed |= found != std::mem::replace(&mut below[place], found) && !is_sorted;
            }
        }
        let grantable = |(place, below)| (self.id(place), below & self.grantable_at(place));
        (0..).zip(below).map(grantable).collect()
    }

    /// Modules that own the resource in some release.
    #[must_use]
    pub fn owners(&self, id: &str) -> Vec<&str> {
        let states = self.place(id).into_iter().flat_map(|place| self.states(place));
        let mut owners: Vec<&str> = states.map(|state| self.rows.get(state.row).module.as_ref()).collect();
        owners.sort_unstable();
        owners.dedup();
        owners
    }

    /// Title in the newest release that has the resource.
    #[must_use]
    pub fn title(&self, id: &str) -> Option<&str> {
        let release = self.exists(id).last()?;
        self.state(id, release).map(|row| row.title.as_ref())
    }

    /// Titles from below the root down to the resource, in the newest release that has it.
    #[must_use]
    pub fn title_path(&self, id: &str) -> Vec<&str> {
        let Some(release) = self.exists(id).last() else { return Vec::new() };
        let ancestors = self.ancestors(id, release);
        let below_root = ancestors.into_iter().rev().skip(1).chain([id]);
        below_root.filter_map(|id| self.state(id, release)).map(|row| row.title.as_ref()).collect()
    }

    /// All rows as text, to compare with other sources: id, parent, title, module, sort order, disabled.
    pub fn rows_of(&self, release: ReleaseId) -> impl Iterator<Item = [String; 6]> {
        self.rows_in(release).map(|row| {
            [
                row.id.to_string(),
                row.parent.as_deref().unwrap_or_default().to_owned(),
                row.title.to_string(),
                row.module.to_string(),
                row.sort_order.to_string(),
                u8::from(row.disabled).to_string(),
            ]
        })
    }

    /// Row of the resource in a release.
    pub(super) fn state(&self, id: &str, release: ReleaseId) -> Option<&AclRow> {
        Some(self.rows.get(self.state_at(self.place(id)?, release)?.row))
    }

    fn is_grantable(&self, place: usize, release: ReleaseId) -> bool {
        self.grantable_at(place).contains(release)
    }

    fn parent_at(&self, place: usize, release: ReleaseId) -> Option<usize> {
        self.state_at(place, release)?.parent.filter(|&parent| self.state_at(parent, release).is_some())
    }

    /// Places of the ancestors, nearest first. Own resources may form a cycle by mistake, so the walk stops after as many
    /// steps as there are resources.
    fn above(&self, place: usize, release: ReleaseId) -> impl Iterator<Item = usize> {
        let parent = move |&place: &usize| self.parent_at(place, release);
        std::iter::successors(parent(&place), parent).take(self.size())
    }

    /// Releases that have the resource at a place.
    fn releases_at(&self, place: usize) -> ReleaseSet {
        self.union(place, |at| self.states[at].releases)
    }

    /// Releases in which the resource at a place can be granted.
    fn grantable_at(&self, place: usize) -> ReleaseSet {
        let inherited = &self.inheritance().states;
        self.union(place, |at| inherited[at].grantable())
    }

    fn all_states(&self, id: &str, releases: impl Fn(usize) -> ReleaseSet) -> ReleaseSet {
        self.place(id).map(|place| self.union(place, releases)).unwrap_or_default()
    }

    /// Union over the numbers of the states at a place.
    fn union(&self, place: usize, releases: impl Fn(usize) -> ReleaseSet) -> ReleaseSet {
        self.range(place).map(releases).fold(ReleaseSet::default(), BitOr::bitor)
    }
}
