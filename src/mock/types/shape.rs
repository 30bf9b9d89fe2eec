//! Fields of a class.

use super::ValueKind;
use crate::names::{camel, snake};

/// Class with its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassShape {
    /// Full name, without a leading backslash.
    pub class: String,
    /// Fields in the order of their getters.
    pub fields: Vec<ShapeField>,
}

/// Field of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShapeField {
    /// Key in JSON.
    pub name: String,
    /// Type.
    pub kind: ValueKind,
    /// True if the doc block of its getter allows null: the field is left out then.
    pub is_nullable: bool,
    /// True if a setter accepts it.
    pub is_settable: bool,
}

impl ShapeField {
    /// Creates a field of a type in a doc block.
    #[must_use]
    pub fn new(name: impl Into<String>, doc: &str) -> Self {
        let is_nullable = doc.split('|').any(|it| it == "null");
        Self { name: name.into(), kind: ValueKind::new(doc), is_nullable, is_settable: true }
    }
}

impl ClassShape {
    /// Field whose accessors a key of a request names: `someInt` and `some_int` mean `getSomeInt()`.
    #[must_use]
    pub fn accessed_as(&self, key: &str) -> Option<&ShapeField> {
        self.field(key).filter(|_| !key.bytes().any(|c| c.is_ascii_uppercase())).or_else(|| {
            let name = snake(&camel(key));
            self.field(&name)
        })
    }

    /// Field by its key in JSON.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&ShapeField> {
        self.fields.iter().find(|field| field.name == name)
    }
}
