//! Stores > Configuration: the form, the defaults, the menu entry, and the class that reads the values.

pub(super) mod config;
pub(super) mod config_xml;
pub(super) mod menu;
pub(super) mod system;
