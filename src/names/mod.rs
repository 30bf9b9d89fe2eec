//! Validated names and values of a spec, shared by the schema, the types and the model.
//!
//! Each type holds text that matches a pattern and a length. The JSON Schema uses the same constants, so that both
//! accept the same values.

mod acl;
mod event;
mod module;
mod php;
mod rest;
mod setting;
mod text;
mod web;

pub use acl::{AclId, Pattern, ResourceEntry};
pub use event::{
    CommandPrefix, ConditionPath, CronGroup, EventName, HandlerId, ObjectField, PathStep, PayloadPath,
    Schedule, StoredPath, Topic,
};
pub use module::{
    CatalogPath, Edition, FilePath, MagentoVersion, ModuleDirectory, ModuleName, PackageName,
    ParseVersionError, SourcePath, is_git_directory,
};
pub use php::{
    BaseType, ClassName, FieldName, HandlerClass, MethodName, ParameterName, SnakeName, TypeName, camel,
    capitalized, snake,
};
pub use rest::{Call, Mode, Route, RouteAccess, RouteData, SoapOperation};
pub(crate) use rest::{fits_step, is_parameter, is_version, path_parameters, path_shape, steps};
pub use setting::{
    ConfigId, ConfigKey, ElementClass, ElementPath, GroupPath, Label, MenuAction, MenuId, MenuTitle,
    ModelClass, ModuleFile, OptionValue, ScopeCode, SettingPath,
};
pub use text::{
    AclTitle, Count, Day, DocLine, IntegrationName, InvalidText, License, Line, Locale, ModuleVersion,
    Requirement, SetupVersion, Text, Title, collated, is_supplementary,
};
pub use web::{AuthorEmail, CspHost, Email, Url, UrlPath, WebPage};

/// Number of characters that Magento stores for an integration's name, e-mail address and URLs: the columns are
/// `varchar(255)`, and longer values are silently truncated (docs/magento/database.md#cut-values).
pub const COLUMN_LENGTH: usize = 255;
