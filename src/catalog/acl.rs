//! The ACL tree over a set of releases.

use std::{borrow::Cow, collections::HashMap, ops::Range};

use super::{ReleaseId, ReleaseSet};
use crate::names::{ModuleName, Pattern};

/// The root below which everything hangs that can be granted.
const ADMIN: &str = "Magento_Backend::admin";
/// The other root.
const ALL: &str = "Magento_Backend::all";

/// A resource as some releases have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AclRow {
    pub(super) id: Cow<'static, str>,
    pub(super) parent: Option<Cow<'static, str>>,
    pub(super) title: Cow<'static, str>,
    pub(super) module: Cow<'static, str>,
    pub(super) sort_order: i32,
    pub(super) disabled: bool,
    pub(super) releases: ReleaseSet,
}

/// The ACL resources of a set of releases: a row for each state of a resource, by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AclTable {
    rows: Vec<AclRow>,
    by_id: HashMap<Cow<'static, str>, Range<usize>>,
}

/// A resource of the module's own, in every release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnNode {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The id it hangs under.
    pub parent: String,
}

impl AclTable {
    pub(super) fn new(mut rows: Vec<AclRow>) -> Self {
        rows.sort_by(|a, b| (&a.id, a.releases.first()).cmp(&(&b.id, b.releases.first())));
        let mut by_id: HashMap<Cow<'static, str>, Range<usize>> = HashMap::new();
        for (at, row) in rows.iter().enumerate() {
            by_id.entry(row.id.clone()).or_insert(at..at).end = at + 1;
        }
        Self { rows, by_id }
    }

    /// The part of the table about the releases.
    pub(super) fn within(&self, releases: ReleaseSet) -> Self {
        let rows = self.rows.iter().map(|row| AclRow { releases: row.releases & releases, ..row.clone() });
        Self::new(rows.filter(|row| !row.releases.is_empty()).collect())
    }

    /// The table with the module's own resources in it, in every release. An id that is there already stays as it is.
    #[must_use]
    pub fn with_own(self, module: &ModuleName, nodes: impl IntoIterator<Item = OwnNode>) -> Self {
        let releases = self.rows.iter().fold(ReleaseSet::default(), |all, row| all | row.releases);
        let mut rows = self.rows;
        for node in nodes {
            if rows.iter().all(|row| row.id != node.id) {
                rows.push(AclRow {
                    id: node.id.into(),
                    parent: Some(node.parent.into()),
                    title: node.title.into(),
                    module: module.to_string().into(),
                    sort_order: 0,
                    disabled: false,
                    releases,
                });
            }
        }
        Self::new(rows)
    }

    /// All resources, sorted by id.
    #[must_use]
    pub fn ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.by_id.keys().map(AsRef::as_ref).collect();
        ids.sort_unstable();
        ids
    }

    /// Whether the id is one of the two roots, which cannot be granted.
    #[must_use]
    pub fn is_root(&self, id: &str) -> bool {
        id == ADMIN || id == ALL
    }

    /// The releases that have the resource, switched off or not.
    pub(super) fn exists(&self, id: &str) -> ReleaseSet {
        self.states(id).iter().fold(ReleaseSet::default(), |all, row| all | row.releases)
    }

    /// The releases in which the resource is there and neither it nor an ancestor is switched off.
    #[must_use]
    pub fn present(&self, id: &str) -> ReleaseSet {
        self.exists(id) - self.disabled(id)
    }

    /// The releases in which the resource or an ancestor is switched off: Magento cuts it out with all below it
    /// (FACTS §5).
    #[must_use]
    pub fn disabled(&self, id: &str) -> ReleaseSet {
        let is_off = |id: &str, release| self.state(id, release).is_some_and(|row| row.disabled);
        let releases = self.exists(id);
        let is_cut = |&release: &ReleaseId| {
            is_off(id, release) || self.ancestors(id, release).iter().any(|id| is_off(id, release))
        };
        releases.iter().filter(is_cut).collect()
    }

    /// The resource above it in a release.
    #[must_use]
    pub fn parent(&self, id: &str, release: ReleaseId) -> Option<&str> {
        self.state(id, release)?.parent.as_deref()
    }

    /// The resources above it in a release, the nearest first, the root last.
    #[must_use]
    pub fn ancestors(&self, id: &str, release: ReleaseId) -> Vec<&str> {
        let mut ancestors: Vec<&str> = Vec::new();
        let mut parent = self.parent(id, release);
        // Own resources may be each other's parents by mistake.
        while let Some(id) = parent.filter(|id| !ancestors.contains(id)) {
            ancestors.push(id);
            parent = self.parent(id, release);
        }
        ancestors
    }

    /// The releases in which the resource can be granted: it is present, and below Magento_Backend::admin, where
    /// Magento looks resources up (FACTS §5).
    #[must_use]
    pub fn grantable(&self, id: &str) -> ReleaseSet {
        let is_below_admin = |release: &ReleaseId| self.ancestors(id, *release).last() == Some(&ADMIN);
        self.present(id).iter().filter(is_below_admin).collect()
    }

    /// The resources that fit the pattern and can be granted, sorted, each with the releases in which it does.
    #[must_use]
    pub fn select(&self, pattern: Pattern<'_>) -> Vec<(&str, ReleaseSet)> {
        let mut selected = Vec::new();
        for id in self.ids() {
            let fits = |release: &ReleaseId| match pattern {
                Pattern::Exact(exact) => id == exact,
                Pattern::Glob(glob) => fits_glob(glob.as_bytes(), id.as_bytes()),
                Pattern::Subtree(top) => id == top || self.ancestors(id, *release).contains(&top),
            };
            let releases: ReleaseSet = self.grantable(id).iter().filter(fits).collect();
            if !releases.is_empty() {
                selected.push((id, releases));
            }
        }
        selected
    }

    /// The modules that own the resource, in some release.
    #[must_use]
    pub fn owners(&self, id: &str) -> Vec<&str> {
        let mut owners: Vec<&str> = self.states(id).iter().map(|row| row.module.as_ref()).collect();
        owners.sort_unstable();
        owners.dedup();
        owners
    }

    /// Its title in the newest release that has it.
    #[must_use]
    pub fn title(&self, id: &str) -> Option<&str> {
        let release = self.exists(id).last()?;
        self.state(id, release).map(|row| row.title.as_ref())
    }

    /// The titles from below the root down to it, in the newest release that has it.
    #[must_use]
    pub fn title_path(&self, id: &str) -> Vec<&str> {
        let Some(release) = self.exists(id).last() else { return Vec::new() };
        let ancestors = self.ancestors(id, release);
        let below_root = ancestors.into_iter().rev().skip(1).chain([id]);
        below_root.filter_map(|id| self.state(id, release)).map(|row| row.title.as_ref()).collect()
    }

    /// Every row as text, for comparison with other sources: id, parent, title, module, sort order, disabled.
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

    pub(super) fn has_module(&self, module: &str) -> bool {
        self.rows.iter().any(|row| row.module == module)
    }

    fn states(&self, id: &str) -> &[AclRow] {
        self.by_id.get(id).and_then(|range| self.rows.get(range.clone())).unwrap_or_default()
    }

    fn state(&self, id: &str, release: ReleaseId) -> Option<&AclRow> {
        self.states(id).iter().find(|row| row.releases.contains(release))
    }
}

/// Whether the text fits the glob: `*` is any run of characters, `?` is one. ACL ids are ASCII.
fn fits_glob(glob: &[u8], text: &[u8]) -> bool {
    let (mut at, mut pos) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while pos < text.len() {
        match glob.get(at) {
            Some(b'*') => {
                retry = Some((at + 1, pos));
                at += 1;
            }
            Some(&c) if c == b'?' || c == text[pos] => {
                at += 1;
                pos += 1;
            }
            _ => match retry {
                Some((glob_at, text_at)) => {
                    retry = Some((glob_at, text_at + 1));
                    (at, pos) = (glob_at, text_at + 1);
                }
                None => return false,
            },
        }
    }
    glob[at..].iter().all(|&c| c == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_fit_whole_ids() {
        for (glob, text, fits) in [
            ("M::*invoice*", "M::sales_invoice", true),
            ("M::*invoice*", "M::invoice", true),
            ("M::*", "M::", true),
            ("M::a?c", "M::abc", true),
            ("M::a?c", "M::ac", false),
            ("M::*a*b", "M::xaxbxab", true),
            ("M::*a*b", "M::xaxbxa", false),
            ("M::a", "M::ab", false),
        ] {
            assert_eq!(fits_glob(glob.as_bytes(), text.as_bytes()), fits, "{glob} {text}");
        }
    }
}
