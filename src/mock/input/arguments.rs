//! Arguments in the order of a method.

use serde_json::Value;

use super::{InputRules, convert::InputReader, fault::InputFault, merge};
use crate::{
    mock::{
        RefusalDetail, RoutedCall, ServedMethod, ServedParameter, ShopRefusal,
        types::{KindBase, TypeBook, ValueKind},
    },
    names::snake,
};

/// Arguments of a method.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Arguments(pub Vec<ServiceArgument>);

/// Argument of a method.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceArgument {
    /// Name of the parameter.
    pub name: String,
    /// Converted value, or the default.
    pub value: Value,
    /// True if the request sent it.
    pub is_sent: bool,
}

impl Arguments {
    /// Value of a parameter; null without it.
    #[must_use]
    pub fn get(&self, name: &str) -> &Value {
        self.0.iter().find(|it| it.name == name).map_or(&Value::Null, |it| &it.value)
    }

    /// Values in order.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.0.iter().map(|it| &it.value)
    }
}

/// Returns true for a parameter that is one object.
fn is_object(parameter: &ServedParameter) -> bool {
    let kind = ValueKind::new(&parameter.php_type);
    kind.base == KindBase::Class && !kind.is_list
}

/// Reads the arguments of the method that a call routes to. `cart` is the id that stands for `%cart_id%`.
///
/// # Errors
///
/// Fails as Magento does if a required one is missing, has the wrong type or has unknown fields.
pub fn arguments(
    call: &RoutedCall<'_>,
    method: &ServedMethod,
    book: &TypeBook,
    rules: &InputRules,
    cart: &Value,
) -> Result<Arguments, ShopRefusal> {
    let sent = merge::parameters(call, method, book, rules, cart);
    let reader = InputReader { book, rules };
    let mut missing = Vec::new();
    let mut arguments = Vec::with_capacity(method.parameters.len());
    for parameter in &method.parameters {
        let found = [sent.get(&parameter.name), sent.get(&snake(&parameter.name))];
        let found = found.into_iter().flatten().find(|value| !value.is_null());
        let name = parameter.name.clone();
        match (found, &parameter.default) {
            (Some(data), _) if rules.is_old() && data.as_str() == Some("") && is_object(parameter) => {
                let method = format!("{}::{}()", method.class, method.name);
                let class = parameter.php_type.trim_end_matches("|null");
                return Err(ShopRefusal::fatal(format!(
                    "TypeError: Argument passed to {method} must be an instance of {class}, string given"
                )));
            }
            (Some(data), _) => {
                let value =
                    reader.value(data, &ValueKind::new(&parameter.php_type)).map_err(InputFault::refusal)?;
                arguments.push(ServiceArgument { name, value, is_sent: true });
            }
            (None, Some(default)) => {
                arguments.push(ServiceArgument { name, value: default.clone(), is_sent: false });
            }
            (None, None) => missing.push(parameter.name.as_str()),
        }
    }
    match missing.as_slice() {
        [] => Ok(Arguments(arguments)),
        [one] => Err(rules.required(one)),
        several => {
            let details = several.iter().map(|name| RefusalDetail::missing(name, rules.version));
            Err(ShopRefusal::several(details))
        }
    }
}
