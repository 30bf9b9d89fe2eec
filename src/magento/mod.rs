//! A running shop: what it says of itself, and what is done to it.
//!
//! Everything goes through a PHP that the user names. `Question` is a program for it, `Answer` what the shop says, and
//! `ShopError` why it does not. `Health` compares that with a module, `steps` are the commands that bring a module in, and
//! `credentials` what a reset took away and can be given back.

mod answer;
mod credentials;
mod error;
mod health;
mod layout;
mod log;
mod php;
mod question;
pub mod render;
mod run;
mod steps;

pub use answer::{
    Answer, Consumer, Magento, MergedDeclaration, MergedDeclarations, ModuleState, ShopRow, Spare, Tables,
};
pub use credentials::{Reset, certain, resets, taken};
pub use error::ShopError;
pub use health::{Condition, Drift, DriftCause, Health, Presence, Standing, granted};
pub use layout::{InstallLayout, composer_commands};
pub use log::Log;
pub use php::Php;
pub use question::{Exchange, IntegrationRef, delete, reattach, status};
pub use run::{Ended, run};
pub use steps::{DeployMode, Needs, ShopCommand, Situation, removal, steps};
