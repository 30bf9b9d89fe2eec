//! Commands of `bin/magento` that put changed files of a module into effect (docs/magento/deploying.md): the one list that
//! plans, installations and the generated README.md name.

mod caches;
mod command;
mod instruction;
mod needs;
mod steps;

pub use command::ShopCommand;
pub use instruction::{Instruction, instructions};
pub use needs::Needs;
pub use steps::{DeployMode, Situation, removal, steps};
