//! Texts: the macro behind every validated text type, and the types that are about text alone.

mod collation;
mod locale;
pub(in crate::names) mod plain;
mod values;

use std::fmt;

pub use collation::{collated, is_supplementary};
pub use locale::Locale;
pub use values::{
    AclTitle, Count, Day, DocLine, IntegrationName, License, Line, ModuleVersion, Requirement, SetupVersion,
    Text, Title,
};

/// Error for text that does not match the pattern or the length of its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidText {
    /// Text as given.
    pub text: String,
    /// Expected text, as a phrase that completes "expected …".
    pub expected: &'static str,
}

impl fmt::Display for InvalidText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not {}", self.text, self.expected)
    }
}

impl std::error::Error for InvalidText {}

/// Declares a type around a `String` that only holds text of the given pattern and length (in characters) that
/// matches no excluded pattern. Texts that `plain` accepts fit for certain.
///
/// The JSON Schema of the type uses the same constants.
macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident, $expected:literal, length $min:literal..=$max:expr $(, pattern $pattern:expr $(, except $except:expr)? $(, plain $plain:ident)?)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Describes the type as a phrase: "a module name such as …".
            pub const EXPECTED: &'static str = $expected;

            /// Checks `text` against the pattern and the length of this type.
            ///
            /// # Errors
            /// Returns the text and the expected text.
            pub fn new(text: impl Into<String>) -> Result<Self, $crate::names::InvalidText> {
                let text = text.into();
                let length = text.chars().count();
                let fits = ($min..=$max).contains(&length);
                $(
                    static PATTERN: std::sync::LazyLock<Option<regex_lite::Regex>> =
                        std::sync::LazyLock::new(|| regex_lite::Regex::new($pattern).ok());
                    let by_pattern = || PATTERN.as_ref().is_some_and(|pattern| pattern.is_match(&text));
                    $(
                        static EXCEPT: std::sync::LazyLock<Option<regex_lite::Regex>> =
                            std::sync::LazyLock::new(|| regex_lite::Regex::new($except).ok());
                        let by_pattern =
                            || by_pattern() && EXCEPT.as_ref().is_some_and(|except| !except.is_match(&text));
                    )?
                    $(let by_pattern = || $crate::names::text::plain::$plain(&text) || by_pattern();)?
                    let fits = fits && by_pattern();
                )?
                if fits {
                    Ok(Self(text))
                } else {
                    Err($crate::names::InvalidText { text, expected: $expected })
                }
            }

            /// Returns the text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::names::InvalidText;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::new(text)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::names::InvalidText;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                #[allow(unused_mut)]
                let mut schema = schemars::json_schema!({ "type": "string" });
                // Editors show this instead of the pattern.
                schema.insert("patternErrorMessage".into(), $expected.into());
                if $min > 0 {
                    schema.insert("minLength".into(), $min.into());
                }
                if $max < usize::MAX {
                    schema.insert("maxLength".into(), $max.into());
                }
                $(
                    schema.insert("pattern".into(), $pattern.into());
                    $(schema.insert("not".into(), serde_json::json!({ "pattern": $except }));)?
                )?
                schema
            }
        }
    };
}

pub(crate) use text_type;
