//! Arguments of a service method from a request, as `framework/Webapi/ServiceInputProcessor.php` reads them
//! (docs/magento/web-api.md#input).

mod arguments;
mod convert;
mod custom_attributes;
mod fault;
mod latest;
mod merge;
mod numbers;
mod rules;
mod scalars;

pub use self::{
    arguments::{Arguments, ServiceArgument, arguments},
    numbers::{float_text, number},
    rules::{InputLimits, InputRules},
    scalars::{is_empty, text_of, to_float, to_int},
};
pub(super) use self::{
    custom_attributes::{is_known as is_custom_attribute, stored as stored_custom_value},
    latest::{latest, latest_attributes},
};
