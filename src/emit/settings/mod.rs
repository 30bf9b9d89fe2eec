//! Settings in Stores > Configuration: form, defaults, menu entry, and the class that reads the values.

pub(super) mod backend;
pub(super) mod config;
pub(super) mod config_xml;
pub(super) mod menu;
pub(super) mod system;
