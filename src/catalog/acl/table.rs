//! The ACL tree over a set of releases.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap, HashSet},
};

use super::{
    AclRow, blocking_roots,
    era::{Era, EraNode, eras, roots},
};
use crate::{
    catalog::{ReleaseId, ReleaseSet, glob::fits_glob},
    names::{AclId, Pattern},
};

/// The ACL resources of a set of releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AclTable {
    /// One row for each state of a resource, by id and then by release.
    rows: Vec<AclRow>,
    /// Every id once, sorted; other tables refer to a resource by its index here.
    ids: Vec<Cow<'static, str>>,
    eras: Vec<Era>,
}

impl AclTable {
    /// Builds the table for these releases, with a module's own resources. Ids that exist already keep their rows.
    pub(in crate::catalog) fn new(
        rows: &[AclRow],
        releases: ReleaseSet,
        own: impl IntoIterator<Item = AclRow>,
    ) -> Self {
        let rows = rows.iter().filter(|row| !(row.releases & releases).is_empty());
        let mut rows: Vec<AclRow> =
            rows.map(|row| AclRow { releases: row.releases & releases, ..row.clone() }).collect();
        let mut own = own.into_iter().peekable();
        if own.peek().is_some() {
            let mut known: HashSet<Cow<'static, str>> = rows.iter().map(|row| row.id.clone()).collect();
            rows.extend(own.filter(|row| known.insert(row.id.clone())));
        }
        rows.sort_by(|a, b| (&a.id, a.releases.first()).cmp(&(&b.id, b.releases.first())));
        let mut ids: Vec<Cow<'static, str>> = rows.iter().map(|row| row.id.clone()).collect();
        ids.dedup();
        let by_id: HashMap<&str, usize> = ids.iter().map(AsRef::as_ref).zip(0..).collect();
        let place = |id: &str| by_id.get(id).copied();
        let places: Vec<(Option<usize>, Option<usize>)> =
            rows.iter().map(|row| (place(&row.id), row.parent.as_deref().and_then(place))).collect();
        let eras = eras(&rows).into_iter();
        let eras =
            eras.map(|releases| Era::new(releases, &rows, &places, ids.len(), place(AclId::ADMIN))).collect();
        Self { rows, ids, eras }
    }

    /// This table with a module's own resources. Ids that exist already keep their rows.
    pub(super) fn with(&self, all: &[AclRow], releases: ReleaseSet, own: Vec<AclRow>) -> Self {
        let mut added: Vec<&AclRow> = own.iter().filter(|row| self.place(&row.id).is_none()).collect();
        added.sort_by(|a, b| a.id.cmp(&b.id));
        added.dedup_by(|later, first| later.id == first.id);
        let is_added = |id: &str| added.binary_search_by(|row| row.id.as_ref().cmp(id)).is_ok();
        // Roots decide what can be granted, and a resource that others lack as a parent moves these.
        let changes_others = added.iter().any(|row| row.parent.is_none())
            || self.rows.iter().filter_map(|row| row.parent.as_deref()).any(is_added)
            || self.eras.iter().fold(ReleaseSet::default(), |all, era| all | era.releases) != releases;
        if changes_others {
            return Self::new(all, releases, own);
        }
        let (mut rows, mut moved_rows) = (Vec::with_capacity(self.rows.len() + added.len()), Vec::new());
        let (mut ids, mut moved) = (Vec::with_capacity(self.ids.len() + added.len()), Vec::new());
        let mut places = Vec::with_capacity(added.len());
        let mut left = added.iter().peekable();
        for row in &self.rows {
            while let Some(own) = left.next_if(|own| own.id < row.id) {
                places.push((ids.len(), rows.len()));
                ids.push(own.id.clone());
                rows.push((*own).clone());
            }
            if ids.last() != Some(&row.id) {
                moved.push(ids.len());
                ids.push(row.id.clone());
            }
            moved_rows.push(rows.len());
            rows.push(row.clone());
        }
        for own in left {
            places.push((ids.len(), rows.len()));
            ids.push(own.id.clone());
            rows.push((*own).clone());
        }
        let place = |id: &str| ids.binary_search_by(|other| other.as_ref().cmp(id)).ok();
        let node = |&(at, row): &(usize, usize)| {
            let parent = rows[row].parent.as_deref().and_then(place);
            (at, EraNode { row, parent, is_cut: false, is_below_admin: false })
        };
        let nodes: Vec<(usize, EraNode)> = places.iter().map(node).collect();
        let eras = self.eras.iter().map(|era| era.with(&rows, &nodes, &moved, &moved_rows)).collect();
        Self { rows, ids, eras }
    }

    /// Ids of all resources, sorted.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(AsRef::as_ref)
    }

    /// One release for each different tree, oldest first: a statement that holds in these holds in all.
    pub fn distinct(&self) -> impl Iterator<Item = ReleaseId> {
        self.eras.iter().filter_map(|era| era.releases.first())
    }

    /// Returns true if both releases have the same tree.
    #[must_use]
    pub fn is_same(&self, one: ReleaseId, other: ReleaseId) -> bool {
        self.era(one).is_some_and(|era| era.releases.contains(other))
    }

    /// Returns true if the id is one of the two roots, which cannot be granted.
    #[must_use]
    pub fn is_root(&self, id: &str) -> bool {
        id == AclId::ADMIN || id == AclId::ALL
    }

    /// Releases that have the resource, disabled or not.
    pub(super) fn exists(&self, id: &str) -> ReleaseSet {
        self.where_node(id, |_| true)
    }

    /// Releases that have the resource, with neither it nor an ancestor disabled.
    #[must_use]
    pub fn present(&self, id: &str) -> ReleaseSet {
        self.where_node(id, |node| !node.is_cut)
    }

    /// Releases in which the resource or an ancestor is disabled.
    #[must_use]
    pub fn disabled(&self, id: &str) -> ReleaseSet {
        self.where_node(id, |node| node.is_cut)
    }

    /// Releases in which the resource can be granted: it is present and below Magento_Backend::admin, where Magento
    /// looks up resources as long as that is the second root (docs/magento/resolving-permissions.md#lookup).
    #[must_use]
    pub fn grantable(&self, id: &str) -> ReleaseSet {
        self.where_node(id, |node| node.is_grantable())
    }

    /// Number of the resources that can be granted in a release.
    #[must_use]
    pub fn count(&self, release: ReleaseId) -> usize {
        let nodes = self.era(release).into_iter().flat_map(|era| era.nodes.iter().flatten());
        nodes.filter(|node| node.is_grantable()).count()
    }

    /// Roots that keep Magento from granting anything in a release, because Magento_Backend::admin is not the second
    /// root.
    #[must_use]
    pub fn blocking_roots(&self, release: ReleaseId) -> Vec<&str> {
        blocking_roots(&roots(self.rows.iter().filter(|row| row.releases.contains(release))))
    }

    /// Ancestors of the resource in a release, nearest first, root last.
    #[must_use]
    pub fn ancestors(&self, id: &str, release: ReleaseId) -> Vec<&str> {
        let (Some(era), Some(place)) = (self.era(release), self.place(id)) else { return Vec::new() };
        era.ancestors(place).map(|place| self.ids[place].as_ref()).collect()
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

    /// Resources that can be granted in a release, from among some, with all their ancestors.
    pub(super) fn granted<'a>(
        &'a self,
        ids: impl IntoIterator<Item = &'a str>,
        release: ReleaseId,
    ) -> BTreeSet<&'a str> {
        let Some(era) = self.era(release) else { return BTreeSet::new() };
        let places = ids.into_iter().filter_map(|id| self.place(id));
        let grantable = places.filter(|&place| era.nodes[place].is_some_and(EraNode::is_grantable));
        self.up(grantable, release).collect()
    }

    /// Resources at some places with all their ancestors in a release, sorted.
    fn up(&self, places: impl Iterator<Item = usize>, release: ReleaseId) -> impl Iterator<Item = &str> {
        let (era, mut is_in) = (self.era(release), vec![false; self.ids.len()]);
        for place in places {
            let mut next = Some(place);
            while let Some(place) = next.filter(|&place| !is_in[place]) {
                is_in[place] = true;
                next = era.and_then(|era| era.parent(place));
            }
        }
        self.ids().zip(is_in).filter_map(|(id, is_in)| is_in.then_some(id))
    }

    /// Ancestors that the resource has in every release, nearest first.
    #[must_use]
    pub fn constant_ancestors(&self, id: &str) -> Vec<&str> {
        let (Some((first, others)), Some(place)) = (self.eras.split_first(), self.place(id)) else {
            return Vec::new();
        };
        let mut always: Vec<usize> = first.ancestors(place).collect();
        for era in others {
            if !era.ancestors(place).eq(always.iter().copied()) {
                let ancestors: HashSet<usize> = era.ancestors(place).collect();
                always.retain(|ancestor| ancestors.contains(ancestor));
            }
        }
        always.into_iter().map(|place| self.ids[place].as_ref()).collect()
    }

    /// Parent of the resource in a release.
    #[must_use]
    pub fn parent(&self, id: &str, release: ReleaseId) -> Option<&str> {
        let place = self.era(release)?.parent(self.place(id)?)?;
        Some(self.ids[place].as_ref())
    }

    /// Resources that match the pattern, sorted, each with the releases in which it can be granted.
    #[must_use]
    pub fn select(&self, pattern: Pattern<'_>) -> Vec<(&str, ReleaseSet)> {
        let fitting: Vec<(&str, ReleaseSet)> = match pattern {
            Pattern::Exact(exact) => {
                let place = self.place(exact).into_iter();
                place.map(|place| (self.ids[place].as_ref(), self.grantable(exact))).collect()
            }
            Pattern::Glob(glob) => {
                let start = glob.split(['*', '?']).next().unwrap_or_default();
                let from = self.ids.partition_point(|id| id.as_ref() < start);
                let near = self.ids[from..].iter().take_while(|id| id.starts_with(start));
                let fitting = near.filter(|id| fits_glob(glob.as_bytes(), id.as_bytes()));
                fitting.map(|id| (id.as_ref(), self.grantable(id))).collect()
            }
            Pattern::Subtree(top) => self.place(top).map(|top| self.below(top)).unwrap_or_default(),
        };
        fitting.into_iter().filter(|(_, releases)| !releases.is_empty()).collect()
    }

    /// The resource and everything below it, with the releases in which each can be granted.
    fn below(&self, top: usize) -> Vec<(&str, ReleaseSet)> {
        let mut releases = vec![ReleaseSet::default(); self.ids.len()];
        for era in &self.eras {
            let grantable = era.below(top).into_iter();
            for place in grantable.filter(|&place| era.nodes[place].is_some_and(EraNode::is_grantable)) {
                releases[place] = releases[place] | era.releases;
            }
        }
        self.ids().zip(releases).collect()
    }

    /// Modules that own the resource in some release.
    #[must_use]
    pub fn owners(&self, id: &str) -> Vec<&str> {
        let mut owners: Vec<&str> = self.states(id).iter().map(|row| row.module.as_ref()).collect();
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
        let rows = self.rows.iter().filter(move |row| row.releases.contains(release));
        rows.map(|row| {
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

    pub(super) fn place(&self, id: &str) -> Option<usize> {
        self.ids.binary_search_by(|other| other.as_ref().cmp(id)).ok()
    }

    fn era(&self, release: ReleaseId) -> Option<&Era> {
        self.eras.iter().find(|era| era.releases.contains(release))
    }

    fn where_node(&self, id: &str, holds: impl Fn(&EraNode) -> bool) -> ReleaseSet {
        let Some(place) = self.place(id) else { return ReleaseSet::default() };
        let eras = self.eras.iter().filter(|era| era.nodes[place].as_ref().is_some_and(&holds));
        eras.fold(ReleaseSet::default(), |all, era| all | era.releases)
    }

    fn states(&self, id: &str) -> &[AclRow] {
        let from = self.rows.partition_point(|row| row.id.as_ref() < id);
        let count = self.rows[from..].iter().take_while(|row| row.id == id).count();
        &self.rows[from..from + count]
    }

    pub(super) fn state(&self, id: &str, release: ReleaseId) -> Option<&AclRow> {
        self.states(id).iter().find(|row| row.releases.contains(release))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Catalog, OwnResource};

    /// Tables with resources of a module are the same, made from the shared table or from all rows.
    #[test]
    fn own_resources_join_the_shared_table() {
        let catalog = Catalog::bundled();
        let module = "Acme_Erp".parse().unwrap();
        type Own = (&'static str, Option<&'static str>);
        let row = |(id, parent): &Own, releases| {
            let parent = parent.map(str::to_owned);
            let own = OwnResource { id: (*id).to_owned(), title: (*id).to_owned(), parent, sort_order: 5 };
            own.row(&module, releases)
        };
        for target in ["2.4.7", ">=2.3.0", "*"] {
            let releases = catalog.resolve(&target.parse().unwrap()).unwrap().releases;
            let shared = catalog.shipped_acl(releases);
            for own in [
                &[][..],
                &[("Acme_Erp::b", Some("Acme_Erp::a")), ("Acme_Erp::a", Some("Magento_Backend::admin"))],
                &[("Acme_Erp::a", Some("Magento_Sales::sales")), ("Zzz_Erp::a", Some("Acme_Erp::a"))],
                &[("Magento_Sales::sales", Some("Acme_Erp::a")), ("Acme_Erp::a", Some("Acme_Gone::a"))],
                &[("Acme_Erp::a", Some("Acme_Erp::b")), ("Acme_Erp::b", Some("Acme_Erp::a"))],
                &[("Acme_Erp::a", Some("Acme_Erp::a")), ("Acme_Erp::a", Some("Magento_Backend::admin"))],
                &[("Acme_Erp::root", None), ("Acme_Erp::a", Some("Acme_Erp::root"))],
            ] {
                let rows = || own.iter().map(|own| row(own, releases)).collect::<Vec<_>>();
                let joined = shared.with(catalog.acl_rows(), releases, rows());
                let whole = AclTable::new(catalog.acl_rows(), releases, rows());
                assert_eq!((&joined.rows, &joined.ids), (&whole.rows, &whole.ids), "{target} {own:?}");
                // Resources in a circle come in any order.
                let is_above = |one: &Own, other: &Own| one.1 == Some(other.0) && other.1 == Some(one.0);
                let is_circle = own.iter().any(|one| own.iter().any(|other| is_above(one, other)));
                for (joined, whole) in joined.eras.iter().zip(&whole.eras) {
                    assert_eq!((joined.releases, &joined.nodes), (whole.releases, &whole.nodes), "{own:?}");
                    for top in (0..whole.order.len()).filter(|_| !is_circle) {
                        let below =
                            [joined, whole].map(|era| era.below(top).into_iter().collect::<BTreeSet<_>>());
                        assert_eq!(below[0], below[1], "{own:?}");
                    }
                }
                assert_eq!(joined.eras.len(), whole.eras.len());
            }
        }
    }
}
