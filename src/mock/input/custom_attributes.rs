//! Custom attributes of a request.

use serde_json::{Value, json};

use super::{
    fault::InputFault,
    latest::latest_attributes,
    scalars::{is_empty, text_of},
};
use crate::mock::{ShopRefusal, types::ValueKind};

/// Attributes of products, categories and customers whose values Magento stores as integers.
const INTEGERS: [&str; 22] = [
    "custom_layout_update_file",
    "custom_use_parent_settings",
    "gender",
    "gift_message_available",
    "has_options",
    "include_in_menu",
    "is_active",
    "is_anchor",
    "is_recurring",
    "landing_page",
    "level",
    "links_exist",
    "links_purchased_separately",
    "page_layout_id",
    "price_type",
    "price_view",
    "quantity_and_stock_status",
    "required_options",
    "shipment_type",
    "status",
    "tax_class_id",
    "visibility",
];

/// Attributes that Magento stores as numbers with a fraction.
const FLOATS: [&str; 6] = ["cost", "minimal_price", "msrp", "price", "special_price", "weight"];

/// Attributes that Magento stores as texts or dates.
const TEXTS: [&str; 31] = [
    "country_of_manufacture",
    "custom_design",
    "custom_design_from",
    "custom_design_to",
    "custom_layout",
    "custom_layout_update",
    "default_sort_by",
    "description",
    "display_mode",
    "dob",
    "image",
    "image_label",
    "meta_description",
    "meta_keyword",
    "meta_keywords",
    "meta_title",
    "name",
    "news_from_date",
    "news_to_date",
    "options_container",
    "page_layout",
    "short_description",
    "small_image",
    "small_image_label",
    "special_from_date",
    "special_to_date",
    "taxvat",
    "thumbnail",
    "thumbnail_label",
    "url_key",
    "url_path",
];

/// Error of the code of the catalog that reads the attributes of a product once more.
const NO_ARRAY: &str = "Cannot access offset of type string on string";

/// Conversion of a value to a type.
type Convert<'a> = dyn Fn(&Value, &ValueKind) -> Result<Value, InputFault> + 'a;

/// Reads custom attributes: each has a code and a value; values of unknown attributes have any type.
pub(super) fn read(convert: &Convert<'_>, data: &Value, class: &str) -> Result<Value, InputFault> {
    let mut read: Vec<Value> = Vec::new();
    let mut add = |code: &str, value: &Value| -> Result<(), InputFault> {
        let kind = ValueKind::new(stored_type(code));
        let value = convert(value, &kind).map_err(|fault| match fault {
            InputFault::Type(details) => {
                InputFault::Type(format!("Attribute \"{code}\" has invalid value. {details}"))
            }
            refusal @ InputFault::Refusal(_) => refusal,
        })?;
        read.push(json!({ "attribute_code": code, "value": value }));
        Ok(())
    };
    match data {
        Value::Array(items) => {
            for item in items {
                let Value::Object(_) = item else { return Err(ShopRefusal::fatal(NO_ARRAY).into()) };
                let (code, value) = coded(item)?;
                add(&code, value)?;
            }
        }
        Value::Object(items) => {
            for (key, item) in items {
                if item.is_object() {
                    let (code, value) = coded(item)?;
                    add(&code, value)?;
                } else if class == r"Magento\Catalog\Api\Data\ProductInterface" {
                    // Code of the catalog reads the list of the body once more and expects arrays.
                    return Err(ShopRefusal::fatal(NO_ARRAY).into());
                } else {
                    add(key, item)?;
                }
            }
        }
        Value::Null => {}
        _ => {
            return Err(
                ShopRefusal::internal("Warning: foreach() argument must be of type array|object").into()
            );
        }
    }
    Ok(Value::Array(latest_attributes(read)))
}

/// Code and value of an attribute.
fn coded(item: &Value) -> Result<(String, &Value), InputFault> {
    let code = [item.get("attribute_code"), item.get("attributeCode")].into_iter().flatten();
    let code = code.filter(|it| !it.is_null()).find(|it| !is_empty(it)).map(text_of);
    let value = item.get("value");
    match (code, value) {
        (Some(code), Some(value)) => Ok((code, value)),
        (Some(code), None) => Err(InputFault::Type(format!(
            "The \"{code}\" attribute code doesn't have a value set. Enter the value and try again."
        ))),
        (None, Some(value)) if !value.is_null() => Err(InputFault::Type(
            "A custom attribute is specified with a missing attribute code. Verify the code and try again."
                .to_owned(),
        )),
        (None, _) => Err(InputFault::Type(
            "An empty custom attribute is specified. Enter the attribute and try again.".to_owned(),
        )),
    }
}

/// Type of the values of an attribute (`module-eav/Model/TypeLocator/SimpleType.php`).
fn stored_type(code: &str) -> &'static str {
    if INTEGERS.contains(&code) {
        "int"
    } else if FLOATS.contains(&code) {
        "double"
    } else if TEXTS.contains(&code) {
        "string"
    } else {
        "mixed"
    }
}

/// Returns true for the code of an attribute of products that exists.
pub(in crate::mock) fn is_known(code: &str) -> bool {
    stored_type(code) != "mixed" || code == "category_ids"
}

/// Value of an attribute as the answer has it: texts, amounts with six digits, lists of texts.
pub(in crate::mock) fn stored(code: &str, value: &Value) -> Value {
    match value {
        Value::Null => Value::Null,
        Value::Array(items) => Value::Array(items.iter().map(|item| Value::String(text_of(item))).collect()),
        _ if FLOATS.contains(&code) => value
            .as_f64()
            .or_else(|| text_of(value).parse().ok())
            .map_or_else(|| value.clone(), |number| Value::String(format!("{number:.6}"))),
        scalar => Value::String(text_of(scalar)),
    }
}
