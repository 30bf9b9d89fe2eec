//! Types in PHP and in doc blocks.

use crate::model::{PhpBase, PhpType};

/// Renders the native PHP type. `name` maps a class to its name in the file.
pub(in crate::emit) fn native(kind: &PhpType, name: &mut dyn FnMut(&str) -> String) -> String {
    let base = match &kind.base {
        _ if kind.is_list => "array".to_owned(),
        // It may be null anyway.
        PhpBase::Scalar(scalar) if scalar == "mixed" => return scalar.clone(),
        PhpBase::Scalar(scalar) => scalar.clone(),
        PhpBase::Class(class) => name(class),
    };
    if kind.is_nullable { format!("?{base}") } else { base }
}

/// Renders the doc block type, which Magento reads: never a bare `array`, `null` never first
/// (docs/magento/web-api.md#doc-types).
pub(in crate::emit) fn doc_type(kind: &PhpType, name: &mut dyn FnMut(&str) -> String) -> String {
    let base = match &kind.base {
        PhpBase::Scalar(scalar) => scalar.clone(),
        PhpBase::Class(class) => name(class),
    };
    let list = if kind.is_list { "[]" } else { "" };
    let null = if kind.is_nullable && (kind.is_list || base != "mixed") { "|null" } else { "" };
    format!("{base}{list}{null}")
}

/// Initial value of a property; `None` for a non-nullable object.
pub(in crate::emit) fn default(kind: &PhpType) -> Option<&'static str> {
    match &kind.base {
        _ if kind.is_nullable => Some("null"),
        _ if kind.is_list => Some("[]"),
        PhpBase::Scalar(scalar) => Some(match scalar.as_str() {
            "int" => "0",
            "float" => "0.0",
            "bool" => "false",
            "array" => "[]",
            "mixed" => "null",
            _ => "''",
        }),
        PhpBase::Class(_) => None,
    }
}
