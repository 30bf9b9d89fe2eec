//! Cron groups and jobs, from the merged cron_groups.xml and crontab.xml of core.

use crate::catalog::{
    ReleaseSet,
    tables::{NumberedSets, VersionedRow, VersionedTable, blocks, columns, module},
};

const CRON: &str = include_str!("../data/cron.tsv");

/// Groups and jobs. Modules of other vendors are covered up to 2.4.4 and in 2.4.7-p3.
#[derive(Debug)]
pub struct CronTables {
    /// Groups that a cron_groups.xml declares, by id.
    pub groups: VersionedTable<CronGroup>,
    /// Jobs by name; one name may be in several groups.
    pub jobs: VersionedTable<CronJob>,
}

/// Group of jobs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CronGroup {
    /// Its id.
    pub id: &'static str,
    /// Module that declares it first.
    pub module: String,
    /// Releases with this row.
    pub releases: ReleaseSet,
}

/// Cron job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CronJob {
    /// Its name.
    pub name: &'static str,
    /// Group that it is in.
    pub group: &'static str,
    /// Module that declares it.
    pub module: String,
    /// Releases with this row.
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
        // Some jobs are in a group that is not declared.
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
