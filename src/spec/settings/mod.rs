//! Stores > Configuration: `[settings]` and `[[setting]]`; and the Admin menu: `[[menu]]`.

mod config;
mod depends;
mod group;
mod kind;
mod menu;
mod place;
mod section;
mod setting;
mod value;

pub use config::{BackedValue, Config, ConfigValue, ConfigValues};
pub use depends::{Negated, ShowCondition};
pub use group::{Group, GroupEntry, ShownIn};
pub use kind::{FieldType, SettingType};
pub use menu::{MenuChange, MenuEntry, PlacedMenuEntry};
pub use section::{Section, Sections, Settings, Tab, Tabs};
pub use setting::{Scope, Setting};
pub use value::{BaseUrl, Default, Prerequisites, Scalar, SourceService, UploadDir};
