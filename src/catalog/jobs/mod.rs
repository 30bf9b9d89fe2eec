//! What runs in the background: cron, and the topics of the message queue.

mod cron;
mod topic;

pub(super) use self::{cron::cron, topic::topics};
pub use self::{
    cron::{CronGroup, CronJob, CronTables},
    topic::Topic,
};
