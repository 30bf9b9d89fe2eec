//! Stores > Configuration and the menu of the Admin.

mod menu;
mod system;

pub use self::{
    menu::MenuItem,
    system::{Config, ConfigGroup, ConfigPath, ConfigSection, ConfigTab, Scopes},
};
pub(super) use self::{
    menu::menu,
    system::{config, paths},
};
