//! Types of parameters as Magento finds them: in PHP, or else in the doc block.

use std::ops::Range;

use crate::parsers::php::{DocTag, PhpClass, PhpMethod};

/// Type of a parameter (docs/magento/web-api.md#parameter-types).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ParameterType {
    /// Neither PHP nor the doc block gives one.
    Missing,
    /// Several types in PHP, which Magento cannot read.
    Union(String),
    /// `null` before another type in the doc block.
    NullFirst,
    /// `array` without the type of its elements.
    BareArray,
    /// Scalar, anything, or a list of them.
    Simple(String),
    /// Word that Magento takes for a class.
    Word(String),
    /// Class by its full name, or a list of its objects.
    Object { class: String, is_list: bool },
}

impl ParameterType {
    /// Type of the parameter at a position.
    pub(crate) fn of(at: usize, method: &PhpMethod, class: &PhpClass) -> Self {
        let Some(parameter) = method.declared.get(at) else { return Self::Missing };
        let mut types = parameter.php_type.trim_start_matches('?').split(['|', '&']);
        let of_php: Vec<&str> = types.by_ref().filter(|it| !it.eq_ignore_ascii_case("null")).collect();
        match of_php.as_slice() {
            [] | [""] => {}
            [only] if only.eq_ignore_ascii_case("array") => {
                return method.parameters.get(at).map_or(Self::Missing, |tag| Self::of_elements(tag, class));
            }
            [only] => return Self::named(only, class),
            _ => return Self::Union(parameter.php_type.clone()),
        }
        let Some(tag) = tag_of(at, method) else { return Self::Missing };
        match tag.types().first() {
            None => Self::Missing,
            Some(&"null") => Self::NullFirst,
            Some(&"array") => Self::BareArray,
            Some(kind) if tag.variable().is_none() && Some(*kind) == tag.text.strip_prefix('$') => {
                Self::Missing
            }
            Some(kind) => Self::named(kind, class),
        }
    }

    /// Type of a PHP array whose elements the doc block names.
    fn of_elements(tag: &DocTag, class: &PhpClass) -> Self {
        match tag.types().first() {
            None => Self::Missing,
            Some(&"array") => Self::BareArray,
            Some(kind) if kind.ends_with("[]") => Self::named(kind, class),
            Some(kind) => Self::named(&format!("{kind}[]"), class),
        }
    }

    fn named(written: &str, class: &PhpClass) -> Self {
        let base = written.trim_end_matches("[]");
        let is_list = base.len() < written.len();
        let is_word = base.to_lowercase() == base && !base.contains('\\');
        match base {
            "string" | "str" | "int" | "integer" | "float" | "double" | "bool" | "boolean" | "mixed"
            | "anyType" | "UnstructuredArray" => Self::Simple(written.to_owned()),
            "self" => Self::Object { class: class.full_own_name(), is_list },
            _ if is_word => Self::Word(written.to_owned()),
            _ => Self::Object { class: class.full_name(base), is_list },
        }
    }

    /// Class of the object, or of the objects in the list.
    pub(super) fn class(&self) -> Option<&str> {
        match self {
            Self::Object { class, .. } => Some(class),
            _ => None,
        }
    }

    /// Type as Magento writes it: `string[]`.
    pub(super) fn written(&self) -> String {
        match self {
            Self::Simple(written) | Self::Word(written) | Self::Union(written) => written.clone(),
            Self::Object { class, is_list } => format!("{class}{}", if *is_list { "[]" } else { "" }),
            Self::BareArray => "array[]".to_owned(),
            Self::Missing | Self::NullFirst => String::new(),
        }
    }
}

/// Tag of the doc block for the parameter at a position: the one with its name, or else the one at the same position,
/// which releases up to 2.3.7 take whatever it names.
fn tag_of(at: usize, method: &PhpMethod) -> Option<&DocTag> {
    let name = method.declared.get(at)?.name.as_str();
    let is_its = |tag: &&DocTag| tag.variable() == Some(name) || tag.text.strip_prefix('$') == Some(name);
    method.parameters.iter().find(is_its).or_else(|| method.parameters.get(at))
}

/// Place in the file that gives a parameter its type: its tag, or its declaration.
pub(super) fn place_of(at: usize, method: &PhpMethod) -> Range<usize> {
    let declared = method.declared.get(at).map(|it| it.span.clone());
    tag_of(at, method).map(|tag| tag.span.clone()).or(declared).unwrap_or_else(|| method.place.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parsers::php::class;

    /// Results of `Magento\Framework\Reflection\TypeProcessor` of 2.4.7-p8 for the same methods.
    #[test]
    fn types_are_those_of_magento() {
        let text = r"<?php
namespace Acme\A\Api;
use Acme\B\Item as Row;
interface X {
    /** x
     * @param array $a
     * @param $b
     * @param ?string $c
     * @param null|int $d
     * @param iterable $e
     * @param Row[]|null $g */
    function f($a, $b, $c, $d, $e, $g, $h);
    /** @param string $x */
    function i(array $y, $x, ?int $z, ?X $q, int|null $n, int|string $u, array $v, Row ...$w);
}";
        let class = class(text).unwrap();
        let read = |name: &str| {
            let method = class.method(name).unwrap();
            (0..method.declared.len()).map(|at| ParameterType::of(at, method, &class)).collect::<Vec<_>>()
        };
        let simple = |it: &str| ParameterType::Simple(it.to_owned());
        let object = |class: &str, is_list| ParameterType::Object { class: class.to_owned(), is_list };
        assert_eq!(
            read("f"),
            [
                ParameterType::BareArray,
                ParameterType::Missing,
                simple("string"),
                ParameterType::NullFirst,
                ParameterType::Word("iterable".to_owned()),
                object(r"Acme\B\Item", true),
                ParameterType::Missing,
            ]
        );
        assert_eq!(
            read("i"),
            [
                simple("string[]"),
                simple("string"),
                simple("int"),
                object(r"Acme\A\Api\X", false),
                simple("int"),
                ParameterType::Union("int|string".to_owned()),
                ParameterType::Missing,
                object(r"Acme\B\Item", false),
            ]
        );
    }
}
