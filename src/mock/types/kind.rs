//! Types in doc blocks as Magento's type processor reads them.

/// Type of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueKind {
    /// Name without a leading backslash and without `|null`, as errors quote it.
    pub text: String,
    /// Base type.
    pub base: KindBase,
    /// True for a list of the base type.
    pub is_list: bool,
}

/// Base of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KindBase {
    /// `int`.
    Int,
    /// `float` or `double`.
    Float,
    /// `bool`.
    Bool,
    /// `string`.
    Text,
    /// `mixed`, and anything that is not a class.
    Any,
    /// `array`: not looked into.
    Array,
    /// Class or interface.
    Class,
    /// `void`, `null`, or no type.
    Nothing,
}

impl ValueKind {
    /// Reads a type such as `string[]|null`: the first alternative that is not null counts
    /// (`framework/Reflection/TypeProcessor.php`).
    #[must_use]
    pub fn new(doc: &str) -> Self {
        let mut names = doc.split('|').map(str::trim).filter(|name| !name.is_empty() && *name != "null");
        let text = names.next().unwrap_or_default().trim_start_matches(['\\', '?']);
        let (item, is_list) = text.strip_suffix("[]").map_or((text, false), |item| (item, true));
        let base = match item {
            "int" | "integer" => KindBase::Int,
            "float" | "double" => KindBase::Float,
            "bool" | "boolean" | "true" | "false" => KindBase::Bool,
            "string" | "str" => KindBase::Text,
            "array" => KindBase::Array,
            "" | "void" => KindBase::Nothing,
            _ if item.contains('\\') && !item.ends_with("[]") => KindBase::Class,
            _ => KindBase::Any,
        };
        Self { text: text.to_owned(), base, is_list }
    }

    /// Type of the items of a list.
    #[must_use]
    pub fn item(&self) -> Self {
        let text = self.text.strip_suffix("[]").unwrap_or(&self.text).to_owned();
        Self { text, base: self.base, is_list: false }
    }

    /// Name of the class, or of the class of the items.
    #[must_use]
    pub fn class(&self) -> Option<&str> {
        let name = self.text.strip_suffix("[]").unwrap_or(&self.text);
        (self.base == KindBase::Class).then_some(name)
    }

    /// Returns true for a scalar, or a list of scalars.
    #[must_use]
    pub const fn is_simple(&self) -> bool {
        matches!(self.base, KindBase::Int | KindBase::Float | KindBase::Bool | KindBase::Text)
    }
}
