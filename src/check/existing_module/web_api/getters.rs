//! Methods of services and data as Magento reads them (docs/magento/web-api.md#data-keys).

use crate::{names::snake, parsers::php::PhpMethod};

/// Returns true for methods that Magento reads: public ones that are neither static, final nor magic.
pub(super) fn is_read(method: &PhpMethod) -> bool {
    method.is_public && !method.is_fixed && !method.name.starts_with("__")
}

/// Returns true for the getter of a field.
pub(super) fn is_getter(method: &PhpMethod) -> bool {
    let name = ["get", "is", "has"].iter().find_map(|verb| method.name.strip_prefix(verb));
    name.is_some_and(|it| it.starts_with(|c: char| c.is_ascii_uppercase()))
        && method.declared.iter().all(|it| it.is_optional)
}

/// Field of a getter: `increment_id`.
pub(super) fn field_of(method: &PhpMethod) -> Option<String> {
    let name = ["get", "is", "has"].iter().find_map(|verb| method.name.strip_prefix(verb))?;
    is_getter(method).then(|| snake(name))
}
