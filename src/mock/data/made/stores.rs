//! Stores, and small tables that every shop has.

use serde_json::{Value, json};

use super::{ShopAttribute, World};
use crate::{
    mock::data::class,
    names::{MagentoVersion, capitalized},
};

impl World {
    /// Store views: the default one, that of Admin, and the others.
    pub(in crate::mock::data) fn store_views(&self) -> Value {
        let view = |id: u32, code: &str, name: &str| {
            let (website, group) = if id == 0 { (0, 0) } else { (1, 1) };
            let mut view = json!({ "id": id, "code": code, "name": name, "website_id": website, "store_group_id": group });
            if self.version >= MagentoVersion::new(2, 3, 0) {
                view["is_active"] = json!(1);
            }
            view
        };
        let mut views: Vec<Value> = self.stores.iter().map(|it| view(it.id, &it.code, &it.name)).collect();
        views.insert(views.len().min(1), view(0, "admin", "Admin"));
        Value::Array(views)
    }

    /// Websites.
    pub(in crate::mock::data) fn websites() -> Value {
        json!([
            { "id": 1, "code": "base", "name": "Main Website", "default_group_id": 1 },
            { "id": 0, "code": "admin", "name": "Admin", "default_group_id": 0 },
        ])
    }

    /// Store groups.
    pub(in crate::mock::data) fn store_groups() -> Value {
        json!([
            {
                "id": 1, "website_id": 1, "root_category_id": 2, "default_store_id": 1, "name": "Main Website Store",
                "code": "main_website_store",
            },
            { "id": 0, "website_id": 0, "root_category_id": 0, "default_store_id": 0, "name": "Default", "code": "default" },
        ])
    }

    /// Configuration of the stores with codes; of all without any.
    pub(in crate::mock::data) fn store_configs(&self, codes: &[String], base_url: &str) -> Value {
        let url = format!("{}/", base_url.trim_end_matches('/'));
        let config = |id: u32, code: &str| {
            json!({
                "id": id, "code": code, "website_id": 1, "locale": "en_US", "base_currency_code": "USD",
                "default_display_currency_code": "USD", "timezone": "UTC", "weight_unit": "lbs", "base_url": url,
                "base_link_url": url, "base_static_url": format!("{url}static/version1767225600/"),
                "base_media_url": format!("{url}media/"), "secure_base_url": url,
                "secure_base_link_url": url,
                "secure_base_static_url": format!("{url}static/version1767225600/"),
                "secure_base_media_url": format!("{url}media/"),
            })
        };
        let stores = self.stores.iter().filter(|it| codes.is_empty() || codes.contains(&it.code));
        Value::Array(stores.map(|it| config(it.id, &it.code)).collect())
    }

    /// Currencies.
    pub(in crate::mock::data) fn currency() -> Value {
        json!({
            "base_currency_code": "USD", "base_currency_symbol": "$", "default_display_currency_code": "USD",
            "default_display_currency_symbol": "$", "available_currency_codes": ["USD"],
            "exchange_rates": [{ "currency_to": "USD", "rate": 1 }],
        })
    }

    /// Row of a small table; none for a class without data of its own.
    pub(super) fn small_row(&self, class: &str, id: i64) -> Option<Value> {
        match class {
            class::GROUP => {
                let code = ["NOT LOGGED IN", "General", "Wholesale", "Retailer"]
                    .get(usize::try_from(id - 1).ok()?)?;
                Some(
                    json!({ "id": id - 1, "code": code, "tax_class_id": 3, "tax_class_name": "Retail Customer" }),
                )
            }
            class::TAX_CLASS => {
                let names =
                    [("Shipping", "PRODUCT"), ("Taxable Goods", "PRODUCT"), ("Retail Customer", "CUSTOMER")];
                let (name, kind) = names.get(usize::try_from(id - 1).ok()?)?;
                Some(json!({ "class_id": id, "class_name": name, "class_type": kind }))
            }
            class::TAX_RATE => {
                let (state, region, rate) = if id == 1 { ("CA", 12, 8.25) } else { ("NY", 43, 8.375) };
                Some(json!({
                    "id": id, "tax_country_id": "US", "tax_region_id": region, "region_name": state,
                    "tax_postcode": "*", "rate": rate, "code": format!("US-{state}-*-Rate 1"), "titles": [],
                }))
            }
            class::PRODUCT_ATTRIBUTE | class::CATEGORY_ATTRIBUTE => {
                let entity = if class == class::PRODUCT_ATTRIBUTE { "product" } else { "category" };
                Some(ShopAttribute::of(entity).nth(usize::try_from(id - 1).ok()?)?.of_catalog())
            }
            class::SOURCE_ITEM => {
                let quantity = self.stock_item(id).get("qty").cloned().unwrap_or_default();
                Some(
                    json!({ "sku": Self::sku(id), "source_code": "default", "quantity": quantity, "status": 1 }),
                )
            }
            class::ATTRIBUTE_SET => Some(json!({
                "attribute_set_id": id, "attribute_set_name": "Default", "sort_order": 1, "entity_type_id": id,
            })),
            class::PRODUCT_TYPE => {
                let types = ["simple", "virtual", "bundle", "downloadable", "configurable", "grouped"];
                let name = types.get(usize::try_from(id - 1).ok()?)?;
                Some(json!({ "name": name, "label": format!("{} Product", capitalized(name)) }))
            }
            class::LINK_TYPE => {
                let types = [("related", 1), ("crosssell", 5), ("upsell", 4), ("associated", 3)];
                let (name, code) = types.get(usize::try_from(id - 1).ok()?)?;
                Some(json!({ "code": code, "name": name }))
            }
            class::SOURCE => Some(json!({
                "source_code": "default", "name": "Default Source", "enabled": true, "description": "Default Source",
                "latitude": 0, "longitude": 0, "country_id": "US", "postcode": "00000",
                "use_default_carrier_config": true, "carrier_links": [],
            })),
            class::STOCK => Some(json!({
                "stock_id": 1, "name": "Default Stock",
                "extension_attributes": { "sales_channels": [{ "type": "website", "code": "base" }] },
            })),
            class::STOCK_STATUS => {
                let stock = self.stock_item(id);
                Some(json!({
                    "product_id": id, "stock_id": 1, "qty": stock.get("qty"), "stock_status": 1, "stock_item": stock,
                }))
            }
            _ => None,
        }
    }
}
