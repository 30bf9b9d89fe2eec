//! Stores > Configuration and the menu of the Admin.

mod menu;
mod models;
mod system;

pub use self::{
    menu::MenuItem,
    models::SettingModel,
    system::{Config, ConfigGroup, ConfigPath, ConfigSection, ConfigTab, Scopes},
};
pub(super) use self::{
    menu::menu,
    models::models,
    system::{config, paths},
};
