//! Processes that work on a shop: its PHP, the commands of `bin/magento`, and their log.

mod grace;
mod log;
mod php;
mod run;

pub use log::Log;
pub use php::Php;
pub use run::{Ended, Progress, run};
