//! Stores > Configuration: `[settings]` and `[[setting]]`.

mod section;
mod setting;

pub use section::Settings;
pub use setting::{Default, Scalar, Scope, Setting, SettingType};
