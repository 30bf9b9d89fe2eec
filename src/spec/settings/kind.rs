//! Types of settings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::ElementClass;

/// Type of a setting, or the class of its form element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum FieldType {
    /// A type of values, or a form element of Magento.
    Named(SettingType),
    /// Class of a form element.
    Class(ElementClass),
}

/// Type of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum SettingType {
    /// Yes or no.
    Yesno,
    /// Single-line text.
    Text,
    /// Multi-line text.
    Textarea,
    /// HTTP or HTTPS URL.
    Url,
    /// Text, encrypted in the database.
    Secret,
    /// One of `options`.
    Select,
    /// Any number of `options`.
    Multiselect,
    /// Integer.
    Number,
    /// E-mail address.
    Email,
    /// List of countries that a select before it turns on.
    Allowspecific,
    /// Button.
    Button,
    /// Check box.
    Checkbox,
    /// Several check boxes.
    Checkboxes,
    /// Date.
    Date,
    /// Text field with a list to choose from.
    Editablemultiselect,
    /// Editor for HTML.
    Editor,
    /// Export of a file.
    Export,
    /// Uploaded file.
    File,
    /// Hidden field.
    Hidden,
    /// Uploaded image.
    Image,
    /// Import of a file.
    Import,
    /// Text that cannot be changed.
    Label,
    /// Link.
    Link,
    /// Several lines of text, each in a field.
    Multiline,
    /// Note, as HTML.
    Note,
    /// Field that shows asterisks; encrypted only if the backend model does that.
    Obscure,
    /// Field that hides what is typed; encrypted only if the backend model does that.
    Password,
    /// Radio button.
    Radio,
    /// Several radio buttons.
    Radios,
    /// Button that submits the form.
    Submit,
    /// Time of day.
    Time,
}

impl SettingType {
    /// Returns true unless the key is only for settings of other types.
    #[must_use]
    pub fn takes(self, key: &str) -> bool {
        match key {
            "default" => self != Self::Secret,
            "min" | "max" => self == Self::Number,
            "options" => matches!(self, Self::Select | Self::Multiselect),
            _ => true,
        }
    }

    /// Returns true for a type of values that `Model\Config` reads.
    #[must_use]
    pub fn is_read(self) -> bool {
        matches!(
            self,
            Self::Yesno
                | Self::Text
                | Self::Textarea
                | Self::Url
                | Self::Secret
                | Self::Select
                | Self::Multiselect
                | Self::Number
                | Self::Email
        )
    }
}
