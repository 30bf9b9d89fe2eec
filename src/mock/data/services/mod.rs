//! Methods of services.

mod carts;
mod catalog;
mod checkout;
mod customers;
mod generic;
mod named_row;
mod orders;
mod own;
mod parts;
mod reservations;
mod stock;
mod stores;
mod texts;

use serde_json::Value;

use self::texts::no_such;
use super::{ServedValue, ServiceCall, ShopData, key::RowKey, output};
use crate::mock::{ShopRefusal, types::ValueKind};

impl ShopData {
    /// Answers a method with the value that its type makes of it.
    pub(super) fn serve(&self, asked: &ServiceCall<'_>) -> Result<ServedValue, ShopRefusal> {
        let mut note = None;
        let value = match self.stand_in.as_ref().and_then(|it| it(asked.method, &asked.arguments)) {
            Some(answer) => answer?,
            None => match self.known(asked) {
                Some(answer) => answer?,
                None => self.generic(asked, &mut note)?,
            },
        };
        let kind = ValueKind::new(&asked.method.returns);
        if note.is_none() && kind.class().is_some_and(|class| self.book.shape(class).is_none()) {
            note = Some(format!("the fields of {} are not known", kind.text));
        }
        let value = output::answer(&value, &asked.method.returns, &self.book);
        Ok(ServedValue { note, ..ServedValue::new(value) })
    }

    /// Finds a row by its id, which a refusal calls `field`.
    fn existing(&self, class: &str, field: &str, id: &Value) -> Result<Value, ShopRefusal> {
        let row = RowKey::of(id).and_then(|key| self.row(class, &key));
        row.map(|row| Value::clone(&row)).ok_or_else(|| no_such(field, id))
    }

    /// Deletes a row by its id, which a refusal calls `field`.
    fn delete_existing(&self, class: &str, field: &str, id: &Value) -> Result<Value, ShopRefusal> {
        self.existing(class, field, id)?;
        if let Some(key) = RowKey::of(id) {
            self.delete(class, &key);
        }
        Ok(Value::Bool(true))
    }

    /// Answers a method that has behaviour of its own; none for all others.
    fn known(&self, asked: &ServiceCall<'_>) -> Option<Result<Value, ShopRefusal>> {
        let class = asked.method.class.strip_prefix(r"Magento\")?;
        let (module, service) = class.split_once('\\')?;
        let service = service.strip_prefix(r"Api\").unwrap_or(service);
        let service = service.strip_suffix("Interface").unwrap_or(service);
        let method = asked.method.name.as_str();
        match module {
            "AsynchronousOperations" => self.bulk_status(asked),
            "Catalog" => match service {
                "ProductRepository" => self.products(asked, method),
                "CategoryLinkManagement" | "CategoryLinkRepository" => self.category_links(asked, method),
                "ProductTierPriceManagement" => self.tiers(asked, method),
                "ProductAttributeOptionManagement" => self.options(asked, method),
                "BasePriceStorage" | "CostStorage" | "SpecialPriceStorage" | "TierPriceStorage" => {
                    self.prices(asked, service, method)
                }
                _ => self.categories(asked, service, method),
            },
            "CatalogInventory" => self.stock(asked, method),
            "InventorySalesApi" => self.salable(asked, service),
            "InventoryApi" => self.source_items(asked, service),
            "Customer" => self.customers(asked, service, method),
            "Sales" => self.orders(asked, service, method),
            "Quote" => self.carts(asked, service, method),
            "Checkout" => self.checkout(asked, service, method),
            "Directory" => self.countries(asked, method),
            "Backend" | "Store" => self.stores(asked, service, method),
            _ => None,
        }
    }
}
