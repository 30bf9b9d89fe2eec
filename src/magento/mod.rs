//! Queries and commands to a running shop.
//!
//! Everything goes through a PHP that the user names. `program` assembles the PHP, `Answer` is the state of the shop, and
//! `ShopError` the reason for a missing answer. `Health` compares the answer with a module, and `credentials` finds
//! what to restore after a reset.

mod answer;
mod credentials;
mod error;
mod health;
mod layout;
mod modules;
mod process;
mod program;
pub mod render;
mod tokens;

pub use answer::{
    Answer, ChangedIntegration, CodeFile, Consumer, Distribution, FileDeclaration, Magento,
    MergedDeclaration, MergedDeclarations, ModuleState, ShopPlugin, ShopRow, Spare, Tables,
};
pub use credentials::{Reset, certain, resets, taken};
pub use error::ShopError;
pub use health::{Condition, Drift, DriftCause, Health, Presence, Standing};
pub use layout::{InstallLayout, composer_commands};
pub use modules::{United, doubts};
pub use process::{Ended, Log, Php, Progress, run};
pub use program::{Exchange, IntegrationRef, credentials, delete, reattach, status};
pub use tokens::{
    AccessToken, CredentialsAction, CredentialsChange, CredentialsRow, OauthConsumer, ShopCredentials,
};
