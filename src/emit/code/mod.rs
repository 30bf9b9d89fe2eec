//! Jobs and observers: their classes, the files that declare them, and their log.

pub(super) mod cron_groups;
pub(super) mod crontab;
mod events;
pub(super) mod renames;
mod seeds;

pub(super) use events::files as events;
pub(super) use seeds::{jobs, log_handler, observers};
