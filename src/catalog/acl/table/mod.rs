//! The ACL over a set of releases.

mod changes;
mod eras;
mod inheritance;
mod resources;
mod state;
mod tree;

use std::{
    borrow::Cow,
    ops::Range,
    sync::{Arc, OnceLock},
};

pub use self::{
    changes::{AclChange, AclChanged},
    tree::AclResource,
};
use self::{inheritance::Inheritance, state::AclState};
use super::{AclRoot, AclRow, row::AclRows};
use crate::catalog::{ReleaseId, ReleaseSet};

/// The ACL resources of a set of releases.
#[derive(Debug, Clone)]
pub struct AclTable {
    rows: AclRows,
    /// Ids of all resources, sorted; elsewhere a resource is its place here.
    ids: Vec<Cow<'static, str>>,
    /// By id and then by release.
    states: Vec<AclState>,
    /// First state of each resource, and the number of states.
    starts: Vec<usize>,
    /// Found on first use: a table that a module's own resources join is often not used itself.
    inheritance: OnceLock<Inheritance>,
}

impl AclTable {
    /// Builds the table for these releases of a catalog.
    pub(in crate::catalog) fn new(rows: Arc<Vec<AclRow>>, releases: ReleaseSet) -> Self {
        let of_row = |(row, at): (&AclRow, usize)| AclState::new(at, row.releases & releases);
        let mut states = Vec::with_capacity(rows.len());
        states.extend(rows.iter().zip(0..).map(of_row).filter(|state| !state.releases.is_empty()));
        let id = |state: &AclState| rows[state.row].id.as_ref();
        states.sort_unstable_by(|a, b| {
            id(a).cmp(id(b)).then_with(|| a.releases.first().cmp(&b.releases.first()))
        });
        let is_first = |&at: &usize| at == 0 || id(&states[at]) != id(&states[at - 1]);
        let starts = (0..states.len()).filter(is_first).chain([states.len()]).collect();
        Self::of(AclRows { shipped: rows, own: Vec::new() }, states, starts)
    }

    /// Adds a module's own resources. Ids that exist already keep their rows.
    pub(super) fn with(&self, own: impl Iterator<Item = AclRow>) -> Self {
        let mut own: Vec<AclRow> = own.filter(|row| self.place(&row.id).is_none()).collect();
        own.sort_by(|a, b| a.id.cmp(&b.id));
        own.dedup_by(|later, first| later.id == first.id);
        let mut added = (self.rows.len()..).zip(&own).peekable();
        let (mut states, mut starts) = (Vec::with_capacity(self.states.len() + own.len()), Vec::new());
        // New place of each resource that was there, and the new end.
        let mut moved = Vec::with_capacity(self.size() + 1);
        for place in 0..=self.size() {
            let next = self.ids.get(place);
            while let Some((at, own)) = added.next_if(|(_, own)| next.is_none_or(|id| own.id < *id)) {
                starts.push(states.len());
                states.push(AclState::new(at, own.releases));
            }
            moved.push(starts.len());
            starts.push(states.len());
            states.extend_from_slice(next.map_or(&[], |_| self.states(place)));
        }
        for state in &mut states {
            state.parent = state.parent.map(|parent| moved[parent]);
        }
        let mut rows = self.rows.clone();
        rows.own.extend(own);
        Self::of(rows, states, starts)
    }

    /// Makes a table of states, and finds the parents that are not known yet.
    fn of(rows: AclRows, states: Vec<AclState>, starts: Vec<usize>) -> Self {
        let resources = &starts[..starts.len() - 1];
        let ids = resources.iter().map(|&start| rows.get(states[start].row).id.clone()).collect();
        let mut table = Self { rows, ids, states, starts, inheritance: OnceLock::new() };
        for at in 0..table.states.len() {
            let AclState { row, parent, .. } = table.states[at];
            let find = || table.place(table.rows.get(row).parent.as_deref()?);
            table.states[at].parent = parent.or_else(find);
        }
        table
    }

    fn inheritance(&self) -> &Inheritance {
        self.inheritance.get_or_init(|| Inheritance::of(self))
    }

    /// Roots in a release.
    fn roots(&self, release: Option<ReleaseId>) -> Vec<AclRoot<'_>> {
        let tops = self.states.iter().filter(|state| state.parent.is_none());
        let tops = tops.filter(|state| release.is_some_and(|release| state.releases.contains(release)));
        let roots = tops.map(|state| self.rows.get(state.row)).filter(|row| row.parent.is_none());
        roots
            .map(|row| AclRoot { id: &row.id, sort_order: row.sort_order, is_disabled: row.disabled })
            .collect()
    }

    /// Number of resources.
    fn size(&self) -> usize {
        self.ids.len()
    }

    /// Id of the resource at a place.
    fn id(&self, place: usize) -> &str {
        &self.ids[place]
    }

    /// Place of a resource.
    fn place(&self, id: &str) -> Option<usize> {
        self.ids.binary_search_by(|other| other.as_ref().cmp(id)).ok()
    }

    /// States of the resource at a place, oldest first.
    fn states(&self, place: usize) -> &[AclState] {
        &self.states[self.range(place)]
    }

    /// Numbers of the states of the resource at a place.
    fn range(&self, place: usize) -> Range<usize> {
        self.starts[place]..self.starts[place + 1]
    }

    /// State of the resource at a place in a release.
    fn state_at(&self, place: usize, release: ReleaseId) -> Option<&AclState> {
        self.states(place).iter().find(|state| state.releases.contains(release))
    }

    /// All rows of a release.
    fn rows_in(&self, release: ReleaseId) -> impl Iterator<Item = &AclRow> {
        let states = self.states.iter().filter(move |state| state.releases.contains(release));
        states.map(|state| self.rows.get(state.row))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{
        catalog::{Catalog, OwnResource},
        names::{AclId, Pattern},
    };

    type Own = (&'static str, Option<&'static str>);

    const OWN: [&[Own]; 7] = [
        &[],
        &[("Acme_Erp::b", Some("Acme_Erp::a")), ("Acme_Erp::a", Some("Magento_Backend::admin"))],
        &[("Acme_Erp::a", Some("Magento_Sales::sales")), ("Zzz_Erp::a", Some("Acme_Erp::a"))],
        &[("Magento_Sales::sales", Some("Acme_Erp::a")), ("Acme_Erp::a", Some("Acme_Gone::a"))],
        &[("Acme_Erp::a", Some("Magento_Sales::sales")), ("Acme_Erp::a", None)],
        &[("Acme_Erp::root", None), ("Acme_Erp::a", Some("Acme_Erp::root"))],
        // Below a resource that not all releases have, and one that is disabled.
        &[
            ("Acme_Erp::a", Some("Magento_Sales::api_actions")),
            ("Acme_Erp::b", Some("Magento_Braintree::get_client_token")),
        ],
    ];

    /// Table of a target with own resources, and its rows.
    fn with_own(target: &str, own: &[Own]) -> (ReleaseSet, AclTable, Vec<AclRow>) {
        let catalog = Catalog::bundled();
        let module = "Acme_Erp".parse().unwrap();
        let releases = catalog.resolve(&target.parse().unwrap()).unwrap().releases;
        let row = |&(id, parent): &Own| {
            let parent = parent.map(str::to_owned);
            OwnResource { id: id.to_owned(), title: id.to_owned(), parent, sort_order: 15 }
                .row(&module, releases)
        };
        let shared = catalog.shipped_acl(releases);
        let mut rows = catalog.acl_rows().as_ref().clone();
        for own in own.iter().map(row).filter(|own| shared.place(&own.id).is_none()) {
            if rows.iter().all(|row| row.id != own.id) {
                rows.push(own);
            }
        }
        (releases, shared.with(own.iter().map(row)), rows)
    }

    /// Ancestors in some release are those of each release together.
    fn assert_ancestors(table: &AclTable, context: &str) {
        for id in table.ids() {
            let each = table.distinct().flat_map(|release| table.with_ancestors([id], release));
            assert_eq!(table.with_ancestors_ever([id]), each.collect(), "{context} {id}");
            let has = |release: &ReleaseId| table.exists(id).contains(*release);
            let mut chains = table.distinct().filter(has).map(|release| table.ancestors(id, release));
            let first = chains.next();
            let is_same = chains.all(|chain| Some(chain) == first);
            assert_eq!(table.keeps_ancestors([id]), is_same, "{context} {id}");
        }
    }

    /// A table agrees with a plain reading of its rows.
    #[test]
    fn tables_agree_with_their_rows() {
        let targets = ["2.4.7", ">=2.3.0", "*"].into_iter();
        for (target, own) in targets.flat_map(|target| OWN.map(|own| (target, own))) {
            let (_, table, rows) = with_own(target, own);
            assert_ancestors(&table, target);
            let subtree: BTreeMap<_, _> = table.select(Pattern::Subtree("Acme_Erp::a")).into_iter().collect();
            for release in table.distinct() {
                let rows = rows.iter().filter(|row| row.releases.contains(release));
                let rows: BTreeMap<&str, &AclRow> = rows.map(|row| (row.id.as_ref(), row)).collect();
                let parent = |id: &&str| rows.get(id)?.parent.as_deref().filter(|id| rows.contains_key(id));
                let is_looked_up = !rows.contains_key("Acme_Erp::root");
                for id in table.ids() {
                    let above: Vec<&str> = std::iter::successors(parent(&id), parent).collect();
                    let chain = || [id].into_iter().chain(above.iter().copied());
                    let exists = rows.contains_key(id);
                    let is_cut = exists && chain().any(|id| rows[id].disabled);
                    let is_granted = is_looked_up && above.contains(&AclId::ADMIN) && !is_cut;
                    let said = [
                        table.exists(id),
                        table.present(id),
                        table.disabled(id),
                        table.grantable(id),
                        subtree.get(id).copied().unwrap_or_default(),
                    ];
                    let is_selected = is_granted && chain().any(|id| id == "Acme_Erp::a");
                    assert_eq!(
                        (table.ancestors(id, release), said.map(|releases| releases.contains(release))),
                        (above, [exists, exists && !is_cut, is_cut, is_granted, is_selected]),
                        "{target} {own:?} {release:?} {id}"
                    );
                }
            }
        }
    }

    /// One release has a resource below another, the next has them the other way round.
    #[test]
    fn resources_may_change_places() {
        let row = |release, id: &'static str, parent: Option<&'static str>, disabled| AclRow {
            id: id.into(),
            parent: parent.map(Into::into),
            title: id.into(),
            module: "Acme_A".into(),
            sort_order: 1,
            disabled,
            releases: [ReleaseId(release)].into_iter().collect(),
        };
        let releases = [0, 1].map(ReleaseId).into_iter().collect();
        for is_disabled in [false, true] {
            for (one, other) in [("Acme_A::x", "Acme_A::y"), ("Acme_A::y", "Acme_A::x")] {
                let rows = vec![
                    row(0, AclId::ADMIN, None, false),
                    row(0, one, Some(AclId::ADMIN), is_disabled),
                    row(0, other, Some(one), false),
                    row(1, AclId::ADMIN, None, false),
                    row(1, other, Some(AclId::ADMIN), false),
                    row(1, one, Some(other), false),
                ];
                let table = AclTable::new(Arc::new(rows), releases);
                assert_ancestors(&table, one);
                let first: ReleaseSet = [ReleaseId(0)].into_iter().collect();
                let disabled = if is_disabled { first } else { ReleaseSet::default() };
                let below = |top, id| {
                    let below =
                        table.select(Pattern::Subtree(top)).into_iter().find(|(found, _)| *found == id);
                    below.map_or(ReleaseSet::default(), |(_, releases)| releases)
                };
                for (id, below_one) in [(one, releases), (other, first)] {
                    assert_eq!(table.disabled(id), disabled, "{id}");
                    assert_eq!(table.grantable(id), releases - disabled, "{id}");
                    assert_eq!(below(AclId::ADMIN, id), releases - disabled, "{id}");
                    assert_eq!(below(one, id), below_one - disabled, "{id}");
                }
            }
        }
    }

    /// An own resource may be the parent that resources of others lack.
    #[test]
    fn own_resources_may_be_missing_parents() {
        let (_, shipped, rows) = with_own("2.4.7", &[("Acme_A::a", Some("Acme_Erp::a"))]);
        assert!(shipped.grantable("Acme_A::a").is_empty());
        let releases = shipped.present("Acme_A::a");
        let table = AclTable::new(Arc::new(rows), releases);
        let own = OwnResource {
            id: "Acme_Erp::a".to_owned(),
            title: "Acme".to_owned(),
            parent: Some(AclId::ADMIN.to_owned()),
            sort_order: 15,
        };
        let table = table.with([own.row(&"Acme_Erp".parse().unwrap(), releases)].into_iter());
        assert_eq!(table.grantable("Acme_A::a"), releases);
    }

    /// Releases have the same tree if they have the same rows, and only then.
    #[test]
    fn eras_have_the_same_rows() {
        let (releases, table, _) = with_own("*", OWN[1]);
        let rows = |release| table.rows_in(release).map(std::ptr::from_ref).collect::<Vec<_>>();
        let releases: Vec<_> = releases.iter().map(|release| (release, rows(release))).collect();
        for (one, its_rows) in &releases {
            for (other, others_rows) in &releases {
                assert_eq!(table.is_same(*one, *other), its_rows == others_rows, "{one:?} {other:?}");
            }
        }
    }

    /// Resources in a circle are below nothing that Magento looks up.
    #[test]
    fn circles_end() {
        for own in [
            &[("Acme_Erp::a", Some("Acme_Erp::b")), ("Acme_Erp::b", Some("Acme_Erp::a"))][..],
            &[("Acme_Erp::a", Some("Acme_Erp::a"))],
        ] {
            let (releases, table, _) = with_own(">=2.3.0", own);
            assert_ancestors(&table, "circle");
            assert!(table.grantable("Acme_Erp::a").is_empty());
            assert_eq!(table.present("Acme_Erp::a"), releases);
            assert!(table.select(Pattern::Subtree("Acme_Erp::a")).is_empty());
        }
    }
}
