//! Stock of products.

use serde_json::{Value, json};

use crate::mock::{
    ShopRefusal,
    data::{ServiceCall, ShopData, class, key::RowKey},
    input::text_of,
};

/// Source that every shop has.
const DEFAULT: &str = "default";

impl ShopData {
    pub(super) fn stock(&self, asked: &ServiceCall<'_>, method: &str) -> Option<Result<Value, ShopRefusal>> {
        match method {
            "getStockItemBySku" => Some(self.sku_of(asked, "productSku").map(|key| self.stock_item(&key))),
            "getStockStatusBySku" => Some(self.sku_of(asked, "productSku").map(|key| {
                let item = self.stock_item(&key);
                let is_there = item.get("is_in_stock").and_then(Value::as_bool).unwrap_or_default();
                json!({
                    "product_id": key.value(), "stock_id": 1, "qty": item.get("qty"),
                    "stock_status": i64::from(is_there), "stock_item": item,
                })
            })),
            "updateStockItemBySku" => {
                Some(self.sku_of(asked, "productSku").map(|key| self.update_stock(asked, &key)))
            }
            _ => None,
        }
    }

    pub(super) fn salable(
        &self,
        asked: &ServiceCall<'_>,
        service: &str,
    ) -> Option<Result<Value, ShopRefusal>> {
        if service == "IsProductSalable" && self.sku_of(asked, "sku").is_err() {
            return Some(Ok(Value::Bool(false)));
        }
        let quantity = |asked: &ServiceCall<'_>| -> Result<f64, ShopRefusal> {
            Ok(self.salable_quantity(&self.sku_of(asked, "sku")?))
        };
        match service {
            "GetProductSalableQty" => Some(quantity(asked).map(crate::mock::input::number)),
            "StockResolver" => {
                let is_base =
                    asked.arguments.get("type") == "website" && asked.arguments.get("code") == "base";
                let stock = self.row(class::STOCK, &RowKey::number(1)).filter(|_| is_base);
                let missing = || ShopRefusal::exception(404, "No linked stock found");
                Some(stock.map(|it| Value::clone(&it)).ok_or_else(missing))
            }
            "IsProductSalable" => Some(quantity(asked).map(|it| Value::Bool(it > 0.0))),
            _ => None,
        }
    }

    pub(super) fn source_items(
        &self,
        asked: &ServiceCall<'_>,
        service: &str,
    ) -> Option<Result<Value, ShopRefusal>> {
        if service == "SourceRepository" && asked.method.name == "save" && asked.verb == "PUT" {
            let code = asked.id.as_ref().and_then(|(_, code)| RowKey::of(&json!(code)));
            let is_there = code.is_some_and(|key| self.row(class::SOURCE, &key).is_some());
            let refused = || Err(ShopRefusal::exception(400, "Could not save Source"));
            return (!is_there).then(refused);
        }
        let is_saving = match service {
            "SourceItemsSave" => true,
            "SourceItemsDelete" => false,
            _ => return None,
        };
        let refuse = |text: &str| Some(Err(ShopRefusal::exception(400, text)));
        let sent = asked.arguments.get("sourceItems").as_array()?;
        if sent.is_empty() {
            return refuse("Input data is empty");
        }
        let of = |item: &Value, name: &str| item.get(name).map(text_of).unwrap_or_default();
        let has_source = |item: &Value| {
            RowKey::of(&json!(of(item, "source_code")))
                .is_some_and(|key| self.row(class::SOURCE, &key).is_some())
        };
        if is_saving && !sent.iter().all(has_source) {
            return refuse("Could not save Source Item");
        }
        for item in sent {
            let (sku, source) = (of(item, "sku"), of(item, "source_code"));
            // A product has one item in each source.
            let name = if source == DEFAULT { sku.clone() } else { format!("{sku} in {source}") };
            let Some(key) = RowKey::of(&Value::from(name)) else { continue };
            if is_saving {
                self.put(class::SOURCE_ITEM, &key, item.clone());
            } else {
                self.delete(class::SOURCE_ITEM, &key);
            }
            // The stock of the catalog is that of the default source.
            if let Some(key) = self.product_key(&sku).filter(|_| source == DEFAULT) {
                let mut stock = self.stock_item(&key);
                let status = item.get("status").and_then(Value::as_i64);
                stock["qty"] = item.get("quantity").filter(|_| is_saving).cloned().unwrap_or(json!(0));
                stock["is_in_stock"] = json!(is_saving && status == Some(1));
                self.put(class::STOCK_ITEM, &key, stock);
            }
        }
        Some(Ok(Value::Null))
    }

    fn sku_of(&self, asked: &ServiceCall<'_>, parameter: &str) -> Result<RowKey, ShopRefusal> {
        let sku = text_of(asked.arguments.get(parameter));
        self.product_key(&sku).ok_or_else(|| self.no_sku(&sku))
    }

    fn stock_item(&self, key: &RowKey) -> Value {
        self.row(class::STOCK_ITEM, key).map(|row| Value::clone(&row)).unwrap_or_default()
    }

    /// Writes fields of a stock item; the id in the path does not matter.
    fn update_stock(&self, asked: &ServiceCall<'_>, key: &RowKey) -> Value {
        let mut item = self.stock_item(key);
        if let (Value::Object(item), Value::Object(sent)) = (&mut item, asked.arguments.get("stockItem")) {
            let sent = sent
                .iter()
                .filter(|(name, _)| !matches!(name.as_str(), "item_id" | "product_id" | "stock_id"));
            item.extend(sent.map(|(name, value)| (name.clone(), value.clone())));
        }
        let id = item.get("item_id").cloned().unwrap_or_default();
        self.put(class::STOCK_ITEM, key, item);
        id
    }
}
