//! Classes that Magento calls: jobs and observers, the files that name them, and the log that they write to.

pub(super) mod cron_groups;
pub(super) mod crontab;
mod events;
mod seeds;

pub(super) use events::files as events;
pub(super) use seeds::{jobs, log_handler, observers};
