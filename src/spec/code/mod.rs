//! Code that Magento calls: `[[cron]]` and `[[observer]]`.

mod cron;
mod observer;

pub use cron::Cron;
pub use observer::{Area, Observer};
