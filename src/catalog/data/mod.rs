//! The bundled tables: tab-separated text, one row a line, releases as runs in version order.

use std::sync::LazyLock;

use super::{Access, Need, Release, ReleaseId, ReleaseSet, RouteTable, acl::AclRow};
use crate::names::MagentoVersion;

const RELEASES: &str = include_str!("releases.tsv");
const ACL: &str = include_str!("acl.tsv");
const ROUTES: &str = include_str!("routes.tsv");

const RUNS: &str = include_str!("runs.tsv");

/// A module and its package, and below them which releases, by number, ship which version of it.
pub(super) const PACKAGES: &str = include_str!("packages.tsv");

/// The rows of a table, without its head.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

/// A line of a table, and the lines below it that a tab indents.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    pub(super) head: &'static str,
    below: &'static str,
}

impl Block {
    /// The lines below, without the tab.
    pub(super) fn below(self) -> impl Iterator<Item = &'static str> {
        self.below.lines().filter_map(|line| line.strip_prefix('\t'))
    }
}

/// The blocks of a table, without its head.
pub(super) fn blocks(table: &'static str) -> impl Iterator<Item = Block> {
    let mut rest = table;
    let next = move || {
        let mut ends = rest.match_indices('\n').map(|(at, _)| at + 1);
        let end = ends.find(|&end| !rest[end..].starts_with('\t'))?;
        let (block, after) = rest.split_at(end);
        rest = after;
        let (head, below) = block.split_once('\n')?;
        Some(Block { head, below })
    };
    std::iter::from_fn(next).filter(|block| !block.head.starts_with('#'))
}

/// The columns of a line; empty ones are left out at its end.
pub(super) fn columns<const N: usize>(line: &'static str) -> [&'static str; N] {
    let mut columns = line.split('\t');
    [(); N].map(|()| columns.next().unwrap_or_default())
}

/// The runs of releases that other tables name by number; that of number 1 stands first.
pub(super) fn numbered_runs() -> &'static [&'static str] {
    static NUMBERED: LazyLock<Vec<&str>> =
        LazyLock::new(|| rows(RUNS).filter_map(|row| Some(row.split_once('\t')?.1)).collect());
    &NUMBERED
}

/// The item of a number, of a list of which that of number 1 stands first.
pub(super) fn at_number<T: Copy>(items: &[T], number: &str) -> Option<T> {
    items.get(number.parse::<usize>().ok()?.checked_sub(1)?).copied()
}

pub(super) fn releases() -> Vec<Release> {
    let release = |(row, id): (&'static str, u8)| {
        let mut columns = row.split('\t');
        Some(Release {
            id: ReleaseId(id),
            version: columns.next()?.parse().ok()?,
            php: columns.next()?,
            framework: columns.next()?,
            has_acl: columns.next()? == "yes",
        })
    };
    rows(RELEASES).zip(0..).filter_map(release).collect()
}

pub(super) fn acl() -> Vec<AclRow> {
    let releases = Runs::new(&super::Catalog::bundled().releases);
    let row = |row: &'static str| {
        let mut columns = row.split('\t');
        Some(AclRow {
            id: columns.next()?.into(),
            parent: Some(columns.next()?).filter(|parent| !parent.is_empty()).map(Into::into),
            title: columns.next()?.into(),
            module: columns.next()?.into(),
            sort_order: columns.next()?.parse().ok()?,
            disabled: columns.next()? == "1",
            releases: releases.parse(columns.next()?),
        })
    };
    rows(ACL).filter_map(row).collect()
}

/// The modules that resources belong to, and those they are named after: `Magento_Cart::cart` belongs to
/// Magento_Quote.
pub(super) fn acl_modules() -> impl Iterator<Item = &'static str> {
    rows(ACL).flat_map(|row| {
        let mut columns = row.split('\t');
        let named_after = columns.next().and_then(|id| id.split("::").next());
        [named_after, columns.nth(2)].into_iter().flatten()
    })
}

pub(super) fn routes() -> RouteTable {
    let releases = Runs::new(&super::Catalog::bundled().releases);
    let row = |row: &'static str| {
        let mut columns = row.split('\t');
        let (path, method) = (columns.next()?.into(), columns.next()?.into());
        let access = Access::of_refs(columns.next()?.split(' ').map(Into::into));
        Some((path, method, Need { access, releases: releases.parse(columns.next()?) }))
    };
    RouteTable::new(rows(ROUTES).filter_map(row))
}

/// Reads runs of releases: `2.0.0..2.1.3,2.2.0`.
pub(super) struct Runs<'a>(&'a [Release]);

impl<'a> Runs<'a> {
    pub(super) fn new(releases: &'a [Release]) -> Self {
        Self(releases)
    }

    pub(super) fn parse(&self, runs: &str) -> ReleaseSet {
        let ids = runs.split(',').flat_map(|run| {
            let (first, last) = run.split_once("..").unwrap_or((run, run));
            match (self.place(first), self.place(last)) {
                (Some(first), Some(last)) => self.0.get(first..=last).unwrap_or_default(),
                _ => &[],
            }
        });
        ids.map(|release| release.id).collect()
    }

    /// The releases of a number; all of none.
    pub(super) fn numbered(&self, number: &str) -> ReleaseSet {
        if number.is_empty() {
            return self.0.iter().map(|release| release.id).collect();
        }
        at_number(numbered_runs(), number).map_or_else(ReleaseSet::default, |runs| self.parse(runs))
    }

    fn place(&self, version: &str) -> Option<usize> {
        let version: MagentoVersion = version.parse().ok()?;
        self.0.binary_search_by_key(&version, |release| release.version).ok()
    }
}
