//! Values by type.

use serde_json::{Map, Value};

use super::{
    InputRules, custom_attributes,
    fault::InputFault,
    scalars::{cast, checked, is_empty},
};
use crate::{
    mock::{
        ShopRefusal,
        types::{ClassShape, KindBase, ShapeField, TypeBook, ValueKind},
    },
    names::camel,
};

/// Reader of values.
pub(super) struct InputReader<'a> {
    pub(super) book: &'a TypeBook,
    pub(super) rules: &'a InputRules,
}

const SEARCH_CRITERIA: [&str; 3] = [
    r"Magento\Framework\Api\SearchCriteriaInterface",
    r"Magento\Framework\Api\SearchCriteria",
    r"Magento\Framework\Api\Search\SearchCriteriaInterface",
];

impl InputReader<'_> {
    /// Converts a value to a type.
    pub(super) fn value(&self, data: &Value, kind: &ValueKind) -> Result<Value, InputFault> {
        if self.rules.is_old() && data.as_str() == Some("") {
            return Ok(data.clone());
        }
        let data: &Value = &soap_items(data, kind);
        if kind.is_simple() || kind.base == KindBase::Any {
            return self.simple(data, kind);
        }
        match (kind.base, kind.is_list) {
            (KindBase::Class, false) => self.object(data, &kind.text),
            (KindBase::Class, true) => self.objects(data, &kind.item().text),
            _ => Ok(data.clone()),
        }
    }

    fn simple(&self, data: &Value, kind: &ValueKind) -> Result<Value, InputFault> {
        let wrong = |value: &str| InputFault::Type(self.rules.wrong_type(value, &kind.text));
        match (kind.is_list, data) {
            (true, Value::Null) => Ok(Value::Null),
            (true, Value::Array(items)) => items
                .iter()
                .map(|item| self.listed(item, kind.base))
                .collect::<Result<_, _>>()
                .map(Value::Array),
            // An empty object is an empty array of PHP.
            (true, Value::Object(items)) if items.is_empty() => Ok(Value::Array(Vec::new())),
            (true, Value::Object(items)) => {
                let items = items.iter().map(|(key, item)| Ok((key.clone(), self.listed(item, kind.base)?)));
                items.collect::<Result<_, _>>().map(Value::Object)
            }
            (_, _) if kind.base == KindBase::Any => Ok(data.clone()),
            (false, Value::Null) => Ok(Value::Null),
            (false, Value::Array(_) | Value::Object(_)) => Err(wrong("array")),
            (false, _) => {
                let base =
                    if matches!(kind.text.as_str(), "integer" | "double") { None } else { Some(kind.base) };
                match base {
                    Some(base) => {
                        checked(data, base, self.rules.is_php8()).ok_or_else(|| wrong(&super::text_of(data)))
                    }
                    None => Ok(cast(data, kind.base)),
                }
            }
            (true, _) => Err(wrong(php_type(data))),
        }
    }

    /// Item of a list of scalars: cast without a check; an array in a list of strings is a notice of PHP, which 2.2 ignores.
    fn listed(&self, item: &Value, base: KindBase) -> Result<Value, InputFault> {
        if base == KindBase::Text && (item.is_array() || item.is_object()) && !self.rules.is_old() {
            return Err(ShopRefusal::internal("Notice: Array to string conversion").into());
        }
        Ok(cast(item, base))
    }

    fn objects(&self, data: &Value, class: &str) -> Result<Value, InputFault> {
        let count = match data {
            Value::Array(items) => items.len(),
            Value::Object(items) => items.len(),
            _ => return Ok(Value::Null),
        };
        if let Some(limits) = self.rules.limits.filter(|limits| count > limits.objects) {
            let parameters =
                [("type".to_owned(), Value::from(class)), ("max".to_owned(), Value::from(limits.objects))];
            let parameters = Value::Object(parameters.into_iter().collect());
            return Err(
                ShopRefusal::localized(400, "Maximum items of type \"%type\" is %max", parameters).into()
            );
        }
        match data {
            Value::Object(items) => {
                let items = items.iter().map(|(key, item)| Ok((key.clone(), self.object(item, class)?)));
                items.collect::<Result<_, InputFault>>().map(Value::Object)
            }
            Value::Array(items) => {
                let items = items.iter().map(|item| self.object(item, class));
                items.collect::<Result<_, _>>().map(Value::Array)
            }
            _ => Ok(Value::Null),
        }
    }

    /// Creates an object and calls its setters; a scalar is taken as an empty object.
    fn object(&self, data: &Value, class: &str) -> Result<Value, InputFault> {
        let Some(shape) = self.book.shape(class) else { return Ok(data.clone()) };
        let mut object = Map::new();
        match data {
            Value::Object(fields) => {
                for (key, value) in fields {
                    self.set(&mut object, &shape, key, value)?;
                }
            }
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.set(&mut object, &shape, &at.to_string(), item)?;
                }
            }
            _ => {}
        }
        if SEARCH_CRITERIA.contains(&class)
            && object.get("page_size").is_none_or(Value::is_null)
            && let Some(limits) = self.rules.limits
        {
            object.insert("page_size".to_owned(), Value::from(limits.default_page_size));
        }
        Ok(Value::Object(object))
    }

    fn set(
        &self,
        object: &mut Map<String, Value>,
        shape: &ClassShape,
        key: &str,
        data: &Value,
    ) -> Result<(), InputFault> {
        let unsupported = || InputFault::from(self.rules.unsupported(&shape.class, &camel(key)));
        let field = shape.accessed_as(key).ok_or_else(unsupported)?;
        if !field.is_settable {
            return if is_empty(data) { Ok(()) } else { Err(unsupported()) };
        }
        let value = if field.name == "custom_attributes" {
            custom_attributes::read(&|value, kind| self.value(value, kind), data, &shape.class)
        } else {
            self.value(data, &field.kind)
        };
        let value = value.map_err(|fault| match fault {
            InputFault::Type(details) => {
                InputFault::Type(format!("Error occurred during \"{key}\" processing. {details}"))
            }
            refusal @ InputFault::Refusal(_) => refusal,
        })?;
        let value = self.accepted(shape, field, key, value)?;
        object.insert(field.name.clone(), value);
        Ok(())
    }

    /// Checks of setters and validators.
    fn accepted(
        &self,
        shape: &ClassShape,
        field: &ShapeField,
        key: &str,
        value: Value,
    ) -> Result<Value, InputFault> {
        if let Some(limits) = self.rules.limits {
            let size = value.as_i64().unwrap_or_default();
            if SEARCH_CRITERIA.contains(&shape.class.as_str()) && key == "pageSize" && size > limits.page_size
            {
                let text = "Maximum SearchCriteria pageSize is %max";
                return Err(ShopRefusal::named(400, text, "max", limits.page_size).into());
            }
        }
        if shape.class == r"Magento\Framework\Api\SortOrder" {
            return sort_order(&field.name, value).map_err(InputFault::from);
        }
        Ok(value)
    }
}

/// Checks of `framework/Api/SortOrder.php`.
fn sort_order(field: &str, value: Value) -> Result<Value, ShopRefusal> {
    let text = super::text_of(&value);
    if field == "direction" {
        let upper = text.to_ascii_uppercase();
        if matches!(upper.as_str(), "ASC" | "DESC") {
            return Ok(Value::String(upper));
        }
        let message =
            "The sort order has to be specified as %1 for ascending order or %2 for descending order.";
        return Err(ShopRefusal::localized(400, message, serde_json::json!(["ASC", "DESC"])));
    }
    if text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return Ok(value);
    }
    let message = "Sort order field %1 contains restricted symbols";
    Err(ShopRefusal::localized(400, message, serde_json::json!([text])))
}

/// Items below `item`, as SOAP sends lists.
fn soap_items<'a>(data: &'a Value, kind: &ValueKind) -> std::borrow::Cow<'a, Value> {
    use std::borrow::Cow;
    let item = data.as_object().filter(|_| kind.is_list).and_then(|fields| fields.get("item"));
    match item {
        None | Some(Value::Null) => Cow::Borrowed(data),
        Some(items @ Value::Array(_)) => Cow::Borrowed(items),
        Some(one) => Cow::Owned(Value::Array(vec![one.clone()])),
    }
}

/// `gettype`.
fn php_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "NULL",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "double",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) | Value::Object(_) => "array",
    }
}
