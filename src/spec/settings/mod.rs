//! Stores > Configuration: `[settings]` and `[[setting]]`; and the Admin menu: `[[menu]]`.

mod menu;
mod section;
mod setting;

pub use menu::{MenuChange, MenuEntry, PlacedMenuEntry};
pub use section::Settings;
pub use setting::{Default, Scalar, Scope, Setting, SettingType};
