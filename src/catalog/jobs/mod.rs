//! Background work: cron jobs, and topics of the message queue.

mod cron;
mod topic;

pub(super) use self::{cron::cron, topic::topics};
pub use self::{
    cron::{CronGroup, CronJob, CronTables},
    topic::Topic,
};
