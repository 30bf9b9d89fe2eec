//! The configuration and the menu of the Admin.

mod config;
mod menu;

pub use self::{
    config::{Config, ConfigGroup, ConfigPath, ConfigSection, ConfigTab, Scopes},
    menu::MenuItem,
};
pub(super) use self::{
    config::{config, paths},
    menu::menu,
};
