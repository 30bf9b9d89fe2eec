//! A shop's data, made from a seed: the same id is the same thing, and things name only things that exist.

mod cart_order;
mod catalog;
mod dice;
mod documents;
mod event;
mod moment;
mod names;
mod objects;
mod order;
mod person;
mod stores;
mod tables;

use serde_json::Value;

pub use self::event::EventData;
pub(super) use self::{
    cart_order::OrderedCart,
    dice::Dice,
    moment::moment,
    order::OrderStage,
    tables::{ShopAttribute, countries, region},
};
use super::class;
use crate::{
    mock::{MockSettings, StoreView},
    names::MagentoVersion,
};

/// Number of products.
pub(super) const PRODUCTS: i64 = 48;
/// Number of categories, with the root and the default category.
pub(super) const CATEGORIES: i64 = 8;
/// Number of customers.
pub(super) const CUSTOMERS: i64 = 24;
/// Number of orders.
pub(super) const ORDERS: i64 = 60;
/// Number of rows of whatever has no data of its own.
const OTHERS: i64 = 5;

/// Shop that a seed makes.
#[derive(Debug, Clone)]
pub(super) struct World {
    seed: u64,
    version: MagentoVersion,
    stores: Vec<StoreView>,
    base_url: String,
    /// Password of the customers.
    pub(super) password: String,
    /// True without any made rows: only written ones are there.
    pub(super) is_empty: bool,
}

impl World {
    /// Makes the shop of the settings.
    pub(super) fn new(settings: &MockSettings) -> Self {
        Self {
            seed: settings.seed,
            version: settings.version,
            stores: settings.stores.clone(),
            base_url: settings
                .base_url
                .as_ref()
                .map_or_else(|| "http://127.0.0.1".to_owned(), |(scheme, host)| format!("{scheme}://{host}")),
            password: settings.password(),
            is_empty: false,
        }
    }

    /// Scheme and host, if no request says it.
    pub(super) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Choices for a thing.
    pub(super) fn dice(&self, name: &str, id: i64) -> Dice {
        Dice::of(self.seed, name, id)
    }

    /// Name of the default store view.
    pub(super) fn view_name(&self) -> &str {
        self.stores.iter().find(|view| view.id == 1).map_or("Default Store View", |view| &view.name)
    }

    /// Returns true if a product answers with its stock item: up to 2.3.
    pub(super) fn shows_stock(&self) -> bool {
        self.version < MagentoVersion::new(2, 4, 0)
    }

    /// Number of made rows of a class.
    pub(super) fn count(&self, class: &str) -> i64 {
        if self.is_empty { 0 } else { Self::own_count(class).unwrap_or(OTHERS) }
    }

    /// Number of rows of a class with data of its own.
    fn own_count(class: &str) -> Option<i64> {
        let rows = |count: usize| i64::try_from(count).unwrap_or_default();
        let documents = |stage: OrderStage| rows(stage.reached().count());
        Some(match class {
            class::PRODUCT | class::STOCK_ITEM | class::STOCK_STATUS => PRODUCTS,
            class::CATEGORY => CATEGORIES,
            class::CUSTOMER | class::ADDRESS => CUSTOMERS,
            class::ORDER => ORDERS,
            class::ORDER_ITEM => ORDERS * 3,
            class::INVOICE => documents(OrderStage::Invoiced),
            class::SHIPMENT => documents(OrderStage::Shipped),
            class::CREDIT_MEMO => documents(OrderStage::Refunded),
            class::SOURCE_ITEM => PRODUCTS,
            class::CART => 0,
            class::GROUP => 4,
            class::SOURCE | class::STOCK => 1,
            class::TAX_RATE => 2,
            class::TAX_CLASS => 3,
            class::ATTRIBUTE_SET => 8,
            class::PRODUCT_TYPE => 6,
            class::LINK_TYPE => 4,
            class::PRODUCT_ATTRIBUTE => rows(ShopAttribute::of("product").count()),
            class::CATEGORY_ATTRIBUTE => rows(ShopAttribute::of("category").count()),
            _ => return None,
        })
    }

    /// Returns true if rows of a class have data of their own, not only values by the names and types of their fields.
    pub(super) fn has_data(class: &str) -> bool {
        Self::own_count(class).is_some()
    }

    /// Greatest id of the made rows of a class.
    pub(super) fn last_id(&self, class: &str) -> i64 {
        match class {
            class::PRODUCT_ATTRIBUTE | class::CATEGORY_ATTRIBUTE => tables::LAST_ATTRIBUTE,
            // Orders were carts before.
            class::CART => self.count(class::ORDER),
            class::CART_ITEM => self.count(class::ORDER_ITEM),
            // The first has the id 0.
            class::GROUP => self.count(class) - 1,
            _ => self.count(class),
        }
    }

    /// Returns true if a store view has an id.
    pub(super) fn has_store(&self, id: &str) -> bool {
        self.stores.iter().any(|view| view.id.to_string() == id)
    }

    /// Row of a class with data of its own; none if it does not exist.
    pub(super) fn row(&self, class: &str, id: i64) -> Option<Value> {
        let is_row = (1..=self.count(class)).contains(&id);
        is_row.then(|| self.made_row(class, id))?
    }

    /// Row of a class with data of its own, also if a shop does not have that many.
    fn made_row(&self, class: &str, id: i64) -> Option<Value> {
        match class {
            class::PRODUCT => Some(self.product(id)),
            class::STOCK_ITEM => Some(self.stock_item(id)),
            class::CATEGORY => Some(self.category(id)),
            class::CUSTOMER => Some(self.customer(id)),
            class::ADDRESS => Some(self.customer_address(id)),
            class::ORDER => Some(self.order(id)),
            class::ORDER_ITEM => self.order_item_by_id(id),
            class::INVOICE => self.invoice(id),
            class::SHIPMENT => self.shipment(id),
            class::CREDIT_MEMO => self.credit_memo(id),
            _ => self.small_row(class, id),
        }
    }
}
