//! Stock of products.

use serde_json::{Value, json};

use crate::mock::{
    ShopRefusal,
    data::{ServiceCall, ShopData, class, key::RowKey},
    input::text_of,
};

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
        let quantity = |asked: &ServiceCall<'_>| -> Result<f64, ShopRefusal> {
            let key = self.sku_of(asked, "sku")?;
            Ok(self.stock_item(&key).get("qty").and_then(Value::as_f64).unwrap_or_default())
        };
        match service {
            "GetProductSalableQty" => Some(quantity(asked).map(crate::mock::input::number)),
            "IsProductSalable" => Some(quantity(asked).map(|it| Value::Bool(it > 0.0))),
            _ => None,
        }
    }

    pub(super) fn source_items(
        &self,
        asked: &ServiceCall<'_>,
        service: &str,
    ) -> Option<Result<Value, ShopRefusal>> {
        let sent = asked.arguments.get("sourceItems").as_array().filter(|_| service == "SourceItemsSave")?;
        for item in sent {
            let sku = item.get("sku").map(text_of).unwrap_or_default();
            if let Some(key) = self.product_key(&sku) {
                let mut stock = self.stock_item(&key);
                stock["qty"] = item.get("quantity").cloned().unwrap_or_default();
                stock["is_in_stock"] = json!(item.get("status").and_then(Value::as_i64) == Some(1));
                self.put(class::STOCK_ITEM, &key, stock);
            }
            if let Some(key) = RowKey::of(&Value::from(sku)) {
                self.put(class::SOURCE_ITEM, &key, item.clone());
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
