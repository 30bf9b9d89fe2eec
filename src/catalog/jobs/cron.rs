//! Cron: the merged cron_groups.xml and crontab.xml of core.

use crate::catalog::{
    ReleaseSet,
    tables::{NumberedSets, VersionedRow, VersionedTable, blocks, columns, module},
};

const CRON: &str = include_str!("../data/cron.tsv");

/// The groups and the jobs. Of modules that are not named `Magento_…` they are known up to 2.4.4 and for 2.4.7-p3.
#[derive(Debug, Clone)]
pub struct CronTables {
    /// The groups that a cron_groups.xml declares, by id.
    pub groups: VersionedTable<CronGroup>,
    /// The jobs, by name: one name may be in several groups.
    pub jobs: VersionedTable<CronJob>,
}

/// A group of jobs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CronGroup {
    /// Its id.
    pub id: &'static str,
    /// The module that declares it first.
    pub module: String,
    /// The releases in which it is so.
    pub releases: ReleaseSet,
}

/// A job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CronJob {
    /// Its name.
    pub name: &'static str,
    /// The group it is in.
    pub group: &'static str,
    /// The module that declares it.
    pub module: String,
    /// The releases in which it is so.
    pub releases: ReleaseSet,
}

impl VersionedRow for CronGroup {
    fn id(&self) -> &str {
        self.id
    }
    fn releases(&self) -> ReleaseSet {
        self.releases
    }
}

impl VersionedRow for CronJob {
    fn id(&self) -> &str {
        self.name
    }
    fn releases(&self) -> ReleaseSet {
        self.releases
    }
}

pub(in crate::catalog) fn cron(sets: &NumberedSets) -> CronTables {
    let (mut groups, mut jobs) = (Vec::new(), Vec::new());
    for block in blocks(CRON) {
        let [head, its_module, releases] = columns(block.head);
        // A group with jobs that is nowhere declared.
        let undeclared = head.strip_prefix('=');
        if undeclared.is_none() {
            let releases = sets.get(releases, sets.all);
            groups.push(CronGroup { id: head, module: module(its_module), releases });
        }
        jobs.extend(block.below().map(|line| {
            let [name, its_module, releases] = columns(line);
            CronJob {
                name,
                group: undeclared.unwrap_or(head),
                module: module(its_module),
                releases: sets.get(releases, sets.all),
            }
        }));
    }
    CronTables { groups: VersionedTable::new(groups), jobs: VersionedTable::new(jobs) }
}
