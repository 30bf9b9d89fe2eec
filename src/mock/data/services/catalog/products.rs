//! Products: values of a store view lie over those of all.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::mock::{
    ShopRefusal,
    data::{
        ServiceCall, ShopData, class,
        key::RowKey,
        made::{World, moment},
    },
    input::{is_custom_attribute, stored_custom_value, text_of, to_float},
};

/// Attributes whose values differ between store views.
const SCOPED: [&str; 12] = [
    "custom_design",
    "description",
    "image_label",
    "meta_description",
    "meta_keyword",
    "meta_title",
    "name",
    "short_description",
    "status",
    "url_key",
    "url_path",
    "visibility",
];

/// Letters and digits, each with those that are written as it in URLs (`framework/Filter/Translit.php`).
const LETTERS: [&str; 36] = [
    "0",
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
    "aàáâãäåāăą",
    "b",
    "cçćĉċč©",
    "dďđ",
    "eèéêëēĕėęě",
    "f",
    "gĝğġģ",
    "hĥħ",
    "iìíîïĩīĭįı",
    "jĵ",
    "kķ",
    "lĺļľŀł",
    "m",
    "nñńņňŋ",
    "oòóôõöøōŏőơ",
    "pþ",
    "q",
    "rŕŗř®",
    "sśŝşš",
    "tţťŧ",
    "uùúûüũūŭůűųư",
    "v",
    "wŵ",
    "x",
    "yýÿŷ",
    "zźżž",
];

/// Attributes that are amounts.
const PRICES: [&str; 4] = ["cost", "msrp", "price", "special_price"];

impl ShopData {
    pub(in crate::mock::data) fn products(
        &self,
        asked: &ServiceCall<'_>,
        method: &str,
    ) -> Option<Result<Value, ShopRefusal>> {
        match method {
            "get" => Some(self.product(asked)),
            "save" => Some(self.save_product(asked)),
            "deleteById" => Some(self.delete_product(asked)),
            "getList" => {
                let rows = self.rows(class::PRODUCT);
                let rows = rows.into_iter().map(|row| self.product_view(row, asked.store)).collect();
                Some(self.page(asked, class::PRODUCT, rows))
            }
            _ => None,
        }
    }

    /// Key of the product with a SKU.
    pub(in crate::mock::data) fn product_key(&self, sku: &str) -> Option<RowKey> {
        let written = self.memory().named(class::PRODUCT, "sku", sku);
        let key = written.or_else(|| World::product_of_sku(sku).map(RowKey::number))?;
        let row = self.row(class::PRODUCT, &key)?;
        row.get("sku").is_some_and(|it| text_of(it).eq_ignore_ascii_case(sku)).then_some(key)
    }

    fn product(&self, asked: &ServiceCall<'_>) -> Result<Value, ShopRefusal> {
        let key = self.product_key(&text_of(asked.arguments.get("sku"))).ok_or_else(|| self.no_product())?;
        let row = self.row(class::PRODUCT, &key).ok_or_else(|| self.no_product())?;
        let store = asked.arguments.get("storeId").as_u64().and_then(|id| u32::try_from(id).ok());
        Ok(Value::clone(&self.product_view(row, store.unwrap_or(asked.store))))
    }

    fn delete_product(&self, asked: &ServiceCall<'_>) -> Result<Value, ShopRefusal> {
        let key = self.product_key(&text_of(asked.arguments.get("sku"))).ok_or_else(|| self.no_product())?;
        self.delete(class::PRODUCT, &key);
        self.delete(class::STOCK_ITEM, &key);
        Ok(Value::Bool(true))
    }

    /// Product as a store view sees it.
    pub(in crate::mock::data) fn product_view(&self, row: Arc<Value>, store: u32) -> Arc<Value> {
        let Some(key) = row.get("id").and_then(RowKey::of) else { return row };
        let Some(Some(scoped)) = self.memory().row(&of_store(store), &key) else { return row };
        let (Value::Object(mut seen), Value::Object(scoped)) = (Value::clone(&row), &*scoped) else {
            return row;
        };
        for (name, value) in scoped {
            write(&mut seen, name, value.clone());
        }
        Arc::new(Value::Object(seen))
    }

    fn save_product(&self, asked: &ServiceCall<'_>) -> Result<Value, ShopRefusal> {
        let Value::Object(mut sent) = asked.arguments.get("product").clone() else {
            return Err(no_sku(self.rules.is_php8()));
        };
        let invalid_set = || {
            let text = "Invalid product data: %1";
            ShopRefusal::localized(400, text, json!(["Invalid attribute set entity type"]))
        };
        let sku = sent.get("sku").map(text_of).unwrap_or_default();
        let is_old = self.rules.is_old();
        let sku = if is_old { sku } else { sku.trim().to_owned() };
        if sku.is_empty() {
            return Err(if is_old { invalid_set() } else { no_sku(self.rules.is_php8()) });
        }
        if sku.chars().count() > 64 {
            return Err(ShopRefusal::exception(400, "SKU length should be 64 characters maximum."));
        }
        let attributes = sent.remove("custom_attributes").unwrap_or_default();
        let found = self.product_key(&sku);
        let is_new = found.is_none();
        let known = found.as_ref().and_then(|key| self.row(class::PRODUCT, key));
        let set = sent.get("attribute_set_id").filter(|it| !it.is_null()).and_then(Value::as_i64);
        if set.map_or(is_new, |set| set != 4) {
            return Err(invalid_set());
        }
        let mut row = match known.map(|row| Value::clone(&row)) {
            Some(Value::Object(row)) => row,
            _ => new_product(&sku, &sent, asked.now),
        };
        for (name, label) in [("name", "Product Name"), ("price", "Price")] {
            let value = sent.get(name).or_else(|| if is_new { None } else { row.get(name) });
            let is_cleared = !is_new && sent.get(name).is_some_and(Value::is_null);
            if !is_cleared && value.is_none_or(|it| it.is_null() || it.as_str() == Some("")) {
                let text =
                    format!("The \"{label}\" attribute value is empty. Set the attribute and try again.");
                return Err(ShopRefusal::exception(400, text));
            }
        }
        let key = found.unwrap_or_else(|| RowKey::number(self.next_id(class::PRODUCT)));
        row.insert("id".to_owned(), key.value());
        row.insert("updated_at".to_owned(), json!(moment(asked.now)));
        let mut scoped = match self.memory().row(&of_store(asked.store), &key) {
            Some(Some(row)) => row.as_object().cloned().unwrap_or_default(),
            _ => Map::new(),
        };
        let is_scoped = |name: &str| !is_new && asked.store > 0 && SCOPED.contains(&name);
        let stock =
            sent.get_mut("extension_attributes").and_then(|it| it.as_object_mut()?.remove("stock_item"));
        let attributes = attributes.as_array().cloned().unwrap_or_default();
        let added = self.added_attributes();
        let coded = attributes.iter().filter_map(|it| {
            let code = it.get("attribute_code")?.as_str()?;
            let value = stored_custom_value(code, it.get("value")?);
            if !is_custom_attribute(code) {
                if added.contains(code) {
                    write_custom(&mut row, code, value);
                }
                return None;
            }
            Some((code.to_owned(), value))
        });
        let coded: Vec<_> = coded.collect();
        for (name, value) in sent.into_iter().filter(|(name, _)| name != "id" && name != "sku").chain(coded) {
            if PRICES.contains(&name.as_str()) && to_float(&value) < 0.0 {
                let text = "Please enter a number 0 or greater in this field.";
                return Err(ShopRefusal::exception(400, text));
            }
            let to = if is_scoped(&name) { &mut scoped } else { &mut row };
            if name == "extension_attributes" {
                extend(to, value);
            } else if is_scoped(&name) {
                to.insert(name, value);
            } else {
                write(to, &name, value);
            }
        }
        let row = Value::Object(row);
        let url = self.free_url(&key, &row)?;
        self.keep_stock(&key, stock, is_new);
        self.put(class::PRODUCT, &key, row.clone());
        if let Some(url) = url {
            self.memory().name(class::PRODUCT, "url_key", &url, &key);
        }
        if !scoped.is_empty() {
            self.put(&of_store(asked.store), &key, Value::Object(scoped));
        }
        let mut seen = Value::clone(&self.product_view(Arc::new(row), asked.store));
        if self.world.shows_stock() {
            let stock = self.row(class::STOCK_ITEM, &key);
            seen["extension_attributes"]["stock_item"] =
                stock.map(|it| Value::clone(&it)).unwrap_or_default();
        }
        Ok(seen)
    }

    /// Key in the URL of a product, which no other one may have; none for a product without pages.
    fn free_url(&self, key: &RowKey, product: &Value) -> Result<Option<String>, ShopRefusal> {
        let Some(url) = url_key(product) else { return Ok(None) };
        let made = || url.rsplit('-').next()?.parse().ok().map(RowKey::number);
        let other = self.memory().named(class::PRODUCT, "url_key", &url).or_else(made).filter(|it| it != key);
        let other = other.and_then(|key| self.row(class::PRODUCT, &key));
        if other.and_then(|row| url_key(&row)).as_ref() == Some(&url) {
            let text = "URL key for specified store already exists.";
            return Err(ShopRefusal::exception(400, text));
        }
        Ok(Some(url))
    }

    fn keep_stock(&self, key: &RowKey, sent: Option<Value>, is_new: bool) {
        let known = if is_new { None } else { self.row(class::STOCK_ITEM, key) };
        let known = known.map(|row| Value::clone(&row));
        if let (None, false) = (&sent, is_new) {
            return;
        }
        let mut item = known.unwrap_or_else(|| World::empty_stock_item(key.any_id()));
        if let (Value::Object(item), Some(Value::Object(sent))) = (&mut item, sent) {
            item.extend(sent.into_iter().filter(|(name, _)| name != "item_id" && name != "product_id"));
        }
        self.put(class::STOCK_ITEM, key, item);
    }
}

/// Name under which values of a store view are kept.
fn of_store(store: u32) -> String {
    format!("{}@{store}", class::PRODUCT)
}

/// Error of a product without a SKU: PHP passes null where a string is needed.
fn no_sku(is_php8: bool) -> ShopRefusal {
    let method = r"Magento\Catalog\Model\ProductRepository::getProductFromLocalCache()";
    let text = if is_php8 {
        format!("{method}: Argument #1 ($sku) must be of type string, null given")
    } else {
        format!("Argument 1 passed to {method} must be of the type string, null given")
    };
    ShopRefusal::fatal(text)
        .because("the product in the body has no sku: write it there; only a PUT takes it from the path, if the body has exactly one key")
}

fn new_product(sku: &str, sent: &Map<String, Value>, now: u64) -> Map<String, Value> {
    let name = sent.get("name").map(text_of).unwrap_or_default();
    let product = json!({
        "sku": sku, "status": 1, "visibility": 4, "type_id": "simple", "created_at": moment(now),
        "extension_attributes": { "website_ids": [1] }, "product_links": [], "options": [],
        "media_gallery_entries": [], "tier_prices": [],
        "custom_attributes": [
            { "attribute_code": "options_container", "value": "container2" },
            { "attribute_code": "url_key", "value": slug(&name) },
            { "attribute_code": "msrp_display_actual_price_type", "value": "0" },
            { "attribute_code": "required_options", "value": "0" },
            { "attribute_code": "has_options", "value": "0" },
            { "attribute_code": "tax_class_id", "value": "2" },
            { "attribute_code": "category_ids", "value": [] },
        ],
    });
    product.as_object().cloned().unwrap_or_default()
}

/// Key in the URL of a product that has a page.
fn url_key(product: &Value) -> Option<String> {
    let is_seen = product.get("visibility").and_then(Value::as_i64) != Some(1);
    let mut attributes = product.get("custom_attributes")?.as_array()?.iter().filter(|_| is_seen);
    attributes
        .find(|it| it.get("attribute_code").is_some_and(|it| it == "url_key"))?
        .get("value")
        .map(text_of)
}

/// Key of a name in URLs.
pub(super) fn slug(name: &str) -> String {
    let letters: String = name.to_lowercase().chars().map(plain).collect();
    letters.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// Letter without its accent; a dash for what URLs do not have.
fn plain(c: char) -> &'static str {
    match c {
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        '@' => "at",
        _ => LETTERS.iter().find(|it| it.contains(c)).and_then(|it| it.get(..1)).unwrap_or("-"),
    }
}

/// Writes a field, or a custom attribute; null removes that.
pub(super) fn write(row: &mut Map<String, Value>, name: &str, value: Value) {
    if !is_custom_attribute(name)
        || row.contains_key(name)
        || matches!(name, "name" | "price" | "status" | "visibility" | "weight")
    {
        row.insert(name.to_owned(), value);
        return;
    }
    write_custom(row, name, value);
}

fn write_custom(row: &mut Map<String, Value>, name: &str, value: Value) {
    if let Some(Value::Array(attributes)) = row.get_mut("custom_attributes") {
        attributes.retain(|it| it.get("attribute_code").and_then(Value::as_str) != Some(name));
        if !value.is_null() {
            attributes.push(json!({ "attribute_code": name, "value": value }));
        }
    }
}

/// Writes extension attributes over the known ones; categories are a custom attribute, too.
pub(super) fn extend(row: &mut Map<String, Value>, sent: Value) {
    let Value::Object(sent) = sent else { return };
    let links = sent.get("category_links").and_then(Value::as_array);
    if let Some(links) = links {
        let ids: Vec<Value> = links
            .iter()
            .filter_map(|link| link.get("category_id"))
            .map(|id| Value::from(text_of(id)))
            .collect();
        write(row, "category_ids", Value::Array(ids));
    }
    let known = row.entry("extension_attributes").or_insert_with(|| json!({}));
    if let Value::Object(known) = known {
        known.extend(sent);
    }
}
