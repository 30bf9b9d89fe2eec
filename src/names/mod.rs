//! Validated names and values: what a spec may say, in one place for the schema, the types and the model.
//!
//! Each type holds text that satisfies a pattern and a length. The same constants make the JSON Schema, so that
//! a value is accepted by both or by neither.

mod acl_id;
mod call;
mod collation;
mod email;
mod event;
mod file_path;
mod host;
mod magento_version;
mod module_name;
mod package_name;
mod php;
mod route;
mod selector;
mod setting;
mod text;
mod url;
mod values;

pub use acl_id::AclId;
pub use call::{Call, Mode};
pub(crate) use call::{fits_step, is_parameter, is_version, steps};
pub use collation::collated;
pub use email::{AuthorEmail, Email};
pub use event::{CronGroup, EventName, HandlerId, PayloadField, Schedule, Topic};
pub use file_path::FilePath;
pub use host::{CspHost, Locale, UrlPath};
pub use magento_version::{MagentoVersion, ParseVersionError};
pub use module_name::ModuleName;
pub use package_name::PackageName;
pub use php::{
    BaseType, ClassName, FieldName, HandlerClass, MethodName, ParameterName, SnakeName, TypeName, camel,
    snake,
};
pub use route::{Route, RouteAccess};
pub use selector::{Pattern, ResourceEntry};
pub use setting::{ConfigId, MenuId, OptionValue, SettingPath};
pub use text::InvalidText;
pub use url::{Url, WebPage};
pub use values::{
    AclTitle, Count, DocLine, IntegrationName, License, Line, ModuleVersion, Requirement, SetupVersion, Text,
    Title,
};

/// Highest number of characters Magento keeps of an integration's name, e-mail and URLs: the columns are
/// `varchar(255)` and longer values are cut in silence (docs/magento/database.md#cut-values).
pub const COLUMN_LENGTH: usize = 255;
