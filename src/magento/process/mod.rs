//! Processes that work on a shop: its PHP, the commands of `bin/magento`, and their log.

mod grace;
mod log;
mod php;
mod printed;
mod run;
mod shells;

pub use log::Log;
pub use php::Php;
pub(super) use printed::without_values;
pub use run::{Ended, Progress, run};

/// Time between two looks for signals.
const PATIENCE: std::time::Duration = std::time::Duration::from_millis(50);
